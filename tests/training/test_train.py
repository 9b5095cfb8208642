"""The loop learns, and goes on where it was killed."""

import csv
import math
import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch

from skn_annotator.cli.train import main
from skn_annotator.errors import FormatError, SknError, WeightsError
from skn_annotator.model.backbones.inverted_residual import SameConv
from skn_annotator.model.backbones.mobilenet_v2 import mobilenet_v2
from skn_annotator.model.checkpoints import load_network, save_checkpoint
from skn_annotator.model.network import PRESETS, build
from skn_annotator.model.reader import ReaderConfig
from skn_annotator.training import run_folder
from skn_annotator.training.optimization import (
    make_optimizer,
    prepare_for_training,
    rate_scale,
    start_network,
)
from skn_annotator.training.stage_files import read_stage
from skn_annotator.training.train import ClipDataset, train


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def losses(rows):
    return [row["loss"] for row in rows]


def test_a_killed_run_goes_on_as_if_nothing_had_happened(data_root, stage_file, tmp_path):
    config = read_stage(stage_file)
    whole = losses(train(config, data_root, tmp_path / "whole", workers=0))
    killed = train(config, data_root, tmp_path / "killed", workers=0)
    first = [next(killed)["loss"] for _ in range(4)]  # the last save was after step 3
    killed.close()
    rest = losses(train(config, data_root, tmp_path / "killed", workers=0))
    assert first == whole[:4]
    assert rest == pytest.approx(whole[3:], rel=1e-3)
    with (tmp_path / "killed/log.csv").open() as file:
        assert [int(row["step"]) for row in csv.DictReader(file)] == list(range(6))


def test_a_damaged_file_is_named_once_and_counted_while_training_goes_on(
    data_root, stage_file, tmp_path, caplog
):
    config = read_stage(stage_file)
    broken = data_root / "stills/images/0.jpg"
    broken.write_bytes(broken.read_bytes()[:800])
    found = list(train(config, data_root, tmp_path / "run", workers=0))
    assert len(found) == 6
    with (tmp_path / "run/log.csv").open() as file:
        counted = [int(row["damaged"]) for row in csv.DictReader(file)]
    assert counted == [row["damaged"] for row in found]
    assert sum(counted) > 2
    named = [record.getMessage() for record in caplog.records if "left out" in record.getMessage()]
    assert named == [f"left out: {broken} is damaged or no picture: replace it, or remove it with its mask"]
    assert losses(train(config, data_root, tmp_path / "again", workers=0)) == losses(found)


def test_an_error_in_a_process_that_makes_clips_is_one_sentence(data_root, stage_file, tmp_path, capsys):
    for path in (data_root / "video/JPEGImages/walk").iterdir():
        path.write_bytes(b"gone")
    options = ["--data", str(data_root), "--run", str(tmp_path / "run"), "--device", "cpu", "--workers", "1"]
    assert main([str(stage_file), *options]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith(f"skn-train: {data_root / 'video'}: 20 files in a row cannot be used, such as: ")
    assert "worker" not in last


def test_a_call_after_the_last_step_says_that_there_is_none(data_root, stage_file, tmp_path, capsys):
    call = [str(stage_file), "--data", str(data_root), "--run", str(tmp_path / "run"), "--device", "cpu"]
    assert main(call) == 0
    assert "no step to train" not in capsys.readouterr().out
    assert main(call) == 0
    assert "the run is at the stage's end already" in capsys.readouterr().out


def test_a_log_with_fewer_columns_goes_on_with_those(tmp_path):
    """A run of an older version has no column for a newer figure."""
    (tmp_path / "log.csv").write_text("step,loss\n0,0.5\n")
    run_folder.RunFolder(tmp_path).log({"step": 1, "loss": 0.25, "damaged": 3})
    assert (tmp_path / "log.csv").read_text().split() == ["step,loss", "0,0.5", "1,0.25"]


def test_it_learns_one_clip_by_heart(data_root, stage_file, tmp_path):
    text = stage_file.read_text().replace("steps = 6", "steps = 25").replace("[[data]]", "[[data]]", 1)
    stage_file.write_text(text)
    config = read_stage(stage_file)
    rows = losses(train(config, data_root, tmp_path / "run", workers=0))
    assert np.mean(rows[-5:]) < 0.85 * np.mean(rows[:5])


def test_the_next_stage_starts_from_the_weights_of_the_one_before(data_root, stage_file, tmp_path):
    assert (
        main([str(stage_file), "--data", str(data_root), "--run", str(tmp_path / "1"), "--device", "cpu"])
        == 0
    )
    weights = tmp_path / "1/weights.safetensors"
    before = load_network(weights, "cpu").state_dict()
    started = start_network(read_stage(stage_file), weights, None).state_dict()
    assert all(torch.equal(before[name], started[name]) for name in before)


def test_a_stage_may_begin_with_smaller_keys(stage_file, tmp_path):
    network = build(PRESETS["compact"])
    save_checkpoint(tmp_path / "w.safetensors", network.config, network.state_dict())
    stage_file.write_text("key_scale = 0.25\n" + stage_file.read_text())
    started = start_network(read_stage(stage_file), tmp_path / "w.safetensors", None)
    frame = torch.rand(1, 3, 64, 64)
    before, after = network.eval().encode(frame), started.eval().encode(frame)
    torch.testing.assert_close(after.key, before.key / 4, rtol=1e-2, atol=1e-4)  # half precision in the file
    torch.testing.assert_close(after.value, before.value, rtol=1e-2, atol=1e-2)


def test_the_stem_stays_and_the_trunk_learns_slowly(stage_file):
    network = start_network(read_stage(stage_file), None, None)
    prepare_for_training(network)
    groups = make_optimizer(network, read_stage(stage_file)).param_groups
    assert [group["scale"] for group in groups] == [1.0, 0.25]
    assert not network.query_encoder.backbone.stem[0].weight.requires_grad


def test_a_trained_network_grows_a_trunk(stage_file, tmp_path):
    """With both files, what the checkpoint lacks comes from ImageNet, and the rest from the checkpoint."""
    small = build(replace(PRESETS["compact"], backbone="compact", aspp=0))
    save_checkpoint(tmp_path / "small.safetensors", small.config, small.state_dict())
    donor = mobilenet_v2(deep=True)
    arrays = {}
    for n, conv in enumerate(m for m in donor.modules() if isinstance(m, SameConv)):
        arrays |= {
            f"{n:02d}.weight": conv.weight.detach().numpy(),
            f"{n:02d}.bias": conv.bias.detach().numpy(),
        }
    np.savez(tmp_path / "imagenet.npz", **arrays)
    config = read_stage(stage_file)
    grown = start_network(config, tmp_path / "small.safetensors", tmp_path / "imagenet.npz")
    assert grown.config == PRESETS["compact"]
    weights, old = grown.state_dict(), small.state_dict()
    assert all(torch.equal(weights[name], tensor.half().float()) for name, tensor in old.items())
    deep = "stages.5.0.layers.0.weight"
    assert torch.equal(weights[f"query_encoder.backbone.{deep}"], donor.state_dict()[deep])


def test_a_stage_may_name_its_reader(stage_file, tmp_path):
    stage_file.write_text(stage_file.read_text() + "[reader]\nsigma_g = inf\nspatial_constrain = false\n")
    config = read_stage(stage_file)
    network = start_network(config, None, None)
    assert network.config.reader == ReaderConfig(sigma_g=math.inf, spatial_constrain=False)
    assert network.reader.config == network.config.reader


def test_imagenet_weights_of_another_shape_are_refused(stage_file, tmp_path):
    arrays = {f"{n:02d}.conv.{kind}": np.zeros(3) for n in range(3) for kind in ("weight", "bias")}
    np.savez(tmp_path / "w.npz", **arrays)
    with pytest.raises(WeightsError, match=r"00\.conv\.weight"):
        start_network(read_stage(stage_file), None, tmp_path / "w.npz")


def test_a_full_disk_leaves_the_last_good_checkpoint(data_root, stage_file, tmp_path, monkeypatch):
    config = read_stage(stage_file)
    run = tmp_path / "run"
    rows = train(config, data_root, run, workers=0)
    for _ in range(3):
        next(rows)
    saved = (run / "state.pt").read_bytes()

    def full(state, file):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_folder.torch, "save", full)
    with pytest.raises(SknError, match=r"run.*cannot be saved"):
        list(rows)
    assert (run / "state.pt").read_bytes() == saved
    assert not list(run.glob("*.tmp"))


def test_the_rate_warms_up_and_falls(stage_file):
    config = read_stage(stage_file)
    rates = [rate_scale(config, step) for step in range(config.steps + 1)]
    assert rates[0] == 0.5
    assert rates[2] == max(rates) == 1.0
    assert rates[-1] == pytest.approx(config.final_rate)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("steps = 6", "stepz = 6"), "unknown setting 'stepz'"),
        (("steps = 6", "steps = "), "is not TOML"),
        (('kind = "stills"', 'kind = "films"'), "kind is one of"),
        (("crop = 64", "crops = 64"), "unknown setting 'crops'"),
        (("crop = 64", "crop = 72"), "crop is 72, but must be a multiple of 16"),
        (('path = "stills"', 'path = "stills"\nsubset = "a"'), "data of kind 'stills' has no subset"),
        (("[clip]", '[validation]\npath = "v"\nevry = 3\n[clip]'), "unknown setting 'evry'"),
        (("[clip]", '[validation]\npath = "v"\nkind = "film"\n[clip]'), "kind is one of: .*; not 'film'"),
    ],
)
def test_a_mistaken_stage_file_is_named(stage_file, change, message):
    stage_file.write_text(stage_file.read_text().replace(*change))
    with pytest.raises(FormatError, match=rf"stage\.toml.*{message}"):
        read_stage(stage_file)


def test_presets_can_be_trained():
    assert set(PRESETS) == {"compact", "lite0", "lite2", "resnet50", "stcn", "mivos", "resnest101"}


def test_clips_and_errors_can_go_to_a_process_that_was_started_afresh(data_root, stage_file):
    """As on Windows and macOS, where workers are not forked."""
    dataset = ClipDataset(read_stage(stage_file), data_root, 2)
    again = pickle.loads(pickle.dumps(dataset))
    assert torch.equal(again[3].frames, dataset[3].frames)
    error = pickle.loads(pickle.dumps(FormatError("{path} is not an image: {remedy}", path="a", remedy="b")))
    assert (str(error), error.message.values) == ("a is not an image: b", {"path": "a", "remedy": "b"})
