"""``skn-evaluate --interactive``: a row for each clip and choice, the means, and what is never done."""

import numpy as np
import pytest
from fakes import FakeTracker
from PIL import Image

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.tasks import pass_work
from skn_annotator.cli.evaluate import main


@pytest.fixture
def dataset(tmp_path, monkeypatch):
    """Two clips: of one the fake tracker finds every mask, in the other the object stands still."""
    for name, speed in (("moves", 1), ("stands", 0)):
        frames, masks = tmp_path / "JPEGImages" / name, tmp_path / "Annotations" / name
        frames.mkdir(parents=True)
        masks.mkdir(parents=True)
        for t in range(10):
            mask = np.zeros((40, 80), np.uint8)
            mask[10:26, 4 + speed * t : 24 + speed * t] = 1
            Image.fromarray(np.full((40, 80, 3), 90, np.uint8)).save(frames / f"{t:05d}.png")
            (masks / f"{t:05d}.png").write_bytes(encode_mask(mask))
    monkeypatch.setattr(pass_work, "NetworkTracker", lambda *arguments: FakeTracker())
    return tmp_path


def rows(text):
    return [line.split() for line in text.splitlines()]


def test_a_row_for_each_clip_and_choice_then_the_means(dataset, capsys):
    assert main(["--interactive", str(dataset), "--choices", "worst", "even", "--most", "8"]) == 0
    found = rows(capsys.readouterr().out)
    assert [row[:2] for row in found[1:7]] == [
        ["moves", "worst"],
        ["moves", "even"],
        ["stands", "worst"],
        ["stands", "even"],
        ["mean", "worst"],
        ["mean", "even"],
    ]
    assert found[1][2:] == ["100.0"] * 6 + ["0"]
    worst, mean = found[3], found[5]
    assert float(worst[2]) < float(worst[3])
    assert float(mean[-1]) == int(worst[8]) / 2
    assert len(worst[9:]) == int(worst[8])
    assert worst[9].startswith("10(")  # the frame, counted from 1, and the J that it had


def test_clips_that_are_never_done_are_named(dataset, capsys):
    arguments = ["--interactive", str(dataset), "--choices", "even", "--most", "1", "--goal", "99"]
    assert main([*arguments, "--sequences", "stands"]) == 0
    out = capsys.readouterr().out
    assert rows(out)[1][8] == "never"
    assert out.splitlines()[-1] == "even: 1 of 1 never done, 1 at most: stands"


def test_an_option_may_stand_between_the_folders(dataset):
    truth = str(dataset / "Annotations")
    assert main([truth, "--statistics", truth]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--interactive", "results"], "results is of no use with --interactive"),
        (["--interactive", "--sequences", "nobody"], "holds no masks of nobody"),
        ([], "RESULTS is missing"),
    ],
)
def test_bad_input_is_one_line(dataset, capsys, arguments, message):
    assert main([str(dataset), *(a if a != "results" else str(dataset / a) for a in arguments)]) == 1
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1
