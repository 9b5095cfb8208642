"""The colours of the lab's maps: one scale for weights, one for kernels, and marks that both leave free."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPen

WEIGHT_COLORS, KERNEL_COLORS = "viridis", "inferno"
"""Names of pyqtgraph's colour scales: perceptually even, and told apart by the colour-blind."""
MATCHED, CHOSEN, POINTED = QColor("#5ad1f7"), QColor("#ff5fa2"), QColor("#f7f2a0")
"""Marks: the matched points, the memory cell that was chosen, the query cell that is pointed at."""


def see_through(name: str, most: float = 0.75) -> NDArray[np.uint8]:
    """256 colours RGBA of a scale for drawing over a frame: nothing where a map is 0, `most` (0-1) at 1."""
    table = scale_of(name).getLookupTable(nPts=256, alpha=True)
    table[:, 3] = np.interp(np.arange(256), [0, 12, 110, 255], [0, 40, 0.75 * most * 255, most * 255])
    return np.asarray(table, np.uint8)


def scale_of(name: str) -> Any:
    """A colour scale as pyqtgraph has it; that of weights rises fast, as few of them are large."""
    scale = pg.colormap.get(name)
    if name != WEIGHT_COLORS:
        return scale
    places = np.linspace(0, 1, 64)
    return pg.ColorMap(places**2, scale.map(places, mode="byte"))


def line(color: QColor, width: float = 1.5, alpha: int = 255, dashed: bool = False) -> QPen:
    """A pen of `width` pixels of the screen at every zoom."""
    pen: QPen = pg.mkPen(faded(color, alpha), width=width)
    pen.setCosmetic(True)
    if dashed:
        pen.setDashPattern([4, 3])
    return pen


def faded(color: QColor, alpha: int) -> QColor:
    """The colour with `alpha` 0-255."""
    return QColor(color.red(), color.green(), color.blue(), alpha)
