"""The mask as a picture: colours, outline, and only what changed."""

import numpy as np
import pytest

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.gui.look.display import Mode
from skn_annotator.gui.look.mask_image import MaskImage

RED, BLUE = AnnotatedObject(1, "red", (200, 0, 0)), AnnotatedObject(2, "blue", (0, 0, 200))


def pixels(picture):
    """(alpha, red, green, blue) as Qt sees them, (H, W, 4)."""
    image = picture.image
    raw = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
    return np.stack([raw >> 24, raw >> 16 & 255, raw >> 8 & 255, raw & 255], -1)


def square(size=(20, 20)):
    mask = np.zeros(size, np.uint8)
    mask[5:15, 5:15] = 1
    return mask


def test_an_object_is_filled_and_outlined_in_its_colour():
    picture = MaskImage((20, 20))
    picture.set_look([RED], active=1, opacity=0.5, thickness=1)
    picture.show(square())
    seen = pixels(picture)
    assert tuple(seen[10, 10]) == (128, 100, 0, 0)  # premultiplied
    assert seen[5, 10, 0] == 255  # the outline
    assert seen[5, 10, 1] > 200
    assert 0 < seen[4, 10, 0] < 255  # a dark line around it
    assert seen[4, 10, 1] == 0
    assert tuple(seen[0, 0]) == (0, 0, 0, 0)


def test_the_active_object_is_brighter():
    picture = MaskImage((20, 20))
    mask = square()
    mask[5:15, 10:15] = 2
    picture.set_look([RED, BLUE], active=2, opacity=0.5, thickness=1)
    picture.show(mask)
    seen = pixels(picture)
    assert seen[10, 12, 0] > seen[10, 7, 0]


def test_a_hidden_object_and_its_outline_are_not_drawn():
    picture = MaskImage((20, 20))
    picture.set_look([AnnotatedObject(1, "red", (200, 0, 0), visible=False)], None, 0.5, 1)
    picture.show(square())
    assert not pixels(picture).any()


def test_showing_another_mask_leaves_nothing_of_the_one_before():
    picture = MaskImage((20, 20))
    picture.set_look([RED], 1, 0.5, 1)
    picture.show(square())
    other = np.zeros((20, 20), np.uint8)
    other[17:19, 17:19] = 1
    picture.show(other)
    assert not pixels(picture)[:15, :15].any()
    picture.show(None)
    assert not pixels(picture).any()


@pytest.mark.parametrize("thickness", [1, 3])
def test_updating_a_rectangle_gives_what_drawing_everything_gives(thickness):
    rng = np.random.default_rng(0)
    updated, drawn = MaskImage((40, 50)), MaskImage((40, 50))
    mask = np.zeros((40, 50), np.uint8)
    for picture in (updated, drawn):
        picture.set_look([RED, BLUE], 1, 0.4, thickness)
    updated.show(mask)
    for _ in range(20):
        x, y = rng.integers(0, 44), rng.integers(0, 34)
        mask[y : y + 6, x : x + 6] = rng.integers(0, 3)
        changed = updated.update(mask, (x, y, x + 6, y + 6))
        assert changed[0] <= x
        assert changed[2] >= min(50, x + 6)
    drawn.show(mask)
    assert np.array_equal(pixels(updated), pixels(drawn))
    updated.show(None)
    assert not pixels(updated).any()


def test_outlines_only_leaves_the_inside_clear():
    picture = MaskImage((20, 20))
    picture.set_look([RED], 1, 0.5, 1, Mode.OUTLINE)
    picture.show(square())
    seen = pixels(picture)
    assert seen[10, 10, 0] == 0
    assert seen[5, 10, 0] == 255


def test_masks_only_hides_the_frame():
    picture = MaskImage((20, 20))
    picture.set_look([RED], None, 0.5, 1, Mode.MASK)
    picture.show(square())
    seen = pixels(picture)
    assert tuple(seen[10, 10]) == tuple(seen[5, 5]) == (255, 200, 0, 0)
    assert tuple(seen[0, 0]) == tuple(seen[4, 4]) == (255, 0, 0, 0)
    picture.show(None)
    assert (pixels(picture)[..., 0] == 255).all()


def test_cut_out_shows_the_frame_only_where_objects_are_and_follows_the_brush():
    picture = MaskImage((20, 20))
    picture.set_look([RED], 1, 0.5, 1, Mode.CUT_OUT)
    mask = square()
    picture.show(mask)
    assert (pixels(picture)[..., 0] == np.where(mask, 0, 255)).all()
    mask[0:3, 0:3] = 1
    picture.update(mask, (0, 0, 3, 3))
    assert (pixels(picture)[..., 0] == np.where(mask, 0, 255)).all()
    picture.set_look([RED], 1, 0.5, 1, Mode.OVERLAY)
    picture.show(square())
    assert pixels(picture)[0, 0, 0] == 0
