"""Where the frames of the match view lie, and which cell is where."""

from itertools import combinations

import pytest

from skn_annotator.gui.lab.places import FramePlace, cell_at, places_of

SIZE = (480, 854)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 6, 7, 12, 15])
def test_memorized_frames_lie_beside_the_shown_one_and_apart(count):
    places = places_of(count, SIZE)
    assert len(places) == count
    rects = [place.rect((0, 0, SIZE[1], SIZE[0])) for place in places]
    assert all(x > SIZE[1] and y >= 0 and y + h <= SIZE[0] + 1e-6 for x, y, _, h in rects)
    for (x, y, w, h), (u, v, _, _) in combinations(rects, 2):
        assert u >= x + w or v >= y + h or u + w <= x


def test_a_point_goes_to_the_view_and_back():
    place = FramePlace(900, 10, 0.25)
    assert place.to_view((100, 40)) == (925, 20)
    assert place.to_frame((925, 20)) == (100, 40)


def test_the_cell_at_a_point():
    area = (10, 20, 74, 68)  # 4 x 3 cells of 16 pixels
    assert cell_at((10, 20), area, (3, 4)) == (0, 0)
    assert cell_at((73.9, 67.9), area, (3, 4)) == (2, 3)
    assert cell_at((9.9, 20), area, (3, 4)) is None
    assert cell_at((74, 30), area, (3, 4)) is None
