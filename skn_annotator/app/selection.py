"""UnfinishedSelection: a box round the active object, what GrabCut finds in it, and strokes that refine that.

It is one draft: nothing is kept before it ends. Until then its steps, the box and each stroke, can be taken
back and made again one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation import raster
from skn_annotator.annotation.assist import Scribble
from skn_annotator.app.document import Document
from skn_annotator.app.draft import Trial
from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice
from skn_annotator.app.tasks.assisted_selection import BoxSelection, Found, FoundRegion, Stroke
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.arrays import Frame, Mask, Point, Rect


@dataclass(frozen=True)
class SelectionGround:
    """What a selection is made on: the object `object_id` called `name`, frame `t` with its picture.

    `mask`: what the frame has, writable. `protected`: ids whose pixels stay; `erasing`: those that stay where
    a stroke erases.
    """

    object_id: int
    name: str
    t: int
    frame: Frame
    mask: Mask
    protected: frozenset[int]
    erasing: frozenset[int]


@dataclass(frozen=True)
class _Left:
    """A box that was taken back, with its strokes."""

    t: int
    box: Rect
    strokes: tuple[Stroke, ...]
    replaces: bool


class UnfinishedSelection(QObject):
    """At most one unfinished selection on the shown frame."""

    painted = Signal(object)  # Rect of the frame that looks different now
    refined = Signal(object)  # Region: the pixels that look different after a stroke, or after the box
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
        self._box: BoxSelection | None = None
        self._ground: SelectionGround | None = None
        self._replaces = False
        self._keeps = False  # once the answer that is on its way is there
        self._stroke: list[Scribble] = []  # the one that is being drawn
        self._left: _Left | None = None
        self._before: Mask | None = None  # the mask that the last answer made
        document.draft_closed.connect(self._close)
        document.edited.connect(lambda _: self._forget())
        document.objects_changed.connect(self._forget)

    # ---- what there is

    @property
    def is_open(self) -> bool:
        """True from the box until the selection is kept or left."""
        return self._box is not None

    @property
    def is_busy(self) -> bool:
        """True while a better answer is on its way."""
        return self._box is not None and self._box.busy

    @property
    def box(self) -> Rect | None:
        """The box of the unfinished selection."""
        return None if self._box is None else self._box.box

    def back_name(self) -> str:
        """What `step_back` takes; "": nothing."""
        if self._box is None:
            return ""
        return tr("Stroke") if self._box.strokes or self._stroke else tr("Box")

    def forward_name(self, t: int | None) -> str:
        """What `step_forward` brings back on frame `t`; "": nothing."""
        if self._box is not None:
            return tr("Stroke") if self._box.undone else ""
        return tr("Box") if self._left is not None and self._left.t == t else ""

    # ---- the box

    def begin(self, box: tuple[float, float, float, float], replaces: bool = False) -> bool:
        """Select what stands out in `box`, (x0, y0, x1, y1); False, with a notice, if that is barred.

        `replaces`: what is found is all that the object has on the frame then.
        """
        height, width = self._document.annotation.size
        x0, y0 = max(0, floor(box[0])), max(0, floor(box[1]))
        x1, y1 = min(width, ceil(box[2])), min(height, ceil(box[3]))
        return x1 - x0 >= 2 and y1 - y0 >= 2 and self._begin((x0, y0, x1, y1), (), replaces)

    def _begin(self, box: Rect, undone: tuple[Stroke, ...], replaces: bool) -> bool:
        ground = self._make_ground()
        if ground is None:
            return False
        self._ground, self._replaces, self._left = ground, replaces, None
        self._box = BoxSelection(ground.frame, box, self._runner, undone, self)
        self._box.found.connect(self._on_found)
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

    def _close(self) -> None:
        if self._box is not None:
            self._box.close()
        self._box = self._ground = self._before = None
        self._keeps = False
        self._stroke = []

    def _forget(self) -> None:
        self._left = None

    # ---- strokes

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
        """The stroke is finished: look for what it says of its neighbourhood."""
        stroke, self._stroke = tuple(self._stroke), []
        if stroke and self._box is not None:
            self._box.refine(stroke)
            self._document.draft_changed.emit()

    def _add(self, piece: Scribble) -> None:
        draft = self._document.draft
        if self._box is not None and isinstance(draft, Trial):
            self._stroke.append(piece)
            self._show(draft.add(lambda mask: self._paint(mask, piece)))

    def _paint(self, mask: Mask, piece: Scribble) -> Rect | None:
        assert self._ground is not None, "a selection is open"
        value, protect = (
            (self._ground.object_id, self._ground.protected) if piece.inside else (0, self._ground.erasing)
        )
        return raster.paint_stroke(mask, piece.start, piece.end, piece.radius, value, protect)

    # ---- one step back or forward

    def step_back(self) -> None:
        """Take the last stroke back; without one, the box."""
        if self._box is None or self._ground is None:
            return
        if self._stroke:
            self._stroke = []
            self._box.refresh()
        elif self._box.strokes:
            self._box.undo()
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
        """Drop the selection; `step_forward` brings it back, the box first."""
        left = None
        if self._box is not None and self._ground is not None:
            strokes = self._box.strokes + self._box.undone
            left = _Left(self._ground.t, self._box.box, strokes, self._replaces)
        self._document.cancel_draft()
        self._left = left
        self._document.draft_changed.emit()

    def step_forward(self) -> None:
        """Make the stroke or the box again that was taken back last."""
        left = self._left
        if self._box is not None and self._box.undone:
            self._box.redo()
            self._document.draft_changed.emit()
        elif self._box is None and left is not None:
            self._begin(left.box, left.strokes, left.replaces)

    # ---- answers

    def _on_found(self, found: Found) -> None:
        draft, ground, box = self._document.draft, self._ground, self._box
        if not isinstance(draft, Trial) or ground is None or box is None:
            return
        (region, origin), strokes = found.region, (*box.strokes, tuple(self._stroke))

        finds = not found.is_empty or any(stroke[0].inside for stroke in strokes if stroke)

        def again(mask: Mask) -> Rect | None:
            rect = raster.clear_object(mask, ground.object_id) if self._replaces and finds else None
            painted = raster.paint_region(mask, region, ground.object_id, ground.protected, origin)
            rect = raster.union(rect, painted)
            for piece in (piece for stroke in strokes for piece in stroke):
                rect = raster.union(rect, self._paint(mask, piece))
            return rect

        self._show(draft.retry(again))
        keeps, self._keeps = self._keeps, False
        if found.is_empty and not box.strokes:
            text = tr(
                "Nothing stands out in this box: paint what belongs to {name}, or press Esc to leave it"
            )
            self.noticed.emit(Notice(text.format(name=ground.name)))
        elif keeps:
            self._document.end_draft_in_background()
            return
        self._flash(draft.mask)

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
