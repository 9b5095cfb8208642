"""TimePlots: confidence, area, speed and memory share of every object over the frames, with the timeline.

The line is the shown frame; a click goes to a frame.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent

from skn_annotator.app.language import tr, translatable
from skn_annotator.app.numbers import number
from skn_annotator.gui.lab.lab_state import LabState
from skn_annotator.gui.look import line_color, set_texts, theme

PLOTS = (
    translatable("Confidence"),
    translatable("Area, pixels"),
    translatable("Speed, pixels per frame"),
    translatable("Read from references"),
)
"""The plots, from left to right."""
_DECIMALS = (2, 0, 1, 2)
"""Of the values in the plots' titles."""
_SHARES = (0, 3)
"""Those that go from 0 to 1."""


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose numbers are written as the window's language does."""

    def tickStrings(self, values: Iterable[float], scale: float, spacing: float) -> list[str]:
        """pyqtgraph's, at a `spacing` of the numbers."""
        decimals = max(0, math.ceil(-math.log10(spacing * scale)))
        return [number(value * scale, decimals) for value in values]


class TimePlots(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Four plots in a row, with a curve for each object in its colour."""

    def __init__(self, state: LabState) -> None:
        super().__init__()
        self._state, self._session = state, state.session
        set_texts(self, accessibleName=translatable("Plots over time"))
        self.setBackground(theme.color("surface"))
        self.plots = [self._plot(column) for column in range(len(PLOTS))]
        self.curves: list[dict[int, Any]] = [{} for _ in PLOTS]
        self.lines = [self._line(plot) for plot in self.plots]
        self._length = 0
        state.changed.connect(self.draw)
        self._session.viewer.position_changed.connect(self._show_position)
        self._session.tasks.measures.changed.connect(state.look_soon)
        # At every step of a pass: all is measured when it is looked at, which is rarer then.
        self._session.document.frames_changed.connect(self._measure)
        self.scene().sigMouseClicked.connect(self._on_click)

    def _plot(self, column: int) -> Any:
        plot = self.addPlot(0, column, enableMenu=False, axisItems={"left": NumberAxis("left")})
        plot.hideButtons()
        plot.setMouseEnabled(x=True, y=False)
        plot.showGrid(x=False, y=True, alpha=0.15)
        for side in ("left", "bottom"):
            plot.getAxis(side).setPen(theme.color("faint"))
            plot.getAxis(side).setTextPen(theme.color("dim"))
        if column in _SHARES:
            plot.setYRange(0, 1, padding=0.04)
        if column:
            plot.setXLink(self.getItem(0, 0))
        return plot

    def _line(self, plot: Any) -> Any:
        line = pg.InfiniteLine(0, pen=pg.mkPen(theme.color("accent"), width=1.5))
        plot.addItem(line, ignoreBounds=True)
        return line

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for plot in self.plots:
                axis = plot.getAxis("left")
                axis.picture = None  # or its numbers would stay as they were written
                axis.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draw()

    # ---- drawing

    def _measure(self) -> None:
        """Find out how large the objects are on frames that changed, in the background."""
        if self.isVisible():
            self._session.tasks.measures.measure()

    def draw(self) -> None:
        """Draw all curves anew."""
        if not self.isVisible():
            return
        annotation = self._session.document.annotation
        self._measure()
        if annotation.length != self._length:
            self._length = annotation.length
            self.plots[0].setXRange(1, max(2, annotation.length), padding=0.01)
        frames = np.arange(1, annotation.length + 1)
        for column, value_of in enumerate(self._measures):
            gone = self.curves[column].keys() - {o.id for o in annotation.objects}
            for object_id in gone:
                self.plots[column].removeItem(self.curves[column].pop(object_id))
            for each in annotation.objects:
                curve = self.curves[column].get(each.id) or self.plots[column].plot(connect="finite")
                self.curves[column][each.id] = curve
                width = 2.2 if each.id == self._session.document.active else 1.1
                curve.setPen(pg.mkPen(line_color(each), width=width))
                curve.setData(frames, self._values(value_of, each.id))
        self._show_position()

    @property
    def _measures(self) -> tuple[Callable[[int, int], float | None], ...]:
        """What each of `PLOTS` shows of an object on a frame."""
        return self._confidence, self._area, self._speed, self._share

    def table(self) -> Iterator[tuple[int, str, tuple[float | None, ...]]]:
        """Of each frame, from 0, and object, by name, what the plots show, in their order."""
        annotation = self._session.document.annotation
        for t in range(annotation.length):
            for each in annotation.objects:
                yield t, each.name, tuple(value_of(t, each.id) for value_of in self._measures)

    def _values(self, value_of: Callable[[int, int], float | None], object_id: int) -> NDArray[np.float64]:
        """Over all frames; NaN where there is none."""
        values = (value_of(t, object_id) for t in range(self._session.document.annotation.length))
        return np.array([np.nan if value is None else value for value in values])

    def _confidence(self, t: int, object_id: int) -> float | None:
        return (self._session.document.annotation.confidence(t) or {}).get(object_id)

    def _area(self, t: int, object_id: int) -> float | None:
        found = self._session.tasks.measures.of(t).get(object_id)
        return None if found is None else found.area

    def _speed(self, t: int, object_id: int) -> float | None:
        measures = self._session.tasks.measures
        here, before = measures.of(t).get(object_id), measures.of(t - 1).get(object_id)
        if here is None or before is None:
            return None
        return float(np.hypot(here.center[0] - before.center[0], here.center[1] - before.center[1]))

    def _share(self, t: int, object_id: int) -> float | None:
        references = self._session.document.annotation.references
        return self._session.tasks.passes.matches.reference_share(t, object_id, references)

    def _show_position(self) -> None:
        """Move the line, and write the active object's values into the titles."""
        t, active = self._session.viewer.position, self._session.document.active
        for column, plot in enumerate(self.plots):
            self.lines[column].setValue(t + 1)
            curve = self.curves[column].get(active) if active is not None else None
            values = None if curve is None else curve.yData
            value = values[t] if values is not None and t < len(values) else np.nan
            text = tr(PLOTS[column]) + ("" if np.isnan(value) else f":  {number(value, _DECIMALS[column])}")
            plot.setTitle(text, color=theme.color("text"), size="9pt")

    # ---- mouse

    def _on_click(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        for plot in self.plots:
            box = plot.getViewBox()
            if box.sceneBoundingRect().contains(event.scenePos()):
                self._session.viewer.seek(round(box.mapSceneToView(event.scenePos()).x()) - 1)
                event.accept()
