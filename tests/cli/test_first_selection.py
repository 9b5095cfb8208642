"""``skn-propagate --box`` and ``--point``: a pass begins without a mask."""

import re

import numpy as np
import pytest
from stand_still import StandStill

from skn_annotator import resources
from skn_annotator.annotation.masks import read_mask
from skn_annotator.cli import propagate
from skn_annotator.video.frames import open_frames


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """The working folder; the demo's clip and its first id map."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: StandStill())
    clip = resources.demo_clip()
    return clip, read_mask(resources.demo_mask(), open_frames(clip).size)


def run(clip, *options):
    return propagate.main([str(clip), "--output", "out", "--step", "40", *options])


def box_of(mask):
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return f"{columns[0] - 4},{rows[0] - 4},{columns[-1] + 5},{rows[-1] + 5}"


def test_boxes_become_the_objects_of_the_first_frame(demo, tmp_path):
    clip, ids = demo
    assert run(clip, "--box", box_of(ids == 1), "--box", f"{box_of(ids == 2)},7") == 0
    first = read_mask(tmp_path / "out" / clip.stem / "00000.png", ids.shape)
    for truth, object_id in ((1, 1), (2, 7)):
        a, b = first == object_id, ids == truth
        assert np.count_nonzero(a & b) / np.count_nonzero(a | b) > 0.8


def test_a_point_becomes_an_object(demo, tmp_path):
    clip, ids = demo
    y, x = (int(each.mean()) for each in np.nonzero(ids == 2))
    assert run(clip, "--point", f"{x},{y},3") == 0
    assert read_mask(tmp_path / "out" / clip.stem / "00000.png", ids.shape)[y, x] == 3


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--box", "1,2,3"], "'1,2,3' is not X0,Y0,X1,Y1"),
        (["--box", "1,2,3,4,0"], "number from 1 to 254"),
        (["--box", "1,2,3,4,1.5"], "number from 1 to 254"),
        (["--point", "a,b"], "'a,b' is not X,Y"),
        (["--point", "99999,1"], "object 1: the point 99999, 1 lies outside"),
        (["--point", "nan,1"], "'nan,1' is not X,Y"),
        (["--box", "0,0,1e400,5"], "'0,0,1e400,5' is not X0,Y0,X1,Y1"),
        (["--box", "5,5,5,9,2"], "object 2: the box 5, 5, 5, 9 holds nothing"),
        (["--box", "5,5,50,90", "--box", "5,5,50,90"], "object 1 has 2 boxes"),
        (["--box", "5,5,50,90", "--masks", "first.png"], "leave one of them out"),
        ([], "give --masks, --box or --point, and --output"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_and_writes_nothing(demo, tmp_path, capsys, options, sentence):
    clip, _ = demo
    try:
        status = run(clip, *options)
    except SystemExit as end:  # argparse's
        status = end.code
    assert status in (1, 2)
    assert re.search(sentence, capsys.readouterr().err)
    assert not (tmp_path / "out").exists()
