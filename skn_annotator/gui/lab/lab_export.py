"""What the lab shows, as files: its pictures as PNG, and the numbers behind them as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QGraphicsView

from skn_annotator.app.tasks.kept_readings import CellWeights, Explanation
from skn_annotator.gui.lab.time_plots import TimePlots

_ENLARGED = 2
"""Pixels of a picture for one of the screen."""


def png_of(view: QGraphicsView) -> bytes:
    """A picture of what a view shows, twice as large as on the screen."""
    image = QImage(view.viewport().size() * _ENLARGED, QImage.Format.Format_RGB32)
    image.fill(view.backgroundBrush().color())
    painter = QPainter(image)
    painter.setRenderHints(view.renderHints())
    view.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def matches_csv(explanation: Explanation) -> bytes:
    """A row for each matched point, the strongest first: where it lies on the frame, in pixels, and on which
    memorized frame, from 1, its memory cell lies where."""
    parts = explanation.points, explanation.strength, explanation.origin_frames, explanation.origins
    rows = ((*point, strength, t + 1, *origin) for point, strength, t, origin in zip(*parts, strict=True))
    return _csv(("x", "y", "strength", "memory_frame", "memory_x", "memory_y"), rows)


def weights_csv(weights: CellWeights) -> bytes:
    """A row for each query cell, counted from 1, with what the reader made of the chosen memory cell there:
    SKN, equations (2), (6), (7), (9) and (10)."""
    maps = np.stack(weights.maps(), -1)
    cells = np.ndindex(*maps.shape[:2])
    return _csv(
        ("row", "column", "W", "SCK", "W1", "g", "W2"), ((r + 1, c + 1, *maps[r, c]) for r, c in cells)
    )


def over_time_csv(plots: TimePlots) -> bytes:
    """A row for each frame, from 1, and object; empty where a number is not known."""
    rows = ((t + 1, name, *values) for t, name, values in plots.table())
    return _csv(("frame", "object", "confidence", "area", "speed", "read_from_references"), rows)


def _csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_figure(value) for value in row] for row in rows)
    return text.getvalue().encode(errors="backslashreplace")


def _figure(value: object) -> object:
    if value is None:
        return ""
    return f"{float(value):.7g}" if isinstance(value, float | np.floating) else value
