"""Session: the one object that the window talks to, and the only place that changes an annotation.

It adds to `Rewriting` what happens over time: opening and saving a sequence, and passes of propagation.
Decoding, propagating and saving run in workers; everything here runs in the GUI thread.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.formats import Format, Progress
from skn_annotator.app.editing import Notice
from skn_annotator.app.language import message_text, tr
from skn_annotator.app.project.autosave import Autosave, SaveState
from skn_annotator.app.project.opening import Opened, Sequence, open_sequence
from skn_annotator.app.rewriting import Rewriting
from skn_annotator.app.tasks.export import Export
from skn_annotator.app.tasks.forecast import Forecast, forecast
from skn_annotator.app.tasks.kept_matches import MemoryFrame
from skn_annotator.app.tasks.pass_job import NetworkTracker, TrackerFactory
from skn_annotator.app.tasks.passes import Pass
from skn_annotator.app.tasks.propagation import Propagation, planned_pass
from skn_annotator.app.tasks.runner import JobRunner
from skn_annotator.errors import SknError
from skn_annotator.inference.plans import Direction
from skn_annotator.video.video_file import Glimpse

if TYPE_CHECKING:
    from skn_annotator.inference.step import Explanation


class Session(Rewriting):
    """One open sequence, its annotation, its history, and what is being done to it."""

    opened = Signal()  # a sequence is open now, or none any more
    opening_changed = Signal()  # began, ended, or came further: `glimpse`
    saving_changed = Signal()
    pass_changed = Signal()

    def __init__(self, make_tracker: TrackerFactory | None = None, parent: QObject | None = None) -> None:
        """`make_tracker`: where passes get their network from; None is the bundled checkpoint."""
        super().__init__(parent)
        self.make_tracker = make_tracker or NetworkTracker()
        self.view: dict[str, Any] = {}  # what the window wants to find again with the project
        self.follow = True  # whether the canvas follows a pass that is started
        self.following = False
        self.only_active = False  # whether passes leave the masks of all objects but the active one alone
        self.glimpse: Glimpse | None = None  # of what is being opened, while its frames are counted
        self._opening = JobRunner(self)
        self._autosave: Autosave | None = None
        self._propagation: Propagation | None = None

    # ---- opening and closing

    def open(self, path: Path, first_mask: Path | None = None, place: Path | None = None) -> None:
        """Open what `open_sequence` can; `opened` or `noticed` follows."""
        self._opening.stop()
        self.glimpse = None
        self._opening.start(
            lambda: open_sequence(path, first_mask, place), self._on_opening, self._on_open_ended
        )
        self.opening_changed.emit()

    @property
    def is_opening(self) -> bool:
        """True while a sequence is being opened."""
        return self._opening.busy

    def close(self) -> SknError | None:
        """Save and let go of the sequence; the error, with everything still open, if it cannot be saved."""
        if self._autosave is None:
            return None
        self.end_draft()
        self._before_rebuild()
        error = self._autosave.flush()
        if error is None:
            self.discard()
        return error

    def discard(self) -> None:
        """Let go of the sequence without saving."""
        self.cancel_draft()
        self.stop()
        self._look_away()
        if self._autosave is not None:
            self._autosave.close()
        for owned in (self._autosave, self._propagation):
            if owned is not None:
                owned.deleteLater()
        self._autosave = self._propagation = None
        self.view = {}
        self._use(Annotation((1, 1), 1))
        self.opened.emit()

    def shut_down(self) -> None:
        """End every thread; the session is not used again."""
        self._opening.close()
        if self.sequence is not None:
            self.discard()
        self._assistant.close()
        self.runner.close()

    def stop_opening(self) -> None:
        """Leave what is being opened; what was open stays."""
        self._opening.stop()
        self.glimpse = None
        self.opening_changed.emit()

    def _on_opening(self, item: Glimpse | Opened) -> None:
        if isinstance(item, Glimpse):
            self.glimpse = item
            self.opening_changed.emit()
        else:
            self.glimpse = None
            self._on_opened(item)

    def _on_opened(self, opened: Opened) -> None:
        was_open = self.project_folder
        error = self.close()
        if error is not None:
            self.noticed.emit(
                Notice(
                    tr("{error}. The video that was open stays open.").format(error=message_text(error)),
                    is_error=True,
                )
            )
            return
        sequence = opened.sequence
        if opened.store.folder == was_open:  # what was read is older than what closing wrote
            self.open(sequence.path, place=was_open)
            return
        self.view = dict(opened.view)
        self._use(opened.annotation, self.view.get("active"))
        self.position = min(max(0, int(self.view.get("position", 0))), sequence.length - 1)
        self._look_at(sequence)
        self._autosave = Autosave(opened.store, self.annotation, self._view_to_save, self)
        self._autosave.changed.connect(self.saving_changed)
        self._autosave.failed.connect(self._on_error)
        self._propagation = self._new_propagation(sequence)
        self.opened.emit()
        self._catch_up()
        if self.annotation.references and not opened.store.exists:
            self._autosave.touch(self.annotation.frames())
        if opened.warnings:
            self.noticed.emit(Notice(" ".join(message_text(each) for each in opened.warnings), stays=True))

    def _new_propagation(self, sequence: Sequence) -> Propagation:
        propagation = Propagation(
            self.annotation, sequence.path, self.runner, self.make_tracker, self._is_drafting, self
        )
        propagation.changed.connect(self.pass_changed)
        propagation.arrived.connect(self._on_arrived)
        propagation.ended.connect(self._on_pass_ended)
        propagation.failed.connect(self._on_error)
        return propagation

    def _on_open_ended(self, error: Exception | None) -> None:
        self.glimpse = None
        self.opening_changed.emit()
        if error is not None:
            self._on_error(error)

    def _view_to_save(self) -> Mapping[str, Any]:
        return self.view | {"position": self.position, "active": self.active}

    @property
    def project_folder(self) -> Path | None:
        """Where the work is, or will be, saved."""
        return self._autosave.folder if self._autosave is not None else None

    @property
    def save_state(self) -> SaveState:
        """How the project folder stands to what is on the screen."""
        return self._autosave.state if self._autosave is not None else SaveState.NOTHING

    # ---- propagation

    @property
    def running(self) -> Pass | None:
        """The pass that is running or paused."""
        return None if self._propagation is None else self._propagation.current

    @property
    def latest_pass(self) -> Pass | None:
        """The pass that is running, or the last one that ended."""
        return None if self._propagation is None else self._propagation.latest

    def propagate(self, direction: Direction) -> None:
        """Start a pass from the current frame; one at a time."""
        is_taken = self.runner.busy and self.rewrite is None
        if self._propagation is None or is_taken or not self.is_free():
            return
        self.playback.stop()
        self.following = self.follow
        try:
            left_out = self._propagation.start(self.position, direction, self.selection, self._guarded())
        except SknError as error:
            self.following = False
            self.noticed.emit(Notice(message_text(error)))
            return
        if left_out:
            self.noticed.emit(Notice(left_out))

    def forecast(self, direction: Direction) -> Forecast | SknError:
        """What `propagate` would do now, or why it would not start."""
        annotation = self._as_if_finished()
        try:
            planned = planned_pass(annotation, self.position, direction, self.selection)
        except SknError as error:
            return error
        return forecast(annotation, planned, self._guarded())

    def _guarded(self) -> frozenset[int]:
        """The objects whose masks a pass leaves as they are."""
        objects = self.annotation.objects
        only_one = self.only_active and self.active is not None
        return frozenset(o.id for o in objects if o.locked or (only_one and o.id != self.active))

    def toggle_only_active(self) -> None:
        """Whether a pass changes the masks of the active object only, or of all."""
        self.only_active = not self.only_active
        self.pass_changed.emit()

    def compute(self, size: int | None = None, device: str | None = None, threads: int | None = None) -> None:
        """How the network computes from the next pass on, as `NetworkTracker` has it; None: as now."""
        network = self.make_tracker
        if isinstance(network, NetworkTracker):
            network.size = network.size if size is None else size
            network.device = network.device if device is None else device
            network.threads = network.threads if threads is None else threads

    def toggle_pause(self) -> None:
        """Hold the running pass, or let it go on."""
        if self._propagation is not None and self.running is not None:
            if self.running.paused:
                self._propagation.resume()
            else:
                self._propagation.pause()

    def stop(self) -> None:
        """End what is on its way: of a pass stays what arrived, of anything else nothing."""
        self.stop_rewrite()
        self.stop_pass()

    @property
    def is_busy(self) -> bool:
        """True while there is something to `stop`."""
        return self.running is not None or self.rewrite is not None

    def stop_pass(self) -> None:
        """End the running pass at once; what arrived stays."""
        if self._propagation is not None:
            self._propagation.stop()

    def toggle_follow(self) -> None:
        """Whether the canvas follows: the running pass, and those to come."""
        self.follow = not (self.following if self.running is not None else self.follow)
        self.following = self.follow and self.running is not None
        if self.following and self.running is not None and self.running.latest is not None:
            self._go(self.running.latest)
        self.pass_changed.emit()

    @property
    def has_explanation(self) -> bool:
        """True if a pass of this session read the active object on the shown frame."""
        return (
            self._propagation is not None
            and self.shown is not None
            and self.active is not None
            and self._propagation.matches.holds(self.shown, self.active)
        )

    def explanation(self) -> "Explanation | None":
        """What the reader did for the active object on the shown frame, where `has_explanation`."""
        if self._propagation is None or self.shown is None or self.active is None:
            return None
        return self._propagation.matches.explanation(self.shown, self.active)

    @property
    def memory_frames(self) -> tuple[int, ...]:
        """The frames that were in the memory when the shown one was read, where `has_explanation`."""
        if self._propagation is None or self.shown is None or self.active is None:
            return ()
        return self._propagation.matches.memory_frames(self.shown, self.active)

    def memory(self) -> tuple[MemoryFrame, ...]:
        """The frames that the reader read for the shown one, where `has_explanation`."""
        if self._propagation is None or self.shown is None or self.active is None:
            return ()
        return self._propagation.matches.memory(self.shown, self.active, self.annotation.references)

    @property
    def _is_computing(self) -> bool:
        return self.running is not None

    def _stop_following(self) -> None:
        if self.following:
            self.following = False
            self.pass_changed.emit()

    def _on_arrived(self, t: int) -> None:
        self._announce(frozenset([t]), ())
        if self.following:
            self._go(t)

    def _on_pass_ended(self, edit: Edit) -> None:
        self.following = False
        self.history.push(edit)
        self.history_changed.emit()

    # ---- exporting

    def export_of(self, format_: Format, place: Path, opacity: float) -> Export:
        """What an export of the annotation as it is now would write."""
        assert self.sequence is not None, "a sequence is open"
        return Export.of(format_, place, self.sequence, self.annotation, opacity)

    def export(
        self,
        export: Export,
        on_progress: Callable[[Progress], None],
        on_end: Callable[[Exception | None], None],
    ) -> None:
        """Write `export` in the background, while no pass runs."""
        self.runner.start(export.run, on_progress, on_end)

    def stop_export(self) -> None:
        """Leave the running export; nothing of it stays."""
        if self.running is None:
            self.runner.stop()

    # ---- what Editing and Painting leave open

    def _before_stroke(self) -> None:
        self._stay()

    def _before_change(self, frames: Collection[int]) -> None:
        if not frames:
            return
        self.playback.stop()
        self._stop_following()
        if self._propagation is not None:
            self._propagation.give_way(frames)

    def _before_rebuild(self) -> None:
        super()._before_rebuild()
        self.stop_pass()

    def _after_change(self, frames: frozenset[int], masks: Iterable[int]) -> None:
        if self._propagation is not None:
            for t in masks:
                self._propagation.matches.drop(t)
        if self._autosave is not None:
            self._autosave.touch(frames)
