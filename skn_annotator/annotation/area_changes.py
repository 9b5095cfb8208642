"""Where an object's mask changed so that it deserves a look: a part of it vanished, all of it left its place
for another, or its area jumped.

A change is looked for from a frame back to where the object was decided, over neighbouring frames: the masks
of a pass rarely differ by much from one to the next, and what was lost stays lost.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import cv2
import numpy as np

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.masks import decode_mask, object_areas
from skn_annotator.arrays import Pixels

LOOKED_BACK = 60
"""Frames at most that are looked at for a change: each mask has to be decoded once."""
LEAST_PART = 0.04
"""A part is named from this share of the object on."""
LEAST_JUMP = 0.25
"""The area jumped if it changed by this share from one frame to the next."""
_MARGIN = 0.05
"""How far an outline moves between two frames, over the square root of the area."""


@dataclass(frozen=True)
class AreaChange:
    """What happened on frame `t`: a part, a `share` of the object, 0-1, is gone since; or it shrank or grew
    by it; or, with a share of 1, nothing was left where it was, and what is left of it lies elsewhere."""

    kind: Literal["part", "jumped", "shrank", "grew"]
    share: float
    t: int


def area_change(annotation: Annotation, t: int, object_id: int) -> AreaChange | None:
    """The last such change of an object's mask on the way to frame `t`; None: there is none, as far as it is
    looked back, or the object is not there.

    The way goes forward from the object's last reference; without one before `t`, backward from the next.
    """
    decided = [r for r, ids in annotation.references.items() if object_id in ids]
    way = 1 if any(r < t for r in decided) or not decided else -1
    last = _area(annotation, t, object_id)
    for r in range(t, t - way * LOOKED_BACK, -way):
        if not last or object_id in annotation.decided(r):
            return None
        now, before = _area(annotation, r, object_id), _area(annotation, r - way, object_id)
        if not now or not before:
            return None
        change = _change(annotation, r, way, object_id, now / before)
        # what came back since is no reason to look
        if change is not None and (last < before * (1 - change.share / 2)) == (change.kind != "grew"):
            return change
    return None


def _change(annotation: Annotation, t: int, way: int, object_id: int, ratio: float) -> AreaChange | None:
    """What happened from the frame before to `t`; `ratio`: of the areas."""
    if ratio > 1 + LEAST_JUMP:
        return AreaChange("grew", ratio - 1, t)
    if ratio > 1 - LEAST_PART / 2:
        return None
    masks = annotation.mask(t - way), annotation.mask(t)
    assert masks[0] is not None and masks[1] is not None, "both have an area"
    part = _lost_part(masks[0] == object_id, masks[1] == object_id)
    if part >= 1:
        return AreaChange("jumped", part, t)
    if part >= LEAST_PART:
        return AreaChange("part", part, t)
    return AreaChange("shrank", 1 - ratio, t) if ratio < 1 - LEAST_JUMP else None


def _lost_part(before: Pixels, now: Pixels) -> float:
    """The largest piece of `before` that is not near `now`, as a share of it: what is near may have moved.
    1 if nothing is near, of however many pieces it was."""
    area = int(before.sum())
    radius = max(2, round(_MARGIN * area**0.5))
    near = cv2.dilate(now.astype(np.uint8), np.ones((2 * radius + 1, 2 * radius + 1), np.uint8))
    lost = before & (near == 0)
    if int(lost.sum()) == area:
        return 1.0
    count, _, stats, _ = cv2.connectedComponentsWithStats(lost.astype(np.uint8))
    return int(stats[1:, cv2.CC_STAT_AREA].max()) / area if count > 1 else 0.0


def _area(annotation: Annotation, t: int, object_id: int) -> int:
    data = annotation.mask_bytes(t)
    return 0 if data is None else _areas(data).get(object_id, 0)


@lru_cache(maxsize=2048)
def _areas(data: bytes) -> dict[int, int]:
    """Object id -> pixels, of a mask's palette PNG."""
    return object_areas(decode_mask(data))
