"""Tasks: what runs in the background over a document: passes, large changes of masks, exports.

One of them at a time, because they share the processor; each ends as one `Edit`, or as files. Beside them run
only the answers to assisted selections, which the user waits for: a pass is held meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.formats import Format, Progress
from skn_annotator.annotation.formats.render_options import RenderOptions
from skn_annotator.annotation.mask_import import ImportChoice, ReadMasks, import_change
from skn_annotator.app.document import Document
from skn_annotator.app.language import message_text, tr
from skn_annotator.app.notice import Notice, Offer, notice_of
from skn_annotator.app.project.opening import Sequence
from skn_annotator.app.tasks.export import Export
from skn_annotator.app.tasks.forecast import Forecast, forecast
from skn_annotator.app.tasks.mask_clipboard import MaskClipboard
from skn_annotator.app.tasks.mask_measures import MaskMeasures
from skn_annotator.app.tasks.outline_interpolation import OutlineInterpolation
from skn_annotator.app.tasks.pass_comparison import PassComparison
from skn_annotator.app.tasks.pass_work import NetworkTracker, TrackerFactory
from skn_annotator.app.tasks.picture_selectors import PictureSelectors, SelectsOnPictures
from skn_annotator.app.tasks.planned_pass import planned_pass
from skn_annotator.app.tasks.propagation import Propagation
from skn_annotator.app.tasks.remap import Remaps
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.app.tasks.weights_choice import WeightsChoice
from skn_annotator.app.tasks.what_if import WhatIf
from skn_annotator.app.verb_queue import in_turn
from skn_annotator.errors import SknError
from skn_annotator.inference.directions import Direction


@dataclass(frozen=True)
class Place:
    """Where the user is: the frame `t`, and the chosen range of frames, both ends included."""

    t: int
    chosen_range: tuple[int, int] | None


class Tasks(QObject):
    """The owner of what runs; it decides what has to wait or to end for what."""

    pass_starting = Signal()
    pass_changed = Signal()  # a pass started, came further, paused or ended; or how passes run was changed
    followed = Signal(int)  # frame that a pass came to, and the canvas should go to
    noticed = Signal(object)  # Notice

    def __init__(
        self,
        document: Document,
        place: Callable[[], Place],
        make_tracker: TrackerFactory | None = None,
        parent: QObject | None = None,
        selectors: SelectsOnPictures | None = None,
    ) -> None:
        """`make_tracker`: where passes get their network from; None is the bundled checkpoint. `selectors`:
        what clicks select with; None is the bundled network."""
        super().__init__(parent)
        self.follow = True  # whether the canvas follows a pass that is started
        self.following = False
        self.only_active = False  # whether passes leave the masks of all objects but the active one alone
        self.range_step = 1  # a pass over the chosen range goes to every n-th frame
        self.verbs = document.verbs
        self._document = document
        self._place = place
        self._sequence: Sequence | None = None
        self._direction = Direction.FORWARD  # of the last pass
        self._runner = TaskRunner(self)
        self.selection_runner = TaskRunner(self, niceness=1)
        self.selection_runner.busy_changed.connect(self._runner.hold)
        self.selectors = selectors or PictureSelectors()
        self.passes = Propagation(document, self._runner, make_tracker or NetworkTracker(), self)
        self.weights = WeightsChoice(lambda: self.passes.make_tracker, self)
        self.comparison = PassComparison(document, lambda: self.passes.latest)
        self.remaps = Remaps(document, self._runner, lambda: place().t, self)
        self.what_if = WhatIf(lambda: self.passes.make_tracker.threads, self)
        self.measures = MaskMeasures(document, self)
        self.clipboard = MaskClipboard(document, self.remaps, self)
        self.outlines = OutlineInterpolation(document, self.remaps, self)
        self.passes.arrived.connect(self._on_arrived)
        self.passes.changed.connect(self._on_pass_changed)
        self.passes.failed.connect(lambda error: self.noticed.emit(self.weights.notice_of(error)))
        self.passes.overtaken.connect(self._on_overtaken)
        self.remaps.starting.connect(self.passes.end_for_change)
        self.pass_starting.connect(self.what_if.drop)
        self.pass_starting.connect(self.weights.leave_missing_file)
        self.weights.noticed.connect(self.noticed)
        self.remaps.noticed.connect(self.noticed)
        self.clipboard.noticed.connect(self.noticed)
        self.outlines.noticed.connect(self.noticed)

    def open(self, sequence: Sequence) -> None:
        """Passes and exports are of `sequence` from now on."""
        self._sequence = sequence

    def close(self) -> None:
        """Stop what runs and forget the last pass."""
        self.stop()
        self.what_if.drop()
        self.measures.forget()
        self.passes.forget()
        self.clipboard.forget()
        self._sequence = None

    def shut_down(self) -> None:
        """End every thread; nothing can be started again."""
        self.selection_runner.close()
        self.what_if.close()
        self.weights.close()
        self.measures.close()
        self._runner.close()

    # ---- what runs

    @property
    def current(self) -> Task | None:
        """What runs, and `stop` would stop: a pass, or a change of many masks."""
        return self.passes.current or self.remaps.current

    def stop(self) -> None:
        """Stop what runs: of a pass stays what arrived, of a remap or an export nothing."""
        self.remaps.stop()
        self.passes.stop()
        self._runner.stop()

    def end(self) -> None:
        """End what runs, before masks of any frame are changed by something else.

        A change whose masks are all made is finished; what arrived of a pass stays.
        """
        self.remaps.end()
        self.passes.stop()

    def is_free(self) -> bool:
        """True if a pass or an export may start; a notice says what is in its way."""
        self._document.end_draft()
        self.remaps.finish_if_complete()
        if self.remaps.current is not None:
            text = tr("“{name}” is not done yet: wait for it, or stop it with Escape")
            self.noticed.emit(Notice(text.format(name=self.remaps.current.name)))
        return self.remaps.current is None

    # ---- passes

    @in_turn
    def propagate(self, direction: Direction, place: Place | None = None) -> None:
        """Start a pass from `place`, None: from where the user is; a notice says what is in its way."""
        is_taken = self._runner.busy and self.remaps.current is None
        if self._sequence is None or is_taken or not self.is_free():
            return
        self.pass_starting.emit()
        self.following, self._direction = self.follow, direction
        place = place or self._place()
        try:
            left_out = self.passes.start(
                self._sequence,
                place.t,
                direction,
                chosen_range=place.chosen_range,
                protected=self._protected(),
                step=self.range_step,
                stale=self.stale(),
            )
        except SknError as error:
            self.following = False
            self.noticed.emit(Notice(message_text(error)))
            return
        if left_out:
            self.noticed.emit(Notice(left_out))

    def _on_overtaken(self, stays: bool) -> None:
        """Nobody asked that the pass ends: say so, and offer to go on when the change is done.

        `stays`: what it made is not taken back with it. The message goes when it is taken back later.
        """
        ended, direction, place = self.passes.latest, self._direction, self._place()
        kept = ended if ended is not None and ended.done and stays else None

        def holds() -> bool:
            is_latest = self.passes.current is None and self.passes.latest is ended
            is_kept = kept is None or kept.stands(self._document.annotation.mask_bytes)
            return is_latest and is_kept and isinstance(self.forecast(direction, place), Forecast)

        text = (
            tr("The pass ended, since masks that it goes by were changed; those that it made stay")
            if kept is not None
            else tr("The pass ended, since masks that it goes by were changed")
        )
        offer = Offer(tr("Propagate on"), partial(self.propagate, direction, place))
        self.noticed.emit(Notice(text, offer=offer, holds=holds))

    def forecast(self, direction: Direction, place: Place | None = None) -> Forecast | SknError:
        """What `propagate` would do now, or why it would not start."""
        annotation, place = self._document.snapshot()(), place or self._place()
        try:
            planned = planned_pass(
                annotation, place.t, direction, place.chosen_range, self.range_step, self.stale()
            )
        except SknError as error:
            return error
        return forecast(annotation, planned, self._protected())

    def stale(self) -> dict[int, frozenset[int]]:
        """Frame -> the objects whose masks are stale there, and that a pass may change."""
        return self._document.stale.by_frame(but=self._protected())

    def _protected(self) -> frozenset[int]:
        """The objects whose masks a pass leaves as they are."""
        objects, active = self._document.annotation.objects, self._document.active
        only_one = self.only_active and active is not None
        return frozenset(o.id for o in objects if o.locked or (only_one and o.id != active))

    def use_range_step(self, n: int) -> None:
        """A pass over the chosen range goes to every `n`-th frame from now on; those between stay."""
        if n != self.range_step:
            self.range_step = n
            self.pass_changed.emit()

    def toggle_only_active(self) -> None:
        """Whether a pass changes the masks of the active object only, or of all."""
        self.only_active = not self.only_active
        self.pass_changed.emit()

    def compute(self, size: int | None = None, device: str | None = None, threads: int | None = None) -> None:
        """How the network computes from the next pass on, as `NetworkTracker` has it; None: as now."""
        network = self.passes.make_tracker
        if isinstance(network, NetworkTracker):
            network.size = network.size if size is None else size
        for each in (network, self.selectors):
            if isinstance(each, NetworkTracker | PictureSelectors):
                each.device = each.device if device is None else device
                each.threads = each.threads if threads is None else threads

    # ---- whether the canvas follows

    def toggle_follow(self) -> None:
        """Whether the canvas follows: the running pass, and those to come."""
        running = self.passes.current
        self.follow = not (self.following if running is not None else self.follow)
        self.following = self.follow and running is not None
        if self.following and running is not None and running.latest is not None:
            self.followed.emit(running.latest)
        self.pass_changed.emit()

    def stop_following(self) -> None:
        """Keep the canvas on its frame while the running pass goes on."""
        if self.following:
            self.following = False
            self.pass_changed.emit()

    def _on_arrived(self, t: int) -> None:
        if self.following:
            self.followed.emit(t)

    def _on_pass_changed(self) -> None:
        if self.passes.current is None:
            self.following = False
        self.pass_changed.emit()

    # ---- imports

    @in_turn
    def import_masks(self, read: ReadMasks, choice: ImportChoice) -> None:
        """Import masks that were read, as one edit; a notice says what is in the way."""
        try:
            change = import_change(self._document.annotation, read, choice, tr("object {id}"))
        except SknError as error:
            self.noticed.emit(notice_of(error))
            return
        self.remaps.start(change)

    # ---- exports

    def export_of(
        self, format_: Format, place: Path, opacity: float, options: RenderOptions | None = None
    ) -> Export:
        """What an export of the annotation as it is now would write."""
        assert self._sequence is not None, "a sequence is open"
        export = Export.of(format_, place, self._sequence, self._document.annotation, opacity, options)
        return replace(export, make_tracker=self.passes.make_tracker)

    def export(
        self,
        export: Export,
        on_progress: Callable[[Progress], None],
        on_end: Callable[[Exception | None], None],
    ) -> None:
        """Write `export` in the background, while no pass runs."""
        self._runner.start(Task(export.run, on_progress, on_end, writes=True))
