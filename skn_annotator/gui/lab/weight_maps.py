"""WeightMaps: what the reader made of the chosen memory cell, map beside map: W, the spatial-constrain
kernel, W1, the Gaussian, and W2 (SKN, equations (2), (6), (7), (9) and (10)).

The maps lie on the query cells and are linked: zoomed and read together, each weight on one scale. Keys that
tell cells well apart make W nearly 0 but at one cell: on a logarithmic scale the others are seen, too.
"""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform
from PySide6.QtWidgets import QGraphicsPathItem

from skn_annotator.app.language import tr, translatable
from skn_annotator.app.numbers import figures
from skn_annotator.app.tasks.kept_readings import CellWeights
from skn_annotator.arrays import Size
from skn_annotator.gui.lab.heat import CHOSEN, KERNEL_COLORS, POINTED, WEIGHT_COLORS, line, scale_of
from skn_annotator.gui.lab.lab_state import LabState
from skn_annotator.gui.lab.places import cell_at
from skn_annotator.gui.look import set_texts, theme

NAMES = ("W  (2)", "SCK  (6)", "W1 = W · SCK  (7)", "g  (9)", "W2 = W · g  (10)")
_KERNELS = (1, 3)
_SHORT = ("W", "SCK", "W1", "g", "W2")
_AROUND, _LEAST_AROUND = 3.0, 8.0
"""The maps show so many sigma_s around the prior at first, and so many cells at least."""
_BARS = 210
"""Pixels for both colour bars and the gaps."""
_OUTLINED = 160
"""The outline of the object is drawn from a mask of about so many columns."""


class WeightMaps(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Five maps in a row with their colour bars."""

    def __init__(self, state: LabState) -> None:
        super().__init__()
        self._state = state
        set_texts(self, accessibleName=translatable("Weights"))
        self.setBackground(theme.color("surface"))
        self.boxes: list[Any] = []
        self.images: list[Any] = []
        self._titles: list[Any] = []
        self._outlines: list[QGraphicsPathItem] = []
        self._matched: list[Any] = []
        self._pointed: list[Any] = []
        self._shown = QRectF()
        grid = self.ci.layout
        grid.setContentsMargins(12, 0, 12, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        for column, name in enumerate(NAMES):
            self._titles.append(self.addLabel(name, 0, column, size="10pt", color=theme.color("text")))
            self._add_map(column)
        self._bars = [self._bar(KERNEL_COLORS, 5), self._bar(WEIGHT_COLORS, 6)]
        self._scale = self.addLabel("", 0, 6, size="9pt", color=theme.color("dim"))
        self.is_logarithmic = True
        self._use_scale()
        state.changed.connect(self.draw)
        state.cell_changed.connect(self.draw)
        state.pointed.connect(self._draw_pointed)
        self._moves = pg.SignalProxy(
            self.scene().sigMouseMoved, rateLimit=30, slot=lambda at: self._on_move(at[0])
        )

    def _add_map(self, column: int) -> None:
        box = self.addViewBox(1, column, lockAspect=True, invertY=True, enableMenu=False)
        image = pg.ImageItem(axisOrder="row-major")
        if column in _KERNELS:
            image.setLookupTable(scale_of(KERNEL_COLORS).getLookupTable(nPts=256))
        box.addItem(image)
        outline = QGraphicsPathItem()
        outline.setPen(line(theme.OVER_FRAME.color("text"), 1.2, 200))
        box.addItem(outline, ignoreBounds=True)
        matched = pg.ScatterPlotItem(symbol="o", size=12, pen=line(CHOSEN, 2), brush=None)
        pointed = pg.ScatterPlotItem(symbol="s", size=8, pen=line(POINTED, 1.5), brush=None)
        for mark in (matched, pointed):
            box.addItem(mark, ignoreBounds=True)
        if self.boxes:
            box.setXLink(self.boxes[0])
            box.setYLink(self.boxes[0])
        self.boxes.append(box)
        self.images.append(image)
        self._outlines.append(outline)
        self._matched.append(matched)
        self._pointed.append(pointed)

    def _bar(self, colors: str, column: int) -> Any:
        bar = pg.ColorBarItem(
            (0, 1), width=12, colorMap=scale_of(colors), interactive=False, colorMapMenu=False
        )
        self.addItem(bar, 1, column)
        return bar

    def use_logarithm(self, is_used: bool) -> None:
        """Whether W, W1 and W2 are shown by their logarithms."""
        self.is_logarithmic = is_used
        self._use_scale()
        self.draw()

    def _use_scale(self) -> None:
        even, rising = pg.colormap.get(WEIGHT_COLORS), scale_of(WEIGHT_COLORS)
        colors = even if self.is_logarithmic else rising
        for column in {*range(len(NAMES))} - {*_KERNELS}:
            self.images[column].setLookupTable(colors.getLookupTable(nPts=256))
        bar = self._bars[1]
        bar.setColorMap(colors)
        self._scale.setText("log10" if self.is_logarithmic else "")

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if len(getattr(self, "boxes", ())) == len(NAMES):  # pyqtgraph resizes while it is made
            width = max(40, (self.width() - _BARS) / len(NAMES))
            for column in range(len(NAMES)):
                self.ci.layout.setColumnFixedWidth(column, width)

    def draw(self) -> None:
        """Draw the maps of the chosen memory cell; nothing, no empty scale either, where there is none."""
        weights = self._state.weights
        for item in (*self.boxes, *self._titles, *self._bars, self._scale):
            item.setVisible(weights is not None)
        if weights is None or not self.isVisible():
            return
        cell = [weights.matched[1] + 0.5], [weights.matched[0] + 0.5]
        path = self._outline(weights.w.shape)
        around = self._around(weights)
        levels = self._levels(weights, around)
        maps = weights.logarithms() if self.is_logarithmic else weights.maps()
        for column, values in enumerate(maps):
            self.images[column].setImage(values, levels=(0, 1) if column in _KERNELS else levels)
            self._matched[column].setData(*cell)
            self._outlines[column].setPath(path)
        self._bars[1].setLevels(levels)
        if around != self._shown:  # or the wheel's zoom would be lost with every cell
            self._shown = around
            self.boxes[0].setRange(around, padding=0)
        self._draw_pointed()

    def _levels(self, weights: CellWeights, around: QRectF) -> tuple[float, float]:
        """Where the colours of the weights begin and end: with the least W `around`, and the largest."""
        if not self.is_logarithmic:
            return 0.0, max(float(weights.w.max()), 1e-12)
        x0, y0, x1, y1 = (round(value) for value in around.getCoords())
        seen, top = weights.log_w[y0:y1, x0:x1], float(weights.log_w.max())
        return min(float(seen.min()), top - 1), top

    def _around(self, weights: CellWeights) -> QRectF:
        """The cells around the prior, as far as the kernel goes; all without one."""
        whole = QRectF(0, 0, weights.w.shape[1], weights.w.shape[0])
        explanation, reading = self._state.explanation, self._state.reading
        if explanation is None or reading is None or explanation.center is None:
            return whole
        (y0, x0), (dy, dx) = reading.grid.origin, reading.grid.cell
        x, y = (explanation.center[0] - x0) / dx, (explanation.center[1] - y0) / dy
        reach = max(_LEAST_AROUND, _AROUND * explanation.spread[0] / dx)
        return QRectF(x - reach, y - reach, 2 * reach, 2 * reach).intersected(whole)

    def _draw_pointed(self) -> None:
        cell = self._state.query_cell
        for mark in self._pointed:
            mark.setData([] if cell is None else [cell[1] + 0.5], [] if cell is None else [cell[0] + 0.5])

    def _outline(self, size: Size) -> QPainterPath:
        """The outline of the object on the shown frame, in cells."""
        state = self._state
        mask = None if state.t is None else state.session.document.mask(state.t)
        if mask is None or state.reading is None:
            return QPainterPath()
        x0, y0, x1, y1 = state.reading.grid.area
        inside = mask[round(y0) : round(y1), round(x0) : round(x1)] == state.object_id
        step = max(1, inside.shape[1] // _OUTLINED)
        few = inside[::step, ::step].astype(np.float32)
        path: QPainterPath = pg.functions.isocurve(few.T, 0.5, extendToEdge=True, path=True)
        dy, dx = state.reading.grid.cell
        return QTransform.fromScale(step / dx, step / dy).translate(0.5, 0.5).map(path)

    # ---- values under the mouse

    def _on_move(self, at: QPointF) -> None:
        weights = self._state.weights
        if weights is None:
            return
        for box in self.boxes:
            if box.sceneBoundingRect().contains(at):
                point = box.mapSceneToView(at)
                height, width = weights.w.shape
                cell = cell_at((point.x(), point.y()), (0, 0, width, height), (height, width))
                self._state.point_at(cell)
                return

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._state.point_at(None)


def values_at(weights: CellWeights, cell: tuple[int, int]) -> str:
    """What the maps hold at a query cell, in words."""
    maps = zip(_SHORT, weights.maps(), strict=True)
    values = "   ".join(f"{name} {figures(each[cell], 3)}" for name, each in maps)
    where = tr("Row {row}, column {column}").format(row=cell[0] + 1, column=cell[1] + 1)
    return f"{where}:   {values}"
