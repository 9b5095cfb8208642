"""Outlines stand out from what lies under them."""

import numpy as np
import pytest

from skn_annotator.gui.look.outline_color import OutlineColor

RED = 0xFFE03030


def chosen(under, own=RED, at=(20, 20)):
    rgb = np.full((64, 96, 3), under, np.uint8)
    rows, columns = np.array([at[0]]), np.array([at[1]])
    return int(OutlineColor(rgb).choose(np.array([own], np.uint32), rows, columns)[0])


@pytest.mark.parametrize(
    ("under", "line"),
    [
        ((40, 120, 60), RED),
        ((240, 240, 240), RED),
        ((200, 40, 45), 0xFFFFFFFF),
        ((250, 120, 110), 0xFF000000),
    ],
)
def test_the_own_colour_where_it_is_seen_else_white_or_black(under, line):
    assert chosen(under) == line


def test_each_part_of_the_frame_counts_for_itself():
    rgb = np.full((64, 96, 3), (200, 40, 45), np.uint8)
    rgb[:, 48:] = (30, 90, 40)
    own = np.array([RED, RED], np.uint32)
    lines = OutlineColor(rgb).choose(own, np.array([30, 30]), np.array([10, 90]))
    assert lines.tolist() == [0xFFFFFFFF, RED]


@pytest.mark.parametrize("size", [(1, 1), (3, 40), (17, 15), (1080, 1919)])
def test_frames_of_any_size_are_looked_at(size):
    rgb = np.full((*size, 3), 220, np.uint8)
    line = OutlineColor(rgb).choose(
        np.array([0xFFF0F0F0], np.uint32), np.array([size[0] - 1]), np.array([size[1] - 1])
    )
    assert line.tolist() == [0xFF000000]
