import numpy as np
import pytest

from skn_annotator.annotation.raster import bounds, paint_stroke, union


def blank(height=60, width=90):
    return np.zeros((height, width), np.uint8)


def capsule(shape, start, end, radius):
    """The same shape, from disks set close together."""
    centres = np.moveaxis(np.mgrid[: shape[0], : shape[1]][::-1], 0, -1) + 0.5
    steps = np.linspace(start, end, 1 + 8 * int(1 + np.hypot(*np.subtract(end, start))))
    return np.any([np.hypot(*np.moveaxis(centres - step, -1, 0)) <= radius for step in steps], axis=0)


@pytest.mark.parametrize(
    ("start", "end", "radius"),
    [
        ((40, 30), (40, 30), 10.2),
        ((20.3, 30.7), (70.1, 12.2), 4.3),
        ((5, 5), (85, 55), 1.3),
        ((-20, 30), (30, 70), 12.1),
        ((80, 10), (10, 10), 0.9),
    ],
)
def test_a_stroke_sets_the_pixels_whose_centre_the_brush_passes(start, end, radius):
    mask = blank()
    rect = paint_stroke(mask, start, end, radius, 3)
    expected = capsule(mask.shape, start, end, radius)
    np.testing.assert_array_equal(mask, np.where(expected, 3, 0))
    assert rect == bounds(expected)


def test_a_long_stroke_has_no_gaps():
    mask = blank(400, 600)
    paint_stroke(mask, (2, 3), (597, 390), 2, 1)
    for share in np.linspace(0, 1, 600):
        assert mask[int(3 + 387 * share), int(2 + 595 * share)] == 1
    assert 2750 < mask.sum() < 2950  # 710 pixels long, 4 wide


@pytest.mark.parametrize("xy", [(10.0, 10.0), (10.5, 10.5), (10.99, 10.01), (0.0, 0.0)])
def test_the_thinnest_brush_paints_somewhere_under_the_cursor(xy):
    mask = blank()
    x0, y0, x1, y1 = paint_stroke(mask, xy, xy, 0.1, 1)
    assert 1 <= mask.sum() <= 4
    assert x0 <= xy[0] <= x1
    assert y0 <= xy[1] <= y1


def test_protected_objects_are_not_painted_over():
    mask = blank()
    mask[:, 40:50] = 2
    mask[:, 50:60] = 5
    rect = paint_stroke(mask, (45, 30), (45, 30), 15, 1, protect={2, 7})
    assert (mask[:, 40:50] == 2).all()
    assert mask[30, 55] == 1
    assert rect[0] == 30
    assert rect[2] == 60


def test_the_rectangle_holds_only_what_changed():
    mask = blank()
    mask[:, :40] = 1
    x0, _, x1, _ = paint_stroke(mask, (40, 30), (40, 30), 8, 1)
    assert (x0, x1) == (40, 48)
    assert paint_stroke(mask, (40, 30), (40, 30), 8, 1) is None


def test_a_stroke_outside_of_the_image_changes_nothing():
    mask = blank()
    for xy in [(-30, 10), (200, 10), (10, -30), (10, 200)]:
        assert paint_stroke(mask, xy, xy, 8, 1) is None
    assert not mask.any()


def test_the_eraser_is_a_brush_of_background():
    mask = np.full((60, 90), 4, np.uint8)
    assert paint_stroke(mask, (10, 10), (10, 10), 3, 0) == (7, 7, 13, 13)
    assert mask[10, 10] == 0


def test_union_of_rectangles():
    assert union(None, None) is None
    assert union((1, 2, 3, 4), None) == union(None, (1, 2, 3, 4)) == (1, 2, 3, 4)
    assert union((1, 2, 3, 4), (0, 3, 2, 9)) == (0, 2, 3, 9)


def test_bounds():
    region = np.zeros((5, 7), bool)
    assert bounds(region) is None
    region[2, 3] = region[4, 1] = True
    assert bounds(region) == (1, 2, 4, 5)
