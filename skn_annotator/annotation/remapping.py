"""Remapping: ids become other ids on many frames: what merging, exchanging and deleting objects share.

A `Remapping` says what is to be done; as every `MaskChange` it makes the masks one by one, in any thread, and
one edit of all.
"""

from collections.abc import Callable, Collection, Generator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from skn_annotator.annotation.annotation import Annotation, Edit, Sources
from skn_annotator.annotation.mask_change import Made, MadeMask, MaskChange
from skn_annotator.annotation.masks import decode_mask, encode_mask, object_checksum
from skn_annotator.annotation.raster import look_up
from skn_annotator.annotation.stale import renamed_sources
from skn_annotator.palette import VOID

Value = TypeVar("Value")


@dataclass(frozen=True)
class Remapping(MaskChange):
    """On `frames` (None: all) every pixel of id i becomes one of `ids[i]`; ids that are not told stay.

    `leaves`: the object that leaves the list. `decides`: a frame on which the objects of `ids` are decided,
    if its mask changes. What the user decided of an object, and what a pass thought of it, goes to the id
    that it gets.
    """

    name: str
    ids: Mapping[int, int]
    frames: Collection[int] | None = None
    leaves: int | None = None
    decides: int | None = None
    table: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", bytes(self.ids.get(i, i) for i in range(256)))

    def masks(self, annotation: Annotation) -> dict[int, bytes | None]:
        frames = sorted({t for object_id in self.ids for t in annotation.present(object_id)})
        return {t: annotation.mask_bytes(t) for t in frames if self.frames is None or t in self.frames}

    def make(self, masks: Mapping[int, bytes | None]) -> Generator[MadeMask, None, None]:
        values = np.frombuffer(self.table, np.uint8)
        for t, data in masks.items():
            if data is not None:
                yield t, data, encode_mask(look_up(values, decode_mask(data)))

    def edit(self, annotation: Annotation, made: Made | None = None) -> Edit:
        masks = self.remade(self.masks(annotation), made)
        decides = self.decides if self.decides in masks else None
        decided = {} if decides is None else {decides: frozenset(self.ids)}
        objects = annotation.objects
        left = tuple(o for o in objects if o.id != self.leaves)
        # of who leaves the list nothing stays, not even where a pass had found that it is absent
        frames = masks.keys() if self.leaves is None else {*masks, *annotation.frames()}
        return Edit(
            self.name,
            masks,
            references=self._references(annotation, decided),
            objects=None if self.leaves is None else (objects, left),
            confidence=self._carried({t: annotation.all_confidence(t) for t in frames}, decided, min),
            sources=self._sources(annotation, masks, frames, decided),
            ids={t: (annotation.ids_at(t), self._after(annotation.ids_at(t))) for t in masks},
        )

    def _after(self, ids: frozenset[int]) -> frozenset[int]:
        return frozenset(self.table[i] for i in ids) - {0, VOID}

    def _references(
        self, annotation: Annotation, decided: Mapping[int, frozenset[int]]
    ) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
        """An object that is deleted where it was decided is decided to be absent, unless it is gone."""
        changed = {}
        for t in {*annotation.references, *decided}:
            before = annotation.decided(t)
            after = before | decided.get(t, frozenset())
            if self.frames is None or t in self.frames:
                after = frozenset(self.table[i] or (0 if i == self.leaves else i) for i in after) - {0}
            if after != before:
                changed[t] = before, after
        return changed

    def _sources(
        self,
        annotation: Annotation,
        masks: Made,
        frames: Collection[int],
        decided: Mapping[int, frozenset[int]],
    ) -> dict[int, tuple[Sources | None, Sources | None]]:
        """Where two objects become one nothing is stale: references and what came from them change alike."""
        into = 0 if self.leaves is None else self.table[self.leaves]
        if not into:
            return self._carried({t: annotation.all_sources(t) for t in frames}, decided, frozenset.union)
        both = {self.leaves, into}
        new: dict[tuple[int, int], int] = {}
        for t, ids in annotation.references.items():
            merged = annotation.checksum(t, into)
            if t in masks:
                merged = object_checksum(decode_mask(masks[t][1]), into, t)
            new |= {(i, annotation.checksum(t, i)): merged for i in ids & both}
        return renamed_sources(annotation, new, self.ids)

    def _carried(
        self,
        tables: Mapping[int, Mapping[int, Value] | None],
        decided: Mapping[int, frozenset[int]],
        both: Callable[[Value, Value], Value],
    ) -> dict[int, tuple[Mapping[int, Value] | None, Mapping[int, Value] | None]]:
        """By frame: the values of each object for the id that it gets; `both` makes one of two values."""
        changed: dict[int, tuple[Mapping[int, Value] | None, Mapping[int, Value] | None]] = {}
        for t, table in tables.items():
            after: dict[int, Value] = {}
            for i, value in (table or {}).items():
                new = self.table[i]
                if new and i not in decided.get(t, ()):
                    after[new] = both(after[new], value) if new in after else value
            if table is not None and after != table:
                changed[t] = table, after or None
        return changed


def merging(annotation: Annotation, object_id: int, into: int) -> Remapping:
    """Every pixel of `object_id` becomes one of `into`, on every frame; `object_id` leaves the list.

    Where either was decided, `into` is: no work of the user is given to propagation.
    """
    annotation.require(object_id, into)
    if object_id == into:
        raise ValueError("an object cannot be merged into itself")
    return Remapping("Merge objects", {object_id: into}, leaves=object_id)


def exchanging(annotation: Annotation, object_id: int, other: int, frames: Collection[int]) -> Remapping:
    """On `frames` every pixel of one object becomes one of the other; their confidence goes with them.

    For look-alikes that a pass mixed up when they met.
    """
    annotation.require(object_id, other)
    if object_id == other:
        raise ValueError("an object cannot be exchanged with itself")
    return Remapping("Exchange objects", {object_id: other, other: object_id}, frames)


def deleting(annotation: Annotation, object_id: int, frames: Collection[int] | None = None) -> Remapping:
    """The object's pixels on `frames` become background; without `frames` on all, and it leaves the list."""
    annotation.require(object_id)
    if frames is None:
        return Remapping("Delete object", {object_id: 0}, leaves=object_id)
    return Remapping("Delete object here", {object_id: 0}, frames)
