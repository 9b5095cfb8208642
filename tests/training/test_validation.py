"""J&F while training: what `skn-evaluate` would say, without touching the training."""

import csv
import logging
import os
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from written import write

from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.errors import FormatError, SknError
from skn_annotator.evaluation.evaluate import evaluate
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network, read_checkpoint
from skn_annotator.training.optimization import start_network
from skn_annotator.training.run_folder import RunFolder
from skn_annotator.training.stage_files import read_stage
from skn_annotator.training.train import train
from skn_annotator.training.validation import Validation, ValidationConfig, ValidationScores
from skn_annotator.video.frames import open_frames


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


@pytest.fixture
def validated(stage_file):
    """The stage, with a validation every third step."""
    table = '[validation]\npath = "video"\nevery = 3\nsize = 64\nframes = 4\n\n'
    stage_file.write_text(stage_file.read_text().replace("[clip]", table + "[clip]"))
    return stage_file


@pytest.fixture
def two_objects(data_root):
    """A second sequence, whose ids have a gap; a third object comes later and is not followed."""
    for t in range(5):
        mask = np.zeros((90, 120), np.uint8)
        mask[10:50, 10 + 3 * t : 50 + 3 * t] = 2
        mask[55:85, 60:100] = 5
        mask[0:8, 100:120] = 7 if t > 1 else 0
        image = np.full((90, 120, 3), 60, np.uint8) + (mask * 30)[..., None]
        name = f"pair/{t:05d}"
        write(
            data_root / f"video/JPEGImages/{name}.jpg",
            data_root / f"video/Annotations/{name}.png",
            image,
            mask,
        )
    return data_root


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_scores_are_those_of_the_evaluation(two_objects, stage_file, tmp_path):
    network = start_network(read_stage(stage_file), None, None).eval()
    scores, samples = Validation(ValidationConfig(path="video", size=64), two_objects).scores(network)
    for name in ("pair", "walk"):
        frames = open_frames(two_objects / "video/JPEGImages" / name)
        first = read_mask(two_objects / "video/Annotations" / name / "00000.png")
        (tmp_path / "out" / name).mkdir(parents=True)
        for step in Tracker(network, 64).propagate(
            frames, {0: first}, cover(range(len(frames)), decisions({0: first}))
        ):
            (tmp_path / "out" / name / f"{step.t:05d}.png").write_bytes(encode_mask(step.mask))
            if step.t == samples[name].t:
                np.testing.assert_array_equal(samples[name].found, step.mask)
    official = evaluate(two_objects / "video/Annotations", tmp_path / "out").overall
    assert scores.objects == {"pair": 2, "walk": 1}
    assert scores.row["j"] == pytest.approx(official.j)
    assert scores.row["f"] == pytest.approx(official.f)
    assert scores.row["jf"] == pytest.approx(official.jf)


def test_every_object_counts_the_same():
    row = ValidationScores({"a": 0.9, "b": 0.3}, {"a": 0.5, "b": 0.5}, {"a": 1, "b": 2}).row
    assert row == pytest.approx({"jf": 0.5, "j": 0.5, "f": 0.5, "a": 0.7, "b": 0.4})


def test_validation_leaves_the_training_as_it_is(data_root, validated, tmp_path):
    config = read_stage(validated)
    assert config.validation == ValidationConfig(path="video", every=3, size=64, frames=4)
    found = list(train(config, data_root, tmp_path / "with", workers=0))
    without = list(train(replace(config, validation=None), data_root, tmp_path / "without", workers=0))
    assert [row["loss"] for row in found] == [row["loss"] for row in without]
    assert ["jf" in row for row in found] == [False, False, True] * 2
    table = rows(tmp_path / "with/validation.csv")
    assert list(table[0]) == ["step", "jf", "j", "f", "walk"]
    assert [row["step"] for row in table] == ["3", "6"]
    assert float(table[1]["jf"]) == pytest.approx(found[5]["jf"], rel=1e-4)
    assert not (tmp_path / "without/validation.csv").exists()


def test_a_resumed_run_validates_each_step_once(data_root, validated, tmp_path):
    config = read_stage(validated)
    whole = list(train(config, data_root, tmp_path / "whole", workers=0))
    killed = train(config, data_root, tmp_path / "killed", workers=0)
    for _ in range(6):  # the last step is validated, but its state is lost
        next(killed)
    killed.close()
    (tmp_path / "killed/state.pt").unlink()
    again = list(train(config, data_root, tmp_path / "killed", workers=0))
    assert [row["loss"] for row in again] == [row["loss"] for row in whole]
    assert rows(tmp_path / "killed/validation.csv") == rows(tmp_path / "whole/validation.csv")


def test_the_best_weights_are_kept(data_root, stage_file, tmp_path):
    network = start_network(read_stage(stage_file), None, None)
    folder = RunFolder(tmp_path)
    for step, jf in ((10, 0.5), (20, 0.7), (30, 0.6)):
        with torch.no_grad():
            next(network.parameters()).fill_(step)
        folder.keep_best({"step": step, "jf": jf, "walk": jf}, network)
    kept = load_network(tmp_path / "best.safetensors", "cpu")
    assert next(kept.parameters()).unique().tolist() == [20]
    assert [float(row["walk"]) for row in rows(tmp_path / "validation.csv")] == [0.5, 0.7, 0.6]
    assert read_checkpoint(tmp_path / "best.safetensors")[0] == network.config


def test_a_full_disk_leaves_the_best_weights_so_far(stage_file, tmp_path, monkeypatch):
    network = start_network(read_stage(stage_file), None, None)
    folder = RunFolder(tmp_path)
    folder.keep_best({"step": 10, "jf": 0.5}, network)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SknError, match="checkpoint of step 20 cannot be saved"):
        folder.keep_best({"step": 20, "jf": 0.7}, network)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_what_cannot_be_validated_on_is_refused_at_the_start(data_root, tmp_path):
    config = ValidationConfig(path="video", frames=2)
    with pytest.raises(FormatError, match="video has nothing to validate on: no sequence of 3 frames"):
        Validation(config, data_root)
    empty = Image.new("L", (120, 90))
    empty.save(data_root / "video/Annotations/walk/00000.png")
    with pytest.raises(FormatError, match="shows an object in its first"):
        Validation(ValidationConfig(path="video"), data_root)


def test_figures_and_pictures_for_tensorboard(data_root, validated, tmp_path):
    events = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    list(train(read_stage(validated), data_root, tmp_path, workers=0))
    found = events.EventAccumulator(str(tmp_path)).Reload()
    tags = found.Tags()
    assert {"training/loss", "training/rate", "training/damaged", "validation/jf"} <= set(tags["scalars"])
    assert set(tags["images"]) == {"training/clip", "validation/walk"}
    assert [event.step for event in found.Scalars("training/loss")] == list(range(6))
    (first, second) = found.Images("validation/walk")
    assert (first.step, second.step) == (3, 6)
    assert (first.height, first.width) == (180, 120)  # the truth above, what was found below
    clip = found.Images("training/clip")[0]
    assert (clip.height, clip.width) == (128, 192)


def test_without_tensorboard_there_is_csv_and_one_line_about_it(
    data_root, validated, tmp_path, monkeypatch, caplog
):
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with caplog.at_level(logging.WARNING):
        list(train(read_stage(validated), data_root, tmp_path, workers=0))
    assert [record.getMessage() for record in caplog.records] == [
        "TensorBoard is not installed (pip install 'skn-annotator[train]'): only CSV is written"
    ]
    assert not list(tmp_path.glob("events*"))
    assert {path.name for path in tmp_path.glob("*.csv")} >= {"log.csv", "validation.csv"}
