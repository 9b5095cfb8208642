import numpy as np
import pytest

from skn_annotator.annotation.assist import REACH, Cut, GrabCut, MagneticLasso, Scribble


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


def placed(grab, cut, size):
    region, (x, y) = grab.region(cut)
    full = np.zeros(size, bool)
    full[y : y + region.shape[0], x : x + region.shape[1]] = region
    return full


def mark(start, end, radius, inside):
    return (Scribble(start, end, radius, inside),)


@pytest.mark.parametrize("factor", [1, 6])
def test_a_box_selects_the_object_in_it(factor):
    size = (150 * factor, 220 * factor)
    image, whole, _ = scene(size, (110 * factor, 75 * factor), 40 * factor)
    grab = GrabCut(image, (65 * factor, 30 * factor, 155 * factor, 120 * factor))
    assert overlap(placed(grab, grab.first(), size), whole) > 0.95


def test_strokes_take_away_what_they_mark():
    image, whole, cap = scene()
    grab = GrabCut(image, (65, 30, 155, 120))
    cut = grab.first()
    for y in (40, 45, 50):
        cut = grab.refined(cut, mark((90, y), (130, y), 3, inside=False))
    found = placed(grab, cut, image.shape[:2])
    assert not found[40:50, 95:125].any()
    assert overlap(found, whole & ~cap) > 0.9


def test_what_a_stroke_says_always_holds():
    image, _, _ = scene()
    grab = GrabCut(image, (65, 30, 155, 120))
    cut = grab.refined(grab.first(), mark((70, 110), (75, 115), 3, inside=True))  # ground
    cut = grab.refined(cut, mark((110, 75), (110, 75), 6, inside=False))  # disk
    found = placed(grab, cut, image.shape[:2])
    assert found[109:115, 71:75].any()
    assert not found[73:78, 108:113].any()


def test_a_stroke_changes_only_its_neighbourhood():
    image, _, _ = scene()
    grab = GrabCut(image, (65, 30, 155, 120))
    first = grab.first()
    before, size = placed(grab, first, image.shape[:2]), image.shape[:2]
    for x in (100, 110, 120):  # what is taken away looks like all of the disk
        first = grab.refined(first, mark((x, 105), (x, 108), 4, inside=False))
    after = placed(grab, first, size)
    assert not after[104:110, 98:123].any()
    assert np.array_equal(before[:85], after[:85])


def test_a_box_that_finds_nothing_is_empty_and_a_stroke_begins_there():
    image = np.full((150, 220, 3), 90, np.uint8)
    image[70:80, 100:120] = (92, 90, 88)
    grab = GrabCut(image, (0, 0, 220, 150))
    cut = Cut(np.zeros((150, 220), np.uint8), np.zeros((1, 65)), np.zeros((1, 65)))
    assert cut.is_empty
    cut = grab.refined(cut, mark((102, 75), (118, 75), 3, inside=True))
    assert not cut.is_empty
    assert placed(grab, cut, image.shape[:2])[75, 110]


def test_the_same_strokes_select_the_same():
    image, _, _ = scene()
    grabs = [GrabCut(image, (65, 30, 155, 120)) for _ in range(2)]
    first, second = (grab.region(grab.first())[0] for grab in grabs)
    np.testing.assert_array_equal(first, second)


def test_a_box_at_the_border_of_the_frame():
    image, whole, _ = scene(centre=(20, 20))
    grab = GrabCut(image, (0, 0, 66, 66))
    assert overlap(placed(grab, grab.first(), image.shape[:2]), whole) > 0.9


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
