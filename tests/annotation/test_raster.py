import numpy as np
import pytest

from skn_annotator.annotation.raster import (
    bounds,
    flood_fill,
    look_up,
    paint_polygon,
    paint_region,
    paint_stroke,
    union,
)


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


def polygon_by_definition(shape, points):
    """Even-odd rule, pixel centre by pixel centre."""
    region = np.zeros(shape, bool)
    for y, x in np.ndindex(shape):
        inside = False
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
            if (y0 > y + 0.5) != (y1 > y + 0.5):
                inside ^= x + 0.5 > x0 + (y + 0.5 - y0) * (x1 - x0) / (y1 - y0)
        region[y, x] = inside
    return region


@pytest.mark.parametrize(
    "points",
    [
        [(5.2, 5.1), (30.7, 8.3), (20.4, 25.9)],
        [(2.3, 3.1), (38.2, 28.4), (38.1, 3.3), (2.2, 27.7)],  # crosses itself
        [(-10.2, -8.3), (60.1, -5.4), (45.3, 50.2), (-3.1, 20.9)],  # leaves the image on all sides
        [(20.1, 1.3), (26.2, 28.1), (4.4, 11.2), (36.3, 11.1), (12.2, 28.4)],  # a star with a hole
    ],
)
def test_a_polygon_sets_the_pixels_whose_centre_is_inside(points):
    mask = blank(30, 40)
    rect = paint_polygon(mask, points, 3)
    expected = polygon_by_definition(mask.shape, points)
    assert expected.any()
    np.testing.assert_array_equal(mask, np.where(expected, 3, 0))
    assert rect == bounds(expected)


def test_two_polygons_with_a_common_edge_neither_overlap_nor_leave_a_gap():
    left, right = blank(30, 40), blank(30, 40)
    paint_polygon(left, [(3, 3), (17.5, 2), (22.5, 27), (5, 25)], 1)
    paint_polygon(right, [(17.5, 2), (37, 4), (35, 26), (22.5, 27)], 1)
    assert not (left & right).any()
    for row in (left | right)[5:24]:
        assert np.diff(np.flatnonzero(row)).max() == 1


@pytest.mark.parametrize("points", [[], [(5, 5)], [(5, 5), (9, 9)], [(50, 50), (60, 50), (60, 60)]])
def test_a_polygon_without_area_in_the_image_changes_nothing(points):
    mask = blank(30, 40)
    assert paint_polygon(mask, points, 1) is None
    assert not mask.any()


def test_polygons_and_regions_spare_protected_objects():
    mask = blank(30, 40)
    mask[:, 20:] = 2
    assert paint_polygon(mask, [(10, 10), (30, 10), (30, 20), (10, 20)], 1, protect={2}) == (10, 10, 20, 20)
    assert (mask[:, 20:] == 2).all()
    assert paint_region(mask, np.ones((4, 6), bool), 5, {2}, origin=(17, 12)) == (17, 12, 20, 16)
    assert (mask == 5).sum() == 12


def test_flood_fill_stops_at_other_ids_and_at_corners():
    mask = blank(10, 12)
    mask[2:8, 3] = mask[2:8, 9] = mask[2, 3:10] = mask[7, 3:10] = 1
    mask[2, 3] = 0  # open at a corner only
    assert flood_fill(mask, (5.5, 4.2), 6) == (4, 3, 9, 7)
    assert (mask == 6).sum() == 5 * 4
    assert (mask[3:7, 4:9] == 6).all()


def test_flood_fill_changes_nothing_where_it_cannot():
    mask = blank(10, 12)
    mask[:, 6:] = 2
    before = mask.copy()
    for xy in [(-1, 5), (12, 5), (5, 10), (5, -0.1)]:
        assert flood_fill(mask, xy, 1) is None
    assert flood_fill(mask, (8, 5), 1, protect={2}) is None
    assert flood_fill(mask, (8, 5), 2) is None
    np.testing.assert_array_equal(mask, before)


@pytest.mark.parametrize("kind", [np.uint8, bool, np.uint32])
def test_a_table_is_looked_up_in_a_part_of_an_image_and_into_a_part_of_another(kind):
    rng = np.random.default_rng(0)
    ids = rng.integers(0, 256, (40, 50), np.uint8)[5:30, 7:40]
    table = rng.integers(0, 2**32 if kind is np.uint32 else 2, 256).astype(kind)
    picture = np.zeros((60, 70), kind)
    assert look_up(table, ids).dtype == kind
    np.testing.assert_array_equal(look_up(table, ids), table[ids])
    look_up(table, ids, out=picture[10:35, 20:53])
    np.testing.assert_array_equal(picture[10:35, 20:53], table[ids])
    assert np.count_nonzero(picture) == np.count_nonzero(table[ids])
