"""What a stage starts from."""

from dataclasses import replace

import torch

from skn_annotator.model.checkpoints import save_checkpoint
from skn_annotator.model.network import PRESETS, build
from skn_annotator.training import optimization
from skn_annotator.training.config import TrainConfig


def test_a_trained_network_grows_new_inputs_and_parts_and_finds_the_same_at_first(tmp_path, monkeypatch):
    torch.manual_seed(1)
    small = replace(PRESETS["lite0"], decode_others=False, sensory=0)
    trained = build(small).eval()
    save_checkpoint(tmp_path / "small.safetensors", small, trained.half().float().state_dict())
    monkeypatch.setattr(type(trained.query_encoder.backbone), "load_imagenet", lambda *_: None)
    config = TrainConfig(network="lite0", data=())
    grown = optimization.start_network(config, tmp_path / "small.safetensors", tmp_path / "any").eval()
    assert grown.config == PRESETS["lite0"]
    frame, masks = torch.rand(1, 3, 48, 64), torch.zeros(1, 2, 48, 64)
    masks[:, 0, :20, :20] = 1
    with torch.inference_mode():
        found = []
        for network in (trained, grown):
            query = network.encode(frame)
            memory = network.memorize(frame, masks, query)
            state = network.begin_sensory(memory, (3, 4))
            found.append(network.segment(query, memory, masks, state).logits)
    torch.testing.assert_close(*found, rtol=1e-3, atol=1e-4)
