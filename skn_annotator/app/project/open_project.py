"""OpenProject: the sequence that is open, from opening it over saving its annotation to closing it."""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.app.language import message_text, tr
from skn_annotator.app.notice import Notice, notice_of
from skn_annotator.app.project.autosave import Autosave, SaveState
from skn_annotator.app.project.opening import Opened, Sequence, open_sequence
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.errors import MissingVideo, OtherVideo, SknError
from skn_annotator.video.video_file import Glimpse


class OpenProject(QObject):
    """One sequence and its project folder, or none."""

    loaded = Signal(object)  # Opened: to be shown and edited; `opened` follows
    opened = Signal()  # a sequence is open now, or none any more
    opening_changed = Signal()  # began, ended, or came further: `glimpse`
    closing = Signal()  # what is unfinished is to end: what is saved next is saved last
    closed = Signal()  # the sequence is not to be shown any more; `opened` follows
    saving_changed = Signal()
    other_video = Signal(object)  # OtherVideo, to be answered with `open_anyway`, or not
    missing_video = Signal(object, object)  # MissingVideo, and the project's folder, to be opened as `place`
    noticed = Signal(object)  # Notice

    def __init__(
        self,
        snapshot: Callable[[], Callable[[], Annotation]],
        state: Callable[[], Mapping[str, Any]],
        at_rest: Callable[[Callable[[], None]], None],
        parent: QObject | None = None,
    ) -> None:
        """Called at each save: `snapshot` as for `Autosave`; `state`: what is saved beside `view`. `at_rest`:
        does something when nothing that is done to the open sequence is under way; of two, only the later.
        """
        super().__init__(parent)
        self.sequence: Sequence | None = None
        self.view: dict[str, Any] = {}  # what the window wants to find again with the project
        self.glimpse: Glimpse | None = None  # of what is being opened, while its frames are counted
        self._snapshot = snapshot
        self._state = state
        self._at_rest = at_rest
        self._ready: Opened | None = None  # waits until what is open can be closed
        self._opening = TaskRunner(self)
        self._wanted: Callable[..., Generator[Glimpse | Opened, None, None]]
        self._path = Path()  # what was asked for last
        self._autosave: Autosave | None = None

    # ---- opening

    def open(
        self, path: Path, first_mask: Path | None = None, place: Path | None = None, anyway: bool = False
    ) -> None:
        """Open what `open_sequence` can; `opened`, `other_video`, `missing_video` or `noticed` follows."""
        self._opening.stop()
        self.glimpse = self._ready = None
        self._wanted, self._path = partial(open_sequence, path, first_mask, place), path
        self._start(anyway)

    def open_anyway(self) -> None:
        """Open what was asked for last, although the video has another size or length."""
        self._start(anyway=True)

    def _start(self, anyway: bool) -> None:
        self._opening.start(
            Task(lambda: self._wanted(anyway=anyway), self._on_opening, self._on_open_ended, writes=True)
        )
        self.opening_changed.emit()

    @property
    def is_opening(self) -> bool:
        """True while a sequence is being opened."""
        return self._opening.busy or self._ready is not None

    def stop_opening(self) -> None:
        """Leave what is being opened; what was open stays."""
        self._opening.stop()
        self.glimpse = self._ready = None
        self.opening_changed.emit()

    def _on_opening(self, item: Glimpse | Opened) -> None:
        if isinstance(item, Glimpse):
            self.glimpse = item
            self.opening_changed.emit()
        else:
            self.glimpse, self._ready = None, item
            self._at_rest(partial(self._show, item))
            self.opening_changed.emit()

    def _show(self, opened: Opened) -> None:
        """Close what is open, and open this, unless it is not wanted any more."""
        if self._ready is not opened:
            return
        self._ready = None
        self.opening_changed.emit()
        was_open = self.folder
        error = self.close()
        if error is not None:
            text = tr("{error}. The video that was open stays open.")
            self.noticed.emit(Notice(text.format(error=message_text(error)), is_error=True))
            return
        if opened.store.folder == was_open:  # what was read is older than what closing wrote
            self.open(opened.sequence.path, place=was_open)
            return
        self.sequence = opened.sequence
        self.view = dict(opened.view)
        self._autosave = Autosave(opened.store, self._snapshot, self._view_to_save, self)
        self._autosave.changed.connect(self.saving_changed)
        self._autosave.failed.connect(self._on_unsaved)
        self._autosave.noted.connect(lambda note: self.noticed.emit(Notice(message_text(note), stays=True)))
        self.loaded.emit(opened)
        self.opened.emit()
        if opened.annotation.references and not opened.store.exists:
            self.save_soon(opened.annotation.frames())
        if opened.warnings:
            self.noticed.emit(Notice(" ".join(message_text(each) for each in opened.warnings), stays=True))

    def _on_open_ended(self, error: Exception | None) -> None:
        self.glimpse = None
        self.opening_changed.emit()
        if isinstance(error, OtherVideo):
            self.other_video.emit(error)
        elif isinstance(error, MissingVideo):
            self.missing_video.emit(error, self._path)
        elif error is not None:
            self._on_error(error)

    def _on_error(self, error: Exception) -> None:
        self.noticed.emit(notice_of(error))

    # ---- saving

    def _on_unsaved(self, error: Exception) -> None:
        self.noticed.emit(replace(notice_of(error), holds=lambda: self.save_error is error))

    @property
    def folder(self) -> Path | None:
        """Where the work is, or will be, saved."""
        return self._autosave.folder if self._autosave is not None else None

    @property
    def save_state(self) -> SaveState:
        """How the project folder stands to what is on the screen."""
        return self._autosave.state if self._autosave is not None else SaveState.NOTHING

    @property
    def save_error(self) -> SknError | None:
        """Why the last write failed; None: it did not."""
        error = self._autosave.error if self._autosave is not None else None
        return error if isinstance(error, SknError) else None

    def save_soon(self, frames: Iterable[int]) -> None:
        """Save the objects and the masks of `frames` within a second."""
        if self._autosave is not None:
            self._autosave.touch(frames)

    def save_now(self) -> None:
        """Start to save what is due, in the background."""
        if self._autosave is not None:
            self._autosave.hurry()

    def _view_to_save(self) -> Mapping[str, Any]:
        return {**self.view, **self._state()}

    # ---- closing

    def close(self) -> SknError | None:
        """Save and close the sequence; the error, with everything still open, if it cannot be saved."""
        if self._autosave is None:
            return None
        self.closing.emit()
        error = self._autosave.flush()
        if error is None:
            self.discard()
        return error

    def discard(self) -> None:
        """Close the sequence without saving."""
        self.closed.emit()
        if self._autosave is not None:
            self._autosave.close()
            self._autosave.deleteLater()
        self._autosave = self.sequence = None
        self.view = {}
        self.opened.emit()

    def shut_down(self) -> None:
        """Close without saving, and end every thread; it is not used again."""
        self._opening.close()
        self._ready = None
        if self.sequence is not None:
            self.discard()
