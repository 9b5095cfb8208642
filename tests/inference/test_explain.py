"""What is drawn is what was computed."""

import numpy as np
import pytest

from skn_annotator.inference.explain import DRAWN, explain, frame_shares
from skn_annotator.inference.step import CellGrid, ReaderMatch

GRID = (4, 6)


def match(prior=(1.0, 2.0, 2.0), floor=0.0):
    points = np.zeros((2, *GRID, 2), np.int16)
    points[0, 1, 2] = (3, 5)
    points[1, 2, 2] = (0, 1)
    strength = np.zeros((2, *GRID), np.float32)
    strength[0, 1, 2], strength[1, 2, 2], strength[0, 0, 0] = 0.2, 0.4, 0.9
    foreground = np.zeros((2, *GRID), bool)
    foreground[0, 1, 2] = foreground[1, 2, 2] = True
    grid = CellGrid(GRID, (16.0, 20.0))
    cells = ({1: points.reshape(-1, 2)}, {1: strength.ravel()}, {1: foreground.ravel()})
    return ReaderMatch(grid, ((0, grid), (5, grid)), *cells, {1: prior}, floor, 7.0)


def test_only_cells_on_the_object_are_drawn_strongest_first():
    drawn = explain(match(), 1)
    assert drawn.strength.tolist() == pytest.approx([1.0, 0.5])
    assert drawn.origin_frames.tolist() == [5, 0]
    assert drawn.points.tolist() == [[1.5 * 20, 0.5 * 16], [5.5 * 20, 3.5 * 16]]
    assert drawn.origins.tolist() == [[2.5 * 20, 2.5 * 16], [2.5 * 20, 1.5 * 16]]


def test_the_kernel_peaks_at_the_prior():
    kernel = explain(match(), 1).kernel
    assert kernel.shape == GRID
    assert np.unravel_index(kernel.argmax(), GRID) == (1, 2)
    assert explain(match(floor=0.3), 1).kernel.min() > 0.3


def test_without_prior_the_kernel_is_1_everywhere():
    assert (explain(match(prior=None), 1).kernel == 1).all()


def test_the_number_of_points_is_limited():
    assert len(explain(match(), 1, limit=1).points) == 1


def test_a_cell_that_was_not_read_matches_no_point():
    found = match()
    found.foreground[1][1] = True
    drawn = explain(found, 1)
    assert drawn.origin_frames.tolist() == [5, 0]
    assert frame_shares(found, 1) == {0: 0.5, 5: 0.5}


def test_an_object_that_was_not_read():
    with pytest.raises(KeyError):
        explain(match(), 2)


def test_the_shares_of_memory_frames_are_those_of_the_points_that_are_drawn():
    drawn = explain(match(), 1).origin_frames.tolist()
    assert frame_shares(match(), 1) == {t: drawn.count(t) / len(drawn) for t in (0, 5)}
    assert frame_shares(match(), 1, limit=1) == {0: 0.0, 5: 1.0}


def test_of_many_points_the_shares_are_of_those_that_are_drawn_too():
    grid = CellGrid((20, 20), (16.0, 16.0))
    on_object = np.zeros((2, 400), bool)
    on_object[0, :150] = on_object[1, :300] = True
    strength = np.concatenate([np.full(400, 0.9), np.full(400, 0.5)]).astype(np.float32)
    points = np.zeros((800, 2), np.int16)
    many = ReaderMatch(
        grid, ((0, grid), (5, grid)), {1: points}, {1: strength}, {1: on_object.ravel()}, {1: None}, 0.0, 7.0
    )
    drawn = explain(many, 1).origin_frames.tolist()
    assert len(drawn) == DRAWN
    assert frame_shares(many, 1) == {t: drawn.count(t) / DRAWN for t in (0, 5)}
