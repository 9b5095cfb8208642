"""From the pixels of somebody's picture to object ids, or a sentence about what they mean instead.

Values are ids: in a palette PNG whatever its colours, in a gray one unless the picture is binary (nothing but
black and white, or next to them: white is object 1) or a matte. A matte has grays where an object's edge is
soft, and 255 where the object is: read as ids, that is a hundred objects and void. It is known by grays that
are nowhere wider than two pixels or follow on each other smoothly, and cut at one half where that is asked.
"""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from skn_annotator.arrays import Mask
from skn_annotator.errors import FormatError, MatteError, Message
from skn_annotator.palette import DAVIS_PALETTE, VOID

REMEDY = Message("save it as a palette or 8-bit gray PNG whose values are object ids")
_LOSSY = ("JPEG", "MPO", "JPEG2000")
_NEAR = 5
"""What a gray may differ from black or white and still be meant as that."""
_DARK = 64
"""Grays above are no ids where white is an object: a data set counts its objects from 1."""
_WHITES = (1, 255, 1023, 4095, 16383, 65535)
_MANY = 8
"""Fewer values are ids, however smoothly they follow on each other."""


def ids_in(image: Image.Image, path: Path, cut_mattes: bool, white_is_void: bool) -> Mask:
    """The id map of `image`, which was read from `path`: a new, writable uint8 (H, W).

    `cut_mattes`: a matte becomes object 1 where it is one half or more. `white_is_void`: 255 alone is void,
    not object 1, as where other masks of the sequence have ids. Raises FormatError.
    """
    if image.mode == "P" and not _is_gray_in_disguise(image, path):
        return _unless_binary(np.array(image), white_is_void)
    gray = _gray(image, path, cut_mattes)
    values = [int(value) for value in np.flatnonzero(np.bincount(gray.ravel(), minlength=256))]
    between = [value for value in values if value not in (0, VOID)]
    if between and between[0] >= VOID - _NEAR and values[0] in (0, *between):
        return (gray > VOID // 2).astype(np.uint8)
    if between and (image.format in _LOSSY or _is_matte(gray, between, values)):
        if not cut_mattes:
            raise _looks_like_a_matte(path, len(between))
        return (gray > VOID // 2).astype(np.uint8)
    no_ground = 0 < values[0] < VOID - _NEAR <= values[-1]
    if no_ground and not cut_mattes:
        raise FormatError(
            "{path} holds {least} and {most}, and no 0, which is the background: {remedy}, or have it cut at "
            "one half (--cut-mattes)",
            path=path,
            least=values[0],
            most=values[-1],
            remedy=REMEDY,
        )
    if no_ground:
        return (gray > VOID // 2).astype(np.uint8)
    return _unless_binary(gray, white_is_void)


def _unless_binary(ids: Mask, white_is_void: bool) -> Mask:
    """`ids`; where they are nothing but 0 and 255, 255 is object 1."""
    if white_is_void or not ids.any() or not np.isin(ids, (0, VOID)).all():
        return ids
    return np.minimum(ids, 1)


def _is_matte(gray: Mask, between: list[int], values: list[int]) -> bool:
    """Whether the grays `between` black and white are soft edges rather than objects."""
    wide = _wide(gray)
    return (
        _has_soft_edges(gray, between)
        or (len(between) >= _MANY and _is_smooth(gray))
        or (VOID in values and between[0] >= _DARK)
        or (VOID in wide and not wide.intersection(between))
    )


def _has_soft_edges(gray: Mask, between: list[int]) -> bool:
    """Whether most of the grays `between` are nowhere wider than two pixels."""
    thin = set(between) - _wide(gray)
    return len(thin) >= 3 and 2 * len(thin) > len(between) and between[-1] >= _DARK


def _is_smooth(gray: Mask) -> bool:
    """Whether nearly all neighbours that differ do so by little, as in a wide blur: ids jump."""
    signed = gray.astype(np.int16)
    steps = np.concatenate([np.abs(np.diff(signed, axis=axis)).ravel() for axis in (0, 1)])
    return bool(np.mean(steps[steps > 0] <= 3) > 0.9)


def _wide(gray: Mask) -> set[int]:
    """The values that fill a square of 3 x 3 pixels somewhere."""
    kernel = np.ones((3, 3), np.uint8)
    flat = cv2.dilate(gray, kernel) == cv2.erode(gray, kernel)  # in the middle of such a square
    return set(np.unique(gray[flat]).tolist())


def _gray(image: Image.Image, path: Path, cut_mattes: bool) -> Mask:
    """`image` as uint8 (H, W); where mattes are cut, also a deep one or one of three equal channels."""
    if image.mode in ("L", "1"):
        return np.array(image.convert("L"))
    if image.mode == "P":
        palette = _palette(image)
        return np.take(palette[:, 0], np.array(image))
    pixels = np.array(image)
    if image.mode.startswith(("I", "F")):
        if cut_mattes:
            return _of_deep(pixels)
        raise FormatError("{path} has 16 or more bits per pixel: {remedy}", path=path, remedy=REMEDY)
    if cut_mattes and image.mode in ("RGB", "YCbCr"):
        pixels = np.array(image.convert("RGB"))
        if np.ptp(pixels, axis=2).max() <= _NEAR:
            return np.ascontiguousarray(pixels[..., 1])
    raise FormatError(
        "{path} is a colour image (mode {mode}): {remedy}", path=path, mode=image.mode, remedy=REMEDY
    )


def _of_deep(pixels: NDArray[Any]) -> Mask:
    """Deep `pixels` as uint8: the same values where 8 bits hold them, or else cut at one half of white.

    White is 1.0, or the most that as many bits hold as a camera or a program uses.
    """
    values: NDArray[Any] = np.nan_to_num(pixels, posinf=0.0, neginf=0.0)
    most = float(values.max())
    if values.dtype.kind in "iu" and values.min() >= 0:
        is_expanded = most > VOID and most <= 65535 and not np.any(values % 257)  # 8 bits, made 16
        if most <= VOID or is_expanded:
            return np.asarray(values // 257 if is_expanded else values, np.uint8)
    white = next((white for white in _WHITES if white >= most), most)
    return np.where(values > white / 2, VOID, 0).astype(np.uint8)


def _is_gray_in_disguise(image: Image.Image, path: Path) -> bool:
    """Whether the colours mean something, and not the places: grays whose first is not black, or soft edges.

    Raises FormatError where black is among the colours, but not first.
    """
    palette, places = _palette(image), np.array(image)
    used = palette[np.unique(places)]
    black, white = (used <= _NEAR).all(1), (used >= VOID - _NEAR).all(1)
    if (palette[0] <= _NEAR).all():
        grays = sorted(set(used[:, 0].tolist()) - {0, VOID})
        return not np.ptp(used, axis=1).any() and _has_soft_edges(palette[places, 0], grays)
    if not (black.any() or white.all()) or not np.ptp(used, axis=1).any():
        return bool(black.any() or white.all())
    raise FormatError(
        "{path} shows black where the value is {value}, but the background's value is 0: {remedy}",
        path=path,
        value=int(np.flatnonzero((palette <= _NEAR).all(1))[0]),
        remedy=REMEDY,
    )


def _palette(image: Image.Image) -> Mask:
    """The palette, RGB uint8 (256, 3); places that it does not define are as in DAVIS's."""
    colors = np.array(image.getpalette("RGB") or (), np.uint8).reshape(-1, 3)[:256]
    return np.concatenate([colors, DAVIS_PALETTE[len(colors) :]])


def _looks_like_a_matte(path: Path, grays: int) -> MatteError:
    return MatteError(
        "{path} looks like a matte: it has {n} grays between black and white, where a mask has a value for "
        "each object. Have it cut at one half (--cut-mattes), or {remedy}",
        path=path,
        n=grays,
        remedy=REMEDY,
    )
