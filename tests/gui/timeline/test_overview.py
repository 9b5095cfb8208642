"""What the timeline shows of every frame."""

import math

import numpy as np
import pytest

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.edits import clear_frame, import_masks, paint, undecide
from skn_annotator.gui.timeline.overview import ABSENT, PRESENT, UNKNOWN, Overview


def annotated(length, **ids_at):
    annotation = Annotation((2, 2), length)
    masks = {int(t[1:]): np.full((2, 2), i, np.uint8) for t, i in ids_at.items()}
    annotation.apply(import_masks(annotation, masks))
    return annotation


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ({}, [(0, 7, UNKNOWN)]),
        ({"t0": 1}, [(0, 0, PRESENT), (1, 7, UNKNOWN)]),
        (
            {"t2": 1, "t3": 1, "t4": 2},
            [(0, 1, UNKNOWN), (2, 3, PRESENT), (4, 4, ABSENT), (5, 7, UNKNOWN)],
        ),
        ({"t0": 2, "t7": 1}, [(0, 0, ABSENT), (1, 6, UNKNOWN), (7, 7, PRESENT)]),
        ({f"t{t}": 1 for t in range(8)}, [(0, 7, PRESENT)]),
    ],
)
def test_a_lane_covers_the_sequence_without_gap_or_overlap(frames, expected):
    assert list(Overview(annotated(8, **frames)).runs(1, range(8))) == expected


def test_it_follows_changes_frame_by_frame():
    annotation = annotated(4, t0=1, t1=1)
    overview = Overview(annotation)
    changed = annotation.apply(import_masks(annotation, {1: np.full((2, 2), 5, np.uint8)}))
    changed |= annotation.apply(clear_frame(annotation, 0))
    overview.update(changed)
    assert list(overview.runs(1, range(4))) == [(0, 0, UNKNOWN), (1, 1, ABSENT), (2, 3, UNKNOWN)]
    assert list(overview.runs(5, range(4))) == [(0, 0, UNKNOWN), (1, 1, PRESENT), (2, 3, UNKNOWN)]


def test_a_mask_of_another_object_says_nothing_of_one_that_nobody_looked_for():
    annotation = annotated(3, t0=1)
    mask = np.full((2, 2), 2, np.uint8)
    annotation.apply(paint(annotation, 1, mask, 2))
    assert list(Overview(annotation).runs(1, range(3))) == [(0, 0, PRESENT), (1, 2, UNKNOWN)]
    annotation.apply(sure({1: {1: 0.0}}))
    assert list(Overview(annotation).runs(1, range(3))) == [(0, 0, PRESENT), (1, 1, ABSENT), (2, 2, UNKNOWN)]


def sure(values):
    return Edit("Propagate", confidence={t: (None, c) for t, c in values.items()})


def test_a_frame_is_as_certain_as_its_least_certain_object():
    annotation = annotated(3, t0=1, t1=1)
    annotation.apply(sure({1: {1: 0.75, 2: 0.25}}))
    points = Overview(annotation).certainty(range(3))
    assert [t for t, _ in points] == [0, 1, 2]
    assert points[1][1] == 0.25
    assert math.isnan(points[0][1])


def test_of_many_frames_the_least_certain_of_each_stretch_is_kept():
    annotation = annotated(10, **{f"t{t}": 1 for t in range(10)})
    annotation.apply(undecide(annotation, range(10)))
    annotation.apply(sure({t: {1: 1 - t / 16} for t in range(1, 8)}))
    points = Overview(annotation).certainty(range(10), per=3)
    assert [t for t, _ in points] == [0, 3, 6, 9]
    assert [value for _, value in points[:3]] == [1 - 2 / 16, 1 - 5 / 16, 1 - 7 / 16]
    assert math.isnan(points[3][1])


def test_what_one_of_the_frames_that_share_a_pixel_shows_is_seen():
    overview = Overview(annotated(12, t1=1, t6=2, t7=2))
    assert list(overview.runs(1, range(12), per=4)) == [(0, 3, PRESENT), (4, 7, ABSENT), (8, 11, UNKNOWN)]


def test_a_part_is_cut_at_its_ends_and_grouped_as_the_whole_is():
    overview = Overview(annotated(12, t5=1))
    assert list(overview.runs(1, range(4, 10))) == [(4, 4, UNKNOWN), (5, 5, PRESENT), (6, 9, UNKNOWN)]
    assert list(overview.runs(1, range(3, 10), per=4)) == [
        (3, 3, UNKNOWN),
        (4, 7, PRESENT),
        (8, 9, UNKNOWN),
    ]


def test_the_references_of_an_object_come_one_by_one_or_one_of_those_that_stand_together():
    overview = Overview(annotated(12, t1=1, t2=1, t6=1, t11=1))
    assert overview.references(1, range(12)) == [1, 2, 6, 11]
    assert overview.references(1, range(2, 11), per=4) == [2, 6]
    assert overview.references(1, range(12), per=4) == [1, 6, 11]
    assert overview.references(2, range(12)) == []


def test_an_hour_of_video_is_drawn_with_no_more_pieces_than_pixels():
    overview = Overview(Annotation((2, 2), 108_000))
    overview._known[1] = np.arange(108_000) % 2 == 0
    assert len(list(overview.runs(1, range(108_000), per=100))) == 1
    assert len(overview.certainty(range(108_000), per=100)) == 1080
