"""PassPreview: the forecast of the pass that the user points at.

That is the button of a pass that the mouse or the keyboard is on, or the entry that is highlighted in the
menu. Nothing is planned while there is none. After a pass has run, a mouse that never moved says nothing, nor
does the keyboard that comes back to the button by itself: what the pass did is read first.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent, QFocusEvent, QHoverEvent
from PySide6.QtWidgets import QMenu, QToolButton, QToolTip, QWidget

from skn_annotator.app.language import message_text
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.forecast import Forecast
from skn_annotator.gui.actions import PASSES, Actions, name_of

_COMES = (QEvent.Type.Enter, QEvent.Type.HoverMove)
_GOES = (QEvent.Type.Leave, QEvent.Type.Hide)
_BY_HAND = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_TIP = 64  # the tooltip's frame, and Qt's distance from the mouse


class PassPreview(QObject):
    """Watches the buttons and the menu of the passes."""

    forecast_changed = Signal(object)  # Forecast, or None
    text_changed = Signal(str)  # the forecast in words, or why there is none; empty: no pass is pointed at

    def __init__(self, session: Session, actions: Actions, menus: Sequence[QMenu], place: QWidget) -> None:
        """`menus` have the passes' entries, `place` their buttons."""
        super().__init__(place)
        self._session, self._actions, self._menus = session, actions, menus
        self._pointed = self._focused = self._highlighted = ""
        self._mouse = QPointF()  # mouse position over a button
        self._resting: QPointF | None = None  # that position when the last pass began
        self._was_running = False
        self._forecast: Forecast | None = None
        self._text = ""
        names = {actions[name]: name for name in PASSES}
        buttons = [b for b in place.findChildren(QToolButton) if b.defaultAction() in names]
        self._buttons = {names[button.defaultAction()]: button for button in buttons}
        for button in buttons:
            button.installEventFilter(self)
        for menu in menus:
            menu.installEventFilter(self)
            menu.hovered.connect(self._on_highlighted)
            menu.aboutToHide.connect(lambda: self._on_highlighted(None))
        session.tasks.pass_changed.connect(self._on_pass)
        for signal in (
            session.viewer.position_changed,
            session.viewer.range_changed,
            session.document.frames_changed,
            session.document.objects_changed,
            session.document.draft_changed,
            session.project.opened,
        ):
            signal.connect(self._read)

    @property
    def _meant(self) -> str:
        return self._highlighted or self._pointed or self._focused

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow mouse and keyboard over the buttons; tooltips go above them, off the timeline."""
        if isinstance(watched, QToolButton):
            if isinstance(event, QEnterEvent | QHoverEvent) and event.type() in _COMES:
                self._mouse = event.globalPosition()
            if not isinstance(event, QFocusEvent) or event.lostFocus() or event.reason() in _BY_HAND:
                self._on_button(watched.defaultAction().objectName(), event.type())
            if event.type() == QEvent.Type.ToolTip:
                _show_tip_above(watched)
                return True
        elif watched in self._menus and event.type() == QEvent.Type.Leave:
            self._on_highlighted(None)
        return False

    def _on_button(self, name: str, kind: QEvent.Type) -> None:
        before = self._meant
        if kind in _COMES and self._mouse != self._resting:
            self._pointed = name
        elif kind in _GOES and self._pointed == name:
            self._pointed = ""
        elif kind == QEvent.Type.FocusIn:
            self._focused = name
        elif kind == QEvent.Type.FocusOut and self._focused == name:
            self._focused = ""
        if self._meant != before:
            self._read()

    def _on_highlighted(self, action: QAction | None) -> None:
        """`action` is highlighted in the menu; Qt signals it for a closed menu, too, which does not count."""
        is_open = any(menu.isVisible() for menu in self._menus)
        name = action.objectName() if action is not None and is_open else ""
        before = self._meant
        self._highlighted = name if name in PASSES else ""
        if self._meant != before:
            self._read()

    def _on_pass(self) -> None:
        is_running = self._session.tasks.passes.current is not None
        if is_running and not self._was_running:
            self._resting = self._mouse
        self._was_running = is_running
        self._read()

    def _read(self) -> None:
        """Make the forecast of the pass pointed at again."""
        name, session = self._meant, self._session
        forecast: Forecast | None = None
        text = ""
        if name and session.project.sequence is not None and session.tasks.passes.current is None:
            found = session.tasks.forecast(PASSES[name])
            if isinstance(found, Forecast):
                forecast, text = found, found.text(self._title(name))
            else:
                text = message_text(found)
        if forecast != self._forecast:
            self._forecast = forecast
            self.forecast_changed.emit(forecast)
        if text != self._text:
            self._text = text
            self.text_changed.emit(text)
            if self._focused:
                self._buttons[self._focused].setAccessibleDescription(text)

    def _title(self, name: str) -> str:
        return name_of(next(spec for spec in self._actions.specs if spec.name == name))


def _show_tip_above(button: QToolButton) -> None:
    lines = button.toolTip().count("\n") + 1
    height = lines * button.fontMetrics().lineSpacing() + _TIP
    QToolTip.showText(button.mapToGlobal(QPoint(0, -height)), button.toolTip(), button)
