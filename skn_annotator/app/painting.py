"""Painting: the verbs that change the mask of the shown frame. `Session` is a `Painting` with a video.

Each action is one draft that ends as one edit and makes its frame a reference frame. Short ones end where
they begin; a stroke, a move and an assisted selection stay drafts while the user goes on, and whatever else
the user does then ends them first: only `cancel_draft` forgets one.
"""

from collections.abc import Callable, Container
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation import edits, raster, reshape
from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.app.draft import Draft, Stroke, Trial
from skn_annotator.app.editing import Editing, Notice
from skn_annotator.app.language import tr
from skn_annotator.app.tasks.assisted_selection import BoxSelection, MagneticTrace, Mark, Region
from skn_annotator.app.tasks.runner import JobRunner
from skn_annotator.arrays import Mask, Point, Rect

_FINE = 480
"""Frames of this height are grown, shrunk and smoothed pixel by pixel; taller ones in larger steps."""


class Painting(Editing):
    """An `Editing` whose shown frame can be painted."""

    protect_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        self.frame: NDArray[np.uint8] | None = None  # of `shown`: RGB (H, W, 3)
        self.protects_others = False
        self._selecting: BoxSelection | None = None
        super().__init__(parent)
        self._assistant = JobRunner(self)

    def toggle_protect(self) -> None:
        """Whether painting leaves all other objects alone, or only the locked ones."""
        self.protects_others = not self.protects_others
        self.protect_changed.emit()

    # ---- what every action begins with

    def ready_to_paint(self) -> bool:
        """True if the active object can be painted on the shown frame; a notice says why not.

        The shown frame holds still from then on: nothing plays, no pass is followed.
        """
        return self._target() is not None

    def _target(self) -> AnnotatedObject | None:
        target = self.active_object
        if self.shown is None:
            return None
        if target is None or target.locked or not target.visible:
            self.noticed.emit(Notice(_why_not(target)))
            return None
        self.end_draft()
        self._before_stroke()
        return target

    def _fresh_mask(self) -> Mask:
        assert self.shown is not None, "there is a target"
        mask = self.annotation.mask(self.shown)
        if mask is None:
            return np.full(self.annotation.size, 0, np.uint8)  # zeros would touch the memory while one paints
        return mask.copy()

    def _protected(self, target: AnnotatedObject, erases: bool = False) -> frozenset[int]:
        if erases or self.protects_others:
            return frozenset(range(1, 256)) - {target.id}
        return frozenset(o.id for o in self.annotation.objects if o.locked)

    def _holds(self, t: int | None, target: AnnotatedObject) -> bool:
        held = t is not None and target.id in self.annotation.ids_at(t)
        if not held:
            self.noticed.emit(Notice(tr("{name} is not on this frame").format(name=target.name)))
        return held

    # ---- the brush

    def begin_stroke(self, radius: float, erases: bool) -> bool:
        """Press the brush (or the eraser) onto the shown frame; False, with a notice, if that is barred."""
        target = self._target()
        if target is None or self.shown is None:
            return False
        self._begin(
            Stroke(
                self.shown,
                self._fresh_mask(),
                tr("Eraser") if erases else tr("Brush"),
                _eraser_in_vain(target) if erases else "",
                0 if erases else target.id,
                radius,
                self._protected(target, erases),
            )
        )
        return True

    def stroke_to(self, xy: Point) -> None:
        """Drag to `xy`, image coordinates."""
        if isinstance(self._draft, Stroke):
            self._show(self._draft.to(xy))

    # ---- shapes, filling

    def paint_polygon(self, points: list[Point], erases: bool, name: str) -> None:
        """Paint, or erase, the inside of the closed line through `points`; `name` as the history has it."""
        self._at_once(
            name,
            erases,
            lambda mask, value, protect: raster.paint_polygon(mask, points, value, protect),
            lambda target: _eraser_in_vain(target) if erases else "",
        )

    def fill(self, xy: Point, erases: bool) -> None:
        """Fill the patch at `xy`; erasing takes the active object's patch there away."""
        self._at_once(
            tr("Fill"),
            erases,
            lambda mask, value, protect: raster.flood_fill(mask, xy, value, protect),
            lambda target: (
                _eraser_in_vain(target)
                if erases
                else tr("Nothing to fill here: it is {name} or guarded").format(name=target.name)
            ),
        )

    def _at_once(
        self,
        name: str,
        erases: bool,
        change: Callable[[Mask, int, Container[int]], Rect | None],
        in_vain: Callable[[AnnotatedObject], str],
    ) -> None:
        target = self._target()
        if target is None or self.shown is None:
            return
        draft = Draft(self.shown, self._fresh_mask(), name, in_vain(target))
        rect = change(draft.mask, 0 if erases else target.id, self._protected(target, erases))
        self._begin(draft)
        self._show(rect)
        self.let_go()

    # ---- the active object as a whole

    def fill_holes(self) -> None:
        """Background that the active object encloses on this frame becomes its own."""
        self._reshape(tr("Fill holes"), reshape.fill_holes, tr("{} has no holes on this frame"))

    def grow(self) -> None:
        """Make the active object a little larger on this frame."""
        self._reshape(tr("Grow"), lambda mask, i, protect: reshape.grow(mask, i, self._step(), protect))

    def shrink(self) -> None:
        """Make the active object a little smaller on this frame."""
        self._reshape(tr("Shrink"), lambda mask, i, _: reshape.shrink(mask, i, self._step()))

    def smooth(self) -> None:
        """Take spikes and notches off the active object's outline on this frame."""
        self._reshape(
            tr("Smooth"), lambda mask, i, protect: reshape.smooth(mask, i, 2 * self._step(), protect)
        )

    def _step(self) -> int:
        return max(1, round(self.annotation.size[0] / _FINE))

    def _reshape(
        self, name: str, change: Callable[[Mask, int, Container[int]], Rect | None], in_vain: str = ""
    ) -> None:
        target = self.active_object
        if target is not None and self._holds(self.shown, target):
            self._at_once(
                name,
                False,
                lambda mask, value, protect: change(mask, value, protect),
                lambda target: in_vain.format(target.name),
            )

    def copy_mask(self, frames: int) -> None:
        """The active object gets the mask that it has here on the frame `frames` on, and we go there."""
        target, here = self._target(), self.position
        if target is None or not self._holds(here, target):
            return
        to = here + frames
        if not 0 <= to < self.annotation.length:
            self.noticed.emit(Notice(tr("There is no frame to copy to: the video ends here")))
            return
        source, old = self.annotation.mask(here), self.annotation.mask(to)
        assert source is not None, "it holds the object"
        mask = np.zeros_like(source) if old is None else np.where(old == target.id, np.uint8(0), old)
        raster.paint_region(mask, source == target.id, target.id, self._protected(target))
        name = tr("Copy mask to the next frame") if frames > 0 else tr("Copy mask to the previous frame")
        self._do(edits.paint(self.annotation, to, mask, name))
        self._go(to)

    # ---- moving

    def begin_move(self) -> bool:
        """Take hold of the active object on the shown frame; False, with a notice, if that is barred."""
        target = self._target()
        if target is None or self.shown is None or not self._holds(self.shown, target):
            return False
        self._begin(Trial(self.shown, self._fresh_mask(), tr("Move")))
        return True

    def move_by(self, dx: float, dy: float) -> None:
        """The object lies (`dx`, `dy`) pixels from where it was."""
        draft, target = self._draft, self.active_object
        if isinstance(draft, Trial) and target is not None:
            protect = self._protected(target)
            self._show(draft.again(lambda mask: reshape.move(mask, target.id, round(dx), round(dy), protect)))

    # ---- assisted selection

    @property
    def is_selecting(self) -> bool:
        """True from the box of an assisted selection until that is kept or left."""
        return self._selecting is not None

    def begin_selection(self, box: tuple[float, float, float, float]) -> bool:
        """Select what stands out in `box`, (x0, y0, x1, y1) on the shown frame; `mark` refines it."""
        target, frame = self._target(), self.frame
        height, width = self.annotation.size
        x0, y0 = max(0, floor(box[0])), max(0, floor(box[1]))
        x1, y1 = min(width, ceil(box[2])), min(height, ceil(box[3]))
        if target is None or self.shown is None or frame is None or x1 - x0 < 2 or y1 - y0 < 2:
            return False
        self._begin(Trial(self.shown, self._fresh_mask(), tr("Select")))
        self._selecting = BoxSelection(frame, (x0, y0, x1, y1), self._assistant, self)
        self._selecting.found.connect(self._on_found)
        self.draft_changed.emit()
        return True

    def mark(self, start: Point, end: Point, radius: float, inside: bool) -> None:
        """A piece of a stroke that belongs to the selected object, or does not; seen at once."""
        draft, target = self._draft, self.active_object
        if self._selecting is None or not isinstance(draft, Trial) or target is None:
            return
        value, protect = (target.id if inside else 0), self._protected(target, not inside)
        self._show(draft.settle(lambda mask: raster.paint_stroke(mask, start, end, radius, value, protect)))
        self._selecting.mark(Mark(start, end, radius, inside))

    def _on_found(self, found: Region) -> None:
        draft, target = self._draft, self.active_object
        if isinstance(draft, Trial) and target is not None:
            (region, origin), protect = found, self._protected(target)
            self._show(
                draft.again(lambda mask: raster.paint_region(mask, region, target.id, protect, origin))
            )

    def trace(self) -> MagneticTrace | None:
        """A magnetic lasso on the shown frame, if the active object can be painted there."""
        if self._target() is None or self.frame is None:
            return None
        return MagneticTrace(self.frame, self._assistant, self)

    # ---- drafts

    def _begin(self, draft: Draft) -> None:
        self._draft = draft
        self.draft_changed.emit()

    def _show(self, rect: Rect | None) -> None:
        if rect is not None:
            self.stroke_painted.emit(rect)

    def _release_draft(self) -> None:
        if self._selecting is not None:
            self._selecting.close()
            self._selecting = None


def _why_not(target: AnnotatedObject | None) -> str:
    if target is None:
        return tr("There is no object to paint: add one (N)")
    if target.locked:
        return tr("{name} is locked: unlock it in the list of objects to paint it").format(name=target.name)
    return tr("{name} is hidden: show it in the list of objects to paint it").format(name=target.name)


def _eraser_in_vain(target: AnnotatedObject) -> str:
    return tr("The eraser takes only {name}: alt-click an object to choose it").format(name=target.name)
