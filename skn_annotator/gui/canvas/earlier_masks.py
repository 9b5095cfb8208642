"""EarlierMasks: while X is held, the canvas shows the masks from before the last pass, with a caption.

Seeing both in turn shows what a pass changed better than any drawing of the difference.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from skn_annotator.app.session import Session
from skn_annotator.gui.canvas.canvas import Canvas
from skn_annotator.gui.look import Display

_GAP = 16


class EarlierMasks(QLabel):
    """The caption on the canvas, and the key that shows it."""

    def __init__(self, session: Session, display: Display, canvas: Canvas, window: QWidget) -> None:
        """X works wherever in `window` no text field has the keyboard."""
        super().__init__(canvas)
        self.setObjectName("BeforeFlag")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._session, self._display, self._canvas = session, display, canvas
        self.hide()
        window.installEventFilter(self)
        session.project.opened.connect(lambda: display.set(before=False))
        for signal in (display.changed, canvas.view_changed):
            signal.connect(self._show)
        for signal in (
            session.viewer.frame_shown,
            session.tasks.pass_changed,
            session.document.frames_changed,
        ):
            signal.connect(self._show)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow X; it counts as released when the window loses the keyboard, since no release would come."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self._display.set(before=False)
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_X or event.modifiers():
            return False
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not event.isAutoRepeat():
            self._display.set(before=event.type() == QEvent.Type.KeyPress)
        return True

    def _show(self) -> None:
        self.setVisible(self._display.look.before)
        if self._display.look.before:
            self.setText(self._session.tasks.comparison.about(self._session.viewer.shown))
            self.adjustSize()
            x, y = self._canvas.view.to_widget((0, 0))
            self.move(round(max(0, x)) + _GAP, round(max(0, y)) + _GAP)
