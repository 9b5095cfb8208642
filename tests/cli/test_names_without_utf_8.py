"""Files that an older system named in Latin-1: Linux opens them, and what is written of them names them."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from stand_still import StandStill

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.project.opening import project_folder
from skn_annotator.batch.video_run import Outcome
from skn_annotator.cli import evaluate, propagate
from skn_annotator.cli.batch import _write_table
from skn_annotator.video.index_store import recall

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")

NAME = b"caf\xe9".decode(errors="surrogateescape")


@pytest.fixture
def clip(tmp_path, monkeypatch):
    """A folder of frames with such a name, in the working folder, and the mask of its first frame."""
    monkeypatch.chdir(tmp_path)
    Path(NAME).mkdir()
    for t in range(3):
        Image.fromarray(np.full((96, 160, 3), 9 * t, np.uint8)).save(Path(NAME) / f"{t:05d}.png")
    mask = np.zeros((96, 160), np.uint8)
    mask[10:60, 10:60] = 1
    Path("first.png").write_bytes(encode_mask(mask))
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: StandStill())
    return Path(NAME)


def test_a_pass_and_its_report_are_written_and_scored(clip):
    assert propagate.main([NAME, "--masks", "first.png", "--output", "out", "--report", "r.html"]) == 0
    assert b"<h1>caf\\udce9</h1>" in Path("r.html").read_bytes()
    assert evaluate.main(["out", "out", "--csv", "scores.csv"]) == 0
    assert b"caf\\udce9,1,100" in Path("scores.csv").read_bytes()


def test_the_table_of_a_batch_names_it(clip):
    _write_table(Path("out"), [Outcome(NAME, "done")])
    assert b"caf\\udce9,done" in Path("out/batch.csv").read_bytes()


def test_its_project_has_a_place_where_none_can_be_beside_it(clip, monkeypatch):
    monkeypatch.setattr("skn_annotator.app.project.opening._can_write", lambda folder: False)
    assert project_folder(clip.absolute()).name.startswith(NAME)


def test_its_count_of_frames_can_be_looked_up(clip):
    assert recall(clip / "00000.png") is None
