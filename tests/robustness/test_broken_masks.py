"""Broken masks: each is read as ids of the frames' size, or refused in a sentence."""

import numpy as np
from confined import try_all
from damage import broken_png, put

from skn_annotator.annotation.formats import WantedMasks, find_masks
from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.annotation.masks import encode_mask, is_of_size, read_mask
from skn_annotator.evaluation.evaluate import evaluate_sequence

SIZE = (24, 32)


def id_map(rng):
    mask = np.zeros(SIZE, np.uint8)
    for object_id in rng.choice([[1], [1, 2], [1, 2, 3, 255], [7], []]):
        y, x = rng.randrange(SIZE[0] - 8), rng.randrange(SIZE[1] - 8)
        mask[y : y + rng.randrange(1, 8), x : x + rng.randrange(1, 8)] = object_id
    return mask


def attempt(rng, folder):
    masks = folder / "masks"
    for t in range(3):
        (masks / f"{t:05d}.png").parent.mkdir(exist_ok=True)
        (masks / f"{t:05d}.png").write_bytes(encode_mask(id_map(rng)))
    name = rng.choice(["00001.png", "00001.PNG", "._00001.png", "00001.jpg", "a.png", "0" * 200 + "1.png"])
    path = masks / name
    how = put(rng, path, broken_png(rng, encode_mask(id_map(rng))))
    before = path.read_bytes() if how == "data" else None
    _read(rng, path)
    assert before is None or path.read_bytes() == before
    return how


def _read(rng, path):
    size = rng.choice([None, SIZE, SIZE])
    options = {"cut_mattes": rng.random() < 0.5}
    way = rng.randrange(4)
    is_of_size(path, SIZE)
    if way == 0:
        mask = read_mask(path, size, white_is_void=rng.random() < 0.5, **options)
        assert mask.dtype == np.uint8 and mask.ndim == 2
        assert size is None or mask.shape == size
    elif way == 1:
        for each in masks_in(path.parent).masks.values():
            read_mask(each, size, **options)
    elif way == 2:
        found = find_masks(path.parent, WantedMasks("clip", ("00000", "00001", "00002"), SIZE, **options))
        assert all(read().shape == SIZE for read in found.masks.values())
    else:
        evaluate_sequence(path.parent, path.parent, **options)


def test_a_broken_mask_is_read_or_refused(seeds, tmp_path, report):
    report(try_all(attempt, seeds(60), tmp_path / "tried"))
