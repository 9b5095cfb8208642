"""The line icons of ``resources/icons``, tinted for the theme and rendered sharp at every pixel ratio."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from skn_annotator.gui.theme import DARK
from skn_annotator.resources import resource

_RATIOS = (1.0, 2.0)


@lru_cache(maxsize=256)
def icon(name: str, tint: str = DARK.text, size: int = 18) -> QIcon:
    """The icon called `name`; faint when disabled, in the accent colour when checked."""
    result = QIcon()
    for mode, state, color in (
        (QIcon.Mode.Normal, QIcon.State.Off, tint),
        (QIcon.Mode.Normal, QIcon.State.On, DARK.accent if tint == DARK.text else tint),
        (QIcon.Mode.Disabled, QIcon.State.Off, DARK.faint),
        (QIcon.Mode.Disabled, QIcon.State.On, DARK.faint),
    ):
        for ratio in _RATIOS:
            result.addPixmap(pixmap(name, color, size, ratio), mode, state)
    return result


def pixmap(name: str, tint: str = DARK.text, size: int = 18, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels."""
    svg = resource(f"icons/{name}.svg").read_text().replace("currentColor", QColor(tint).name())
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
