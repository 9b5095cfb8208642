"""Remapping: ids become other ids on many frames: what merging, exchanging and deleting objects share.

A `Remapping` says what is to be done. `remapped` does the long part, mask by mask; it touches no annotation,
so it can run in another thread. `Remapping.edit` makes one edit of all: what was remapped before it takes,
the rest it remaps itself.
"""

from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass, field

import numpy as np

from skn_annotator.annotation.annotation import Annotation, Confidence, Edit, Sources
from skn_annotator.annotation.masks import decode_mask, encode_mask
from skn_annotator.annotation.raster import look_up
from skn_annotator.palette import VOID

Remapped = Mapping[int, tuple[bytes, bytes]]
"""Frame -> its mask, as palette PNG, before and after."""


@dataclass(frozen=True)
class Remapping:
    """On `frames` (None: all) every pixel of id i becomes one of `ids[i]`; ids that are not told stay.

    `leaves`: the object that leaves the list. `marks`: a frame that becomes a reference frame if its mask
    changes. `carries_confidence`: what a pass thought of an object goes to the id that it gets.
    """

    name: str
    ids: Mapping[int, int]
    frames: Collection[int] | None = None
    leaves: int | None = None
    marks: int | None = None
    carries_confidence: bool = False
    table: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", bytes(self.ids.get(i, i) for i in range(256)))

    def masks(self, annotation: Annotation) -> dict[int, bytes]:
        """The masks that it changes, as they are now."""
        frames = sorted({t for object_id in self.ids for t in annotation.present(object_id)})
        masks = {t: annotation.mask_bytes(t) for t in frames if self.frames is None or t in self.frames}
        return {t: data for t, data in masks.items() if data is not None}

    def edit(self, annotation: Annotation, done: Remapped | None = None) -> Edit:
        """The whole of it. Of `done` is taken what was made of the very mask that a frame has now."""
        before, ready = self.masks(annotation), done or {}
        fresh = {t: data for t, data in before.items() if t not in ready or ready[t][0] is not data}
        remade = {t: (old, new) for t, old, new in remapped(fresh, self.table)}
        masks = {t: remade[t] if t in remade else ready[t] for t in before}
        marks = self.marks if self.marks in masks else None
        references, objects = annotation.references, annotation.objects
        left = tuple(o for o in objects if o.id != self.leaves)
        return Edit(
            self.name,
            masks,
            references=None if marks is None else (references, references | {marks}),
            objects=None if self.leaves is None else (objects, left),
            confidence=self._confidence(annotation, masks, marks),
            sources=_sources(annotation, marks),
            ids={t: (annotation.ids_at(t), self._after(annotation.ids_at(t))) for t in masks},
        )

    def _after(self, ids: frozenset[int]) -> frozenset[int]:
        return frozenset(self.table[i] for i in ids) - {0, VOID}

    def _confidence(
        self, annotation: Annotation, frames: Collection[int], marks: int | None
    ) -> dict[int, tuple[Confidence | None, Confidence | None]]:
        carried = frames if self.carries_confidence else ()
        old = {t: annotation.confidence(t) for t in {*carried, *(() if marks is None else (marks,))}}
        return {
            t: (known, None if t == marks else {self.table[i]: value for i, value in known.items()})
            for t, known in old.items()
            if known is not None
        }


def _sources(annotation: Annotation, marks: int | None) -> dict[int, tuple[Sources | None, Sources | None]]:
    known = None if marks is None else annotation.sources(marks)
    return {} if marks is None or known is None else {marks: (known, None)}


def remapped(masks: Mapping[int, bytes], table: bytes) -> Generator[tuple[int, bytes, bytes], None, None]:
    """(frame, mask before, mask after) for each of `masks`; `table` has the new id of each of the 256."""
    values = np.frombuffer(table, np.uint8)
    for t, data in masks.items():
        yield t, data, encode_mask(look_up(values, decode_mask(data)))


def merging(annotation: Annotation, object_id: int, into: int) -> Remapping:
    """Every pixel of `object_id` becomes one of `into`, on every frame; `object_id` leaves the list.

    The frames stay what they were, reference or propagated.
    """
    annotation.require(object_id, into)
    if object_id == into:
        raise ValueError("an object cannot be merged into itself")
    return Remapping("Merge objects", {object_id: into}, leaves=object_id)


def exchanging(annotation: Annotation, object_id: int, other: int, frames: Collection[int]) -> Remapping:
    """On `frames` every pixel of one object becomes one of the other; their confidence goes with them.

    For look-alikes that a pass mixed up when they met. The frames stay what they were.
    """
    annotation.require(object_id, other)
    if object_id == other:
        raise ValueError("an object cannot be exchanged with itself")
    swapped = {object_id: other, other: object_id}
    return Remapping("Exchange objects", swapped, frames, carries_confidence=True)


def deleting(annotation: Annotation, object_id: int, frames: Collection[int] | None = None) -> Remapping:
    """The object's pixels on `frames` become background; without `frames` on all, and it leaves the list."""
    annotation.require(object_id)
    if frames is None:
        return Remapping("Delete object", {object_id: 0}, leaves=object_id)
    return Remapping("Delete object here", {object_id: 0}, frames)
