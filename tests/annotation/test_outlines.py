"""Outlines beside masks: how long they hold, what undo brings back, what a project keeps of them."""

import json

import numpy as np
import pytest
from states import state

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.followed_outlines import FollowedOutlines
from skn_annotator.annotation.outlines import ClosedLine, moved, paint_lines, without_corner
from skn_annotator.annotation.project import Project
from skn_annotator.annotation.project_files import default_folder

SIZE, LENGTH = (24, 32), 8
SQUARE = (ClosedLine(((4.0, 4.0), (12.0, 4.0), (12.0, 12.0), (4.0, 12.0))),)
HOLE = (*SQUARE, ClosedLine(((6.0, 6.0), (10.0, 6.0), (10.0, 10.0), (6.0, 10.0)), erases=True))


def painted(lines, object_id=1, under=None):
    mask = np.zeros(SIZE, np.uint8) if under is None else under.copy()
    paint_lines(mask, lines, object_id)
    return mask


@pytest.fixture
def annotation():
    """Object 1 drawn on frame 2."""
    annotation = Annotation(SIZE, LENGTH)
    annotation.apply(edits.add_object(annotation))
    annotation.apply(edits.add_object(annotation))
    annotation.apply(edits.paint(annotation, 2, painted(SQUARE), 1, "Polygon", lines=SQUARE))
    return annotation


def test_lines_are_painted_and_erased_one_after_the_other():
    mask = painted(HOLE)
    assert (mask == 1).sum() == 64 - 16
    assert mask[8, 8] == 0


def test_an_outline_takes_no_pixel_of_what_is_protected():
    mask = np.full(SIZE, 2, np.uint8)
    paint_lines(mask, SQUARE, 1, {2})
    assert (mask == 2).all()
    paint_lines(mask, SQUARE, 1)
    assert (mask == 1).sum() == 64


def test_a_line_of_two_corners_is_left_out():
    triangle = (ClosedLine(((0.0, 0.0), (5.0, 0.0), (0.0, 5.0))),)
    assert without_corner(triangle, 0, 1) == ()


def test_an_outline_holds_until_other_pixels_are_the_objects_and_again_after_undo(annotation):
    assert annotation.outline(2, 1).lines == SQUARE
    other = annotation.mask(2).copy()
    other[20, 20] = 2
    annotation.apply(edits.paint(annotation, 2, other, 2))
    assert annotation.outline(2, 1).lines == SQUARE, "another object was painted beside it"
    eaten = annotation.mask(2).copy()
    eaten[5, 5] = 2
    edit = edits.paint(annotation, 2, eaten, 2)
    annotation.apply(edit)
    assert annotation.outline(2, 1) is None
    annotation.apply(edit.inverse())
    assert annotation.outline(2, 1).lines == SQUARE


def test_a_corner_that_changes_no_pixel_is_an_edit_and_the_same_corner_is_none(annotation):
    lines = (ClosedLine((*SQUARE[0].corners, (4.0, 8.0))),)
    edit = edits.paint(annotation, 2, annotation.mask(2), 1, "Add corner", lines=lines)
    assert not edit.is_empty
    annotation.apply(edit)
    assert annotation.outline(2, 1).lines == lines
    assert edits.paint(annotation, 2, annotation.mask(2), 1, "Add corner", lines=lines).is_empty


def test_what_follows_is_decided_and_undone_as_a_whole(annotation):
    before = state(annotation)
    change = FollowedOutlines(1, {3: moved(SQUARE, 2, 0), 4: moved(SQUARE, 4, 0)}, SIZE)
    edit = change.edit(annotation)
    annotation.apply(edit)
    np.testing.assert_array_equal(annotation.mask(4), painted(moved(SQUARE, 4, 0)))
    assert annotation.decided(4) == {1}
    assert annotation.follows(4, 1)
    assert not annotation.follows(2, 1)
    annotation.apply(edit.inverse())
    assert state(annotation) == before


def test_what_was_made_of_masks_that_changed_since_is_made_again(annotation):
    change = FollowedOutlines(1, {3: SQUARE, 4: SQUARE}, SIZE)
    made = {t: (before, after) for t, before, after in change.make(change.masks(annotation))}
    corner = np.zeros(SIZE, np.uint8)
    corner[20:, 20:] = 2
    annotation.apply(edits.paint(annotation, 3, corner, 2))
    annotation.apply(change.edit(annotation, made))
    assert (annotation.mask(3) == 2).any()
    assert all(annotation.outline(t, 1) is not None for t in (3, 4))


@pytest.fixture
def video(tmp_path):
    path = tmp_path / "cups.mp4"
    path.write_bytes(b"a video")
    return path


def saved(video, annotation):
    folder = default_folder(video)
    project = Project.create(folder, video, SIZE, LENGTH, "print")
    project.save(annotation, annotation.frames(), {})
    return folder


def load(folder, video):
    return Project.open(folder).load(video, SIZE, LENGTH, "print")


def test_a_project_keeps_the_outlines_that_hold(video, annotation):
    annotation.apply(FollowedOutlines(1, {3: HOLE, 4: SQUARE}, SIZE).edit(annotation))
    blank = np.zeros(SIZE, np.uint8)
    annotation.apply(edits.paint(annotation, 4, blank, 1, "Eraser"))
    found = load(saved(video, annotation), video).annotation
    assert found.outline(2, 1) == annotation.outline(2, 1)
    assert found.outline(3, 1).lines == HOLE
    assert found.follows(3, 1)
    assert found.outlines(4) is None


def test_a_project_from_before_there_were_outlines_opens(video, annotation):
    folder = saved(video, annotation)
    path = folder / "project.json"
    settings = json.loads(path.read_text())
    del settings["outlines"]
    path.write_text(json.dumps(settings))
    opened = load(folder, video)
    assert opened.warnings == ()
    assert opened.annotation.outline(2, 1) is None
    assert opened.annotation.decided(2) == {1}


@pytest.mark.parametrize(
    "damage",
    [
        7,
        {"2": 7},
        {"2": {"1": {"lines": [[0, 1, 2, 3, 4]], "checksum": 1, "drawn": True}}},
        {"2": {"1": {"lines": [[0, 1, 2, 3, 4, 5, 6, 7]], "checksum": 1, "drawn": True}}},
        {"2": {"1": {"lines": [[0, 1, 2, 3, 4, 5, 1e300]], "checksum": 1, "drawn": True}}},
        {"2": {"300": {"lines": [], "checksum": 1, "drawn": True}}},
        {"2": {"1": {"lines": [[0, 1, 2, 3, 4, 5, 6]], "drawn": True}}},
    ],
)
def test_damaged_outlines_are_left_out_and_named(video, annotation, damage):
    folder = saved(video, annotation)
    path = folder / "project.json"
    settings = json.loads(path.read_text())
    settings["outlines"] = damage
    path.write_text(json.dumps(settings))
    opened = load(folder, video)
    assert "outlines" in str(opened.warnings[0])
    assert opened.annotation.outline(2, 1) is None
    np.testing.assert_array_equal(opened.annotation.mask(2), annotation.mask(2))
