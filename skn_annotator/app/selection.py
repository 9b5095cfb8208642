"""UnfinishedSelection: what an assistant finds of the active object from a box, clicks and strokes.

It is one draft: nothing is kept before it ends. Until then its gestures can be taken back and made again one
by one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, floor

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation import raster
from skn_annotator.annotation.assist import Scribble
from skn_annotator.app.document import Document
from skn_annotator.app.draft import Trial
from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice, notice_of
from skn_annotator.app.tasks.assistant import (
    Assistant,
    Combination,
    Found,
    FoundRegion,
    Gesture,
    SelectionGround,
)
from skn_annotator.app.tasks.assisted_selection import AssistedSelection
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.arrays import Mask, Point, Rect, Size
from skn_annotator.errors import SknError

AssistantFactory = Callable[[SelectionGround, Combination], Assistant]


@dataclass(frozen=True)
class _Beginning:
    """How a selection begins, and the gestures to make again after the first."""

    make_assistant: AssistantFactory
    combination: Combination
    gestures: tuple[Gesture, ...]


class UnfinishedSelection(QObject):
    """At most one unfinished selection on the shown frame."""

    painted = Signal(object)  # Rect of the frame that looks different now
    refined = Signal(object)  # Region: the pixels that look different after a stroke, or after the box
    answered = Signal()  # an answer is shown
    noticed = Signal(object)  # Notice

    def __init__(
        self,
        document: Document,
        ground: Callable[[], SelectionGround | None],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        """`ground`: what an action on the shown frame begins with; None, with a notice, if that is barred."""
        super().__init__(parent)
        self._document = document
        self._make_ground = ground
        self._runner = runner
        self._selection: AssistedSelection | None = None
        self._start: _Beginning | None = None  # how the open selection began
        self._ground: SelectionGround | None = None
        self._keeps = False  # once the answer that is on its way is there
        self._stroke: list[Scribble] = []  # the one that is being drawn
        self._left: tuple[int, _Beginning] | None = None  # its frame
        self._before: Mask | None = None  # the mask that the last answer made
        self._found: Found | None = None  # the last answer
        document.verbs.is_held = lambda: self.is_busy
        document.draft_ending.connect(self._wait)
        document.draft_closed.connect(self._close)
        document.edited.connect(lambda _: self._forget())
        document.objects_changed.connect(self._forget)

    # ---- what there is

    @property
    def is_open(self) -> bool:
        """True from the first gesture until the selection is kept or left."""
        return self._selection is not None

    @property
    def is_busy(self) -> bool:
        """True while a better answer is on its way."""
        return self._selection is not None and self._selection.busy

    @property
    def is_waiting(self) -> bool:
        """True until the first answer is there."""
        return self.is_busy and self._found is None

    @property
    def is_ending(self) -> bool:
        """True if the selection is kept once the answer that is on its way is there."""
        return self._keeps and self.is_busy

    @property
    def is_unsure(self) -> bool:
        """True if the assistant is not sure of its last answer."""
        return self._found is not None and self._found.is_unsure

    @property
    def gestures(self) -> tuple[Gesture, ...]:
        """Those of the unfinished selection, the one that is being drawn too."""
        if self._selection is None:
            return ()
        drawn = (Gesture(stroke=tuple(self._stroke)),) if self._stroke else ()
        return self._selection.gestures + drawn

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """The box that the unfinished selection began with."""
        return self.gestures[0].box if self.gestures else None

    @property
    def combination(self) -> Combination | None:
        """How the open selection is combined with what the object has on the frame; None: none is open."""
        return None if self._start is None else self._start.combination

    def back_name(self) -> str:
        """What `step_back` takes; "": nothing."""
        return self._name(self.gestures[-1]) if self.gestures else ""

    def forward_name(self, t: int | None) -> str:
        """What `step_forward` brings back on frame `t`; "": nothing."""
        if self._selection is not None:
            return self._name(self._selection.undone[0]) if self._selection.undone else ""
        return self._name(self._left[1].gestures[0]) if self._left is not None and self._left[0] == t else ""

    def _name(self, gesture: Gesture) -> str:
        """What undo calls a gesture."""
        if gesture.box is not None:
            return tr("Box")
        is_painted = self._selection is not None and self._selection.paints_strokes
        return tr("Click") if gesture.is_click and not is_painted else tr("Stroke")

    # ---- the first gesture

    def begin(
        self, make_assistant: AssistantFactory, gesture: Gesture, combination: Combination = Combination.ADD
    ) -> bool:
        """Select by `gesture`; False, with a notice, if it is outside of the picture or that is barred."""
        fitting = _fitting(gesture, self._document.annotation.size)
        if fitting is None:
            text = tr("This lies outside of the picture: click the object, or drag a box round it")
            self.noticed.emit(Notice(text))
            return False
        return self._begin(_Beginning(make_assistant, combination, (fitting,)))

    def _begin(self, start: _Beginning) -> bool:
        ground = self._make_ground()
        if ground is None:
            return False
        first, *undone = start.gestures
        text = _in_vain(first, start.combination)
        if text and not (ground.mask == ground.object_id).any():
            self.noticed.emit(Notice(text.format(name=ground.name)))
            return False
        assistant = start.make_assistant(ground, start.combination)
        self._ground, self._start, self._left, self._found = ground, start, None, None
        self._selection = AssistedSelection(assistant, first, self._runner, undone, self)
        self._selection.found.connect(self._on_found)
        self._selection.failed.connect(self._on_failed)
        vain = tr("The selection changed nothing of {name} on frame {t}")
        self._before = ground.mask.copy()
        draft = Trial(
            ground.t,
            ground.mask,
            ground.object_id,
            tr("Select"),
            vain.format(t=ground.t + 1, name=ground.name),
        )
        self._document.begin_draft(draft)
        return True

    def combine(self, combination: Combination) -> None:
        """Combine the open selection in another way: it begins anew and makes its gestures again."""
        if self._selection is None or self._start is None or self._start.combination is combination:
            return
        made, undone = self._selection.gestures, self._selection.undone
        start = _Beginning(self._start.make_assistant, combination, made + undone)
        self._document.cancel_draft()
        if self._begin(start):
            for _ in made[1:]:
                self._selection.redo()
        self._document.draft_changed.emit()

    def _close(self) -> None:
        if self._selection is not None:
            self._selection.close()
        self._selection = self._start = self._ground = self._before = self._found = None
        self._keeps = False
        self._stroke = []

    def _forget(self) -> None:
        self._left = None

    # ---- clicks and strokes

    def press(self, xy: Point, radius: float, inside: bool) -> None:
        """Begin a stroke over what belongs to the object (`inside`), or over what does not."""
        self._stroke = []
        self._add(Scribble(xy, xy, radius, inside))

    def stroke_to(self, xy: Point) -> None:
        """Draw the stroke on to `xy`."""
        if self._stroke:
            last = self._stroke[-1]
            self._add(Scribble(last.end, xy, last.radius, last.inside))

    def release(self) -> None:
        """The stroke is finished: look for what it means for its neighbourhood."""
        gesture, self._stroke = Gesture(stroke=tuple(self._stroke)), []
        if not gesture.stroke or self._selection is None:
            return
        if _fitting(gesture, self._document.annotation.size) is None:
            self._selection.refresh()
        else:
            self._selection.add(gesture)
        self._document.draft_changed.emit()

    def _add(self, piece: Scribble) -> None:
        draft = self._document.draft
        if self._selection is None or not isinstance(draft, Trial):
            return
        self._stroke.append(piece)
        if self._selection.paints_strokes:
            self._show(draft.add(lambda mask: self._paint(mask, piece)))
        else:
            self._selection.draw(Gesture(stroke=tuple(self._stroke)))

    def _paint(self, mask: Mask, piece: Scribble) -> Rect | None:
        assert self._ground is not None, "a selection is open"
        value, protect = (
            (self._ground.object_id, self._ground.protected) if piece.inside else (0, self._ground.erasing)
        )
        return raster.paint_stroke(mask, piece.start, piece.end, piece.radius, value, protect)

    # ---- one step back or forward

    def step_back(self) -> None:
        """Take the last gesture back; with the first one the selection is left."""
        if self._selection is None:
            return
        if self._stroke:
            self._stroke = []
            self._selection.refresh()
        elif len(self._selection.gestures) > 1:
            self._selection.undo()
        else:
            self.leave()
            return
        self._document.draft_changed.emit()

    def keep(self) -> None:
        """The selection becomes an edit, once the answer that is on its way is there."""
        if self.is_busy:
            self._keeps = True
        else:
            self._document.end_draft_in_background()

    def leave(self) -> None:
        """Drop the selection; `step_forward` brings it back, the first gesture first."""
        left = None
        if self._selection is not None and self._start is not None and self._ground is not None:
            gestures = self._selection.gestures + self._selection.undone
            left = self._ground.t, replace(self._start, gestures=gestures)
        self._document.cancel_draft()
        self._left = left
        self._document.draft_changed.emit()

    def step_forward(self) -> None:
        """Make the gesture again that was taken back last."""
        if self._selection is None and self._left is not None:
            self._begin(self._left[1])
        elif self._selection is not None and self._selection.undone:
            self._selection.redo()
            self._document.draft_changed.emit()

    # ---- answers

    def _on_found(self, found: Found) -> None:
        draft = self._document.draft
        if not isinstance(draft, Trial) or self._ground is None or self._selection is None:
            return
        self._try(found, draft, self._ground)
        keeps, self._keeps = self._keeps, False
        if found.is_empty and len(self.gestures) == 1:
            text = _nothing_found(self.gestures[0])
            self.noticed.emit(Notice(text.format(name=self._ground.name)))
        elif keeps:
            self._document.end_draft_in_background()
            return
        self._flash(draft.mask)
        self.answered.emit()

    def _try(self, found: Found, draft: Trial, ground: SelectionGround) -> None:
        """What was found takes the place of the last answer."""
        assert self._selection is not None, "a selection is open"
        (region, origin), drawn = found.region, self._stroke if self._selection.paints_strokes else []

        def again(mask: Mask) -> Rect | None:
            rect = raster.clear_object(mask, ground.object_id)
            painted = raster.paint_region(mask, region, ground.object_id, ground.protected, origin)
            rect = raster.union(rect, painted)
            for piece in drawn:
                rect = raster.union(rect, self._paint(mask, piece))
            return rect

        self._found = found
        self._show(draft.retry(again))

    def _wait(self) -> None:
        """Wait for the answer that is on its way: without it, what the user asked for would be lost."""
        draft, selection, ground = self._document.draft, self._selection, self._ground
        if not isinstance(draft, Trial) or selection is None or ground is None or not selection.busy:
            return
        try:
            self._try(selection.wait_for_answer(), draft, ground)
        except SknError as error:
            self._on_failed(error)

    def _on_failed(self, error: SknError) -> None:
        self.leave()
        self.noticed.emit(notice_of(error))

    def _flash(self, mask: Mask) -> None:
        """Say which pixels of `mask` the answer changed."""
        assert self._before is not None, "a selection is open"
        changed = mask != self._before
        rect = raster.bounds(changed)
        if rect is not None:
            x0, y0, x1, y1 = rect
            region: FoundRegion = changed[y0:y1, x0:x1].copy(), (x0, y0)
            self._before[y0:y1, x0:x1] = mask[y0:y1, x0:x1]
            self.refined.emit(region)

    def _show(self, rect: Rect | None) -> None:
        if rect is not None:
            self.painted.emit(rect)


def _in_vain(first: Gesture, combination: Combination) -> str:
    """Why nothing can come of a gesture where the object has no pixels; "": something can."""
    if not first.adds:
        return tr("There is nothing of {name} on this frame to take away: click it first")
    if combination is Combination.INTERSECT:
        return tr("There is nothing of {name} on this frame to cut down: add to it first")
    return ""


def _nothing_found(gesture: Gesture) -> str:
    if gesture.box is not None:
        return tr("Nothing stands out in this box: paint what belongs to {name}, or press Esc to leave it")
    return tr("Nothing was found here: click another part of {name}, or press Esc to leave it")


def _fitting(gesture: Gesture, size: Size) -> Gesture | None:
    """The part of `gesture` that lies in a picture of `size`, (H, W); None: nothing of it does."""
    height, width = size
    if gesture.box is None:
        points = (piece.end for piece in gesture.stroke)
        return gesture if any(0 <= x < width and 0 <= y < height for x, y in points) else None
    x0, y0, x1, y1 = gesture.box
    x0, y0, x1, y1 = max(0, floor(x0)), max(0, floor(y0)), min(width, ceil(x1)), min(height, ceil(y1))
    return replace(gesture, box=(x0, y0, x1, y1)) if x1 - x0 >= 2 and y1 - y0 >= 2 else None
