import numpy as np
import pytest

from skn_annotator.annotation.assist import REACH, GrabCut, MagneticLasso


def disk(size, centre, radius):
    y, x = np.mgrid[: size[0], : size[1]]
    return np.hypot(x + 0.5 - centre[0], y + 0.5 - centre[1]) <= radius


def textured(size, color, seed=0):
    noise = np.random.default_rng(seed).normal(0, 12, (*size, 3))
    return np.clip(np.array(color) + noise, 0, 255).astype(np.uint8)


def scene(size=(150, 220), centre=(110, 75), radius=40):
    """A reddish disk with a bluish cap before a greenish ground; where the disk and the cap are."""
    whole = disk(size, centre, radius)
    y = np.mgrid[: size[0], : size[1]][0]
    cap = whole & (y < centre[1] - radius / 2)
    image = textured(size, (70, 140, 60))
    image[whole] = textured(size, (190, 60, 50), 1)[whole]
    image[cap] = textured(size, (60, 70, 200), 2)[cap]
    return image, whole, cap


def overlap(a, b):
    return (a & b).sum() / (a | b).sum()


def placed(result, size):
    region, (x, y) = result
    full = np.zeros(size, bool)
    full[y : y + region.shape[0], x : x + region.shape[1]] = region
    return full


@pytest.mark.parametrize("factor", [1, 6])
def test_a_box_selects_the_object_in_it(factor):
    size = (150 * factor, 220 * factor)
    image, whole, _ = scene(size, (110 * factor, 75 * factor), 40 * factor)
    selection = GrabCut(image, (65 * factor, 30 * factor, 155 * factor, 120 * factor))
    assert overlap(placed(selection.region(), size), whole) > 0.95


def test_strokes_alone_select_what_looks_like_them():
    image, whole, cap = scene()
    selection = GrabCut(image)
    selection.stroke((90, 80), (130, 80), 5, inside=True)
    for start, end in [((10, 10), (210, 10)), ((10, 140), (210, 140))]:
        selection.stroke(start, end, 5, inside=False)
    found = placed(selection.region(), image.shape[:2])
    assert overlap(found, whole & ~cap) > 0.9
    selection.stroke((100, 45), (120, 45), 4, inside=True)
    found = placed(selection.region(), image.shape[:2])
    assert overlap(found, whole) > 0.9


def test_a_stroke_takes_away_what_it_marks():
    image, whole, cap = scene()
    selection = GrabCut(image, (65, 30, 155, 120))
    selection.region()
    for y in (40, 45, 50):
        selection.stroke((90, y), (130, y), 3, inside=False)
    found = placed(selection.region(), image.shape[:2])
    assert not found[40:50, 95:125].any()
    assert overlap(found, whole & ~cap) > 0.9


def test_what_a_stroke_says_always_holds():
    image, _, _ = scene()
    selection = GrabCut(image, (65, 30, 155, 120))
    selection.stroke((70, 110), (75, 115), 3, inside=True)  # ground
    selection.stroke((110, 75), (110, 75), 6, inside=False)  # disk
    found = placed(selection.region(), image.shape[:2])
    assert found[109:115, 71:75].any()
    assert not found[73:78, 108:113].any()


def test_without_box_and_stroke_nothing_is_selected():
    region, origin = GrabCut(scene()[0]).region()
    assert origin == (0, 0)
    assert region.shape == (150, 220)
    assert not region.any()


def test_the_same_strokes_select_the_same():
    image, _, _ = scene()
    first, second = (GrabCut(image, (65, 30, 155, 120)).region()[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_a_box_at_the_border_of_the_frame():
    image, whole, _ = scene(centre=(20, 20))
    found = placed(GrabCut(image, (0, 0, 66, 66)).region(), image.shape[:2])
    assert overlap(found, whole) > 0.9


def test_the_lasso_follows_an_edge():
    image = textured((300, 400), (60, 60, 60))
    image[disk((300, 400), (200, 150), 80)] = (200, 200, 190)
    lasso = MagneticLasso(image)
    lasso.anchor((280, 150))
    path = lasso.path_to((200, 70))
    np.testing.assert_allclose(path[0], (280.5, 150.5))
    np.testing.assert_allclose(path[-1], (200, 70))
    from_centre = np.hypot(*(path - (200, 150)).T)
    assert np.abs(from_centre - 80).max() < 4
    assert np.abs(np.diff(path, axis=0)).max() <= 1


def test_beyond_its_reach_the_lasso_goes_straight_on():
    image = textured((100, 900), (60, 60, 60))
    lasso = MagneticLasso(image)
    lasso.anchor((50, 50))
    path = lasso.path_to((850, 60))
    assert path[:-1].max() <= 50 + REACH + 1
    np.testing.assert_array_equal(path[-1], (850, 60))


@pytest.mark.parametrize("xy", [(-20, 50), (50, -20), (899.9, 99.9), (2000, 2000)])
def test_the_lasso_bears_points_outside_of_the_frame(xy):
    lasso = MagneticLasso(textured((100, 900), (60, 60, 60)))
    lasso.anchor(xy)
    assert lasso.path_to(xy).shape[1] == 2
    assert lasso.path_to((5, 5)).shape[1] == 2
