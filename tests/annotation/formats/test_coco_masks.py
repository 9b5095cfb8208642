"""COCO's masks, right and wrong ones: pycocotools would crash on some of these."""

import numpy as np
import pytest
from pycocotools import mask as run_lengths

from skn_annotator.annotation.formats.coco_masks import decode, encode

SIZE = (48, 64)
PIXELS = 48 * 64


@pytest.mark.parametrize("seed", range(20))
def test_what_is_packed_is_unpacked_as_pycocotools_does(seed):
    random = np.random.default_rng(seed)
    region = random.random(SIZE) < random.choice([0, 0.01, 0.5, 0.99, 1])
    if seed % 2:
        region[10:40, 5:60] = True
    packed = encode(region)
    np.testing.assert_array_equal(decode(packed["segmentation"], SIZE), region)
    np.testing.assert_array_equal(run_lengths.decode(packed["segmentation"]).astype(bool), region)
    plain = {"size": list(SIZE), "counts": [PIXELS]}
    assert not decode(plain, SIZE).any()


def test_an_outline_is_drawn_as_pycocotools_does():
    outlines = [[10, 5, 20, 5, 20, 15.5, 10, 15], [30, 30, 70.5, 30, 40, 50]]
    drawn = run_lengths.merge(run_lengths.frPyObjects(outlines, *SIZE))
    np.testing.assert_array_equal(decode(outlines, SIZE), run_lengths.decode(drawn).astype(bool))


@pytest.mark.parametrize(
    ("segmentation", "reason"),
    [
        ({"size": [48, 64], "counts": [0, 100_000_000]}, "do not add up"),
        ({"size": [48, 64], "counts": [5]}, "do not add up"),
        ({"size": [48, 64], "counts": [-5, PIXELS + 5]}, "do not add up"),
        ({"size": [48, 64], "counts": [1.5, PIXELS - 1.5]}, "do not add up"),
        ({"size": [48, 64], "counts": [10**400]}, "do not add up"),
        ({"size": [48, 64], "counts": ["a"]}, "do not add up"),
        ({"size": [48, 64], "counts": 3}, "do not add up"),
        ({"size": [48, 64], "counts": "~" * 50}, "damaged"),
        ({"size": [48, 64], "counts": "oooooo5" * 40}, "do not add up|damaged"),
        ({"size": [48, 64], "counts": "o" * 10_000}, "damaged"),
        ({"size": [48, 64], "counts": "日"}, "damaged"),
        ({"size": [0, 0], "counts": [PIXELS]}, "of size"),
        ({"size": [-1, 64], "counts": [PIXELS]}, "of size"),
        ({"size": [100_000, 100_000], "counts": [100]}, "of size"),
        ({"size": "x" * 10_000, "counts": [100]}, "of size"),
        ({"size": [48, 64]}, "neither"),
        ("text", "neither"),
        (None, "neither"),
        ([], "no outline"),
        ([[1]], "three points"),
        ([[1, 2, 3, 4]], "three points"),
        ([[1, 2, 3, 4, 5, 6, 7]], "three points"),
        ([1, 2, 3, 4, 5, 6], "three points"),
        ([[0, 0, 1e9, 0, 1e9, 1e9]], "far outside"),
        ([[0, 0, 10**400, 0, 5, 5]], "far outside"),
        ([[float("nan")] * 6], "no number"),
        ([[float("inf")] * 6], "far outside"),
        ([["a"] * 6], "no number"),
        ([[None] * 6], "no number"),
    ],
)
def test_what_is_no_mask_of_the_picture_has_a_reason(segmentation, reason):
    with pytest.raises(ValueError, match=reason):
        decode(segmentation, SIZE)
