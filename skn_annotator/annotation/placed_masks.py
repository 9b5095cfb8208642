"""PlacedMasks: objects of other masks are placed on frames: what importing, pasting and outlines share.

Masks come as palette PNGs by frame, with ids of their own and a table of the objects that these stand for.
On each of the frames every placed object gets exactly the pixels that its mask has there, be that none;
other objects keep what is not covered.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from skn_annotator.annotation.annotation import AnnotatedObject, Annotation, Edit, Outlines
from skn_annotator.annotation.edits import deciding, forgetting
from skn_annotator.annotation.mask_change import Made, MadeMask, MaskChange
from skn_annotator.annotation.masks import decode_mask, encode_mask, object_checksum
from skn_annotator.annotation.outlines import Lines, ObjectOutline
from skn_annotator.annotation.raster import look_up


@dataclass(frozen=True)
class PlacedMasks(MaskChange):
    """Place the objects of `given` (frame -> palette PNG) on its frames.

    `ids`: id in `given` -> object; an object may stand for several, and what is not in the table is left out.
    `decides`: as references; otherwise as if a pass had brought them, so what is decided on a frame keeps its
    pixels. `objects`: those that are added, or are called otherwise from now on. `kept`: frame -> the objects
    that keep their pixels there, as `fitted_to` finds them. `lines`: of objects that were drawn with an
    outline, which stays editable where it is placed.
    """

    name: str
    given: Mapping[int, bytes]
    ids: Mapping[int, int]
    decides: bool = True
    objects: tuple[AnnotatedObject, ...] = ()
    kept: Mapping[int, frozenset[int]] = field(default_factory=dict)
    lines: Mapping[int, Lines] = field(default_factory=dict)
    checksums: dict[tuple[int, int], int] = field(default_factory=dict, compare=False, repr=False)
    """(Frame, object of `lines`) -> its checksum in the mask that was made last, for `edit`."""

    cost = 2.0

    @property
    def placed(self) -> frozenset[int]:
        """The objects that are placed."""
        return frozenset(self.ids.values())

    def fitted_to(self, annotation: Annotation) -> "PlacedMasks":
        """The same change, which keeps locked objects' pixels and, unless it `decides`, references'."""
        locked = frozenset(o.id for o in annotation.objects if o.locked)
        decided = {t: frozenset() if self.decides else annotation.decided(t) for t in self.given}
        return replace(self, kept={t: locked | decided[t] for t in self.given})

    def masks(self, annotation: Annotation) -> dict[int, bytes | None]:
        return {t: annotation.mask_bytes(t) for t in sorted(self.given)}

    def make(self, masks: Mapping[int, bytes | None]) -> Generator[MadeMask, None, None]:
        table = np.zeros(256, np.uint8)
        table[list(self.ids)] = list(self.ids.values())
        for t, before in masks.items():
            new = look_up(table, decode_mask(self.given[t]))
            if before is not None:
                old, kept = decode_mask(before), list(self.kept.get(t, ()))
                mine = np.isin(old, kept)
                rest = np.where(np.isin(old, [*(self.placed - {*kept})]), np.uint8(0), old)
                # An object that keeps its pixels gets no others.
                taken = (new > 0) & ~mine & ~np.isin(new, kept)
                new = np.where(taken, new, rest)
            self.checksums.update({(t, i): object_checksum(new, i, t) for i in self.lines})
            yield t, before, encode_mask(new)

    def edit(self, annotation: Annotation, made: Made | None = None) -> Edit:
        now = self.fitted_to(annotation)
        if now.kept != self.kept:
            made = {t: pair for t, pair in (made or {}).items() if now.kept[t] == self.kept.get(t)}
        masks = now.remade(now.masks(annotation), made)
        changed = {t: self.placed - now.kept[t] for t in masks}
        known = {o.id for o in annotation.objects}
        called = {o.id: o for o in self.objects}
        listed = (
            *(called.get(o.id, o) for o in annotation.objects),
            *(o for o in self.objects if o.id not in known),
        )
        return Edit(
            self.name,
            masks,
            objects=(annotation.objects, listed) if self.objects else None,
            outlines={t: self._outlines(annotation, t) for t in masks if self.lines},
            **(deciding if self.decides else forgetting)(annotation, changed),
        )

    def _outlines(self, annotation: Annotation, t: int) -> tuple[Outlines | None, Outlines]:
        before = annotation.outlines(t)
        placed = {i: ObjectOutline(lines, self.checksums[t, i]) for i, lines in self.lines.items()}
        return before, {**(before or {}), **placed}
