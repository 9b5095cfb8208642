"""MatchView: the shown frame with its spatial-constrain kernel and matched points, each joined to the memory
cell that it was matched to, on the memorized frames beside it (SKN, equations (4)-(8)).

A click on a memorized frame chooses a memory cell; the mouse over the shown frame points at a query cell, and
the memorized frames show where that was read from (equation (10)). A double click on one goes there.
"""

from functools import partial
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPixmapItem, QGraphicsRectItem, QMenu

from skn_annotator.app.frames.thumbnails import step_of
from skn_annotator.app.language import tr, translatable
from skn_annotator.app.numbers import percent
from skn_annotator.app.tasks.kept_readings import CellGrid, Explanation, MemoryCell
from skn_annotator.gui.lab.heat import (
    CHOSEN,
    KERNEL_COLORS,
    MATCHED,
    POINTED,
    WEIGHT_COLORS,
    faded,
    line,
    see_through,
)
from skn_annotator.gui.lab.lab_keys import MARKING, OPENING, is_own, moved_by
from skn_annotator.gui.lab.lab_state import LabState
from skn_annotator.gui.lab.outlined_frame import outlined
from skn_annotator.gui.lab.places import FramePlace, cell_at, places_of
from skn_annotator.gui.look import Display, set_texts, theme

_JOINED = 40
"""So many of the strongest matched points are joined to their memory cells."""
_MUCH = 0.1
"""The share of a query cell that is worth a line."""
Rectangle = tuple[float, float, float, float]
_SHADES = 4
"""Lines of about the same strength are drawn at once."""


class MatchView(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """The picture of one frame's reading."""

    def __init__(self, state: LabState, display: Display) -> None:
        super().__init__()
        self._display = display
        self._state, self._session = state, state.session
        set_texts(self, accessibleName=translatable("Matched points"))
        self.setBackground(theme.color("backdrop"))
        self.box = self.addViewBox(lockAspect=True, invertY=True, enableMenu=False)
        self.box.setMouseEnabled(True, True)
        self.places: dict[int, FramePlace] = {}
        self._grids: dict[int, CellGrid] = {}
        self.heats: dict[int, Any] = {}
        self._items: list[Any] = []  # what is drawn, but for the marks
        self._marks: list[Any] = []  # what depends on the chosen or the pointed cell
        self._content: object = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        state.changed.connect(self.draw)
        state.cell_changed.connect(self._draw_marks)
        state.pointed.connect(self._draw_marks)
        self._session.viewer.thumbnail_arrived.connect(state.look_soon)
        scene = self.scene()
        self._moves = pg.SignalProxy(scene.sigMouseMoved, rateLimit=30, slot=lambda at: self._on_move(at[0]))
        scene.sigMouseClicked.connect(self._on_click)

    # ---- drawing

    def draw(self) -> None:
        """Draw all anew."""
        if not self.isVisible():
            return
        state = self._state
        # not `box.clear`: it takes only their parent, and the scene goes on drawing the one under the mouse
        for item in (*self._items, *self._marks):
            self.box.removeItem(item)
        self._items, self._marks, self.heats, self.places, self._grids = [], [], {}, {}, {}
        if state.t is None:
            return
        self._draw_frame(state.t)
        explanation = state.explanation
        if explanation is not None:
            self._draw_memory(explanation)
            self._draw_kernel(explanation)
            self._draw_matches(explanation)
        content = (tuple(self.places), self._session.document.annotation.size)
        if content != self._content:
            self._content = content
            self.fit()
        self._draw_marks()

    def fit(self) -> None:
        """Show the shown frame and all memorized ones."""
        height, width = self._session.document.annotation.size
        area = QRectF(0, 0, width, height)
        for place in self.places.values():
            area |= QRectF(*place.rect((0, 0, width, height)))
        self.box.setRange(area, padding=0.01)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if hasattr(self, "box"):
            self.fit()

    def _draw_frame(self, t: int) -> None:
        rgb = self._session.viewer.frame
        if rgb is not None:
            self._add_picture(outlined(self._session, rgb, t), FramePlace(0, 0, 1))

    def _draw_memory(self, explanation: Explanation) -> None:
        state, size = self._state, self._session.document.annotation.size
        matches = self._session.tasks.passes.matches
        memory = matches.memory(state.t, state.object_id, self._session.document.annotation.references)
        self._session.viewer.want_thumbnails([each.t for each in memory], "lab")
        if state.reading is not None:
            self._grids = dict(state.reading.memory_grids)
        for each, place in zip(memory, places_of(len(memory), size), strict=True):
            self.places[each.t] = place
            rgb = self._session.viewer.thumbnail(each.t)
            if rgb is None:
                self._add(_rect(place.rect((0, 0, size[1], size[0])), line(theme.color("pressed"))))
            else:
                picture = outlined(self._session, rgb, each.t)
                self._add_picture(picture, place, step_of(size[1]))
            heat = self._add(pg.ImageItem(axisOrder="row-major"))
            heat.setLookupTable(see_through(WEIGHT_COLORS, 0.9))
            heat.hide()
            self.heats[each.t] = heat
            kind = tr("reference {t}") if each.is_reference else tr("frame {t}")
            text = f"{kind.format(t=each.t + 1)} · {percent(each.share)}"
            self._add_text(text, place.to_view((0, 0)))

    def _draw_kernel(self, explanation: Explanation) -> None:
        kernel, (x0, y0, x1, y1) = explanation.kernel, explanation.area
        item = self._add(pg.ImageItem(kernel, axisOrder="row-major", levels=(0, 1)))
        item.setLookupTable(see_through(KERNEL_COLORS, 0.5))
        item.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        if explanation.center is None:
            return
        (x, y), (dx, dy) = explanation.center, explanation.spread
        for times in (1, 2):
            circle = QGraphicsEllipseItem(x - times * dx, y - times * dy, 2 * times * dx, 2 * times * dy)
            circle.setPen(line(theme.OVER_FRAME.color("text"), 1.4, 220, dashed=times == 2))
            self._add(circle)
        self._add(
            pg.ScatterPlotItem([x], [y], symbol="+", size=16, pen=line(theme.OVER_FRAME.color("text"), 2))
        )
        self._add_text("r", (x, y))

    def _draw_matches(self, explanation: Explanation) -> None:
        points, strength = explanation.points, explanation.strength
        ends = np.empty_like(points)
        for t, place in self.places.items():
            own = explanation.origin_frames == t
            ends[own] = (place.x, place.y) + explanation.origins[own] * np.float32(place.scale)
        joined = np.stack((points, ends), 1)[:_JOINED]  # N x 2 x 2
        shade = np.minimum((strength[:_JOINED] * _SHADES).astype(int), _SHADES - 1)
        for k in range(_SHADES):
            pairs = joined[shade == k].reshape(-1, 2)
            if len(pairs):
                pen = line(MATCHED, 0.7 + 0.3 * k, 45 + 35 * k)
                self._add(
                    pg.PlotCurveItem(pairs[:, 0], pairs[:, 1], connect="pairs", pen=pen, antialias=True)
                )
        sizes = 4 + 6 * strength
        colors = [pg.mkBrush(faded(MATCHED, 90 + round(165 * float(each)))) for each in strength]
        rim = line(theme.OVER_FRAME.color("backdrop"), 0.7)
        for at, size in ((points, sizes), (ends, 0.6 * sizes)):
            self._add(pg.ScatterPlotItem(at[:, 0], at[:, 1], size=size, brush=colors, pen=rim))

    def _draw_marks(self) -> None:
        """What is chosen, and what is pointed at."""
        for mark in self._marks:
            self.box.removeItem(mark)
        self._marks = []
        state = self._state
        for heat in self.heats.values():
            heat.hide()
        if state.reading is None:
            return
        weights = state.weights
        if weights is not None and weights.origin.t in self.places:
            place = self.places[weights.origin.t]
            origin = place.rect(cell_area(self._grids[weights.origin.t], weights.origin.cell))
            target = cell_area(state.reading.grid, weights.matched)
            self._mark_pair(target, origin)
        if state.query_cell is not None:
            x0, y0, x1, y1 = cell_area(state.reading.grid, state.query_cell)
            self._mark(_rect((x0, y0, x1 - x0, y1 - y0), line(POINTED, 2)))
            self._show_shares()

    def _mark_pair(self, target: Rectangle, origin: Rectangle) -> None:
        """The chosen memory cell, its matched point, and what joins them."""
        x0, y0, x1, y1 = target
        x, y, width, height = origin
        pen = line(CHOSEN, 2)
        self._mark(_rect((x0, y0, x1 - x0, y1 - y0), pen))
        self._mark(_rect((x, y, width, height), pen))
        ends = [(x0 + x1) / 2, x + width / 2], [(y0 + y1) / 2, y + height / 2]
        self._mark(pg.PlotCurveItem(*ends, pen=line(CHOSEN, 1.6), antialias=True))

    def _show_shares(self) -> None:
        shares = self._state.shares
        most = max((float(each.share.max()) for each in shares), default=0.0) or 1.0
        for each in shares:
            heat, place = self.heats.get(each.t), self.places.get(each.t)
            if heat is not None and place is not None:
                heat.setImage(each.share, levels=(0, most))
                heat.setRect(QRectF(*place.rect(each.grid.area)))
                heat.setZValue(5)
                heat.show()
        self._join_strongest()

    def _join_strongest(self) -> None:
        """A line to each memory cell that much of the query cell is read from."""
        reading, cell = self._state.reading, self._state.query_cell
        if reading is None or cell is None:
            return
        x0, y0, x1, y1 = cell_area(reading.grid, cell)
        for each in self._state.shares:
            if each.t not in self.places:
                continue
            for row, column in np.argwhere(each.share >= _MUCH).tolist():
                u0, v0, u1, v1 = cell_area(each.grid, (row, column))
                u, v = self.places[each.t].to_view(((u0 + u1) / 2, (v0 + v1) / 2))
                ends = [(x0 + x1) / 2, u], [(y0 + y1) / 2, v]
                pen = line(POINTED, 0.6 + 2 * float(each.share[row, column]))
                self._mark(pg.PlotCurveItem(*ends, pen=pen, antialias=True))

    def _mark(self, item: Any) -> None:
        item.setZValue(10)
        self._marks.append(item)
        self.box.addItem(item, ignoreBounds=True)

    def _add(self, item: Any) -> Any:
        self._items.append(item)
        self.box.addItem(item, ignoreBounds=True)
        return item

    def _add_picture(self, image: Any, place: FramePlace, scale: float = 1.0) -> None:
        item = QGraphicsPixmapItem(QPixmap.fromImage(image))
        item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        item.setPos(place.x, place.y)
        item.setScale(place.scale * scale)
        self._add(item)

    def _add_text(self, text: str, at: tuple[float, float]) -> None:
        over = theme.OVER_FRAME
        item = pg.TextItem(text, color=over.color("text"), anchor=(0, 0), fill=over.color("backdrop", 170))
        item.setPos(*at)
        self._add(item)

    # ---- mouse and keyboard

    def _on_move(self, at: QPointF) -> None:
        reading = self._state.reading
        if reading is None:
            return
        point = self.box.mapSceneToView(at)
        height, width = self._session.document.annotation.size
        inside = 0 <= point.x() < width and 0 <= point.y() < height
        cell = cell_at((point.x(), point.y()), reading.grid.area, reading.grid.size)
        self._state.point_at(cell if inside else None)
        found = self._memory_at((point.x(), point.y()))
        self._display.set(from_frame=None if found is None else found.t)

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._state.point_at(None)
        self._display.set(from_frame=None)

    def _on_click(self, event: Any) -> None:
        point = self.box.mapSceneToView(event.scenePos())
        found = self._memory_at((point.x(), point.y()))
        if found is None:
            return
        event.accept()
        if event.button() == Qt.MouseButton.RightButton:
            self._show_menu(found.t, event.screenPos().toPoint())
        elif event.double():
            self._session.viewer.seek(found.t)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._state.choose(found)

    def _show_menu(self, t: int, at: QPoint) -> None:
        document = self._session.document
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("&Go to frame {t}").format(t=t + 1), partial(self._session.viewer.seek, t))
        is_reference = t in document.annotation.references
        text = tr("No &reference frame any more") if is_reference else tr("Make it a &reference frame")
        menu.addAction(text, partial(document.toggle_reference, t))
        menu.popup(at)

    def _memory_at(self, point: tuple[float, float]) -> MemoryCell | None:
        for t, place in self.places.items():
            grid = self._grids.get(t)
            cell = None if grid is None else cell_at(place.to_frame(point), grid.area, grid.size)
            if cell is not None:
                return MemoryCell(t, cell)
        return None

    def event(self, event: QEvent) -> bool:
        """Claim the own keys before Qt takes them for shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and is_own(event.key(), event.modifiers()):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        weights, reading = self._state.weights, self._state.reading
        if not is_own(event.key(), event.modifiers()):
            super().keyPressEvent(event)
        elif weights is not None and reading is not None:
            if event.key() in OPENING:
                self._session.viewer.seek(weights.origin.t)
            elif event.key() == MARKING:
                self._session.document.toggle_reference(weights.origin.t)
            else:
                cell = moved_by(event.key(), weights.origin, reading.memory_grids)
                if cell is not None:
                    self._state.choose(cell)


def cell_area(grid: CellGrid, cell: tuple[int, int]) -> tuple[float, float, float, float]:
    """(x0, y0, x1, y1) of a cell (row, column) on its frame, in pixels."""
    (y, x), (dy, dx) = grid.origin, grid.cell
    return x + cell[1] * dx, y + cell[0] * dy, x + (cell[1] + 1) * dx, y + (cell[0] + 1) * dy


def _rect(rect: Rectangle, pen: Any) -> QGraphicsRectItem:
    item = QGraphicsRectItem(*rect)
    item.setPen(pen)
    return item
