"""Propagation: runs passes for the session. Steps become edits as they arrive; the pass becomes one undo
step.

The network works in the runner's thread. What it delivers is applied here, in the GUI thread, by the
callbacks that the session gives. A reference frame is never overwritten: where the user corrected a frame
that the pass was still to reach, the pass ends there.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.app import jobs
from skn_annotator.app.jobs import PassRequest, PassStep, Stage, TrackerFactory
from skn_annotator.app.matches import Matches
from skn_annotator.app.passes import Direction, Pass, plan
from skn_annotator.app.runner import JobRunner
from skn_annotator.errors import SknError


class Propagation(QObject):
    """At most one pass at a time over one annotation."""

    changed = Signal()  # started, a step, paused, ended
    arrived = Signal(int)  # frame t has a new mask
    ended = Signal(object)  # the pass as one Edit
    failed = Signal(object)  # SknError

    def __init__(
        self,
        annotation: Annotation,
        path: Path,
        runner: JobRunner,
        make_tracker: TrackerFactory,
        is_held: Callable[[int], bool],
        parent: QObject | None = None,
    ) -> None:
        """`is_held`: whether the user is painting on frame t right now."""
        super().__init__(parent)
        self.matches = Matches()
        self.current: Pass | None = None
        self._annotation = annotation
        self._path = path
        self._runner = runner
        self._make_tracker = make_tracker
        self._is_held = is_held

    def start(self, t: int, direction: Direction) -> None:
        """Begin a pass from frame `t`; raises SknError where there is nothing to start from or to fill."""
        annotation = self._annotation
        painted = [reference for reference in annotation.references if annotation.ids_at(reference)]
        order = plan(t, painted and annotation.references, annotation.length, direction)
        references = {r: annotation.mask_bytes(r) for r in annotation.references}
        request = PassRequest(self._path, {r: data for r, data in references.items() if data}, order)
        self.current = Pass(order)
        self._runner.start(lambda: jobs.propagate(request, self._make_tracker), self._on_item, self._on_end)
        self.changed.emit()

    def pause(self) -> None:
        """Hold the pass after the step that is being computed."""
        if self.current is not None and not self.current.paused:
            self.current.paused = True
            self._runner.pause()
            self.changed.emit()

    def resume(self) -> None:
        """Let a paused pass go on."""
        if self.current is not None and self.current.paused:
            self.current.paused = False
            self.current.rest()
            self._runner.resume()
            self.changed.emit()

    def stop(self) -> None:
        """End the pass at once; what arrived stays."""
        if self.current is not None:
            self._runner.stop()
            self._finish()

    def give_way(self, frames: Iterable[int]) -> None:
        """The user is about to change `frames`: end the pass if it has been there."""
        if self.current is not None and any(self.current.delivered(t) for t in frames):
            self.stop()

    def _on_item(self, item: Stage | PassStep) -> None:
        assert self.current is not None, "items arrive only while a pass runs"
        if isinstance(item, Stage):
            self.current.stage = item.text
            self.current.machine = item.machine
        else:
            self._on_step(self.current, item)
        self.changed.emit()

    def _on_step(self, running: Pass, step: PassStep) -> None:
        running.memory_frames = len(step.memory_frames)
        running.memory_bytes = step.memory_bytes
        if step.reference:
            running.add(step.t, None)
            return
        if step.t in self._annotation.references or self._is_held(step.t):
            self.stop()
            return
        edit = edits.propagated(self._annotation, step.t, step.mask, step.confidence, running.name)
        self._annotation.apply(edit)
        running.add(step.t, edit)
        self.matches.drop(step.t)
        if step.match is not None:
            self.matches.put(step.t, step.match)
        self.arrived.emit(step.t)

    def _on_end(self, error: Exception | None) -> None:
        self._finish()
        if isinstance(error, SknError):
            self.failed.emit(error)
        elif error is not None:
            raise error

    def _finish(self) -> None:
        finished, self.current = self.current, None
        assert finished is not None, "a pass ends once"
        edit: Edit = finished.edit()
        self.ended.emit(edit)
        self.changed.emit()
