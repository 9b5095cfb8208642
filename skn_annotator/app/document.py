"""Document: one annotation with its history, its active object, and the draft of an unfinished action.

It is the one place that applies an `Edit`: one action of the user is one `Edit` with one name in the history.
Signals say which frames changed, never how: views read the masks again. Only the GUI thread calls it.
"""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import AnnotatedObject, Annotation, Edit
from skn_annotator.annotation.history import History
from skn_annotator.annotation.stale import StaleMasks
from skn_annotator.app.draft import Draft
from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice, Offer
from skn_annotator.app.tasks.mask_encoding import ENCODED_AT_ONCE, MaskEncoding
from skn_annotator.app.verb_queue import VerbQueue, in_turn
from skn_annotator.arrays import Color, Mask
from skn_annotator.settings import DEFAULT_UNDO_MEMORY


class Document(QObject):
    """What is annotated, and the verbs that change objects, reference frames and whole masks."""

    changing = Signal(object)  # frozenset of frames that the user's action is about to change
    undoing = Signal()  # undo or redo is about to look for what it takes
    stepping = Signal(object)  # Edit: what undo or redo is about to apply
    undone = Signal(object)  # Edit: what undo or redo applied
    outlined = Signal(int, object)  # object, frozenset of frames where its outline was drawn
    edited = Signal(object)  # frozenset of frames: an edit was applied, maybe only to the objects
    frames_changed = Signal(
        object
    )  # frozenset of frames: mask, confidence or references, or how stale they are
    draft_changed = Signal()  # an unfinished action began or ended
    draft_dropped = Signal(int)  # frame whose draft was cancelled; it may have been saved as it was
    draft_ending = Signal()  # the draft is about to become an edit: what is missing of it is to be added now
    draft_closed = Signal()  # the draft takes no more changes
    objects_changed = Signal()  # the list, or which one is active
    history_changed = Signal()
    noticed = Signal(object)  # Notice

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.verbs = VerbQueue(self)
        self._undo_bytes = DEFAULT_UNDO_MEMORY << 20
        self.use(Annotation((1, 1), 1))

    def use(self, annotation: Annotation, active: object = None) -> None:
        """Edit `annotation` from now on, with a new history; `active`: the id of the object to paint."""
        self.annotation = annotation
        self.history = History(self._undo_bytes)
        # Ids in the order in which they were chosen; those of objects that undo took away stay.
        self._chosen = [active] if isinstance(active, int) else []
        self.active = self._latest_chosen()
        self.draft: Draft | None = None
        self.announced: Edit | None = None  # the latest of which a notice names another object, too
        self.stale = StaleMasks(annotation)
        self.verbs.forget()
        self._encoding: MaskEncoding | None = None  # of the draft's mask, once the draft is closed

    def use_undo_memory(self, max_bytes: int) -> None:
        """The masks that undo and redo bring back may take `max_bytes` of memory from now on."""
        if max_bytes != self._undo_bytes:
            self._undo_bytes = max_bytes
            self.history.use_memory(max_bytes)
            self.history_changed.emit()

    # ---- objects

    @property
    def active_object(self) -> AnnotatedObject | None:
        """The object that is painted."""
        return next((o for o in self.annotation.objects if o.id == self.active), None)

    @in_turn
    def choose(self, object_id: int) -> None:
        """Make an object the active one, if there is one of that id."""
        if object_id != self.active and any(o.id == object_id for o in self.annotation.objects):
            self.end_draft()
            self._chosen = [*(i for i in self._chosen if i != object_id), object_id]
            self.active = object_id
            self.objects_changed.emit()

    @in_turn
    def add_object(self) -> None:
        """Add an object and make it the active one."""
        self.end_draft()
        edit = edits.add_object(self.annotation, tr("object {id}"))
        assert edit.objects is not None
        self.do(edit)
        self.choose(edit.objects[1][-1].id)

    def rename(self, object_id: int, name: str) -> None:
        """Call an object `name`."""
        self.do(edits.rename(self.annotation, object_id, name))

    def recolor(self, object_id: int, color: Color) -> None:
        """Draw an object in another colour, RGB."""
        self.do(edits.recolor(self.annotation, object_id, color))

    @in_turn
    def set_visible(self, object_id: int, visible: bool) -> None:
        """Show or hide an object."""
        self.end_draft()
        self.do(edits.set_visible(self.annotation, object_id, visible))

    @in_turn
    def set_locked(self, object_id: int, locked: bool) -> None:
        """Lock or unlock an object: locked pixels cannot be painted over."""
        self.end_draft()
        self.do(edits.set_locked(self.annotation, object_id, locked))

    @in_turn
    def toggle_visible(self) -> None:
        """Show the active object, or hide it."""
        if self.active_object is not None:
            self.set_visible(self.active_object.id, not self.active_object.visible)

    @in_turn
    def toggle_locked(self) -> None:
        """Lock or unlock the active object."""
        if self.active_object is not None:
            self.set_locked(self.active_object.id, not self.active_object.locked)

    @in_turn
    def toggle_solo(self, object_id: int) -> None:
        """Show only this object, or all again."""
        self.end_draft()
        self.do(edits.solo(self.annotation, object_id))

    @in_turn
    def move_object(self, object_id: int, place: int) -> None:
        """Put an object at another place of the list, the first is 0."""
        self.end_draft()
        self.do(edits.move_object(self.annotation, object_id, place))

    @in_turn
    def shift_object(self, object_id: int, places: int) -> None:
        """Move an object down the list, or up."""
        ids = [o.id for o in self.annotation.objects]
        self.move_object(object_id, ids.index(object_id) + places)

    def any_locked(self, object_ids: Collection[int]) -> bool:
        """True, with a notice, if one of the objects is locked and so keeps its pixels."""
        locked = next((o for o in self.annotation.objects if o.locked and o.id in object_ids), None)
        if locked is not None:
            text = tr("{name} is locked: unlock it in the list of objects first").format(name=locked.name)
            self.noticed.emit(Notice(text))
        return locked is not None

    def _latest_chosen(self) -> int | None:
        """The object that was chosen last of those that are there, so that undo and redo of adding one also
        bring back which is painted; the first one if none was chosen."""
        ids = [o.id for o in self.annotation.objects]
        found = next((i for i in reversed(self._chosen) if i in ids), None)
        if found is None and ids:
            found = ids[0]
            self._chosen.insert(0, found)
        return found

    # ---- references

    def is_right(self, t: int) -> bool:
        """True if every object is decided on frame `t`: no pass changes it."""
        return bool(self.annotation.objects) and {
            o.id for o in self.annotation.objects
        } <= self.annotation.decided(t)

    @in_turn
    def toggle_reference(self, t: int) -> None:
        """Decide every object on frame `t`: it is right. Where it is already, passes may change it again."""
        self.end_draft()
        change = edits.undecide if self.is_right(t) else edits.decide_all
        self.do(change(self.annotation, [t]))

    @in_turn
    def declare_absent(self, object_id: int, t: int) -> None:
        """The object is not on frame `t`, whatever a pass finds there; not of a locked one that is shown."""
        self.end_draft()
        if object_id not in self.annotation.ids_at(t) or not self.any_locked([object_id]):
            self.do(edits.declare_absent(self.annotation, t, object_id))

    @in_turn
    def clear_frame(self, t: int) -> None:
        """Take the mask of frame `t` away, unless it shows a locked object."""
        self.end_draft()
        if not self.any_locked(self.annotation.ids_at(t)):
            self.do(edits.clear_frame(self.annotation, t))

    # ---- masks, and the draft of one

    def mask(self, t: int) -> Mask | None:
        """The id map of frame `t`, with the draft where that is its frame; None where there is no mask."""
        return self.draft.mask if self.draft is not None and self.draft.t == t else self.annotation.mask(t)

    @property
    def draft_name(self) -> str | None:
        """What the history will call the unfinished action; None where there is none."""
        return None if self.draft is None else self.draft.name

    def begin_draft(self, draft: Draft) -> None:
        """Begin an action on one frame; the one before must have ended."""
        assert self.draft is None, "one action at a time"
        self.draft = draft
        self.draft_changed.emit()

    def end_draft(self) -> None:
        """Finish the action: it becomes one edit, and its object is decided on its frame."""
        if self.draft is not None:
            self.draft_ending.emit()
        draft, self.draft = self.draft, None
        encoding, self._encoding = self._encoding, None
        if draft is None:
            return
        self.draft_closed.emit()
        data = None if encoding is None else encoding.wait_for_png()
        made = edits.painting(
            self.annotation,
            draft.t,
            draft.mask,
            draft.object_id,
            draft.name,
            data=data,
            lines=draft.lines,
        )
        for _, after in made.edit.masks.values():
            if after is not None:
                self.annotation.remember(after, made.mask)
        self.do_painting(made, draft.object_id)
        self.draft_changed.emit()
        if made.edit.is_empty and draft.in_vain:
            self.noticed.emit(Notice(draft.in_vain))

    def end_draft_in_background(self) -> None:
        """Close the draft and finish the action as `end_draft` does, once a large mask has been encoded."""
        if self.draft is None or self._encoding is not None:
            return
        if self.draft.mask.size <= ENCODED_AT_ONCE:
            self.end_draft()
        else:
            self.draft_closed.emit()
            self._encoding = MaskEncoding(self.draft.mask, self.end_draft, self)

    def cancel_draft(self) -> None:
        """Drop the unfinished action; one that only waits for its mask to be encoded is finished instead."""
        if self._encoding is not None:
            self.end_draft()
        draft, self.draft = self.draft, None
        if draft is not None:
            self.draft_closed.emit()
            self.draft_dropped.emit(draft.t)
            self.frames_changed.emit(frozenset([draft.t]))
            self.draft_changed.emit()

    def is_drafting(self, t: int) -> bool:
        """True while an action on frame `t` is unfinished."""
        return self.draft is not None and self.draft.t == t

    def snapshot(self) -> Callable[[], Annotation]:
        """What makes, in any thread, a copy of the annotation as `end_draft` would leave it now.

        Encoding the draft's mask, which takes long at 4K, is left to whoever calls it.
        """
        annotation, draft = self.annotation.copy(), self.draft
        if draft is None:
            return lambda: annotation
        t, mask, object_id, name = draft.t, draft.mask.copy(), draft.object_id, draft.name
        lines = draft.lines

        def finished() -> Annotation:
            annotation.apply(edits.paint(annotation, t, mask, object_id, name, lines=lines))
            return annotation

        return finished

    # ---- the one way to change anything

    @in_turn
    def undo(self) -> None:
        """Take the latest edit back."""
        self.end_draft()
        self.undoing.emit()  # a change that is being made may become the latest edit
        latest = self.history.latest
        if latest is not None:
            self.stepping.emit(latest.inverse())  # a pass that stands in its way may become the latest edit
            self._step(self.history.undo())

    @in_turn
    def redo(self) -> None:
        """Make the latest undone edit again."""
        self.end_draft()
        self.undoing.emit()
        if self.history.next is not None:
            self.stepping.emit(self.history.next)
            self._step(self.history.redo())

    def _step(self, edit: Edit | None) -> None:
        if edit is not None:
            self.apply(edit)
            self.history_changed.emit()
            self.undone.emit(edit)

    def do(self, edit: Edit) -> None:
        """Make an edit of the user, unless it changes nothing."""
        if not edit.is_empty:
            if edit.frames:
                self.changing.emit(edit.frames)
            self.add(edit)

    def do_painting(self, made: edits.Painting, object_id: int) -> None:
        """Make the edit by which an object was painted; say so if another one got its mask, and offer that if
        it may have to."""
        self.do(made.edit)
        other = made.maybe if made.other is None else made.other
        if other is None:
            return
        names = {o.id: o.name for o in self.annotation.objects}
        if made.other is not None:
            text = tr("{name} and {other} seem to have changed places: {other} got what {name} had here")
            offer = Offer(tr("Undo"), self.undo)
        else:
            text = tr("{name} has all of {other} here. If they changed places, {other} gets what {name} had")
            offer = Offer(tr("Exchange"), partial(self._give_place, made, object_id, other))
        text = text.format(name=names[object_id], other=names[other])
        self.announced = made.edit
        stays = made.other is None  # nothing else does what it offers
        notice = Notice(text, stays=stays, offer=offer, holds=lambda: self.history.latest is made.edit)
        self.noticed.emit(notice)

    def _give_place(self, made: edits.Painting, object_id: int, other: int) -> None:
        (t,) = made.edit.masks
        assert made.before is not None, "another object was there"
        self.do(edits.give_place(self.annotation, t, object_id, other, made.before))

    def add(self, edit: Edit) -> None:
        """Apply an edit and remember it, unless it changes nothing."""
        if not edit.is_empty:
            self.history.push(edit)
            self.apply(edit)
            self.history_changed.emit()
            for object_id, frames in edits.drawn_outlines(edit).items():
                self.outlined.emit(object_id, frames)

    def extend(self, edit: Edit) -> None:
        """Apply an edit that belongs to the latest one: both are undone in one step."""
        if not edit.is_empty:
            self.history.extend(edit)
            self.apply(edit)
            self.history_changed.emit()

    def remember(self, edit: Edit, beneath: bool = False) -> None:
        """Put an edit that was applied step by step into the history; `beneath`: below the latest edit."""
        self.history.push_late(edit, beneath)
        self.history_changed.emit()

    def apply(self, edit: Edit) -> None:
        """Change the annotation; undo knows of it once `remember` has an edit that includes it."""
        changed = self.annotation.apply(edit)
        aged = self.stale.update(edit.frames)
        if edit.objects is not None:
            self.active = self._latest_chosen()
            self.objects_changed.emit()
        self.edited.emit(changed)
        if changed or aged:
            self.frames_changed.emit(changed | aged)
