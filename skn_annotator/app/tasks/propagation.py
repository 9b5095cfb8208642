"""Propagation: runs passes over a document. Each step is applied as it arrives; the pass is one undo step.

The network works in the runner's thread. What it delivers is applied here, in the GUI thread. A reference is
never overwritten: where the user corrected a frame that the pass was still to reach, the pass ends there.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import NONE, Annotation, Edit
from skn_annotator.annotation.edits import CarriedMask
from skn_annotator.app.document import Document
from skn_annotator.app.language import tr
from skn_annotator.app.project.opening import Sequence
from skn_annotator.app.tasks import pass_work
from skn_annotator.app.tasks.kept_matches import KeptMatches
from skn_annotator.app.tasks.kept_of_masks import KeptOfPasses
from skn_annotator.app.tasks.pass_work import Arrived, Stage, TrackerFactory
from skn_annotator.app.tasks.passes import Pass
from skn_annotator.app.tasks.planned_pass import planned_pass, request_for
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.errors import SknError
from skn_annotator.inference.directions import Direction
from skn_annotator.inference.plans import Plan
from skn_annotator.inference.step import Step


class Propagation(QObject):
    """At most one pass at a time over one document."""

    changed = Signal()  # started, a step, paused, ended
    arrived = Signal(int)  # frame t has a new mask
    failed = Signal(object)  # SknError
    overtaken = Signal(bool)  # it ended, since the user changed what it goes by; whether what arrived stays

    def __init__(
        self,
        document: Document,
        runner: TaskRunner,
        make_tracker: TrackerFactory,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.matches = KeptMatches(lambda t: document.annotation.mask_bytes(t))
        self.notes = KeptOfPasses(lambda: document.annotation)
        self.current: Pass | None = None
        self.latest: Pass | None = None  # the current one, or the last that ended
        self.make_tracker = make_tracker
        self._decided: dict[int, frozenset[int]] = {}  # the references that the pass started with
        self._document = document
        self._runner = runner

    def forget(self) -> None:
        """Forget the last pass: another sequence is going to be open."""
        self.latest = None
        self.matches.clear()
        self.notes.clear()

    def start(
        self,
        sequence: Sequence,
        t: int,
        direction: Direction,
        *,
        chosen_range: tuple[int, int] | None = None,
        protected: frozenset[int] = frozenset(),
        step: int = 1,
        stale: Mapping[int, frozenset[int]] | None = None,
    ) -> str:
        """Begin a pass from frame `t` over `sequence`; returns "", or a sentence for the user.

        Over a chosen range it goes to every `step`-th frame. `stale`: what a pass over stale frames renews.
        The objects `protected` keep the masks that they have. Raises SknError where there is nothing to
        start from or to fill.
        """
        annotation = self._document.annotation
        planned = self.notes.known_by(planned_pass(annotation, t, direction, chosen_range, step, stale))
        request = request_for(annotation, sequence.path, planned, protected, sequence.opened)
        self._decided = dict(annotation.references)
        self.current = self.latest = Pass(
            planned, lambda: pass_work.propagate(request, self.make_tracker), self._on_item, self._on_end
        )
        self._runner.start(self.current)
        self.changed.emit()
        return _left_out(annotation, planned, protected)

    def toggle_pause(self) -> None:
        """Hold the pass after the step that is being computed, or let it go on."""
        if self.current is not None:
            self._runner.toggle_pause()
            self.changed.emit()

    def stop(self) -> None:
        """End the pass at once; what arrived stays."""
        if self.current is not None:
            self._runner.stop()
            self._finish()

    def stop_before_change(self, frames: Iterable[int]) -> None:
        """The user is about to change `frames`: end the pass if it has been there."""
        if self.current is not None and any(self.current.delivered(t) for t in frames):
            self.end_for_change()

    def end_for_change(self) -> None:
        """End the pass, since masks that it goes by are about to change; what arrived stays."""
        if self.current is not None:
            self.stop()
            self.overtaken.emit(True)

    def stands_in_way_of(self, edit: Edit) -> bool:
        """True if `edit` changes what the running pass has made, or what it starts from."""
        running = self.current
        if running is None:
            return False
        return _without_objects(edit, running) or any(
            running.delivered(t) or t in running.plan.given for t in edit.frames
        )

    def make_way(self, edit: Edit) -> None:
        """Before undo applies `edit`: stop the pass if `edit` changes its masks or what it starts from.

        The frames of `edit` lose what the pass put there; what it made of the others is remembered as older
        than what is undone. Only if `edit` takes away an object that the pass carries, it is the latest edit.
        """
        running = self.current
        if running is None or not self.stands_in_way_of(edit):
            return
        if _without_objects(edit, running):
            self.stop()
            self.overtaken.emit(False)
            return
        self._document.apply(running.give_back(t for t in edit.frames if running.delivered(t)))
        self._runner.stop()
        self._finish(beneath=True)
        self.overtaken.emit(True)

    def _on_item(self, item: Stage | Arrived) -> None:
        assert self.current is not None, "items arrive only while a pass runs"
        if isinstance(item, Stage):
            self.current.stage = item.text
            self.current.machine = item.machine
        else:
            self._on_step(self.current, *item)
        self.changed.emit()

    def _on_step(self, running: Pass, step: Step, carried: CarriedMask | None) -> None:
        running.memory_frames = len(step.memory_frames)
        running.memory_bytes = step.memory_bytes
        if carried is None:
            running.add(step.t, None)
            return
        annotation = self._document.annotation
        is_corrected = annotation.decided(step.t) != self._decided.get(step.t, NONE)
        if is_corrected or self._document.is_drafting(step.t):
            self.end_for_change()
            return
        edit = edits.propagated(annotation, carried, running.name)
        running.add(step.t, edit, carried.change)
        if step.match is not None:
            self.matches.put(step.t, step.match, carried.mask, step.reading)
        self.notes.put(step, carried.mask)
        self._document.apply(edit)
        self.arrived.emit(step.t)

    def _on_end(self, error: Exception | None) -> None:
        self._finish()
        if isinstance(error, SknError):
            self.failed.emit(error)
        elif error is not None:
            raise error

    def _finish(self, beneath: bool = False) -> None:
        """`beneath`: what the user did last stays the latest edit."""
        finished, self.current = self.current, None
        assert finished is not None, "a pass ends once"
        self._document.remember(finished.edit(), beneath)
        self.changed.emit()


def _without_objects(edit: Edit, running: Pass) -> bool:
    """True if `edit` takes away an object that the pass carries."""
    if edit.objects is None:
        return False
    before, after = ({o.id for o in objects} for objects in edit.objects)
    carried = (stretch.carried.keys() for stretch in running.plan.stretches)
    return not (before - after).isdisjoint(chain.from_iterable(carried))


def _left_out(annotation: Annotation, planned: Plan, protected: frozenset[int]) -> str:
    """Which objects the pass cannot carry because no frame that it may start from shows them."""
    shown = frozenset[int]().union(*(annotation.ids_at(t) & ids for t, ids in planned.given.items()))
    names = [o.name for o in annotation.objects if o.id not in shown | protected]
    if not names:
        return ""
    if len(names) == 1:
        return tr("{name} is on no reference frame, so it is not propagated: paint it on one").format(
            name=names[0]
        )
    return tr("{names} and {last} are on no reference frame, so they are not propagated").format(
        names=", ".join(names[:-1]), last=names[-1]
    )
