"""`select` for scripts: a box, points and an earlier mask in, the mask of an object out."""

import reprlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from skn_annotator.arrays import Frame, Pixels, Size
from skn_annotator.errors import FormatError
from skn_annotator.inference.prompts import Click, Prompt
from skn_annotator.inference.selector import Selector
from skn_annotator.model.checkpoints import load_click_network
from skn_annotator.model.click_network import ClickNetwork


def select(
    image: npt.ArrayLike,
    box: Sequence[float] | None = None,
    points: Iterable[Sequence[float]] = (),
    mask: npt.ArrayLike | None = None,
) -> Pixels:
    """The mask of one object of `image`, bool (H, W), from a box, points, or both: the bundled network's.

    `image`: RGB or gray, uint8 (H, W, 3) or (H, W). `box`: (x0, y0, x1, y1) in pixels, the right and lower
    sides outside; it may be larger than the picture. `points`: (x, y) on the object, or (x, y, False) beside
    it. `mask`: what is selected so far, (H, W), which the points correct.

    The mask is empty where nothing is found. Raises FormatError for what is no picture, a box or a point
    outside of it, a mask of another size, and if nothing is said at all.
    """
    picture = _picture(image)
    size = (picture.shape[0], picture.shape[1])
    clicks = [_click(point, size) for point in _listed(points)]
    earlier = _earlier(mask, size)
    asked = None if box is None else _box(box, size)
    if not clicks and asked is None:
        raise FormatError("nothing to select: give a box, or a point on the object")
    if asked is None and earlier is None and not any(click.inside for click in clicks):
        raise FormatError("all points are beside the object: give one on it, a box, or the mask to correct")
    return Selector(_bundled(), picture).select(Prompt(clicks, asked, earlier)).mask


@cache
def _bundled() -> ClickNetwork:
    return load_click_network()


def _picture(image: npt.ArrayLike) -> Frame:
    pixels = _array(image, "the picture")
    gray = pixels.ndim == 2
    if pixels.dtype != np.uint8 or not (gray or (pixels.ndim == 3 and pixels.shape[2] == 3)):
        raise FormatError(
            "a picture of {kind} and shape {shape}: make it RGB or gray, uint8 (H, W, 3) or (H, W)",
            kind=pixels.dtype,
            shape=pixels.shape,
        )
    if not pixels.size:
        raise FormatError("the picture has no pixels: its shape is {shape}", shape=pixels.shape)
    return np.repeat(pixels[..., None], 3, 2) if gray else pixels


def _array(values: npt.ArrayLike, what: str) -> npt.NDArray[Any]:
    try:
        return np.asarray(values)
    except (TypeError, ValueError) as error:  # rows of different lengths
        raise FormatError("{what} is no array: make it one of (H, W)", what=what) from error


def _listed(points: Iterable[Sequence[float]]) -> list[Sequence[float]]:
    try:
        return list(points)
    except TypeError as error:
        raise FormatError("{values} is no list of points: give [(x, y)]", values=repr(points)) from error


def _click(point: Sequence[float], size: Size) -> Click:
    x, y, *inside = _numbers(point, (2, 3), "point")
    if not (0 <= x < size[1] and 0 <= y < size[0]):
        raise _outside(f"point {x:g}, {y:g}", size)
    return Click((x, y), bool(inside[0]) if inside else True)


def _box(box: Sequence[float], size: Size) -> tuple[float, float, float, float]:
    """The part of `box` that lies in the picture."""
    x0, y0, x1, y1 = _numbers(box, (4,), "box")
    if x1 <= x0 or y1 <= y0:
        raise FormatError(
            "the box {box} holds nothing: x0 < x1 and y0 < y1", box=f"{x0:g}, {y0:g}, {x1:g}, {y1:g}"
        )
    x0, y0, x1, y1 = max(0, x0), max(0, y0), min(size[1], x1), min(size[0], y1)
    if x1 <= x0 or y1 <= y0:
        raise _outside(f"box {', '.join(f'{side:g}' for side in box)}", size)
    return x0, y0, x1, y1


def _numbers(values: Sequence[float], lengths: tuple[int, ...], what: str) -> list[float]:
    try:
        numbers = [float(value) for value in values]
    except (TypeError, ValueError, OverflowError):
        numbers = []
    if len(numbers) not in lengths or not np.isfinite(numbers).all():
        wanted = "x0, y0, x1, y1" if what == "box" else "x, y, or x, y, False beside the object"
        raise FormatError(
            "{values} is no {what}: give {wanted}", values=reprlib.repr(values), what=what, wanted=wanted
        )
    return numbers


def _outside(what: str, size: Size) -> FormatError:
    return FormatError(
        "the {what} lies outside of the picture, which is {width} x {height}",
        what=what,
        width=size[1],
        height=size[0],
    )


def _earlier(mask: npt.ArrayLike | None, size: Size) -> Pixels | None:
    if mask is None:
        return None
    pixels = _array(mask, "the mask so far")
    if pixels.dtype.kind not in "biuf" or (pixels.dtype.kind == "f" and np.isnan(pixels).any()):
        raise FormatError("the mask so far holds no numbers: make it bool, (H, W)")
    if pixels.shape != size:
        raise FormatError(
            "the mask so far is {shape}, the picture {size}: make them alike", shape=pixels.shape, size=size
        )
    return pixels.astype(bool) if pixels.any() else None
