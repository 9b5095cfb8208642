"""STCN's checkpoint: its names and shapes become ours, and what the network computes is what STCN computes.

``stcn_case.json`` holds the names and shapes of the published network, and what the reference implementation
(stcnbuf 0.2.2, on PyPI) gave for the weights and frames that are made here: a few of its numbers.
"""

import json
import zlib
from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pytest
import torch

from skn_annotator.cli.convert import main
from skn_annotator.errors import WeightsError
from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.network import PRESETS, build
from skn_annotator.model.public_weights import stcn_to_skn
from skn_annotator.model.reader import ReaderConfig

CASE = json.loads((Path(__file__).parent / "stcn_case.json").read_text())
SIZE = (64, 80)


def made(name, shape):
    """The same numbers wherever they are made: a seed for each name."""
    random = np.random.default_rng(zlib.crc32(name.encode()))
    if not shape:
        return np.zeros((), np.int64)
    values = random.standard_normal(shape, dtype=np.float32)
    if name.endswith("running_var"):
        return 1 + 0.1 * np.abs(values)
    if len(shape) == 1:
        return 0.1 * values + np.float32(name.endswith(".weight"))
    return values * np.float32(1 / np.sqrt(np.prod(shape[1:])))


@pytest.fixture(scope="module")
def state():
    return {name: torch.from_numpy(np.asarray(made(name, shape))) for name, shape in CASE["weights"].items()}


def close(computed, name):
    expected = torch.tensor(CASE[name])
    torch.testing.assert_close(computed.flatten(), expected, rtol=1e-3, atol=2e-4)


def test_it_computes_what_the_reference_computes(state):
    everything = ReaderConfig(similarity="l2", sigma_g=inf, spatial_constrain=False)
    network = build(replace(PRESETS["stcn"], reader=everything)).eval()
    network.load_state_dict(stcn_to_skn(state, "stcn.pth"))
    frames = torch.from_numpy(np.random.default_rng(7).random((2, 3, *SIZE), dtype=np.float32))
    masks = torch.zeros(1, 2, *SIZE)
    masks[0, 0, 8:40, 8:40] = 1
    masks[0, 1, 24:56, 44:72] = 0.75
    with torch.inference_mode():
        memory = network.memorize(frames[:1], masks, network.encode(frames[:1]))
        query = network.encode(frames[1:])
        found = network.segment(query, memory, masks)
        read = network.reader(
            query.key, memory.key[:, 0], memory.value, masks.new_ones(1, 3, 4, 5), memory.owner
        )
    close(query.key[0, ::8, ::2, ::2], "key")
    close(memory.value.unflatten(3, (4, 5))[0, :, ::64, ::2, ::2], "value")
    close(read.value[0, :, ::64, ::2, ::2], "read")
    close(found.logits.softmax(1)[0, :, ::8, ::8], "prob")


def test_it_becomes_a_checkpoint_that_loads(state, tmp_path, capsys):
    torch.save(state, tmp_path / "stcn.pth")
    assert main([str(tmp_path / "stcn.pth"), str(tmp_path / "stcn.safetensors")]) == 0
    assert "STCN's weights with SKN's reader" in capsys.readouterr().out
    assert load_network(tmp_path / "stcn.safetensors", "cpu").config == PRESETS["stcn"]


def test_unknown_names_are_named():
    with pytest.raises(WeightsError, match=r"stcn\.pth is not STCN's checkpoint: 1 surplus \(head\.weight\)"):
        stcn_to_skn({"key_encoder.conv1.weight": torch.zeros(1), "head.weight": torch.zeros(1)}, "stcn.pth")


def test_training_keeps_the_batch_norms_of_the_value_encoder():
    encoder = build(PRESETS["stcn"]).train().memory_encoder
    assert not any(m.training for m in encoder.modules() if isinstance(m, torch.nn.BatchNorm2d))
