import numpy as np
import pytest

from skn_annotator.annotation.raster import bounds
from skn_annotator.annotation.reshape import fill_holes, grow, move, shrink, smooth


def disk(size, centre, radius):
    y, x = np.mgrid[: size[0], : size[1]]
    return np.hypot(x - centre[0], y - centre[1]) <= radius


@pytest.fixture
def mask():
    """Object 1, a disk with two holes, in one of them object 2; object 3, a bar to the right."""
    mask = np.zeros((80, 120), np.uint8)
    mask[disk(mask.shape, (40, 40), 25)] = 1
    mask[disk(mask.shape, (30, 40), 5)] = 0
    mask[disk(mask.shape, (50, 40), 6)] = 0
    mask[disk(mask.shape, (50, 40), 3)] = 2
    mask[20:60, 70:75] = 3
    return mask


def changed_bounds(before, after):
    return bounds(before != after)


TOOLS = {
    "fill holes": lambda mask, protect: fill_holes(mask, 1, protect),
    "grow": lambda mask, protect: grow(mask, 1, 8, protect),
    "shrink": lambda mask, protect: shrink(mask, 1, 3),
    "smooth": lambda mask, protect: smooth(mask, 1, 4, protect),
    "move": lambda mask, protect: move(mask, 1, 12, -20, protect),
}


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("protect", [(), {2, 3}])
def test_every_tool_tells_where_it_changed_and_spares_what_is_protected(mask, tool, protect):
    before = mask.copy()
    rect = TOOLS[tool](mask, protect)
    assert rect is not None
    x0, y0, x1, y1 = rect
    assert all(a <= b for a, b in zip((x0, y0), changed_bounds(before, mask)[:2], strict=True))
    outside = np.ones(mask.shape, bool)
    outside[y0:y1, x0:x1] = False
    np.testing.assert_array_equal(mask[outside], before[outside])
    for object_id in protect:
        np.testing.assert_array_equal(mask == object_id, before == object_id)


@pytest.mark.parametrize("tool", TOOLS)
def test_an_object_that_is_not_there_changes_nothing(tool):
    mask = np.full((20, 30), 2, np.uint8)
    assert TOOLS[tool](mask, ()) is None
    assert (mask == 2).all()


def test_holes_are_filled_and_other_objects_in_them_stay(mask):
    fill_holes(mask, 1)
    expected = disk(mask.shape, (40, 40), 25)
    np.testing.assert_array_equal(mask == 2, disk(mask.shape, (50, 40), 3))
    np.testing.assert_array_equal((mask == 1) | (mask == 2), expected)
    assert fill_holes(mask, 1) is None


def test_a_bay_is_no_hole(mask):
    mask[30:50, 25:120] = np.where(mask[30:50, 25:120] == 1, 0, mask[30:50, 25:120])
    before = mask.copy()
    assert fill_holes(mask, 1) is None
    np.testing.assert_array_equal(mask, before)


def test_growing_takes_what_is_near_and_shrinking_gives_it_back():
    mask = np.zeros((60, 60), np.uint8)
    mask[disk(mask.shape, (30, 30), 12)] = 4
    original = mask.copy()
    assert grow(mask, 4, 5) == (13, 13, 48, 48)
    assert abs(int((mask == 4).sum()) - np.pi * 17**2) < 40
    shrink(mask, 4, 5)
    assert (mask != original).sum() < 12


def test_the_border_of_the_image_is_no_edge():
    mask = np.zeros((40, 60), np.uint8)
    mask[:, :30] = 1
    assert shrink(mask, 1, 4) == (26, 0, 30, 40)
    assert grow(mask, 1, 4) == (26, 0, 30, 40)
    assert smooth(mask, 1, 5) is None


def test_smoothing_removes_a_spike_and_fills_a_notch():
    mask = np.zeros((80, 80), np.uint8)
    mask[20:60, 20:60] = 1
    mask[5:20, 40:42] = 1
    mask[50:60, 30:32] = 0
    smooth(mask, 1, 4)
    assert not mask[5:17, 40:42].any()
    assert (mask[50:58, 30:32] == 1).all()
    assert (mask[24:56, 24:56] == 1).all()


@pytest.mark.parametrize(("dx", "dy"), [(3, 4), (-7, 0), (100, 0), (0, -70), (-200, -200)])
def test_moving_shifts_every_pixel_and_drops_what_leaves(mask, dx, dy):
    before = mask == 1
    expected = np.zeros_like(before)
    for y, x in np.argwhere(before):
        if 0 <= y + dy < 80 and 0 <= x + dx < 120:
            expected[y + dy, x + dx] = True
    move(mask, 1, dx, dy)
    np.testing.assert_array_equal(mask == 1, expected)


def test_moving_by_nothing_changes_nothing(mask):
    assert move(mask, 1, 0, 0) is None
