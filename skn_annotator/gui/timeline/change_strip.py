"""ChangeStrip: the row of the timeline below the confidence that shows what the latest pass changed.

A bar per frame, as high as the square root of how much the masks changed, so that an outline that moved a
little is seen beside an object that was lost; a thin line where a frame got its first mask. What was undone
or painted since has no tick.
"""

from collections.abc import Iterable
from math import sqrt

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from skn_annotator.app.language import tr
from skn_annotator.app.session import Session
from skn_annotator.gui.look import theme
from skn_annotator.gui.timeline.axis import Axis
from skn_annotator.gui.timeline.overview import starts_of

STRIP = 16
_NEW = -1.0  # a frame that had no mask before
_HIGHEST, _LINE = 12, 2
_GAP = 4  # frames wider than this leave a pixel of space to the next one


class ChangeStrip:
    """How much the latest pass changed each frame, updated frame by frame."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pass = session.tasks.passes.latest
        self._changes = np.full(session.document.annotation.length, np.nan, np.float32)
        self.update(session.document.annotation.frames())

    @property
    def is_outdated(self) -> bool:
        """True if another pass has begun or another sequence is open: all frames have to be read again."""
        length = len(self._changes)
        return (
            self._pass is not self._session.tasks.passes.latest
            or length != self._session.document.annotation.length
        )

    def update(self, frames: Iterable[int]) -> None:
        """Read the changes of `frames` again."""
        frames = list(frames)
        self._changes[frames] = np.nan
        for t, change in self._session.tasks.comparison.changes(frames).items():
            self._changes[t] = _NEW if change is None else change

    def paint(self, painter: QPainter, axis: Axis, top: float) -> None:
        """Draw the bars below `top`, with a caption at the left; nothing if no frame changed."""
        starts = starts_of(axis.frames, axis.per_pixel)
        seen = self._changes[axis.frames.start : axis.frames.stop]
        most = np.fmax.reduceat(seen, starts - axis.frames.start)
        changed = np.flatnonzero(~np.isnan(most) & (most != 0))
        if not len(changed):
            return
        text = QRectF(16, top, axis.left - 24, STRIP)
        painter.setPen(theme.color("dim"))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, tr("last pass"))
        ends = np.append(starts[1:], axis.frames.stop)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setClipRect(QRectF(axis.left, top, axis.width, STRIP))
        for index in changed.tolist():
            _paint_bar(painter, axis, int(starts[index]), int(ends[index]), float(most[index]), top + STRIP)
        painter.restore()


def _paint_bar(painter: QPainter, axis: Axis, first: int, end: int, change: float, bottom: float) -> None:
    left, right = axis.edge(first), axis.edge(end)
    width = max(1.0, right - left - (change != _NEW and right - left > _GAP))
    height = _LINE if change == _NEW else max(_LINE + 1, round(_HIGHEST * sqrt(change)))
    color = theme.color("faint" if change == _NEW else "accent")
    painter.fillRect(QRectF(left, bottom - 2 - height, width, height), color)
