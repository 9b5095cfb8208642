"""Rewriting: the masks of many frames are remapped in the background; then they become one edit.

Until then nothing has changed, so whoever stops it finds all as it was. Meanwhile the user goes on: what was
painted is remapped when the edit is made, and while a stroke is being painted the edit waits for it. The job
runs where passes and exports do, so none of them runs beside it.
"""

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal

from skn_annotator.annotation.annotation import Edit
from skn_annotator.annotation.remapping import Remapping, remapped
from skn_annotator.app.comparing import Comparing
from skn_annotator.app.editing import Notice
from skn_annotator.app.language import tr
from skn_annotator.app.tasks.passes import Pace
from skn_annotator.app.tasks.runner import JobRunner

AT_ONCE = 10 * 1920 * 1080
"""So many pixels of masks are remapped at once: about 50 ms."""

_TOLD_AFTER = 0.05  # seconds between two words of how far it is


class Rewrite:
    """One change that is on its way: what it is called, how far it is, and what was made already."""

    def __init__(
        self,
        change: Remapping,
        masks: Mapping[int, bytes],
        latest: Edit | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`latest`: the edit before it."""
        self.change = change
        self.masks = masks
        self.latest = latest
        self.made: dict[int, tuple[bytes, bytes]] = {}
        self._clock = clock
        self._start = self._told = clock()

    @property
    def name(self) -> str:
        """What its edit will be called, in the language of the window."""
        return tr(self.change.name)

    @property
    def done(self) -> int:
        """The number of masks that are made."""
        return len(self.made)

    @property
    def total(self) -> int:
        """The number of masks."""
        return len(self.masks)

    @property
    def is_complete(self) -> bool:
        """True when all are made."""
        return self.done == self.total

    def pace(self) -> Pace | None:
        """The pace since it began; None until something is made."""
        passed = self._clock() - self._start
        if not self.made or passed <= 0:
            return None
        return Pace(self.done / passed, (self.total - self.done) * passed / self.done)

    def is_to_tell(self) -> bool:
        """True if it is time to say again how far it is."""
        now = self._clock()
        is_due = now - self._told >= _TOLD_AFTER
        if is_due:
            self._told = now
        return is_due


class Rewriting(Comparing):
    """A `Comparing` that makes large changes of masks in the background."""

    rewrite_changed = Signal()  # began, came further, ended

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner = JobRunner(self)
        self.rewrite: Rewrite | None = None
        # Queued: whoever ends a draft has more to do first.
        self.draft_changed.connect(self._on_draft, Qt.ConnectionType.QueuedConnection)

    @property
    def undo_name(self) -> str | None:
        """What `undo` takes back: what is half done, what is on its way, or the latest edit."""
        if self.draft_name is None and self.rewrite is not None and self._is_latest:
            return self.rewrite.name
        return self.draft_name or self.history.undo_name

    def undo(self) -> None:
        """Take the latest action back; one that is on its way is left."""
        if self.draft_name is None and self._is_latest:
            self.stop_rewrite()
        else:
            super().undo()

    def stop_rewrite(self) -> None:
        """Leave the change that is on its way: everything is as it was."""
        if self.rewrite is not None:
            self._forget_rewrite()
            self.rewrite_changed.emit()

    def is_free(self) -> bool:
        """True if a pass or an export may start; a notice says what is in its way."""
        self.end_draft()
        self._settle_rewrite(stops=False)
        if self.rewrite is not None:
            text = tr("“{name}” is not done yet: wait for it, or stop it with Escape")
            self.noticed.emit(Notice(text.format(name=self.rewrite.name)))
        return self.rewrite is None

    @property
    def _is_latest(self) -> bool:
        """True if a change is on its way, and nothing was done since it began."""
        return self.rewrite is not None and self.rewrite.latest is self.history.latest

    def _remap(self, change: Remapping) -> None:
        masks = change.masks(self.annotation)
        height, width = self.annotation.size
        if len(masks) * height * width <= AT_ONCE:
            super()._remap(change)
            return
        self.rewrite = Rewrite(change, masks, self.history.latest)
        self.runner.start(lambda: remapped(masks, change.table), self._on_made, self._on_end)
        self.rewrite_changed.emit()

    def _before_rebuild(self) -> None:
        self._settle_rewrite(stops=True)

    def _settle_rewrite(self, stops: bool) -> None:
        """Finish what waits for nothing but a draft that has ended; what is still on its way is left."""
        if self.rewrite is not None and self.rewrite.is_complete:
            self._finish(self.rewrite)
        elif stops:
            self.stop_rewrite()

    def _forget_rewrite(self) -> None:
        self.rewrite = None
        self.runner.stop()

    def _on_made(self, made: tuple[int, bytes, bytes]) -> None:
        rewrite = self.rewrite
        assert rewrite is not None, "masks arrive only while they are being made"
        t, before, after = made
        rewrite.made[t] = before, after
        if rewrite.is_to_tell():
            self.rewrite_changed.emit()

    def _on_end(self, error: Exception | None) -> None:
        if error is not None:
            self._forget_rewrite()
            self.rewrite_changed.emit()
            raise error
        self._on_draft()

    def _on_draft(self) -> None:
        if self.rewrite is not None and self.rewrite.is_complete and self.draft_name is None:
            self._finish(self.rewrite)

    def _finish(self, rewrite: Rewrite) -> None:
        """All at once; what plays goes on."""
        self._forget_rewrite()
        edit = rewrite.change.edit(self.annotation, rewrite.made)
        if not edit.is_empty:
            self.history.push(edit)
            self._apply(edit)
        self.rewrite_changed.emit()
