"""FollowedOutlines: on many frames an object becomes the inside of lines that follow from drawn outlines."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

import numpy as np

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.edits import deciding, with_outline
from skn_annotator.annotation.mask_change import Made, MadeMask, MaskChange
from skn_annotator.annotation.masks import decode_mask, encode_mask, object_checksum
from skn_annotator.annotation.outlines import Lines, ObjectOutline, paint_lines
from skn_annotator.arrays import Size


@dataclass(frozen=True)
class FollowedOutlines(MaskChange):
    """The object is the inside of `lines` (frame -> lines) on frames of `size`, and decided there.

    `protect`: ids that keep their pixels. `follows`: it belongs to the edit before it, and is undone with
    that.
    """

    object_id: int
    lines: Mapping[int, Lines]
    size: Size
    protect: frozenset[int] = frozenset()
    follows: bool = False
    name: str = "Interpolate outlines"
    checksums: dict[int, int] = field(default_factory=dict, compare=False, repr=False)
    """Frame -> checksum of the object in the mask that was made last, so that `edit` need not decode it."""

    cost = 2.0

    def masks(self, annotation: Annotation) -> dict[int, bytes | None]:
        return {t: annotation.mask_bytes(t) for t in sorted(self.lines)}

    def make(self, masks: Mapping[int, bytes | None]) -> Generator[MadeMask, None, None]:
        for t, before in masks.items():
            mask = np.zeros(self.size, np.uint8) if before is None else decode_mask(before)
            paint_lines(mask, self.lines[t], self.object_id, self.protect)
            self.checksums[t] = object_checksum(mask, self.object_id, t)
            yield t, before, encode_mask(mask)

    def edit(self, annotation: Annotation, made: Made | None = None) -> Edit:
        masks = self.remade(self.masks(annotation), made)
        outlines = {t: ObjectOutline(self.lines[t], self.checksums[t], drawn=False) for t in masks}
        return Edit(
            self.name,
            masks,
            outlines={t: with_outline(annotation, t, self.object_id, new) for t, new in outlines.items()},
            **deciding(annotation, dict.fromkeys(masks, frozenset([self.object_id]))),
        )
