"""Workspace: the canvas with panels around it, which can be moved to other sides, floated, and hidden."""

import base64
from collections.abc import Collection, Mapping
from enum import Enum

from PySide6.QtCore import QByteArray, QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from skn_annotator.app.language import translatable
from skn_annotator.gui.look import set_texts, theme

_GRIP = 10
_AREAS = Qt.DockWidgetArea
_SIDES = _AREAS.LeftDockWidgetArea | _AREAS.RightDockWidgetArea
_ENDS = _AREAS.TopDockWidgetArea | _AREAS.BottomDockWidgetArea


class Panel(Enum):
    """The panels around the canvas."""

    TOOLS = "tools"
    OBJECTS = "objects"
    TIMELINE = "timeline"


_DEFAULT_AREAS = {
    Panel.TOOLS: _AREAS.LeftDockWidgetArea,
    Panel.OBJECTS: _AREAS.RightDockWidgetArea,
    Panel.TIMELINE: _AREAS.BottomDockWidgetArea,
}


class Workspace(QMainWindow):
    """A window inside the window: Qt's docking, with grips instead of title bars."""

    panels_changed = Signal()

    def __init__(
        self, canvas: QWidget, panels: Mapping[Panel, QWidget], stops: Collection[QWidget] = ()
    ) -> None:
        """`stops`: where in its panel the keyboard goes first, if that is not where Tab would go."""
        super().__init__()
        self._stops = stops
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            self.setCorner(corner, _AREAS.BottomDockWidgetArea)
        self.setCentralWidget(canvas)
        self.docks = {panel: self._dock(panel, content) for panel, content in panels.items()}
        self.arrange()

    def _dock(self, panel: Panel, content: QWidget) -> QDockWidget:
        features = QDockWidget.DockWidgetFeature
        dock = QDockWidget(panel.value.capitalize(), self)
        dock.setObjectName(panel.value)  # Qt restores the layout by this name
        dock.setWidget(content)
        dock.setTitleBarWidget(Grip())
        movable = features.DockWidgetMovable
        dock.setFeatures(movable if panel is Panel.TOOLS else movable | features.DockWidgetFloatable)
        dock.setAllowedAreas(_ENDS if panel is Panel.TIMELINE else _SIDES)
        dock.visibilityChanged.connect(self.panels_changed)
        return dock

    def arrange(self) -> None:
        """Put every panel back into its default place."""
        for panel, dock in self.docks.items():
            dock.setFloating(False)
            self.addDockWidget(_DEFAULT_AREAS[panel], dock)
            dock.show()
        self.resizeDocks([self.docks[Panel.OBJECTS]], [288], Qt.Orientation.Horizontal)

    def toggle(self, panel: Panel) -> None:
        """Hide or show a panel."""
        self.docks[panel].setVisible(self.docks[panel].isHidden())
        self.panels_changed.emit()

    def shows(self, panel: Panel) -> bool:
        """True if a panel is not hidden."""
        return not self.docks[panel].isHidden()

    def go_round(self, way: int) -> None:
        """Move the keyboard's focus to the next of canvas and panels (1), or the one before (-1)."""
        shown = [dock.widget() for dock in self.docks.values() if not dock.isHidden()]
        places = [place for place in (self.centralWidget(), *shown) if place is not None]
        focused = QApplication.focusWidget()
        here = next((n for n, place in enumerate(places) if _holds(place, focused)), 0)
        for step in range(1, len(places) + 1):
            place = places[(here + way * step) % len(places)]
            own = next((stop for stop in self._stops if place.isAncestorOf(stop)), None)
            target = own or _first_stop(place)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def layout_as_text(self) -> str:
        """The places of all panels, for `restore_layout`."""
        return base64.b64encode(self.saveState().data()).decode()

    def restore_layout(self, text: str) -> None:
        """Put the panels where `layout_as_text` found them; text that cannot be read is ignored."""
        self.restoreState(QByteArray.fromBase64(text.encode()))


def _holds(place: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (place is focused or place.isAncestorOf(focused))


def _first_stop(place: QWidget) -> QWidget | None:
    """The first widget in `place` that Tab stops at; None if there is none."""
    stops = [place, *place.findChildren(QWidget)]
    usable = (w for w in stops if w.isEnabled() and w.isVisible())
    return next((w for w in usable if w.focusPolicy() & Qt.FocusPolicy.TabFocus), None)


class Grip(QWidget):
    """The handle that a panel is dragged by; a double click floats or docks it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        set_texts(self, toolTip=translatable("Drag to another side; double click to float"))

    def sizeHint(self) -> QSize:
        return QSize(_GRIP, _GRIP)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("dim" if self.underMouse() else "pressed"))
        middle = QPointF(self.rect().center()) + QPointF(0.5, 0.5)
        for step in (-2, -1, 0, 1, 2):
            painter.drawEllipse(middle + QPointF(6 * step, 0), 1.2, 1.2)

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
