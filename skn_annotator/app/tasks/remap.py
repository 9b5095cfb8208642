"""Remaps: the masks of many frames change, in the background, in one edit.

Objects are merged, exchanged and deleted here; other changes (`MaskChange`) are started with `start`.

Until all are made nothing has changed, so stopping leaves the annotation unchanged. Meanwhile the user goes
on: what was painted is remapped when the edit is made, and while a stroke is being painted the edit waits for
it. It has one runner with passes and exports, so that none of them runs beside it.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal

from skn_annotator.annotation.annotation import Edit
from skn_annotator.annotation.mask_change import MadeMask, MadePair, MaskChange
from skn_annotator.annotation.placed_masks import PlacedMasks
from skn_annotator.annotation.remapping import deleting, exchanging, merging
from skn_annotator.app.document import Document
from skn_annotator.app.language import tr, translatable
from skn_annotator.app.notice import Notice
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.app.verb_queue import in_turn

REMAPPED_AT_ONCE = 10 * 1920 * 1080
"""So many pixels of masks are remapped in the GUI thread: that takes about 50 ms."""

_SIGNAL_EVERY = 0.05  # seconds between two signals of how far it is


class Scope(Enum):
    """Where an object is deleted."""

    ONWARD = translatable("from this frame on")
    EVERYWHERE = translatable("everywhere")


class Remap(Task):
    """One change of many masks that is being made: the change, and the masks that are ready."""

    def __init__(
        self,
        change: MaskChange,
        masks: Mapping[int, bytes | None],
        latest: Edit | None,
        on_item: Callable[[MadeMask], None],
        on_end: Callable[[Exception | None], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`masks`: frame -> what it has now. `latest`: the edit before it."""
        super().__init__(lambda: change.make(masks), on_item, on_end, len(masks), clock)
        self.change = change
        self.latest = latest
        self.made: dict[int, MadePair] = {}
        self._signalled = clock()

    @property
    def name(self) -> str:
        """What its edit will be called, in the language of the window."""
        return tr(self.change.name)

    @property
    def is_complete(self) -> bool:
        """True when all masks are made."""
        return self.done == self.total

    def add(self, t: int, before: bytes | None, after: bytes) -> None:
        """Note the new mask of frame `t`, with the one that it was made from."""
        self.made[t] = before, after
        self.count()

    def is_signal_due(self) -> bool:
        """True, at most once in `_SIGNAL_EVERY` seconds: the window is to show again how far it is."""
        now = self._clock()
        is_due = now - self._signalled >= _SIGNAL_EVERY
        if is_due:
            self._signalled = now
        return is_due


class Remaps(QObject):
    """The verbs that change the masks of many frames; at most one of them runs at a time."""

    changed = Signal()  # began, came further, ended
    done = Signal(str)  # the edit is made: what it changed, in words
    starting = Signal()  # masks of any frame are about to change
    noticed = Signal(object)  # Notice

    def __init__(
        self, document: Document, runner: TaskRunner, here: Callable[[], int], parent: QObject | None = None
    ) -> None:
        """`here`: the frame that is looked at."""
        super().__init__(parent)
        self.current: Remap | None = None
        self.verbs = document.verbs
        self._document = document
        self._runner = runner
        self._here = here
        # Queued: whoever ends a draft has more to do first.
        document.draft_changed.connect(self._on_draft, Qt.ConnectionType.QueuedConnection)

    # ---- the verbs

    @in_turn
    def merge(self, object_id: int, into: int) -> None:
        """Make one object of two."""
        if self._is_ready(object_id, into):
            self._start(merging(self._document.annotation, object_id, into))

    @in_turn
    def exchange(self, object_id: int, other: int) -> None:
        """Give two objects each other's pixels: what a pass mixed up when they met.

        From the current frame on, to the one before the next on which one of them is decided.

        Both are decided on the current frame then, so that the next pass knows who is who.
        """
        if not self._is_ready(object_id, other):
            return
        annotation, here = self._document.annotation, self._here()
        decided = (t for t, ids in annotation.references.items() if t > here and ids & {object_id, other})
        end = min(decided, default=annotation.length)
        change = exchanging(annotation, object_id, other, range(here, end))
        if change.masks(annotation):
            self._start(replace(change, decides=here))
            return
        names = {o.id: o.name for o in annotation.objects}
        text = tr("Neither {name} nor {other} is on this frame or on those that follow")
        self.noticed.emit(Notice(text.format(name=names[object_id], other=names[other])))

    @in_turn
    def delete_object(self, object_id: int, scope: Scope) -> None:
        """Take an object's pixels away in `scope`; with EVERYWHERE it leaves the list.

        It is decided to be absent on the current frame then, so that no pass brings it back there.
        """
        if not self._is_ready(object_id):
            return
        annotation, here = self._document.annotation, self._here()
        if scope is Scope.EVERYWHERE:
            self._start(deleting(annotation, object_id))
            return
        name = tr("Delete object {where}").format(where=tr(scope.value))
        change = deleting(annotation, object_id, range(here, annotation.length))
        self._start(replace(change, name=name, decides=here))

    @in_turn
    def start(self, change: MaskChange) -> None:
        """Make a change that was prepared elsewhere; what is unfinished ends first, and what runs."""
        self._document.end_draft()
        self.end()
        self.starting.emit()
        self._start(change)

    def _is_ready(self, *object_ids: int) -> bool:
        """End what is unfinished; False, with a notice, if an object is locked.

        False, too, if ending the change that was being made took one of the objects away.
        """
        self._document.end_draft()
        if self._document.any_locked(object_ids):
            return False
        self.end()
        self.starting.emit()
        return set(object_ids) <= {o.id for o in self._document.annotation.objects}

    # ---- the change that is being made

    @property
    def is_latest(self) -> bool:
        """True if a change is being made, and nothing was done since it began."""
        return self.current is not None and self.current.latest is self._document.history.latest

    def stop(self) -> None:
        """Cancel the running change: the annotation stays as it was."""
        if self.current is not None:
            self._forget()
            self.changed.emit()

    def finish_if_complete(self) -> None:
        """Make the edit if it waits for nothing but a draft that has ended."""
        if self.current is not None and self.current.is_complete and self._document.draft is None:
            self._finish(self.current)

    def end(self) -> None:
        """Make the edit if its masks are ready, else stop."""
        self.finish_if_complete()
        self.stop()

    def _start(self, change: MaskChange) -> None:
        annotation = self._document.annotation
        masks = change.masks(annotation)
        height, width = annotation.size
        if len(masks) * height * width * change.cost <= REMAPPED_AT_ONCE:
            edit = change.edit(annotation)
            (self._document.extend if change.follows else self._document.do)(edit)
            self._report(change, edit)
            return
        latest = self._document.history.latest
        self.current = Remap(change, masks, latest, self._on_made, self._on_end)
        self._runner.start(self.current)
        self.changed.emit()

    def _forget(self) -> None:
        self.current = None
        self._runner.stop()

    def _on_made(self, made: MadeMask) -> None:
        assert self.current is not None, "masks arrive only while they are being made"
        self.current.add(*made)
        if self.current.is_signal_due():
            self.changed.emit()

    def _on_end(self, error: Exception | None) -> None:
        if error is not None:
            self.stop()
            raise error
        self.finish_if_complete()

    def _on_draft(self) -> None:
        self.finish_if_complete()

    def _finish(self, remap: Remap) -> None:
        """Change all masks at once; what plays goes on."""
        self._forget()
        edit = remap.change.edit(self._document.annotation, remap.made)
        is_same_step = remap.change.follows and remap.latest is self._document.history.latest
        (self._document.extend if is_same_step else self._document.add)(edit)
        self.changed.emit()
        self._report(remap.change, edit)

    def _report(self, change: MaskChange, edit: Edit) -> None:
        """What follows an outline while that is dragged is seen, and needs no words."""
        if not change.follows:
            self.done.emit(f"{tr(change.name)}: {_extent(change, edit)}")


def _extent(change: MaskChange, edit: Edit) -> str:
    """As in "2 objects on 40 frames", "12 frames changed"."""
    n = sum(before != after for before, after in edit.masks.values())
    if not isinstance(change, PlacedMasks):
        return tr("1 frame changed") if n == 1 else tr("{n} frames changed").format(n=n)
    count, frames = len(change.placed), len(edit.masks)
    objects = tr("1 object") if count == 1 else tr("{n} objects").format(n=count)
    return f"{objects} " + (tr("on 1 frame") if frames == 1 else tr("on {n} frames").format(n=frames))
