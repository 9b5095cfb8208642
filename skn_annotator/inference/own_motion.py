"""What look-alikes show of a frame by how they moved: each goes on as it went, pixel by pixel.

The network reads nearly the same of look-alikes, so where they cover each other it mixes them up. But from
one frame to the next each moves in its own way. So each is looked for near where its pace brings it, as the
frame before shows it: first moved as a whole, then bit by bit (Kroeger et al., Fast Optical Flow using Dense
Inverse Search, ECCV 2016). Pixels that look there as they did are its own. What nobody's motion explains came
out from behind something: it is more likely of an object of which much was missing [choice;
docs/experiments.md has the figures].
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.arrays import Alpha, Frame, Pixels, Probabilities, Vector
from skn_annotator.inference.pieces import STEP

_SHRINK = 2
"""Pixels of the network's frame per pixel that motion is looked for on."""
_REACH = 0.6
"""An object is looked for up to so many of its sizes from where its pace brings it."""
_LARGEST = 64
"""Of a larger object the motion as a whole is looked for on a smaller picture, where it has this size."""
_UNLIKELY = 0.15
"""What it costs to be off by a third of its size; to look twice as unlike as at the best place costs 1."""
_NOISE = 150.0
"""Squared differences of colours below this are noise (0 to 255 squared)."""
_BENT = 4.0
"""Bits of an object move by up to so many pixels more or less than the whole."""
_SIMILAR = 50.0
"""At this difference of colours (0 to 255) what was there is e^-0.5 as likely to be there still."""
_AROUND = 11
"""Differences are means over so many pixels each way."""
_STEADY = 0.4
"""The share of the old pace in the new one."""
_EXPLAINED = 0.4
"""Pixels that are one object's to this share by its motion are explained."""
_ANYWAY = 0.03
"""An object may have what its motion does not give it, as if that were so much of what it does give."""
_AS_LARGE = 0.9
"""Each look-alike is taken to be at least this share as large as the largest."""
_COMPARABLE = 0.25
"""An object with less than this share of the pixels of the largest is no look-alike of it to the eye: a ball
that flies before a man. What they have together stays as the network has it."""
_LEAST = 9
"""An object of fewer pixels of the picture is not looked for."""
_LEAST_SIDE = 16
"""On a smaller picture the flow cannot be computed."""
_NOT_MISSING = 0.05
"""What an object of which nothing is missing has of what came out, beside one that is hidden as a whole."""


@dataclass(frozen=True)
class OwnMotion:
    """The frame that was seen last, and the paces that objects had when they came there."""

    picture: Frame
    """The frame, RGB (h, w, 3) uint8, of half the network's pixels along each side."""
    paces: Mapping[int, Vector] = field(default_factory=dict)
    """Object, by any number -> (x, y) in pixels of the picture, from the frame before."""

    def onto(self, picture: Frame, masks: Mapping[int, Tensor]) -> tuple[dict[int, Alpha], "OwnMotion"]:
        """How much of each pixel of the next frame's `picture` is each object's by its motion, (H, W) on the
        map that pieces are looked for on; and the motion up to there.

        `masks` of the frame before: object -> (H', W') in [0, 1], of the network's pixels.
        """
        found, paces = {}, dict(self.paces)
        for number, mask in masks.items():
            own = F.avg_pool2d(mask[None].float(), _SHRINK)[0].cpu().numpy()
            size = mask.shape[1] // STEP, mask.shape[0] // STEP
            if np.count_nonzero(own > 0.5) < _LEAST:
                found[number] = np.zeros(size[::-1], np.float32)
                continue
            pace = paces.get(number)
            own, now = _moved(self.picture, picture, own, pace)
            paces[number] = now if pace is None else _STEADY * pace + (1 - _STEADY) * now
            found[number] = cv2.resize(own, size, interpolation=cv2.INTER_AREA)
        return found, OwnMotion(picture, paces)


def reduced(tensor: Tensor) -> Frame:
    """The network's frame (1, 3, H', W') in [0, 1] as the picture that motion is looked for on."""
    small = F.avg_pool2d(tensor.float(), _SHRINK)[0].mul(255).round().clamp(0, 255).to(torch.uint8)
    return np.ascontiguousarray(small.permute(1, 2, 0).cpu().numpy())


def explained(shares: Probabilities, going: Probabilities, areas: Sequence[float | None]) -> Probabilities:
    """The probabilities `shares` (1 + O, H, W) of look-alikes, background first, with what they have together
    in each pixel dealt out by their motion. `going` (O, H, W): as `OwnMotion.onto` gives it; `areas`: how
    large each was when it was seen alone, in pixels; None: it is not known. Objects that are much smaller
    than the largest share nothing with it: only what they have among themselves is dealt out.
    """
    known = np.array([area or 0.0 for area in areas])
    small = (known > 0) & (known < _COMPARABLE * known.max())
    if small.any():
        result = shares.copy()
        for alike in (small.nonzero()[0], (~small).nonzero()[0]):
            own = np.concatenate((shares[:1], shares[1 + alike]))
            result[1 + alike] = explained(own, going[alike], [areas[i] for i in alike])[1:]
        return result
    together = shares[1:].sum(0)
    by_network = shares[1:] / np.maximum(together, 1e-9)
    moved = going.sum(0)
    relative = np.where(moved > 0.2, going / np.maximum(moved, 1e-6), 1 / len(going))
    by_motion = _to_one((by_network + 1e-4) * (_ANYWAY + relative))
    certain = np.clip(going.max(0) / _EXPLAINED, 0, 1)
    seen = (together * certain * by_motion).sum((1, 2))
    known = np.maximum(known, _AS_LARGE * known.max())
    missing = _NOT_MISSING + np.clip((known - seen) / np.maximum(known, 1), 0, 1)
    came_out = _to_one((by_network + 0.02) * missing[:, None, None])
    dealt = together * (certain * by_motion + (1 - certain) * came_out)
    return np.concatenate((shares[:1], dealt)).astype(np.float32)


def _to_one(parts: npt.NDArray[np.float64] | npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    return np.asarray(parts / parts.sum(0), np.float64)


def _moved(before: Frame, now: Frame, mask: Alpha, pace: Vector | None) -> tuple[Alpha, Vector]:
    """How much of each pixel of the picture `now` is one object's, whose `mask` (h, w) in [0, 1] is of the
    picture `before`; and by how much it moved, (x, y)."""
    height, width = mask.shape
    way = _as_a_whole(before, now, mask > 0.5, np.zeros(2) if pace is None else pace)
    by = np.array([[1, 0, way[0]], [0, 1, way[1]]], np.float32)
    moved = cv2.warpAffine(before, by, (width, height), borderMode=cv2.BORDER_REPLICATE)
    own = np.asarray(cv2.warpAffine(mask, by, (width, height)), np.float32)
    rows, columns = np.nonzero(own > 0)
    if not len(rows):
        return own, way
    margin = 2 * int(_BENT)
    top, left = max(0, rows.min() - margin), max(0, columns.min() - margin)
    part = np.s_[top : rows.max() + margin + 1, left : columns.max() + margin + 1]
    picture, own_part = _bent(np.asarray(moved[part], np.uint8), now[part], own[part])
    difference = ((picture.astype(np.float32) - now[part]) ** 2).mean(2)
    difference = cv2.blur(difference, (_AROUND, _AROUND))
    own[:] = 0
    own[part] = own_part * np.exp(-difference / (2 * _SIMILAR**2))
    return own, way


def _as_a_whole(before: Frame, now: Frame, own: Pixels, pace: Vector) -> Vector:
    """By how much the object moved, (x, y), that the picture `before` shows at the pixels `own`: where `now`
    looks most like it, not far from where its `pace` brings it."""
    scale = min(1.0, _LARGEST / np.count_nonzero(own) ** 0.5)
    pixels = _resized(own * np.uint8(255), scale) > 127
    if scale == 1 or not pixels.any():
        return _nearest_alike(before, now, own, pace)
    return _nearest_alike(_resized(before, scale), _resized(now, scale), pixels, pace * scale) / scale


def _nearest_alike(before: Frame, now: Frame, own: Pixels, pace: Vector) -> Vector:
    """The same by trying every way in whole pixels."""
    size = np.count_nonzero(own) ** 0.5
    rows, columns = np.nonzero(own)
    top, left, bottom, right = rows.min(), columns.min(), rows.max() + 1, columns.max() + 1
    reach = int(np.ceil(_REACH * size)) + _SHRINK + 2
    expected = np.rint(np.clip(pace, -2 * size - reach, 2 * size + reach)).astype(int)
    pad = reach + int(np.abs(expected).max()) + 1
    around = cv2.copyMakeBorder(now, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    x, y = left + pad + expected[0] - reach, top + pad + expected[1] - reach
    searched = around[y : y + bottom - top + 2 * reach, x : x + right - left + 2 * reach].astype(np.float32)
    wanted = before[top:bottom, left:right].astype(np.float32)
    weights = np.repeat(own[top:bottom, left:right, None], 3, 2).astype(np.float32)
    unlike = cv2.matchTemplate(searched, wanted, cv2.TM_SQDIFF, mask=weights) / weights.sum()
    off_y, off_x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    unlikely = _UNLIKELY * (off_x**2 + off_y**2) / (size / 3 + 2) ** 2
    cost = unlike / (max(0.0, float(unlike.min())) + _NOISE) + unlikely
    row, column = np.unravel_index(int(cost.argmin()), cost.shape)
    return np.array([expected[0] + column - reach, expected[1] + row - reach], np.float64)


def _resized(picture: Frame, scale: float) -> Frame:
    """The same, smaller."""
    small = [max(1, round(side * scale)) for side in picture.shape[1::-1]]
    return np.asarray(cv2.resize(picture, small, interpolation=cv2.INTER_AREA), np.uint8)


def _bent(picture: Frame, now: Frame, own: Alpha) -> tuple[Frame, Alpha]:
    """The `picture`, and what of it is an object's `own`, moved bit by bit onto the picture `now`."""
    if min(own.shape) < _LEAST_SIDE:
        return picture, own
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    there, here = (cv2.cvtColor(each, cv2.COLOR_RGB2GRAY) for each in (now, picture))
    by = np.clip(flow.calc(there, here, np.zeros((*own.shape, 2), np.float32)), -_BENT, _BENT)
    rows, columns = np.mgrid[: own.shape[0], : own.shape[1]].astype(np.float32)
    at = columns + by[..., 0], rows + by[..., 1]
    bent = cv2.remap(picture, *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(bent, np.uint8), np.asarray(cv2.remap(own, *at, cv2.INTER_LINEAR), np.float32)
