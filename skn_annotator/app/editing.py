"""Editing: the verbs that change objects, reference frames and whole masks. `Painting` adds those that paint
the shown frame, `Session` the video, passes and a project folder.

Every verb is one action of the user: one `Edit`, one name in the history. What it changed is told by signals
that carry which frames, never the data: views read it again. The GUI thread alone calls any of this.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import AnnotatedObject, Annotation, Edit
from skn_annotator.annotation.history import History
from skn_annotator.annotation.remapping import Remapping, deleting, exchanging, merging
from skn_annotator.app.draft import Draft
from skn_annotator.app.language import mark, tr
from skn_annotator.app.tasks.mask_encoding import AT_ONCE, MaskEncoding
from skn_annotator.arrays import Point
from skn_annotator.settings import DEFAULT_UNDO_MEMORY


class Scope(Enum):
    """Where an object is deleted."""

    HERE = mark("on this frame")
    ONWARD = mark("from this frame on")
    EVERYWHERE = mark("everywhere")


@dataclass(frozen=True)
class Notice:
    """A sentence for the user; an error, and what `stays`, is there until it is read."""

    text: str
    is_error: bool = False
    stays: bool = False


class Editing(QObject):
    """One annotation, its history, the active object, and the draft of an action that is not finished."""

    frames_changed = Signal(object)  # frozenset of frames: mask, confidence or reference mark
    stroke_painted = Signal(object)  # Rect of the shown frame, while an action on it goes on
    draft_changed = Signal()  # such an action began or ended
    objects_changed = Signal()  # the list, or which one is active
    history_changed = Signal()
    selection_changed = Signal()
    noticed = Signal(object)  # Notice

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._undo_bytes = DEFAULT_UNDO_MEMORY << 20
        self._use(Annotation((1, 1), 1))

    def _use(self, annotation: Annotation, active: Any = None) -> None:
        """Edit `annotation` from now on, with a new history."""
        self.annotation = annotation
        self.history = History(self._undo_bytes)
        self.position = 0
        self.shown: int | None = None  # the frame on the canvas; decoding may lag behind `position`
        self.active = self._object_or_first(active)
        self.selection: tuple[int, int] | None = None  # the chosen frames, first and last
        self._draft: Draft | None = None
        self._settling: MaskEncoding | None = None  # the draft's mask, once that was let go of

    # ---- what Painting and Session add

    def _release_draft(self) -> None:
        """The draft ends, one way or the other."""

    def _before_stroke(self) -> None:
        """The brush goes down on the shown frame."""

    def _before_change(self, frames: Collection[int]) -> None:
        """`frames` are about to be changed by the user."""

    def _before_rebuild(self) -> None:
        """Masks of any frame are about to be changed by the user."""

    def _after_change(self, frames: frozenset[int], masks: Iterable[int]) -> None:
        """`frames` were changed; of `masks` the pixels."""

    def _remap(self, change: Remapping) -> None:
        """Make the change; where it is large, in the background, and then nothing has changed yet."""
        self._do(change.edit(self.annotation))

    def _go(self, t: int) -> None:
        """Show frame `t`."""

    # ---- objects

    @property
    def active_object(self) -> AnnotatedObject | None:
        """The object that is painted."""
        return next((o for o in self.annotation.objects if o.id == self.active), None)

    def choose(self, object_id: int) -> None:
        """Make an object the active one, if there is one of that id."""
        if object_id != self.active and any(o.id == object_id for o in self.annotation.objects):
            self.end_draft()
            self.active = object_id
            self.objects_changed.emit()

    def pick(self, xy: Point) -> None:
        """Choose the object at `xy` of the shown frame, if one is there."""
        mask = None if self.shown is None else self.mask(self.shown)
        x, y = int(xy[0]), int(xy[1])
        if mask is not None and 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1]:
            self.choose(int(mask[y, x]))

    def add_object(self) -> None:
        """A new object, active from now on."""
        self.end_draft()
        edit = edits.add_object(self.annotation, tr("object {id}"))
        assert edit.objects is not None
        self._do(edit)
        self.choose(edit.objects[1][-1].id)

    def rename(self, object_id: int, name: str) -> None:
        """Call an object `name`."""
        self._do(edits.rename(self.annotation, object_id, name))

    def recolor(self, object_id: int, color: tuple[int, int, int]) -> None:
        """Draw an object in another colour, RGB."""
        self._do(edits.recolor(self.annotation, object_id, color))

    def set_visible(self, object_id: int, visible: bool) -> None:
        """Show or hide an object."""
        self.end_draft()
        self._do(edits.set_visible(self.annotation, object_id, visible))

    def set_locked(self, object_id: int, locked: bool) -> None:
        """Guard an object's pixels, or not."""
        self.end_draft()
        self._do(edits.set_locked(self.annotation, object_id, locked))

    def toggle_visible(self) -> None:
        """Show the active object, or hide it."""
        if self.active_object is not None:
            self.set_visible(self.active_object.id, not self.active_object.visible)

    def toggle_locked(self) -> None:
        """Guard the active object's pixels, or not any more."""
        if self.active_object is not None:
            self.set_locked(self.active_object.id, not self.active_object.locked)

    def toggle_solo(self, object_id: int) -> None:
        """Show only this object, or all again."""
        self.end_draft()
        self._do(edits.solo(self.annotation, object_id))

    def move_object(self, object_id: int, place: int) -> None:
        """Put an object at another place of the list, the first is 0."""
        self.end_draft()
        self._do(edits.move_object(self.annotation, object_id, place))

    def shift_object(self, object_id: int, places: int) -> None:
        """Move an object down the list, or up."""
        ids = [o.id for o in self.annotation.objects]
        self.move_object(object_id, ids.index(object_id) + places)

    def merge(self, object_id: int, into: int) -> None:
        """Make one object of two."""
        if self._ready_to_remap(object_id, into):
            self._remap(merging(self.annotation, object_id, into))

    def exchange(self, object_id: int, other: int) -> None:
        """Give two objects each other's pixels, from the current frame to the one before the next reference
        frame: what a pass mixed up when they met.

        The current frame is a reference frame then, so that the next pass knows who is who.
        """
        if not self._ready_to_remap(object_id, other):
            return
        here, references = self.position, self.annotation.references
        end = min((t for t in references if t > here), default=self.annotation.length)
        change = exchanging(self.annotation, object_id, other, range(here, end))
        if not change.masks(self.annotation):
            names = {o.id: o.name for o in self.annotation.objects}
            text = tr("Neither {name} nor {other} is on this frame or on those that follow")
            self.noticed.emit(Notice(text.format(name=names[object_id], other=names[other])))
            return
        self._remap(replace(change, marks=here))

    def delete_object(self, object_id: int, scope: Scope) -> None:
        """Take an object's pixels away in `scope`; with EVERYWHERE it leaves the list.

        The frame where that was said is a reference frame then: no pass brings the object back to it.
        """
        if not self._ready_to_remap(object_id):
            return
        if scope is Scope.EVERYWHERE:
            self._remap(deleting(self.annotation, object_id))
            return
        here = self.position
        frames = range(here, here + 1 if scope is Scope.HERE else self.annotation.length)
        name = tr("Delete object {where}").format(where=tr(scope.value))
        self._remap(replace(deleting(self.annotation, object_id, frames), name=name, marks=here))

    def _ready_to_remap(self, *object_ids: int) -> bool:
        """End what is half done and what is on its way; False, and that is told, if an object is locked.

        Also if ending what was on its way took one of the objects away.
        """
        self.end_draft()
        if self._locked_among(object_ids):
            return False
        self._before_rebuild()
        return set(object_ids) <= {o.id for o in self.annotation.objects}

    def _locked_among(self, ids: Collection[int]) -> bool:
        """Whether one of the objects `ids` is locked, and keeps its pixels; that is told."""
        locked = next((o for o in self.annotation.objects if o.locked and o.id in ids), None)
        if locked is not None:
            text = tr("{name} is locked: unlock it in the list of objects first").format(name=locked.name)
            self.noticed.emit(Notice(text))
        return locked is not None

    def _object_or_first(self, object_id: Any) -> int | None:
        ids = [o.id for o in self.annotation.objects]
        return object_id if object_id in ids else ids[0] if ids else None

    # ---- a range of frames

    def select_range(self, first: int, last: int) -> None:
        """Choose the frames from `first` to `last`, both included, in either order, as far as they exist."""
        end = self.annotation.length - 1
        self._select((min(max(0, min(first, last)), end), min(max(0, first, last), end)))

    def clear_selection(self) -> None:
        """No range is chosen."""
        self._select(None)

    def _select(self, selection: tuple[int, int] | None) -> None:
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit()

    # ---- masks, and the draft of one

    def mask(self, t: int) -> NDArray[np.uint8] | None:
        """The id map of frame `t`, what is half done included; None where there is none."""
        if self._draft is not None and self._draft.t == t:
            return self._draft.mask
        return self.annotation.mask(t)

    def end_draft(self) -> None:
        """Finish what is half done: it is one edit, and its frame a reference frame."""
        draft, self._draft = self._draft, None
        settling, self._settling = self._settling, None
        if draft is None:
            return
        self._release_draft()
        data = None if settling is None else settling.take()
        edit = edits.paint(self.annotation, draft.t, draft.mask, draft.name, data)
        for _, after in edit.masks.values():
            if after is not None:
                self.annotation.remember(after, draft.mask)
        self._do(edit)
        self.draft_changed.emit()
        if edit.is_empty and draft.in_vain:
            self.noticed.emit(Notice(draft.in_vain))

    def let_go(self) -> None:
        """Finish what is half done, as `end_draft` does; a large mask is encoded first, and nobody waits."""
        if self._draft is None or self._settling is not None:
            return
        if self._draft.mask.size <= AT_ONCE:
            self.end_draft()
        else:
            self._release_draft()
            self._settling = MaskEncoding(self._draft.mask, self)
            self._settling.settled.connect(self.end_draft)

    def cancel_draft(self) -> None:
        """Forget what is half done; what was let go of is done."""
        if self._settling is not None:
            self.end_draft()
        draft, self._draft = self._draft, None
        if draft is not None:
            self._release_draft()
            self.frames_changed.emit(frozenset([draft.t]))
            self.draft_changed.emit()

    def _as_if_finished(self) -> Annotation:
        """The annotation as `end_draft` would leave it."""
        if self._draft is None:
            return self.annotation
        finished = self.annotation.copy()
        finished.apply(edits.paint(finished, self._draft.t, self._draft.mask, self._draft.name))
        return finished

    @property
    def draft_name(self) -> str | None:
        """What the history will call the action that is not finished; None where there is none."""
        return None if self._draft is None else self._draft.name

    def _is_drafting(self, t: int) -> bool:
        return self._draft is not None and self._draft.t == t

    # ---- reference frames

    def toggle_reference(self, t: int | None = None) -> None:
        """Make frame `t`, the current one if None, a reference frame, or give it back to propagation."""
        self.end_draft()
        t = self.position if t is None else t
        change = edits.unmark_reference if t in self.annotation.references else edits.mark_reference
        self._do(change(self.annotation, [t]))

    def clear_frame(self) -> None:
        """The current frame has no mask any more."""
        self.end_draft()
        if self._locked_among(self.annotation.ids_at(self.position)):
            return
        self._do(edits.clear_frame(self.annotation, self.position))

    def use_undo_memory(self, max_bytes: int) -> None:
        """How much memory the masks may take that undo and redo bring back, from now on."""
        if max_bytes != self._undo_bytes:
            self._undo_bytes = max_bytes
            self.history.use_memory(max_bytes)
            self.history_changed.emit()

    # ---- one way to change anything

    def undo(self) -> None:
        """Take the latest action back; a running pass ends and is the latest."""
        self._travel(lambda: self.history.undo())

    def redo(self) -> None:
        """Make the latest undone action again."""
        self._travel(lambda: self.history.redo())

    def _travel(self, take: Callable[[], Edit | None]) -> None:
        self.end_draft()
        self._before_rebuild()
        edit = take()
        if edit is None:
            return
        self._apply(edit)
        if edit.masks and self.position not in edit.masks:
            self._go(min(edit.masks, key=lambda t: abs(t - self.position)))

    def _do(self, edit: Edit) -> None:
        if not edit.is_empty:
            self._before_change(edit.frames)
            self.history.push(edit)
            self._apply(edit)

    def _apply(self, edit: Edit) -> None:
        changed = self.annotation.apply(edit)
        self.history_changed.emit()
        if edit.objects is not None:
            self.active = self._object_or_first(self.active)
            self.objects_changed.emit()
        self._announce(changed, edit.masks)

    def _announce(self, changed: frozenset[int], masks: Iterable[int]) -> None:
        self._after_change(changed, masks)
        if changed:
            self.frames_changed.emit(changed)
