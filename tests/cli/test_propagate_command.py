"""``skn-propagate``: what it writes, in which order it goes, what it keeps, one line for what is wrong."""

import os
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from stand_still import StandStill
from twins import twins

from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.cli import propagate
from skn_annotator.cli.propagate import main
from skn_annotator.inference.fusion import blend
from skn_annotator.model.checkpoints import save_checkpoint
from skn_annotator.model.network import PRESETS, build

SIZE, LENGTH = (64, 112), 6


@pytest.fixture(scope="module")
def rendered():
    return list(twins(SIZE, LENGTH, oversample=1))


@pytest.fixture
def clip(tmp_path, monkeypatch, rendered):
    """The working folder, with the frames in ``frames/`` and all masks in ``truth/``."""
    for name in ("frames", "truth"):
        (tmp_path / name).mkdir()
    for t, (frame, mask) in enumerate(rendered):
        Image.fromarray(frame).save(tmp_path / "frames" / f"shot_{t}.png")
        (tmp_path / "truth" / f"shot_{t}.png").write_bytes(encode_mask(mask))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def stand_still(monkeypatch):
    tracker = StandStill()
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: tracker)
    return tracker


def _written(folder):
    return sorted(path.name for path in folder.iterdir())


def test_one_png_is_the_mask_of_the_first_frame(clip, stand_still, rendered, capsys):
    assert main(["frames", "--masks", "truth/shot_0.png", "--output", "results"]) == 0
    folder = clip / "results" / "frames"
    assert _written(folder) == [f"shot_{t}.png" for t in range(LENGTH)]
    for name in _written(folder):
        with Image.open(folder / name) as image:
            assert (image.mode, image.size) == ("P", SIZE[::-1])
        assert np.array_equal(read_mask(folder / name), rendered[0][1])
    assert f"{LENGTH} masks" in capsys.readouterr().out


def test_a_folder_of_masks_gives_reference_frames_and_they_stay_as_they_are(clip, stand_still, rendered):
    (clip / "given").mkdir()
    for t in (1, 5):
        os.link(clip / "truth" / f"shot_{t}.png", clip / "given" / f"shot_{t}.png")
    assert main(["frames", "--masks", "given", "--output", "results"]) == 0
    assert stand_still.orders == [[1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 0]]
    first, last = rendered[1][1], rendered[5][1]
    early, halfway, late = (blend(last, first, dict.fromkeys((1, 2), share)) for share in (0.25, 0.5, 0.75))
    expected = (first, first, early, halfway, late, last)
    assert not np.array_equal(halfway, last)
    for t, mask in enumerate(expected):
        assert np.array_equal(read_mask(clip / "results" / "frames" / f"shot_{t}.png"), mask)


def test_a_sequence_of_one_frame_has_its_mask(clip, stand_still, capsys):
    for picture in sorted((clip / "frames").iterdir())[1:]:
        picture.unlink()
    assert main(["frames", "--masks", "truth/shot_0.png", "--output", "results"]) == 0
    assert "results/frames: 1 mask, " in capsys.readouterr().out


def test_with_a_step_only_every_nth_frame_is_written_and_the_rest_is_left_as_it_is(
    clip, stand_still, rendered, capsys
):
    arguments = ["frames", "--masks", "truth/shot_0.png", "--output", "results", "--step", "2"]
    assert main([*arguments, "--overlay", "overlay.mp4"]) == 0
    folder = clip / "results" / "frames"
    assert stand_still.orders == [[0, 2, 4]]
    assert _written(folder) == ["shot_0.png", "shot_2.png", "shot_4.png"]
    said = capsys.readouterr().out
    assert "3 masks" in said
    assert "overlay.mp4: 3 frames" in said
    (folder / "shot_1.png").write_bytes(encode_mask(rendered[1][1]))
    assert main(arguments) == 0
    assert np.array_equal(read_mask(folder / "shot_1.png"), rendered[1][1])


def test_a_mask_beside_the_steps_is_written_and_carried_from(clip, stand_still, rendered):
    (clip / "given").mkdir()
    for t in (0, 3):
        os.link(clip / "truth" / f"shot_{t}.png", clip / "given" / f"shot_{t}.png")
    assert main(["frames", "--masks", "given", "--output", "results", "--step", "2"]) == 0
    assert stand_still.orders == [[0, 2, 4, 3, 2]]
    folder = clip / "results" / "frames"
    assert _written(folder) == [f"shot_{t}.png" for t in (0, 2, 3, 4)]
    assert np.array_equal(read_mask(folder / "shot_3.png"), rendered[3][1])


@pytest.mark.parametrize("given", [(0,), (0, 1, 2, 3, 4, 5)])
def test_where_nothing_is_left_to_carry_the_given_masks_are_written(clip, stand_still, given):
    (clip / "given").mkdir()
    for t in given:
        os.link(clip / "truth" / f"shot_{t}.png", clip / "given" / f"shot_{t}.png")
    assert main(["frames", "--masks", "given", "--output", "results", "--step", "6"]) == 0
    assert _written(clip / "results" / "frames") == [f"shot_{t}.png" for t in given]


def test_ctrl_c_keeps_what_is_done(clip, monkeypatch, capsys):
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: StandStill(stop_after=3))
    assert main(["frames", "--masks", "truth/shot_0.png", "--output", "results"]) == 130
    assert _written(clip / "results" / "frames") == ["shot_0.png", "shot_1.png", "shot_2.png"]
    assert f"stopped; results/frames holds 3 of {LENGTH} masks" in capsys.readouterr().err


def test_an_overlay_video_has_every_frame(clip, stand_still):
    arguments = ["frames", "--masks", "truth", "--output", "results", "--overlay", "overlay.mp4"]
    assert main(arguments) == 0
    from skn_annotator.video.frames import open_frames

    video = open_frames(clip / "overlay.mp4")
    assert (len(video), video.size) == (LENGTH, SIZE)
    video.close()


def test_an_untrained_network_fills_every_frame(clip):
    torch.manual_seed(0)
    save_checkpoint(clip / "new.safetensors", PRESETS["compact"], build(PRESETS["compact"]).state_dict())
    arguments = [
        "frames",
        "--masks",
        "truth/shot_0.png",
        "--output",
        "results",
        "--weights",
        "new.safetensors",
    ]
    assert main([*arguments, "--size", "64", "--device", "cpu"]) == 0
    masks = [read_mask(path, SIZE) for path in sorted((clip / "results" / "frames").iterdir())]
    assert len(masks) == LENGTH
    assert np.array_equal(masks[0], read_mask(clip / "truth" / "shot_0.png"))
    assert set(np.unique(masks).tolist()) <= {0, 1, 2}


def _spoil(clip, what):
    """Prepares one kind of bad input; returns what replaces the good arguments."""
    small = np.ones((10, 10), np.uint8)
    if what == "text":
        (clip / "notes.mp4").write_text("not a video")
    elif what == "wrong size":
        (clip / "small.png").write_bytes(encode_mask(small))
    elif what == "empty":
        (clip / "empty.png").write_bytes(encode_mask(np.zeros(SIZE, np.uint8)))
    elif what == "stranger":
        (clip / "strangers").mkdir()
        (clip / "strangers" / "00000.png").write_bytes(encode_mask(small))
    elif what == "no masks":
        (clip / "nothing").mkdir()
    elif what == "occupied":
        (clip / "occupied").write_text("a file where a folder should be")
    elif what == "other network":
        weights = {"layer.weight": torch.zeros(2, 2)}
        save_checkpoint(clip / "other.safetensors", PRESETS["compact"], weights)


@pytest.mark.parametrize("options", [["--overlay", "locked/o.mp4"], ["--report", "locked/page.html"]])
def test_a_folder_that_nothing_can_be_written_to_is_told_before_the_pass(clip, monkeypatch, capsys, options):
    (clip / "locked").mkdir()

    def refuse(path, exist_ok):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    assert main(["frames", "--masks", "truth/shot_0.png", "--output", "results", *options]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "locked cannot be written: you have no permission to write there" in err
    assert not (clip / "results").exists()


@pytest.mark.parametrize(
    ("what", "change", "message"),
    [
        ("missing source", {"source": "nowhere.mp4"}, "nowhere.mp4"),
        ("text", {"source": "notes.mp4"}, "notes.mp4"),
        ("missing mask", {"--masks": "nowhere.png"}, "nowhere.png does not exist"),
        ("wrong size", {"--masks": "small.png"}, "small.png is 10 x 10, but the frames are 112 x 64"),
        ("empty", {"--masks": "empty.png"}, "empty.png shows no object"),
        ("stranger", {"--masks": "strangers"}, "its frames are shot_0 to shot_5"),
        ("no masks", {"--masks": "nothing"}, "nothing holds no PNG"),
        ("occupied", {"--output": "occupied"}, "occupied/frames cannot be written"),
        ("itself", {"--output": "."}, "shot_0.png is read here, so it is never written to"),
        ("overlay", {"--overlay": "nowhere/overlay.mp4"}, "nowhere is not a folder"),
        ("text", {"--overlay": "notes.mp4.txt"}, "notes.mp4.txt does not end in .mp4"),
        ("missing weights", {"--weights": "nowhere.safetensors"}, "nowhere.safetensors does not exist"),
        ("other network", {"--weights": "other.safetensors"}, "a checkpoint of another network"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_lost(clip, capsys, what, change, message):
    _spoil(clip, what)
    before = {path: path.read_bytes() for path in clip.rglob("*") if path.is_file()}
    options = {"--masks": "truth/shot_0.png", "--output": "results", **change}
    source = options.pop("source", "frames")
    assert main([source, *(word for pair in options.items() for word in pair)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("skn-propagate: ")
    assert message in err
    assert err.count("\n") == 1
    assert {path: path.read_bytes() for path in clip.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(("options", "threads"), [([], 3), (["--threads", "2"], 2), (["--threads", "64"], 4)])
def test_threads_are_all_processors_but_one_unless_said(clip, monkeypatch, options, threads):
    taken = []
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(4)), raising=False)
    monkeypatch.setattr(torch, "set_num_threads", taken.append)
    monkeypatch.setattr("skn_annotator.model.checkpoints.load_network", lambda *_: None)
    monkeypatch.setattr("skn_annotator.inference.tracker.Tracker", lambda *_: StandStill())
    assert main(["frames", "--masks", "truth/shot_0.png", "--output", "results", *options]) == 0
    assert taken == [threads]


def test_a_picture_that_cannot_be_read_costs_its_own_frame_only(clip, capsys):
    (clip / "frames" / "shot_3.png").write_bytes(b"\x89PNG broken")
    found = main(["frames", "--masks", "truth/shot_0.png", "--output", "results", "--overlay", "o.mp4"])
    assert found == 0
    assert "stay blank: shot_3.png" in capsys.readouterr().err
    folder = clip / "results" / "frames"
    assert len(_written(folder)) == LENGTH
    assert not read_mask(folder / "shot_3.png").any()
    assert read_mask(folder / "shot_4.png").any()
    assert (clip / "o.mp4").stat().st_size > 0
