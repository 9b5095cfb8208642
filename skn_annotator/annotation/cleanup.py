"""CleanUp: objects are cleaned up over a range of frames: specks, holes, size, flicker.

What is decided on a frame stays decided, and what a pass brought stays a pass's: references are cleaned like
the rest, and a later pass may change the rest. Nothing becomes stale by that.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from skn_annotator.annotation import reshape
from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.mask_change import Made, MadeMask, MaskChange
from skn_annotator.annotation.masks import decode_mask, encode_mask, object_checksum
from skn_annotator.annotation.stale import renamed_sources
from skn_annotator.arrays import Mask, Pixels

MOST_STEPS = 5
"""Frames on either side that smoothing in time looks at, at most."""


class Recipe(NamedTuple):
    """What is done to each object, in this order; 0 leaves a thing out.

    `steps`: a pixel becomes what it is on most of the frames up to so many before and after. `specks` and
    `holes`: pieces, and enclosed background, of fewer pixels go. `grow`: by pixels; negative shrinks.
    """

    steps: int = 0
    specks: int = 0
    holes: int = 0
    grow: int = 0


@dataclass(frozen=True)
class CleanUp(MaskChange):
    """Clean up `objects` on the frames from `first` to `last`, both included; `kept`: ids that no other gets
    pixels of."""

    objects: frozenset[int]
    first: int
    last: int
    recipe: Recipe
    kept: frozenset[int] = frozenset()
    name: str = "Clean up"

    cost = 12.0

    def masks(self, annotation: Annotation) -> dict[int, bytes | None]:
        frames = (t for t in annotation.frames() if self.first <= t <= self.last)
        return {t: annotation.mask_bytes(t) for t in frames if annotation.ids_at(t) & self.objects}

    def make(self, masks: Mapping[int, bytes | None]) -> Generator[MadeMask, None, None]:
        around: dict[int, Mask] = {}
        for t, data in masks.items():
            near = [n for n in range(t - self.recipe.steps, t + self.recipe.steps + 1) if n in masks]
            around = {n: around[n] if n in around else _decoded(masks[n]) for n in {*near, t}}
            yield t, data, encode_mask(self.cleaned(around, t))

    def cleaned(self, around: Mapping[int, Mask], t: int) -> Mask:
        """The mask of frame `t`, of those `around` it, as it will be: a new array."""
        mask = around[t].copy()
        near = [around[n] for n in sorted(around) if abs(n - t) <= self.recipe.steps]
        protect = self.kept - self.objects
        for object_id in sorted(self.objects):
            if len(near) > 1:
                _vote(mask, near, object_id, protect)
            if self.recipe.specks:
                mask[_small_pieces(mask == object_id, self.recipe.specks)] = 0
            if self.recipe.holes:
                _fill(mask, object_id, self.recipe.holes)
            if self.recipe.grow > 0:
                reshape.grow(mask, object_id, self.recipe.grow, protect)
            elif self.recipe.grow < 0:
                reshape.shrink(mask, object_id, -self.recipe.grow)
        return mask

    def edit(self, annotation: Annotation, made: Made | None = None) -> Edit:
        masks = self.masks(annotation)
        ready = made or {}
        changed = {t for t, data in masks.items() if t not in ready or ready[t][0] is not data}
        steps = self.recipe.steps
        again = {n for n in masks if any(abs(n - t) <= steps for t in changed)}
        pairs = {t: pair for t, pair in ready.items() if t in masks and t not in again}
        if again:  # with their neighbours, which smoothing looks at
            pairs |= {t: (before, after) for t, before, after in self.make(masks) if t in again}
        pairs = {t: pair for t, pair in pairs.items() if pair[0] != pair[1]}
        cleaned = {t: decode_mask(pairs[t][1]) for t in pairs.keys() & annotation.references.keys()}
        new = {
            (i, annotation.checksum(t, i)): object_checksum(mask, i, t)
            for t, mask in cleaned.items()
            for i in annotation.decided(t)
        }
        return Edit(self.name, pairs, sources=renamed_sources(annotation, new))


def _decoded(data: bytes | None) -> Mask:
    assert data is not None, "only frames with a mask are cleaned up"
    return decode_mask(data)


def _vote(mask: Mask, near: list[Mask], object_id: int, protect: frozenset[int]) -> None:
    """A pixel is of the object if it is so on more than half of the masks; a half changes nothing."""
    votes = np.sum([each == object_id for each in near], axis=0, dtype=np.uint8)
    own = mask == object_id
    lost, won = own & (2 * votes < len(near)), ~own & (2 * votes > len(near))
    mask[lost] = 0
    mask[won & ~np.isin(mask, [*protect])] = object_id


def _small_pieces(region: Pixels, pixels: int) -> Pixels:
    """The pieces of `region` of fewer than `pixels`; the largest one stays whatever its size."""
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(region.astype(np.uint8), connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    small = areas < pixels
    small[0] = False
    if count > 1:
        small[1 + int(np.argmax(areas[1:]))] = False
    found: Pixels = small[pieces]
    return found


def _fill(mask: Mask, object_id: int, pixels: int) -> None:
    """Background of fewer than `pixels` that the object encloses becomes its own."""
    ground = (mask != object_id).astype(np.uint8)
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(ground, connectivity=4)
    height, width = mask.shape
    x, y, w, h = (stats[:, column] for column in range(4))
    enclosed = (x > 0) & (y > 0) & (x + w < width) & (y + h < height)
    enclosed &= stats[:, cv2.CC_STAT_AREA] < pixels
    enclosed[0] = False
    if count > 1:
        mask[enclosed[pieces] & (mask == 0)] = object_id
