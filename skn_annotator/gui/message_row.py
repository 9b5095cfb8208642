"""MessageRow: one message with its buttons: copy it, take up its offer, close it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from skn_annotator.app.language import translatable
from skn_annotator.app.notice import Notice
from skn_annotator.gui.look import Symbol, icon_button, row, set_texts

_AROUND, _BETWEEN = 112, 12


class MessageRow(QWidget):
    """An icon, the sentence, and its buttons; presses beside the buttons go to the parent."""

    closed = Signal()
    taken = Signal()  # its offer

    def __init__(self, above: int = 10) -> None:
        """`above`: so many pixels of room."""
        super().__init__()
        self._icon = Symbol("info", "accent")
        self.text = QLabel(wordWrap=True)
        self.closer = icon_button("close", translatable("Dismiss"), 14)
        self.closer.clicked.connect(self.closed)
        self.offer = QPushButton()
        set_texts(self.offer, accessibleName=translatable("Take up the offer"))
        self.offer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.offer.clicked.connect(self.taken)
        self.copier = QPushButton()
        set_texts(self.copier, text=translatable("Copy"), toolTip=translatable("Copy this message"))
        self.copier.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.copier.clicked.connect(lambda: QApplication.clipboard().setText(self.text.text()))
        middle = Qt.AlignmentFlag.AlignVCenter
        parts = (
            (self._icon, 0, middle),
            (self.text, 1),
            (self.copier, 0, middle),
            (self.offer, 0, middle),
            (self.closer, 0, middle),
        )
        row(*parts, spacing=_BETWEEN, margins=(16, above, 8, 10), of=self)

    def show_notice(self, notice: Notice) -> None:
        """Show `notice` from now on."""
        name, tint = ("error", "error") if notice.is_error else ("info", "accent")
        self._icon.show_icon(name, tint)
        self.text.setText(notice.text)
        self.copier.setVisible(notice.is_error)
        self.offer.setVisible(notice.offer is not None)
        self.offer.setText("" if notice.offer is None else notice.offer.text)

    def natural_width(self) -> int:
        """The width in which the sentence stands on one line."""
        width = self.text.fontMetrics().horizontalAdvance(self.text.text()) + _AROUND
        for button in (self.copier, self.offer):
            if not button.isHidden():
                width += button.sizeHint().width() + _BETWEEN
        return width
