"""One object's mask as COCO writes it (cocodataset.org): run lengths, plain or packed into text, or polygons.

Run lengths count pixels down the columns, in turns outside and inside of the object. They are read here and
not by pycocotools, which trusts them: wrong ones make it write outside of its memory. Outlines are checked
before it draws them. What is written is packed by pycocotools.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from pycocotools import mask as run_lengths

from skn_annotator.arrays import Pixels, Size

_MOST_PARTS = 7
"""Characters of one packed count: 5 bits each, and no picture has 2 ** 35 pixels."""


def encode(region: Pixels) -> dict[str, Any]:
    """The object's `segmentation`, `area` and `bbox` (x, y, width, height) as an annotation has them."""
    packed = run_lengths.encode(np.asfortranarray(region, np.uint8))
    return {
        "segmentation": {"size": list(packed["size"]), "counts": packed["counts"].decode("ascii")},
        "area": int(run_lengths.area(packed)),
        "bbox": run_lengths.toBbox(packed).tolist(),
    }


def decode(segmentation: object, size: Size) -> Pixels:
    """The object's pixels in a picture of `size`, (H, W).

    Raises ValueError, with the reason, if `segmentation` is no COCO mask or does not fit the picture.
    """
    if isinstance(segmentation, list):
        return _polygons(segmentation, size)
    if not isinstance(segmentation, dict) or not {"size", "counts"} <= segmentation.keys():
        raise ValueError("a mask is neither outlines nor run lengths")
    if segmentation["size"] != list(size):
        raise ValueError(f"a mask is of size {str(segmentation['size'])[:40]}, the picture {list(size)}")
    counts = segmentation["counts"]
    runs = _unpacked(counts) if isinstance(counts, str) else counts
    whole = isinstance(runs, list) and all(type(run) is int and run >= 0 for run in runs)
    if not whole or sum(runs) != size[0] * size[1]:
        raise ValueError("run lengths do not add up to the picture")
    inside = np.arange(len(runs)) % 2 == 1
    return np.repeat(inside, np.array(runs, np.int64)).reshape(size, order="F")


def _unpacked(text: str) -> list[int]:
    """The counts in `text`: 5 bits a character, from the third on the difference to the last but one."""
    counts: list[int] = []
    value = parts = 0
    for character in text:
        bits = ord(character) - 48
        if not 0 <= bits < 64 or parts == _MOST_PARTS:
            raise ValueError("run lengths are damaged")
        value |= (bits & 31) << 5 * parts
        parts += 1
        if bits & 32:  # more to come
            continue
        if bits & 16:  # negative
            value -= 1 << 5 * parts
        counts.append(value + (counts[-2] if len(counts) > 2 else 0))
        value = parts = 0
    return counts


def _polygons(outlines: Sequence[object], size: Size) -> Pixels:
    height, width = size
    for outline in outlines:
        if not isinstance(outline, list) or len(outline) < 6 or len(outline) % 2:
            raise ValueError("an outline has fewer than three points")
        if not all(
            isinstance(value, int | float) and value == value for value in outline
        ):  # NaN is unlike it
            raise ValueError("an outline has a point that is no number")
        reach = zip((width, height) * (len(outline) // 2), outline, strict=True)
        if not all(-most <= value <= 2 * most for most, value in reach):  # its drawing takes memory by length
            raise ValueError("an outline lies far outside of the picture")
    if not outlines:
        raise ValueError("a mask has no outline")
    drawn = run_lengths.merge(run_lengths.frPyObjects(list(outlines), height, width))
    region: Pixels = run_lengths.decode(drawn).astype(bool)
    return region
