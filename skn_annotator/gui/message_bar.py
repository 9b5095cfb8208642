"""MessageBar: a message over the canvas. Information disappears after a while, errors stay until closed."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from skn_annotator.app.language import translatable
from skn_annotator.app.notice import Notice, Offer
from skn_annotator.gui.look import Symbol, icon_button, row, set_texts

_STAYS_MS = 8000
_WIDEST = 760
_GAP = 24


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
        close = icon_button("close", translatable("Dismiss"), 14)
        close.clicked.connect(self.hide)
        self.offer = QPushButton()
        set_texts(self.offer, accessibleName=translatable("Take up the offer"))
        self.offer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.offer.clicked.connect(self._take_offer)
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        parts = ((self._icon, 0, middle), (self.text, 1), (self.offer, 0, middle), (close, 0, top))
        row(*parts, spacing=12, margins=(16, 10, 8, 10), of=self)
        self._offer: Offer | None = None
        self._timer = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self._parent, self._anchor = parent, anchor
        parent.installEventFilter(self)
        anchor.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show `notice` in place of the message that is shown."""
        name, tint = ("error", "error") if notice.is_error else ("info", "accent")
        self._icon.show_icon(name, tint)
        self.text.setText(notice.text)
        self._offer = notice.offer
        self.offer.setVisible(notice.offer is not None)
        self.offer.setText("" if notice.offer is None else notice.offer.text)
        self._timer.stop()
        if not (notice.is_error or notice.stays):
            self._timer.start()
        self.show()
        self._place()
        self.raise_()

    def give_way(self) -> None:
        """Somebody draws: hide the message, unless it is to stay."""
        if self._timer.isActive():
            self._timer.stop()
            self.hide()

    def _take_offer(self) -> None:
        offer = self._offer
        self.hide()
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
        if self._offer is not None:
            natural += self.offer.sizeHint().width() + 12
        width = min(_WIDEST, area.width() - 2 * _GAP, natural)
        self.setFixedWidth(width)
        self.adjustSize()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.height()
        self.setGeometry(area.center().x() - width // 2, area.bottom() - height - _GAP, width, height)
