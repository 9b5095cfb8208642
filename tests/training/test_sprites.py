"""Sprites: soft edges, colours that come nearer, boxes and sizes that change nothing of where things lie."""

import numpy as np

from skn_annotator.training.datasets.pictures import Picture
from skn_annotator.training.motion import similarity
from skn_annotator.training.sprites import Sprite, boxed, cut_out, matched, paste, shrunk

NO_BENDS = np.zeros((2, 4, 4, 2), np.float32)


def picture(color=(200, 40, 40), soft=False):
    image = np.full((80, 100, 3), 90, np.uint8)
    mask = np.zeros((80, 100), np.uint8)
    mask[20:50, 30:70] = 4
    image[mask == 4] = color
    alpha = np.where(mask == 4, 128, 0).astype(np.uint8) if soft else None
    return Picture(image, mask, alpha)


def pasted(pictures, places, object_id=1):
    frames, masks = np.full((2, 64, 64, 3), 20, np.uint8), np.zeros((2, 64, 64), np.uint8)
    paste(frames, masks, Sprite(pictures, places, NO_BENDS), object_id)
    return frames, masks


def test_the_edge_is_the_pictures_own_where_it_has_one():
    place = similarity((50, 35), (32, 32), 0.8)
    hard, _ = pasted([cut_out(picture(), 4)], [place] * 2)
    soft, masks = pasted([cut_out(picture(soft=True), 4)], [place] * 2)
    assert hard[0, 32, 32].tolist() == [200, 40, 40]
    half = 128 / 255
    assert np.abs(soft[0, 32, 32] - (np.array([200, 40, 40]) * half + 20 * (1 - half))).max() < 2
    assert masks[0, 32, 32] == 1  # at 128 of 255 it is the object's


def test_a_box_and_a_smaller_picture_leave_the_object_where_it_was():
    place = similarity((50, 35), (30, 34), 0.4, 15)
    cut = [cut_out(picture(), 4)]
    _, whole = pasted(cut, [place] * 2)
    box, back = boxed(cut)
    assert box[0].mask.shape == (46, 56)
    _, found = pasted(box, [place @ back] * 2)
    assert (found == whole).mean() > 0.999
    small, further = shrunk(box, 0.4)
    assert small[0].mask.shape[0] < 20
    _, found = pasted(small, [place @ back @ further] * 2)
    assert np.count_nonzero(found != whole) < 0.12 * np.count_nonzero(whole)
    rows, columns = (
        np.array([np.nonzero(part[0])[axis].mean() for part in (found, whole)]) for axis in (0, 1)
    )
    assert np.abs(np.diff(rows)) < 0.5
    assert np.abs(np.diff(columns)) < 0.5


def test_colours_come_nearer_to_the_clips_and_never_past_them():
    ground = np.full((64, 64, 3), (40, 60, 200), np.uint8)
    sprite = Sprite([cut_out(picture(), 4)], [np.eye(3)] * 2, NO_BENDS)
    moved = []
    for seed in range(10):
        image = matched(np.random.default_rng(seed), sprite, ground, 1.0).pictures[0].image
        color = image[30, 50].astype(int)
        assert 40 <= color[0] <= 200
        assert 40 <= color[2] <= 200
        moved.append(200 - color[0])
    assert 20 < np.mean(moved) < 100


def test_a_sprite_is_blurred_where_the_clip_was_enlarged_more():
    rng = np.random.default_rng(0)
    noisy = picture()._replace(image=rng.integers(0, 255, (80, 100, 3)).astype(np.uint8))
    sprite = Sprite([cut_out(noisy, 4)], [np.eye(3)] * 2, NO_BENDS)
    ground = rng.integers(0, 255, (64, 64, 3)).astype(np.uint8)
    spread = [
        matched(np.random.default_rng(1), sprite, ground, scale).pictures[0].image.std()
        for scale in (1.0, 3.0)
    ]
    assert spread[1] < 0.6 * spread[0]
