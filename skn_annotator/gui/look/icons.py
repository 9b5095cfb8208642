"""The line icons of ``resources/icons``, in the colours of the theme that is worn, sharp on every screen.

An icon is drawn when it is needed, so that it follows the theme and the screen by itself.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from skn_annotator.gui.look import theme
from skn_annotator.resources import resource


@lru_cache(maxsize=256)
def icon(name: str, tint: str = "text") -> QIcon:
    """The icon called `name` in the theme's colour `tint`; quiet when disabled, and what is as bright as text
    takes the accent colour when checked.

    The icon is shared: do not add pictures to it.
    """
    return QIcon(_Engine(name, tint))


def pixmap(name: str, tint: str = "text", size: int = 18, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels, in the colours of now."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _paint(painter, QRectF(0, 0, size, size), name, tint)
    painter.end()
    return picture


class Symbol(QWidget):
    """A label that shows an icon; it cannot be clicked."""

    def __init__(self, name: str, tint: str = "text", size: int = 18) -> None:
        super().__init__()
        self._name, self._tint = name, tint
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tint: str) -> None:
        """Show another icon."""
        self._name, self._tint = name, tint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(QPainter(self), QRectF(self.rect()), self._name, self._tint)


class _Engine(QIconEngine):
    """Draws one icon whenever Qt asks for it."""

    def __init__(self, name: str, tint: str) -> None:
        super().__init__()
        self._name, self._tint = name, tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        _paint(painter, QRectF(rect), self._name, self._tint_of(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """`size` is in logical pixels."""
        side = min(size.width(), size.height())
        return pixmap(self._name, self._tint_of(mode, state), side, scale)

    def _tint_of(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "quiet"
        return "accent" if state == QIcon.State.On and self._tint == "text" else self._tint


def _paint(painter: QPainter, area: QRectF, name: str, tint: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, theme.color(tint).name()).render(painter, area)


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    svg = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    return QSvgRenderer(QByteArray(svg.encode()))
