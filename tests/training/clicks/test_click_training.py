"""The loop learns on clicks, goes on where it was killed, and starts from a propagation network."""

import csv

import numpy as np
import pytest
import torch

from skn_annotator.cli.train import main
from skn_annotator.errors import WeightsError
from skn_annotator.inference.prompts import Prompt
from skn_annotator.model.checkpoints import load_click_network, save_checkpoint
from skn_annotator.model.network import PRESETS, build
from skn_annotator.training.clicks.click_losses import normalized_focal_loss, object_dice_loss
from skn_annotator.training.clicks.click_training import clicked, start_click_network, train_clicks
from skn_annotator.training.stage_files import read_stage


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def test_a_killed_run_goes_on_as_if_nothing_had_happened(data_root, click_file, tmp_path):
    stage = read_stage(click_file)
    whole = [row["loss"] for row in train_clicks(stage, data_root, tmp_path / "whole", workers=0)]
    killed = train_clicks(stage, data_root, tmp_path / "killed", workers=0)
    first = [next(killed)["loss"] for _ in range(3)]  # the last save was after step 2
    killed.close()
    rest = [row["loss"] for row in train_clicks(stage, data_root, tmp_path / "killed", workers=0)]
    assert first == whole[:3]
    assert rest == pytest.approx(whole[2:], rel=1e-3)
    with (tmp_path / "killed/log.csv").open() as file:
        assert [int(row["step"]) for row in csv.DictReader(file)] == [0, 1, 2, 3]


def test_a_damaged_file_is_named_once_and_counted(data_root, click_file, tmp_path, caplog):
    pictures = sorted((data_root / "stills/images").iterdir())
    for broken in pictures:
        broken.write_bytes(broken.read_bytes()[:800])
    rows = list(train_clicks(read_stage(click_file), data_root, tmp_path / "run", workers=0))
    named = [record.getMessage() for record in caplog.records if "left out" in record.getMessage()]
    assert len(named) == len(set(named)) <= len(pictures)
    assert sum(row["damaged"] for row in rows) > len(named) > 0


def test_the_command_trains_it_and_a_new_folder_goes_on_from_its_weights(data_root, click_file, tmp_path):
    stage = [str(click_file), "--data", str(data_root), "--workers", "0", "--device", "cpu"]
    assert main([*stage, "--run", str(tmp_path / "one")]) == 0
    weights = tmp_path / "one/weights.safetensors"
    assert load_click_network(weights, "cpu").config.decoder_widths
    click_file.write_text(click_file.read_text().replace("steps = 4", "steps = 6"))
    assert main([*stage, "--run", str(tmp_path / "two"), "--resume", str(weights)]) == 0
    with (tmp_path / "two/log.csv").open() as file:
        assert [int(row["step"]) for row in csv.DictReader(file)] == [4, 5]


def test_it_takes_trunk_and_decoder_of_a_propagation_network(tmp_path):
    skn = build(PRESETS["lite0"])
    path = tmp_path / "skn.safetensors"
    save_checkpoint(path, skn.config, skn.state_dict())
    own = start_click_network(0, path, None).state_dict()
    theirs = skn.state_dict()
    for name, there in (
        ("trunk.stem.0.weight", "query_encoder.backbone.stem.0.weight"),
        ("decoder.refine4.block.conv1.weight", "decoder.refine4.block.conv1.weight"),
    ):
        assert torch.equal(own[name], theirs[there].half().float())


def test_a_network_on_another_trunk_is_no_start(tmp_path):
    skn = build(PRESETS["compact"])
    save_checkpoint(tmp_path / "skn.safetensors", skn.config, skn.state_dict())
    with pytest.raises(WeightsError, match="another trunk"):
        start_click_network(0, tmp_path / "skn.safetensors", None)


def test_after_a_round_the_prompt_has_a_click_on_the_error_and_the_mask():
    truth = np.zeros((32, 32), bool)
    truth[8:24, 8:24] = True
    found = truth.copy()
    found[8:16] = False
    prompt = clicked(np.random.default_rng(0), Prompt(), found, truth)
    (click,) = prompt.clicks
    assert click.inside
    assert 8 <= click.xy[1] < 16
    assert prompt.mask is found
    assert clicked(np.random.default_rng(0), Prompt(), truth, truth).clicks == ()


def test_losses_fall_to_nothing_where_all_is_right_and_dwell_on_what_is_wrong():
    truth = torch.zeros(1, 16, 16)
    truth[:, 4:12, 4:12] = 1
    right = 20 * (truth - 0.5)
    wrong = right.clone()
    wrong[:, 4, 4:12] *= -1
    assert float(normalized_focal_loss(right, truth)) < 1e-3
    assert float(object_dice_loss(right, truth)) < 1e-3
    plain = torch.nn.functional.binary_cross_entropy_with_logits(wrong, truth)
    assert float(normalized_focal_loss(wrong, truth)) > 5 * float(plain)
