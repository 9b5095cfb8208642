"""What a user can do to an annotation: each action is one function that makes the `Edit`.

They do not change the annotation: `Annotation.apply` does. An edit is empty (`Edit.is_empty`) if there is
nothing to change.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypedDict, TypeVar

import cv2
import numpy as np

from skn_annotator.annotation.annotation import (
    NONE,
    OBJECT_NAME,
    AnnotatedObject,
    Annotation,
    Confidence,
    Edit,
    Outlines,
    Sources,
    TouchedUp,
    given,
)
from skn_annotator.annotation.changed_places import changed_places, may_have_changed_places, with_both
from skn_annotator.annotation.difference import difference
from skn_annotator.annotation.masks import encode_mask, object_checksum, object_ids
from skn_annotator.annotation.outlines import Lines, ObjectOutline
from skn_annotator.arrays import Color, Mask
from skn_annotator.errors import SknError
from skn_annotator.palette import VOID, display_color

Value = TypeVar("Value")

_TOUCHED_UP = 0.15
"""A mask of which no more than this, as 1 - IoU, is painted at a time was right as it was."""


@dataclass(frozen=True)
class CarriedMask:
    """The mask of frame `t` that a pass made, as palette PNG, and what is stored with it.

    `sources`: the references that it was carried from. `ids`: the objects that it shows, None if unknown.
    `change`: how far it is from the mask that was there before the pass, 0-1; None where there was none.
    """

    t: int
    mask: bytes
    confidence: Confidence
    sources: Sources | None = None
    ids: frozenset[int] | None = None
    change: float | None = None


class Painting(NamedTuple):
    """What painting an object on a frame changes: the edit, the mask that it makes, and the object that is
    decided with it, since they had changed places (`changed_places`); or the one with which it may have, and
    the mask that was there before."""

    edit: Edit
    mask: Mask
    other: int | None = None
    maybe: int | None = None
    before: Mask | None = None


def paint(
    annotation: Annotation,
    t: int,
    new_mask: Mask,
    object_id: int,
    name: str = "Brush",
    *,
    data: bytes | None = None,
    lines: Lines = (),
) -> Edit:
    """The edit of `painting`."""
    return painting(annotation, t, new_mask, object_id, name, data=data, lines=lines).edit


def painting(
    annotation: Annotation,
    t: int,
    new_mask: Mask,
    object_id: int,
    name: str,
    *,
    data: bytes | None = None,
    lines: Lines = (),
) -> Painting:
    """Frame `t` gets `new_mask`, uint8 (H, W), on which `object_id` was painted or erased: it is decided.

    Other objects that lost pixels to it are not decided: nobody looked at their outlines; but one that it had
    changed places with is, and gets what it leaves. The edit is empty if no pixel differs.
    `data`: the mask's palette PNG, if it was encoded already. `lines`: the outline whose inside
    the object is now; with one the edit is not empty, since a corner may be new.
    """
    old = annotation.mask(t)
    # cv2.norm: the largest difference, without an array of its own
    is_other = bool(new_mask.any() if old is None else cv2.norm(old, new_mask, cv2.NORM_INF))
    if not is_other and (not lines or old is None):
        return Painting(Edit(name), new_mask)
    other = maybe = None
    if old is not None:
        carried, decided = annotation.confidence(t) or {}, annotation.decided(t)
        other = changed_places(old, new_mask, object_id, carried, decided)
        if other is not None:
            new_mask, data = with_both(old, new_mask, object_id, other), None
        else:
            maybe = may_have_changed_places(old, new_mask, object_id, carried)
    outline = ObjectOutline(lines, object_checksum(new_mask, object_id, t)) if lines else None
    edit = Edit(
        name,
        {t: (annotation.mask_bytes(t), data or encode_mask(new_mask))} if is_other else {},
        outlines={} if outline is None else {t: with_outline(annotation, t, object_id, outline)},
        **_painted(annotation, t, new_mask, object_id, other),
    )
    return Painting(edit, new_mask, other, maybe, old)


def give_place(annotation: Annotation, t: int, object_id: int, other: int, before: Mask) -> Edit:
    """On frame `t`, `other` gets what `object_id` had in `before`, and that loses it: both are decided."""
    now = annotation.mask(t)
    assert now is not None, "the object was painted there"
    mask = np.where((before == object_id) & (now == object_id), np.uint8(other), now)
    return Edit(
        "Exchange objects",
        {t: (annotation.mask_bytes(t), encode_mask(mask))},
        **deciding(annotation, {t: frozenset([object_id, other])}),
    )


def _painted(annotation: Annotation, t: int, new_mask: Mask, object_id: int, other: int | None) -> "Decided":
    """As `deciding`, but of a mask that was only touched up the sources are kept, and the confidence with the
    share that was painted added: what it lacks of 1 is how much better the mask was than it seemed."""
    decided = deciding(annotation, {t: frozenset([object_id] if other is None else [object_id, other])})
    old, sure = annotation.mask(t), (annotation.all_confidence(t) or {}).get(object_id)
    if old is None or sure is None or other is not None:
        return decided
    painted = difference(*((mask == object_id).view(np.uint8) for mask in (old, new_mask)))
    if painted <= _TOUCHED_UP and sure + painted < 1:
        before, others = decided["confidence"][t]
        raised = TouchedUp(sure + painted, given(sure))
        decided["confidence"][t] = before, {**(others or {}), object_id: raised}
        decided["sources"].pop(t, None)
    return decided


def with_outline(
    annotation: Annotation, t: int, object_id: int, outline: ObjectOutline
) -> tuple[Outlines | None, Outlines]:
    """The outlines of frame `t` before and after the object gets one."""
    before = annotation.outlines(t)
    return before, {**(before or {}), object_id: outline}


def drawn_outlines(edit: Edit) -> dict[int, frozenset[int]]:
    """Object -> the frames on which `edit` gives it an outline that was drawn."""
    drawn: dict[int, set[int]] = {}
    for t, (before, after) in edit.outlines.items():
        for object_id, outline in (after or {}).items():
            if outline.drawn and outline != (before or {}).get(object_id):
                drawn.setdefault(object_id, set()).add(t)
    return {object_id: frozenset(frames) for object_id, frames in drawn.items()}


def import_masks(
    annotation: Annotation,
    masks: Mapping[int, Mask],
    called: str = OBJECT_NAME,
) -> Edit:
    """The frames get these masks, on which all objects are decided; objects that are new are added.

    `called`: the name of a new object, in which "{id}" stands for its id.
    """
    known = {o.id for o in annotation.objects}
    found = sorted({i for mask in masks.values() for i in object_ids(mask)} - known)
    added = tuple(AnnotatedObject(i, called.format(id=i), display_color(i)) for i in found)
    return Edit(
        "Import masks",
        {t: (annotation.mask_bytes(t), encode_mask(mask)) for t, mask in masks.items()},
        objects=(annotation.objects, annotation.objects + added),
        **deciding(annotation, dict.fromkeys(masks, frozenset(known | set(found)))),
    )


def propagated(annotation: Annotation, carried: CarriedMask, name: str) -> Edit:
    """The frame of `carried` gets the mask that a pass made. Raises ValueError if that carries an object
    which is decided there.

    A pass is applied step by step, and kept for undo as one edit: `joined(name, steps)`.
    """
    t, sure, sources = carried.t, annotation.all_confidence(carried.t), annotation.all_sources(carried.t)
    overwritten = annotation.decided(t) & carried.confidence.keys()
    if overwritten:
        raise ValueError(
            f"object {min(overwritten)} is decided on frame {t}: propagation never overwrites it"
        )
    return Edit(
        name,
        {t: (annotation.mask_bytes(t), carried.mask)},
        confidence={t: (sure, _with_approved(annotation, t, sure, carried.confidence))},
        sources={t: (sources, _with_approved(annotation, t, sources, carried.sources))},
        ids={} if carried.ids is None else {t: (annotation.ids_at(t), carried.ids)},
    )


def _with_approved(
    annotation: Annotation, t: int, before: Mapping[int, Value] | None, carried: Mapping[int, Value] | None
) -> Mapping[int, Value] | None:
    """What a pass `carried`, and of `before` what is kept of masks that the user took for right."""
    decided = annotation.decided(t)
    kept = {i: value for i, value in (before or {}).items() if i in decided}
    return {**kept, **(carried or {})} or None


def joined(name: str, edits: Sequence[Edit]) -> Edit:
    """One edit that changes what `edits` change, one after the other."""
    objects = [edit.objects for edit in edits if edit.objects is not None]
    unknown = set[int]().union(*(edit.masks.keys() - edit.ids.keys() for edit in edits))
    return Edit(
        name,
        _ends(edit.masks for edit in edits),
        references=_ends(edit.references for edit in edits),
        objects=(objects[0][0], objects[-1][1]) if objects else None,
        confidence=_ends(edit.confidence for edit in edits),
        sources=_ends(edit.sources for edit in edits),
        outlines=_ends(edit.outlines for edit in edits),
        ids={t: ids for t, ids in _ends(edit.ids for edit in edits).items() if t not in unknown},
    )


def _ends(tables: Iterable[Mapping[int, tuple[Value, Value]]]) -> dict[int, tuple[Value, Value]]:
    """Frame -> (before, after): before as in the first table that has the frame, after as in the last."""
    ends: dict[int, tuple[Value, Value]] = {}
    for table in tables:
        for t, (before, after) in table.items():
            ends[t] = (ends[t][0] if t in ends else before, after)
    return ends


def decide_all(annotation: Annotation, frames: Iterable[int]) -> Edit:
    """Decide all objects on `frames` as the masks there show them: present or absent.

    A frame without a mask gets an empty one. The edit is empty if there is no object. How sure the network
    was is kept: that it was right tells something of the masks near it. So is what they were carried from.
    """
    ids = frozenset(o.id for o in annotation.objects)
    chosen = frozenset(frames) if ids else frozenset[int]()
    empty = np.zeros(annotation.size, np.uint8)
    return Edit(
        "Set reference frame",
        {t: (None, encode_mask(empty)) for t in chosen if annotation.mask_bytes(t) is None},
        references={t: (annotation.decided(t), annotation.decided(t) | ids) for t in chosen},
    )


def undecide(annotation: Annotation, frames: Iterable[int]) -> Edit:
    """Decide nothing on `frames` any more: the masks stay, and propagation may overwrite them. What they were
    carried from is known again, and how sure the network was is what it was before any was touched up. An
    empty mask that no pass brought goes: it said that nothing is there, and that is not decided any more."""
    frames = tuple(frames)
    stored = {t: annotation.all_confidence(t) for t in frames}
    masks = {t: annotation.mask(t) for t in frames if stored[t] is None}
    return Edit(
        "Unset reference frame",
        {t: (annotation.mask_bytes(t), None) for t, m in masks.items() if m is not None and not m.any()},
        references={t: (annotation.decided(t), NONE) for t in frames},
        confidence={
            t: (sure, {i: given(value) for i, value in sure.items()})
            for t, sure in stored.items()
            if sure is not None
        },
    )


def declare_absent(annotation: Annotation, t: int, object_id: int) -> Edit:
    """The object is decided to be absent on frame `t`: its pixels there become background."""
    annotation.require(object_id)
    old = annotation.mask(t)
    mask = (
        np.zeros(annotation.size, np.uint8) if old is None else np.where(old == object_id, np.uint8(0), old)
    )
    is_shown = old is None or object_id in annotation.ids_at(t)
    return Edit(
        "Object absent here",
        {t: (annotation.mask_bytes(t), encode_mask(mask))} if is_shown else {},
        **deciding(annotation, {t: frozenset([object_id])}),
    )


def clear_frame(annotation: Annotation, t: int) -> Edit:
    """Frame `t` has no mask any more, and nothing is decided there."""
    every = annotation.known(t)
    return Edit(
        "Clear frame",
        {t: (annotation.mask_bytes(t), None)},
        references={t: (annotation.decided(t), NONE)},
        **forgetting(annotation, {t: every}),
    )


def add_object(annotation: Annotation, called: str = OBJECT_NAME) -> Edit:
    """A new object at the end of the list, with the lowest free id (the id of `edit.objects[1][-1]`).

    `called`: its name, in which "{id}" stands for its id.

    Raises SknError if all ids, 1 to 254, are taken.
    """
    taken = {o.id for o in annotation.objects}
    free = next((i for i in range(1, VOID) if i not in taken), None)
    if free is None:
        raise SknError("A mask can hold {n} objects: delete or merge some to add another", n=VOID - 1)
    new = AnnotatedObject(free, called.format(id=free), display_color(free))
    return Edit("Add object", objects=(annotation.objects, (*annotation.objects, new)))


def rename(annotation: Annotation, object_id: int, name: str) -> Edit:
    """The object is called `name`."""
    return _with_object(annotation, object_id, "Rename object", lambda o: replace(o, name=name))


def recolor(annotation: Annotation, object_id: int, color: Color) -> Edit:
    """The object is drawn in `color`, RGB 0-255; the files keep DAVIS's palette."""
    return _with_object(annotation, object_id, "Colour object", lambda o: replace(o, color=color))


def set_visible(annotation: Annotation, object_id: int, visible: bool) -> Edit:
    """Show or hide the object; its mask stays."""
    name = "Show object" if visible else "Hide object"
    return _with_object(annotation, object_id, name, lambda o: replace(o, visible=visible))


def set_locked(annotation: Annotation, object_id: int, locked: bool) -> Edit:
    """Lock or unlock the object: locked pixels cannot be painted over, or changed by a pass."""
    name = "Lock object" if locked else "Unlock object"
    return _with_object(annotation, object_id, name, lambda o: replace(o, locked=locked))


def solo(annotation: Annotation, object_id: int) -> Edit:
    """Only this object is drawn; if that is so already, all are."""
    annotation.require(object_id)
    alone = all(o.visible == (o.id == object_id) for o in annotation.objects)
    after = tuple(replace(o, visible=alone or o.id == object_id) for o in annotation.objects)
    return Edit("Show all objects" if alone else "Show one object", objects=(annotation.objects, after))


def move_object(annotation: Annotation, object_id: int, place: int) -> Edit:
    """Move the object to `place` in the list (0 is the first), or as near as possible; its id stays."""
    annotation.require(object_id)
    (moved,) = (o for o in annotation.objects if o.id == object_id)
    others = [o for o in annotation.objects if o.id != object_id]
    others.insert(min(max(0, place), len(others)), moved)
    return Edit("Move object", objects=(annotation.objects, tuple(others)))


def _with_object(
    annotation: Annotation, object_id: int, name: str, change: Callable[[AnnotatedObject], AnnotatedObject]
) -> Edit:
    annotation.require(object_id)
    after = tuple(change(o) if o.id == object_id else o for o in annotation.objects)
    return Edit(name, objects=(annotation.objects, after))


class Traces(TypedDict):
    """Parts of an `Edit`: what propagation knows of the objects on a frame."""

    confidence: dict[int, tuple[Confidence | None, Confidence | None]]
    sources: dict[int, tuple[Sources | None, Sources | None]]


class Decided(Traces):
    """Parts of an `Edit` that decides objects."""

    references: dict[int, tuple[frozenset[int], frozenset[int]]]


def deciding(annotation: Annotation, ids: Mapping[int, frozenset[int]]) -> Decided:
    """What an edit changes by which the user decides these objects (frame -> objects): references, and what
    passes stored of them."""
    before = {t: annotation.decided(t) for t in ids}
    return {
        "references": {t: (before[t], before[t] | decided) for t, decided in ids.items()},
        **forgetting(annotation, ids),
    }


def forgetting(annotation: Annotation, ids: Mapping[int, frozenset[int]]) -> Traces:
    """What passes stored of these objects (frame -> objects) is forgotten: it was of masks that are gone."""
    confidence = {t: annotation.all_confidence(t) for t in ids}
    sources = {t: annotation.all_sources(t) for t in ids}
    return {
        "confidence": {t: (old, _without(old, ids[t])) for t, old in confidence.items() if old is not None},
        "sources": {t: (old, _without(old, ids[t])) for t, old in sources.items() if old is not None},
    }


def _without(table: Mapping[int, Value], ids: frozenset[int]) -> Mapping[int, Value] | None:
    return {i: value for i, value in table.items() if i not in ids} or None
