"""MessageBar: a message over the canvas. Information disappears after a while; an error, and what is to
stay, is there until it is closed: the latest one on top, those before it beneath.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from skn_annotator.app.language import translatable
from skn_annotator.app.notice import Notice
from skn_annotator.gui.look import Symbol, icon_button, row, set_texts

_STAYS_MS = 8000
_RETURNS_MS = 1500
_WIDEST = 760
_GAP = 24
_MOST_WAITING = 8


class MessageBar(QWidget):
    """Floats over its parent's lower edge; hidden while there is no message."""

    def __init__(self, parent: QWidget, anchor: QWidget) -> None:
        """`anchor`: while it is visible, the bar floats over its lower edge instead of the parent's."""
        super().__init__(parent)
        self.setObjectName("MessageBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = Symbol("info", "accent")
        self.text = QLabel(wordWrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.closer = icon_button("close", translatable("Dismiss"), 14)
        self.closer.clicked.connect(self._show_next)
        self.offer = QPushButton()
        set_texts(self.offer, accessibleName=translatable("Take up the offer"))
        self.offer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.offer.clicked.connect(self._take_offer)
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        parts = (
            (self._icon, 0, middle),
            (self.text, 1),
            (self.offer, 0, middle),
            (self.closer, 0, top),
        )
        row(*parts, spacing=12, margins=(16, 10, 8, 10), of=self)
        self._shown: Notice | None = None
        self._waiting: list[Notice] = []  # those that stay and lie beneath the shown one, the latest last
        self._timer = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._timer.timeout.connect(self._show_next)
        self._return = QTimer(self, singleShot=True, interval=_RETURNS_MS)
        self._return.timeout.connect(self._appear)
        self._parent, self._anchor = parent, anchor
        parent.installEventFilter(self)
        anchor.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show `notice`; a message that stays, and is shown now, comes again when this one goes."""
        if self._shown is not None and _stays(self._shown):
            self._waiting.append(self._shown)
        same = [each for each in self._waiting if each.text == notice.text]
        self._waiting = [each for each in self._waiting if each not in same][-_MOST_WAITING:]
        self._show(notice)

    def give_way(self) -> None:
        """Somebody draws: the message goes; one that is to stay comes back once nobody draws any more."""
        if self._timer.isActive():
            self._show_next()
        if self._shown is not None:
            self.hide()
            self._return.start()

    def withdraw(self, text: str) -> None:
        """What a message says does not hold any more: it goes, wherever it lies."""
        self._waiting = [each for each in self._waiting if each.text != text]
        if self._shown is not None and self._shown.text == text:
            self._show_next()

    def forget(self) -> None:
        """Hide all messages: they were of what is not open any more."""
        self._waiting = []
        self._show_next()

    def _show(self, notice: Notice) -> None:
        self._shown = notice
        name, tint = ("error", "error") if notice.is_error else ("info", "accent")
        self._icon.show_icon(name, tint)
        self.text.setText(notice.text)
        self.offer.setVisible(notice.offer is not None)
        self.offer.setText("" if notice.offer is None else notice.offer.text)
        self._timer.stop()
        if not _stays(notice):
            self._timer.start()
        self._appear()

    def _appear(self) -> None:
        self._return.stop()
        if self._shown is not None:
            self.show()
            self._place()
            self.raise_()

    def _show_next(self) -> None:
        """The shown message goes; the latest one beneath it is shown."""
        self._shown = None
        self._timer.stop()
        if self._waiting:
            self._show(self._waiting.pop())
        else:
            self.hide()

    def _take_offer(self) -> None:
        offer = None if self._shown is None else self._shown.offer
        self._show_next()
        if offer is not None:
            offer.do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        parent = self._parent
        area = QRect(self._anchor.mapTo(parent, QPoint(0, 0)), self._anchor.size())
        if not self._anchor.isVisible():
            area = parent.rect()
        natural = self.text.fontMetrics().horizontalAdvance(self.text.text()) + 112
        if self._shown is not None and self._shown.offer is not None:
            natural += self.offer.sizeHint().width() + 12
        width = min(_WIDEST, area.width() - 2 * _GAP, natural)
        self.setFixedWidth(width)
        self.adjustSize()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.height()
        self.setGeometry(area.center().x() - width // 2, area.bottom() - height - _GAP, width, height)


def _stays(notice: Notice) -> bool:
    return notice.is_error or notice.stays
