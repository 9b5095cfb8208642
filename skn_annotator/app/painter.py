"""Painter: the verbs that change the mask of the shown frame.

Each action is one draft that ends as one edit and decides the active object on that frame. Short ones end
where they begin; a stroke, a move and an assisted selection stay drafts while the user goes on, and whatever
else the user does then finishes them first: only `Document.cancel_draft` drops one.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from math import floor

import numpy as np
from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation import edits, raster, reshape
from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.outlines import ClosedLine, Lines, moved
from skn_annotator.app.corner_edits import CornerEdits
from skn_annotator.app.document import Document
from skn_annotator.app.draft import Draft, Stroke, Trial
from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice
from skn_annotator.app.selection import UnfinishedSelection
from skn_annotator.app.tasks.assistant import Combination, SelectionGround
from skn_annotator.app.tasks.magnetic_trace import MagneticTrace
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.verb_queue import in_turn
from skn_annotator.arrays import Frame, Mask, Pixels, Point, Rect

_FINE = 480
"""Frames of this height are grown, shrunk and smoothed pixel by pixel; taller ones in larger steps."""

Shown = tuple[int, Frame | None]
"""The frame on the canvas: its number, and its picture unless that could not be decoded."""


@dataclass(frozen=True)
class _Target:
    """The object that is painted, on frame `t` with the picture `frame`."""

    object: AnnotatedObject
    t: int
    frame: Frame | None


class Painter(QObject):
    """Paints the active object of a document on the frame that is shown."""

    starting = Signal()  # the shown frame is about to be painted
    stroke_painted = Signal(object)  # Rect of the shown frame that looks different now
    copied = Signal(int)  # frame that a mask was copied to
    switched = Signal()  # how painting works was changed: what it protects, or how it combines
    noticed = Signal(object)  # Notice

    def __init__(
        self,
        document: Document,
        shown: Callable[[], Shown | None],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        """`shown`: the frame on the canvas, if there is one. `runner`: computes assisted selections."""
        super().__init__(parent)
        self.protects_others = False
        self.combination = Combination.ADD  # of outlines, boxes and clicks, where no key says otherwise
        self.right_erases = True  # whether the right button erases while a tool paints
        self._moved_lines: Lines = ()  # the outline of what is moved, as it was
        self.verbs = document.verbs
        self._document = document
        self._shown = shown
        self._runner = runner
        self.selection = UnfinishedSelection(document, self._begin_selection, runner, self)
        self.corners = CornerEdits(document, self._shown_number, self._begin_selection, self)
        for part in (self.selection, self.corners):
            part.painted.connect(self.stroke_painted)
            part.noticed.connect(self.noticed)

    def toggle_protect(self) -> None:
        """Whether painting leaves all other objects alone, or only the locked ones."""
        self.protects_others = not self.protects_others
        self.switched.emit()

    @property
    def combining(self) -> Combination:
        """How the open selection is combined with what the object has there, else what is drawn next."""
        return self.selection.combination or self.combination

    def combine(self, combination: Combination) -> None:
        """Combine outlines, boxes and clicks in this way from now on, and the open selection, too."""
        self.combination = combination
        self.selection.combine(combination)
        self.switched.emit()

    def pick(self, xy: Point) -> None:
        """Choose the object at `xy` of the shown frame, if one is there."""
        self._document.choose(self.object_at(xy))

    def object_at(self, xy: Point) -> int:
        """The id at `xy` of the shown frame; 0 where nothing is, or `xy` is beside the frame."""
        shown = self._shown()
        mask = None if shown is None else self._document.mask(shown[0])
        x, y = floor(xy[0]), floor(xy[1])
        is_inside = mask is not None and 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1]
        return int(mask[y, x]) if mask is not None and is_inside else 0

    # ---- what every action begins with

    def ready_to_paint(self) -> bool:
        """True if the active object can be painted on the shown frame; a notice says why not.

        The shown frame holds still from then on: nothing plays, no pass is followed.
        """
        return self._target() is not None

    def _target(self) -> _Target | None:
        active = self._document.active_object
        if self._shown() is None:
            return None
        if active is None or active.locked or not active.visible:
            self.noticed.emit(Notice(_why_not(active)))
            return None
        self._document.end_draft()
        self.starting.emit()
        shown = self._shown()
        return None if shown is None else _Target(active, *shown)

    def _fresh_mask(self, t: int) -> Mask:
        mask = self._document.annotation.mask(t)
        if mask is None:
            size = self._document.annotation.size
            return np.full(size, 0, np.uint8)  # np.zeros would touch the memory only while one paints
        return mask.copy()

    def protected(self, object_id: int, erases: bool = False) -> frozenset[int]:
        """The ids that keep their pixels while the object is painted, or where it is erased."""
        if erases or self.protects_others:
            return frozenset(range(1, 256)) - {object_id}
        return frozenset(o.id for o in self._document.annotation.objects if o.locked)

    def _shown_number(self) -> int | None:
        shown = self._shown()
        return None if shown is None else shown[0]

    def _is_on(self, t: int, target: AnnotatedObject) -> bool:
        held = target.id in self._document.annotation.ids_at(t)
        if not held:
            self.noticed.emit(Notice(tr("{name} is not on this frame").format(name=target.name)))
        return held

    # ---- the brush

    def begin_stroke(self, radius: float, erases: bool) -> bool:
        """Press the brush (or the eraser) onto the shown frame; False, with a notice, if that is barred."""
        target = self._target()
        if target is None:
            return False
        self._document.begin_draft(
            Stroke(
                target.t,
                self._fresh_mask(target.t),
                target.object.id,
                tr("Eraser") if erases else tr("Brush"),
                in_vain=_eraser_in_vain(target.object) if erases else "",
                erases=erases,
                radius=radius,
                protect=self.protected(target.object.id, erases),
            )
        )
        return True

    def stroke_to(self, xy: Point) -> None:
        """Drag to `xy`, image coordinates."""
        if isinstance(self._document.draft, Stroke):
            self._show(self._document.draft.to(xy))

    # ---- shapes, filling

    def paint_polygon(
        self,
        points: list[Point],
        erases: bool,
        name: str,
        combination: Combination = Combination.ADD,
        keeps_corners: bool = False,
    ) -> None:
        """Paint, or erase, the inside of the closed line through `points`; `name` as the history has it.

        `combination`: what becomes of the object's other pixels on the frame, unless it is erased.
        `keeps_corners`: they can be dragged later, if the object is the inside of such lines and nothing
        else.
        """
        cuts = combination is Combination.INTERSECT and not erases
        replaces = combination is Combination.REPLACE and not erases

        def change(mask: Mask, value: int, protect: Container[int]) -> Rect | None:
            if cuts:
                return raster.clear_outside(mask, points, value)
            gone = raster.clear_object(mask, value) if replaces else None
            return raster.union(gone, raster.paint_polygon(mask, points, value, protect))

        self._at_once(
            name,
            erases,
            change,
            _eraser_in_vain if erases else _cut_in_vain if cuts else lambda target: "",
            ClosedLine(tuple(points), erases) if keeps_corners and not cuts else None,
            replaces,
        )

    def take_area(self, area: Pixels, name: str) -> None:
        """`area`, bool (H, W), is all that the active object has on the frame then."""

        def change(mask: Mask, value: int, protect: Container[int]) -> Rect | None:
            gone = raster.clear_object(mask, value)
            return raster.union(gone, raster.paint_region(mask, area, value, protect))

        self._at_once(name, False, change, lambda target: "")

    def fill(self, xy: Point, erases: bool) -> None:
        """Fill the patch at `xy`; erasing takes the active object's patch there away."""
        self._at_once(
            tr("Fill"),
            erases,
            lambda mask, value, protect: raster.flood_fill(mask, xy, value, protect),
            lambda target: (
                _eraser_in_vain(target)
                if erases
                else tr("Nothing to fill here: it is {name} or protected").format(name=target.name)
            ),
        )

    def _at_once(
        self,
        name: str,
        erases: bool,
        change: Callable[[Mask, int, Container[int]], Rect | None],
        in_vain: Callable[[AnnotatedObject], str],
        line: ClosedLine | None = None,
        replaces: bool = False,
    ) -> None:
        """`line`: what `change` paints; kept if the object is the inside of lines."""
        target = self._target()
        if target is None:
            return
        draft = Draft(target.t, self._fresh_mask(target.t), target.object.id, name, in_vain(target.object))
        protect = self.protected(target.object.id, erases)
        rect = change(draft.mask, 0 if erases else target.object.id, protect)
        if line is not None and rect is not None:
            draft.lines = self._lines_with(line, target, replaces)
        self._document.begin_draft(draft)
        self._show(rect)
        self._document.end_draft_in_background()

    def _lines_with(self, line: ClosedLine, target: _Target, replaces: bool) -> Lines:
        """The outline of the object once `line` is painted; empty if it has other pixels, too."""
        annotation, object_id = self._document.annotation, target.object.id
        before = annotation.outline(target.t, object_id)
        if line.erases:
            return () if before is None else (*before.lines, line)
        if replaces or object_id not in annotation.ids_at(target.t):
            return (line,)
        return () if before is None else (*before.lines, line)

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
        return max(1, round(self._document.annotation.size[0] / _FINE))

    @in_turn
    def _reshape(
        self, name: str, change: Callable[[Mask, int, Container[int]], Rect | None], in_vain: str = ""
    ) -> None:
        target, shown = self._document.active_object, self._shown()
        if target is not None and shown is not None and self._is_on(shown[0], target):
            self._at_once(
                name,
                False,
                lambda mask, value, protect: change(mask, value, protect),
                lambda target: in_vain.format(target.name),
            )

    @in_turn
    def copy_mask(self, frames: int) -> None:
        """The active object gets the mask that it has here on the frame `frames` on, and we go there."""
        target = self._target()
        if target is None or not self._is_on(target.t, target.object):
            return
        annotation, object_id, to = self._document.annotation, target.object.id, target.t + frames
        if not 0 <= to < annotation.length:
            self.noticed.emit(Notice(tr("There is no frame to copy to: the video ends here")))
            return
        source, old = annotation.mask(target.t), annotation.mask(to)
        assert source is not None, "it shows the object"
        mask = np.zeros_like(source) if old is None else np.where(old == object_id, np.uint8(0), old)
        raster.paint_region(mask, source == object_id, object_id, self.protected(target.object.id))
        name = tr("Copy mask to the next frame") if frames > 0 else tr("Copy mask to the previous frame")
        made = edits.painting(annotation, to, mask, object_id, name, lines=self._lines_at(target))
        self._document.do_painting(made, object_id)
        self.copied.emit(to)

    # ---- moving

    def begin_move(self) -> bool:
        """Take hold of the active object on the shown frame; False, with a notice, if that is barred."""
        target = self._target()
        if target is None or not self._is_on(target.t, target.object):
            return False
        self._document.begin_draft(Trial(target.t, self._fresh_mask(target.t), target.object.id, tr("Move")))
        self._moved_lines = self._lines_at(target)
        return True

    def _lines_at(self, target: _Target) -> Lines:
        outline = self._document.annotation.outline(target.t, target.object.id)
        return () if outline is None else outline.lines

    def move_by(self, dx: float, dy: float) -> None:
        """The object lies (`dx`, `dy`) pixels from where it was."""
        draft, target = self._document.draft, self._document.active_object
        if isinstance(draft, Trial) and target is not None:
            protect, by = self.protected(target.id), (round(dx), round(dy))
            draft.lines = moved(self._moved_lines, *by) if by != (0, 0) else ()
            self._show(draft.retry(lambda mask: reshape.move(mask, target.id, *by, protect)))

    # ---- assisted selection

    def selection_ground(self) -> SelectionGround | None:
        """What a selection on the shown frame would be made on; None if that is barred, or one is drawn."""
        active, shown = self._document.active_object, self._shown()
        if shown is None or self._document.draft is not None:
            return None
        if active is None or active.locked or not active.visible:
            return None
        return self._ground_of(_Target(active, *shown))

    def _begin_selection(self) -> SelectionGround | None:
        target = self._target()
        if target is not None and target.frame is None:
            text = tr("The picture of frame {t} cannot be read: paint there with the brush or the polygon")
            self.noticed.emit(Notice(text.format(t=target.t + 1)))
        return None if target is None else self._ground_of(target)

    def _ground_of(self, target: _Target) -> SelectionGround | None:
        if target.frame is None:
            return None
        mask = self._fresh_mask(target.t)
        protected, erasing = self.protected(target.object.id), self.protected(target.object.id, True)
        return SelectionGround(
            target.object.id, target.object.name, target.t, target.frame, mask, protected, erasing
        )

    def trace(self) -> MagneticTrace | None:
        """A magnetic lasso on the shown frame, if the active object can be painted there."""
        target = self._target()
        if target is None or target.frame is None:
            return None
        return MagneticTrace(target.frame, self._runner, self)

    def _show(self, rect: Rect | None) -> None:
        if rect is not None:
            self.stroke_painted.emit(rect)


def _why_not(target: AnnotatedObject | None) -> str:
    if target is None:
        return tr("There is no object to paint: add one (N)")
    if target.locked:
        return tr("{name} is locked: unlock it in the list of objects to paint it").format(name=target.name)
    return tr("{name} is hidden: show it in the list of objects to paint it").format(name=target.name)


def _cut_in_vain(target: AnnotatedObject) -> str:
    return tr("{name} has nothing outside of this line: nothing was cut off").format(name=target.name)


def _eraser_in_vain(target: AnnotatedObject) -> str:
    return tr("The eraser erases only {name}: alt-click another object to choose that").format(
        name=target.name
    )
