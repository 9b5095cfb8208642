"""What lies between two outlines: moved, turned, scaled, bent; corners that correspond."""

import math

import numpy as np
import pytest

from skn_annotator.annotation.between_outlines import lines_between
from skn_annotator.annotation.outlines import ClosedLine

SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


def between(first, last, share=0.5):
    ((line,),) = lines_between((ClosedLine(first),), (ClosedLine(last),), [share])
    return np.array(line.corners)


def ring(n, centre, radius, start=0.0):
    angles = [start + 2 * math.pi * k / n for k in range(n)]
    return tuple((centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles)


def moved(corners, dx, dy):
    return tuple((x + dx, y + dy) for x, y in corners)


@pytest.mark.parametrize("begin", range(4))
@pytest.mark.parametrize("way", [1, -1])
def test_an_outline_that_moved_is_half_way_wherever_it_was_begun_and_whichever_way_it_was_drawn(begin, way):
    goal = moved(SQUARE, 20, 6)
    goal = (goal[begin:] + goal[:begin])[::way]
    np.testing.assert_allclose(between(SQUARE, goal), np.array(moved(SQUARE, 10, 3)), atol=0.01)


def test_the_ends_are_the_outlines_themselves():
    first, last = ring(7, (30, 30), 10), ring(7, (80, 50), 22, 0.3)
    np.testing.assert_allclose(between(first, last, 0.0), first, atol=0.01)
    np.testing.assert_allclose(sorted(map(tuple, between(first, last, 1.0))), sorted(last), atol=0.01)


def test_what_turns_does_not_shrink_on_the_way():
    bar = ((0.0, -2.0), (40.0, -2.0), (40.0, 2.0), (0.0, 2.0))
    turn = math.radians(70)
    turned = tuple(
        (x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)) for x, y in bar
    )
    half = between(bar, turned)
    assert np.hypot(*(half[1] - half[0])) == pytest.approx(40, abs=0.02)
    assert np.hypot(*(half[2] - half[1])) == pytest.approx(4, abs=0.02)
    direction = half[1] - half[0]
    assert math.degrees(math.atan2(direction[1], direction[0])) == pytest.approx(35, abs=0.1)


def test_an_outline_with_more_corners_keeps_those_of_both():
    pentagon, octagon = ring(5, (50, 50), 30), ring(8, (100, 60), 20, 0.3)
    first, last = between(pentagon, octagon, 0.0), between(pentagon, octagon, 1.0)
    for corner in pentagon:
        assert np.hypot(*(first - corner).T).min() < 0.02
    for corner in octagon:
        assert np.hypot(*(last - corner).T).min() < 0.02


def test_a_corner_on_an_edge_changes_nothing_of_the_shape():
    with_middle = ((0.0, 0.0), (5.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    half = between(with_middle, moved(SQUARE, 8, 0))
    np.testing.assert_allclose(half.min(axis=0), (4, 0), atol=0.01)
    np.testing.assert_allclose(half.max(axis=0), (14, 10), atol=0.01)


def test_outlines_of_other_parts_do_not_correspond():
    one, hole = ClosedLine(SQUARE), ClosedLine(SQUARE, erases=True)
    assert lines_between((one,), (one, one), [0.5]) is None
    assert lines_between((one, one), (one, hole), [0.5]) is None
    assert lines_between((one, hole), (one, hole), [0.5]) == [(one, hole)]
