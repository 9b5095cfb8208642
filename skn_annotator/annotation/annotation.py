"""The annotation of one sequence: its objects, its masks, and which of them are references.

A reference is what the user decided of one object on one frame: its mask there, or that it is absent. A frame
with references is a reference frame; it may leave other objects undecided, which propagation fills in.

`Annotation` can be changed in one way: `apply` takes an `Edit`, which has what was before and what comes
after. `History` keeps the edits for undo. Nothing here knows of the video, of Qt or of files.
"""

from collections import OrderedDict
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from skn_annotator.annotation.masks import decode_mask, object_checksum, object_ids
from skn_annotator.annotation.outlines import ObjectOutline
from skn_annotator.arrays import Color, Mask, Size
from skn_annotator.counts import counted

Value = TypeVar("Value")
Confidence = Mapping[int, float]
"""Object id -> 0-1; a `TouchedUp` where the mask was touched up."""
Sources = Mapping[int, frozenset[int]]
"""Object id -> the references that its mask was carried from: checksums of the masks that they had then."""
Outlines = Mapping[int, ObjectOutline]
"""Object id -> the outline that it was drawn with."""
NONE: frozenset[int] = frozenset()


OBJECT_NAME = "object {id}"
"""What an object is called that nobody named."""

_DECODED = 8  # masks: of the shown frame, and of where undo leads


class TouchedUp(float):
    """The confidence of a mask that was touched up, with the share of it that was painted added, 0-1."""

    def __new__(cls, value: float, given: float) -> "TouchedUp":
        """`given`: the confidence that the pass gave."""
        made = super().__new__(cls, value)
        made.given = given
        return made

    given: float

    def __getnewargs__(self) -> tuple[float, float]:  # type: ignore[override]
        """What `copy` and `pickle` make it of again; a float's own would be its value alone."""
        return float(self), self.given


def given(confidence: float) -> float:
    """The confidence that the pass gave, be the mask touched up since or not."""
    return confidence.given if isinstance(confidence, TouchedUp) else confidence


@dataclass(frozen=True)
class AnnotatedObject:
    """One object of the sequence; `id` (1-254) is its value in the masks, `color` is RGB, 0-255 each."""

    id: int
    name: str
    color: Color
    visible: bool = True
    locked: bool = False


@dataclass(frozen=True)
class Edit:
    """One action of the user, undone in one step: its name, and all that it changes, as (before, after).

    `masks` (palette PNGs), `confidence`, `sources` and `outlines` map frame -> (before, after), None where
    there is none.
    What `confidence` and `sources` have of decided objects is of masks that the user took for right.
    `references` maps frame -> the objects decided there. `objects` is None if the list stays as it is. `ids`:
    the objects that the masks show, on frames where they are known without decoding. The mappings are never
    changed after construction.
    """

    name: str
    masks: Mapping[int, tuple[bytes | None, bytes | None]] = field(default_factory=dict)
    references: Mapping[int, tuple[frozenset[int], frozenset[int]]] = field(default_factory=dict)
    objects: tuple[tuple[AnnotatedObject, ...], tuple[AnnotatedObject, ...]] | None = None
    confidence: Mapping[int, tuple[Confidence | None, Confidence | None]] = field(default_factory=dict)
    sources: Mapping[int, tuple[Sources | None, Sources | None]] = field(default_factory=dict)
    outlines: Mapping[int, tuple[Outlines | None, Outlines | None]] = field(default_factory=dict)
    ids: Mapping[int, tuple[frozenset[int], frozenset[int]]] = field(default_factory=dict, compare=False)

    def inverse(self) -> "Edit":
        """The edit that takes this one back; it has the same name."""
        return Edit(
            self.name,
            {t: (after, before) for t, (before, after) in self.masks.items()},
            {t: (after, before) for t, (before, after) in self.references.items()},
            self.objects and self.objects[::-1],
            {t: (after, before) for t, (before, after) in self.confidence.items()},
            {t: (after, before) for t, (before, after) in self.sources.items()},
            {t: (after, before) for t, (before, after) in self.outlines.items()},
            {t: (after, before) for t, (before, after) in self.ids.items()},
        )

    def on(self, frames: Container[int]) -> "Edit":
        """The part of the edit that changes `frames`; changes of the list of objects are left out."""
        return Edit(
            self.name,
            {t: pair for t, pair in self.masks.items() if t in frames},
            {t: pair for t, pair in self.references.items() if t in frames},
            None,
            {t: pair for t, pair in self.confidence.items() if t in frames},
            {t: pair for t, pair in self.sources.items() if t in frames},
            {t: pair for t, pair in self.outlines.items() if t in frames},
            {t: pair for t, pair in self.ids.items() if t in frames},
        )

    @property
    def is_empty(self) -> bool:
        """True if everything is after it as it was before: there is nothing to undo."""
        tables = (self.masks, self.confidence, self.sources, self.outlines, self.references)
        pairs = (*(p for table in tables for p in table.values()), self.objects)
        return all(pair is None or pair[0] == pair[1] for pair in pairs)

    @property
    def frames(self) -> frozenset[int]:
        """The frames whose mask, references, confidence, sources or outlines it changes."""
        decided = (t for t, (before, after) in self.references.items() if before != after)
        return frozenset({*self.masks, *self.confidence, *self.sources, *self.outlines, *decided})

    @property
    def nbytes(self) -> int:
        """The bytes of its masks; a mask that is in two edits is counted in both."""
        return sum(len(data) for pair in self.masks.values() for data in pair if data is not None)


class Annotation:
    """Objects, masks, references and confidences of a sequence of `length` frames of `size`, (H, W)."""

    def __init__(self, size: Size, length: int) -> None:
        self.size = size
        self.length = length
        self._objects: tuple[AnnotatedObject, ...] = ()
        self._references: dict[int, frozenset[int]] = {}
        self._masks: dict[int, bytes] = {}
        self._confidence: dict[int, Confidence] = {}
        self._sources: dict[int, Sources] = {}
        self._outlines: dict[int, Outlines] = {}
        # Of the frames that were asked for: to know the ids, a mask has to be decoded.
        self._ids: dict[int, frozenset[int]] = {}
        self._checksums: dict[int, dict[int, int]] = {}  # as `_ids`, of single objects
        self._decoded: OrderedDict[bytes, Mask] = OrderedDict()  # the latest are at the end

    @property
    def objects(self) -> tuple[AnnotatedObject, ...]:
        """The objects, in the order of the list that the user sees."""
        return self._objects

    @property
    def references(self) -> Mapping[int, frozenset[int]]:
        """Reference frame -> the objects that the user decided there, present or absent: propagation trusts
        these masks and never overwrites them."""
        return MappingProxyType(self._references)

    def decided(self, t: int) -> frozenset[int]:
        """The objects that the user decided on frame `t`."""
        return self._references.get(t, NONE)

    def known(self, t: int) -> frozenset[int]:
        """The objects of which it is known whether they are on frame `t`.

        Its mask shows them, the user decided them, or a pass looked for them and found nothing.
        """
        return self.ids_at(t) | self.decided(t) | (self._confidence.get(t) or {}).keys()

    def require(self, *object_ids: int) -> None:
        """Raises ValueError if there is no object of one of these ids."""
        missing = set(object_ids) - {o.id for o in self._objects}
        if missing:
            raise ValueError(f"there is no object {min(missing)}")

    def frames(self) -> tuple[int, ...]:
        """The frames that have a mask, ascending."""
        return tuple(sorted(self._masks))

    def mask_bytes(self, t: int) -> bytes | None:
        """The palette PNG of frame `t`, or None."""
        return self._masks.get(t)

    def mask(self, t: int) -> Mask | None:
        """The id map of frame `t`, read-only uint8 (H, W), or None."""
        data = self._masks.get(t)
        if data is None:
            return None
        if data in self._decoded:
            self._decoded.move_to_end(data)
        else:
            self.remember(data, decode_mask(data))
        return self._decoded[data]

    def remember(self, data: bytes, mask: Mask) -> None:
        """Keep `mask`, read-only from now on, as what `data` decodes to: it was just encoded, or decoded."""
        mask.flags.writeable = False
        self._decoded[data] = mask
        while len(self._decoded) > _DECODED:
            self._decoded.popitem(last=False)

    def ids_at(self, t: int) -> frozenset[int]:
        """The objects that the mask of frame `t` holds; empty where there is no mask."""
        mask = None if t in self._ids else self.mask(t)
        if mask is not None:
            self._ids[t] = frozenset(object_ids(mask))
        return self._ids.get(t, frozenset())

    def recall_ids(self, ids: Mapping[int, frozenset[int]]) -> None:
        """Store what `ids_at` returns for these frames, where it is known without decoding the masks."""
        self._ids.update({t: found for t, found in ids.items() if t in self._masks})

    def present(self, object_id: int) -> tuple[int, ...]:
        """The frames whose mask holds `object_id`, ascending."""
        return tuple(t for t in self.frames() if object_id in self.ids_at(t))

    def confidence(self, t: int) -> Confidence | None:
        """How sure a pass was of the objects that it carried to frame `t`, and that nobody decided there;
        None if there are none."""
        return _of(self._confidence, t, lambda i: i not in self.decided(t))

    def approved(self, t: int) -> Confidence | None:
        """How sure a pass was of the objects on frame `t` whose masks the user took for right, and what share
        of them was touched up, together; None if there are none."""
        return _of(self._confidence, t, lambda i: i in self.decided(t))

    def all_confidence(self, t: int) -> Confidence | None:
        """`confidence` and `approved` together, as an `Edit` has them; None if there are none."""
        return _of(self._confidence, t, lambda i: True)

    def sources(self, t: int) -> Sources | None:
        """The references that the objects on frame `t` were carried from that nobody decided there; None if
        that is known of none."""
        return _of(self._sources, t, lambda i: i not in self.decided(t))

    def all_sources(self, t: int) -> Sources | None:
        """The same, with those of objects whose masks the user took for right, as an `Edit` has them."""
        return _of(self._sources, t, lambda i: True)

    def outlines(self, t: int) -> Outlines | None:
        """The outlines of frame `t`, those included that do not hold any more; None if there are none."""
        outlines = self._outlines.get(t)
        return None if outlines is None else MappingProxyType(dict(outlines))

    def outline(self, t: int, object_id: int) -> ObjectOutline | None:
        """The outline whose inside the object is on frame `t`; None if it has other pixels, or no outline."""
        outline = self._outlines.get(t, {}).get(object_id)
        return outline if outline is not None and outline.checksum == self.checksum(t, object_id) else None

    def outlined_frames(self, object_id: int) -> tuple[int, ...]:
        """The frames on which the object is the inside of an outline, ascending."""
        return tuple(t for t in sorted(self._outlines) if self.outline(t, object_id) is not None)

    def follows(self, t: int, object_id: int) -> bool:
        """True if the object's outline on frame `t` lies between outlines that were drawn on other frames."""
        outline = self.outline(t, object_id)
        return outline is not None and not outline.drawn

    def carried_frames(self) -> tuple[int, ...]:
        """The frames of which it is known what some object was carried from."""
        return tuple(self._sources)

    def checksum(self, t: int, object_id: int) -> int:
        """A checksum of the object's pixels on frame `t`, as in `sources`; 0 without a mask."""
        known = self._checksums.setdefault(t, {})
        if object_id not in known:
            mask = self.mask(t)
            known[object_id] = 0 if mask is None else object_checksum(mask, object_id, t)
        return known[object_id]

    def apply(self, edit: Edit) -> frozenset[int]:
        """Make the change; return the frames whose mask, confidence, outlines or references differ now.

        Raises ValueError, and changes nothing, if the annotation is not what the edit has as its before, or
        if a frame lies outside of the sequence.
        """
        self._check(edit)
        changed = {t for t, (before, after) in edit.masks.items() if before != after}
        for table in (edit.confidence, edit.outlines):
            changed |= {t for t, (before, after) in table.items() if before != after}
        for t, (_, data) in edit.masks.items():
            _put(self._masks, t, data)
            self._ids.pop(t, None)
            self._checksums.pop(t, None)
        self._ids.update({t: after for t, (_, after) in edit.ids.items()})
        for t, (_, confidence) in edit.confidence.items():
            _put(self._confidence, t, confidence or None)
        for t, (_, sources) in edit.sources.items():
            _put(self._sources, t, sources or None)
        for t, (_, outlines) in edit.outlines.items():
            _put(self._outlines, t, outlines)
        if edit.references:
            changed |= {t for t, (before, after) in edit.references.items() if before != after}
            decided = self._references | {t: after for t, (_, after) in edit.references.items()}
            # A new table: copies, and a pass that compares with its start, keep the old one.
            self._references = {t: ids for t, ids in decided.items() if ids}
        if edit.objects is not None:
            self._objects = edit.objects[1]
        return frozenset(changed)

    def copy(self) -> "Annotation":
        """A copy for another thread; the bytes of the masks are shared, since nobody changes them."""
        copy = Annotation(self.size, self.length)
        copy._objects, copy._references = self._objects, self._references
        copy._masks, copy._confidence = self._masks.copy(), self._confidence.copy()
        copy._sources, copy._outlines = self._sources.copy(), self._outlines.copy()
        copy._ids = self._ids.copy()
        copy._checksums = {t: known.copy() for t, known in self._checksums.items()}
        return copy

    def _check(self, edit: Edit) -> None:
        frames = {*edit.masks, *edit.confidence, *edit.sources, *edit.outlines, *edit.references}
        outside = sorted(t for t in frames if not 0 <= t < self.length)
        if outside:
            raise ValueError(
                f"{edit.name!r}: frame {outside[0]} is outside of the {counted(self.length, 'frame')}"
            )
        tables: tuple[tuple[str, Mapping[int, tuple[object, object]], Callable[[int], object]], ...] = (
            ("mask", edit.masks, self._masks.get),
            ("confidence", edit.confidence, self._confidence.get),
            ("sources", edit.sources, self._sources.get),
            ("outlines", edit.outlines, self._outlines.get),
            ("references", edit.references, self.decided),
        )
        stale = [
            f"the {name} of frame {t}"
            for name, table, now in tables
            for t, (before, _) in table.items()
            if now(t) != before
        ]
        if edit.objects is not None and edit.objects[0] != self._objects:
            stale.append("the objects")
        if stale:
            raise ValueError(f"{edit.name!r} does not start from what is here: {stale[0]} changed since")


def _of(
    table: Mapping[int, Mapping[int, Value]], t: int, is_asked: Callable[[int], bool]
) -> Mapping[int, Value] | None:
    """What `table` has of the objects on frame `t` that are asked for; None if it is nothing."""
    found = {i: value for i, value in table.get(t, {}).items() if is_asked(i)}
    return MappingProxyType(found) if found else None


def _put(table: dict[int, Value], t: int, value: Value | None) -> None:
    if value is None:
        table.pop(t, None)
    else:
        table[t] = value
