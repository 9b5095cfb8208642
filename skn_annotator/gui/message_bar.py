"""MessageBar: a message over the canvas. Information disappears after a while; an error, and what is to
stay, is there until it is closed, or does not hold any more: the latest one on top, those before it beneath.
While information is shown, the latest of those beneath is seen under it. One with a button lies there, too:
nobody had the time to press it.

It is never in the way: a press on it that meets none of its buttons is one on the canvas beneath.
"""

from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from skn_annotator.app.notice import Notice
from skn_annotator.gui.look import column
from skn_annotator.gui.message_row import MessageRow

_STAYS_MS = 8000
_RETURNS_MS = 1500
_WIDEST, _NARROWEST = 760, 240
_GAP = 24
_MOST_WAITING = 8


class MessageBar(QWidget):
    """Floats over its parent's lower edge; hidden while there is no message."""

    def __init__(self, parent: QWidget, anchor: QWidget) -> None:
        """`anchor`: while it is visible, the bar floats over its lower edge instead of the parent's."""
        super().__init__(parent)
        self.setObjectName("MessageBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._top, self.under = MessageRow(), MessageRow(above=0)
        self.text, self.closer = self._top.text, self._top.closer
        self.offer, self.copier = self._top.offer, self._top.copier
        self._top.closed.connect(self._show_next)
        self._top.taken.connect(lambda: self._take_offer(self._shown))
        self.under.closed.connect(self._drop_under)
        self.under.taken.connect(lambda: self._take_offer(self._waiting[-1]))
        column(self._top, self.under, spacing=0, margins=(0, 0, 0, 0), of=self)
        self._shown: Notice | None = None
        self._waiting: list[Notice] = []  # those that lie beneath the shown one, the latest last
        self._timer = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._timer.timeout.connect(self._show_next)
        self._return = QTimer(self, singleShot=True, interval=_RETURNS_MS)
        self._return.timeout.connect(self._appear)
        self._is_drawn_below = False  # a button is down on the canvas
        self._parent, self._anchor = parent, anchor
        parent.installEventFilter(self)
        anchor.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show `notice`; a message that stays or offers something, and is shown now, comes again when this
        one goes."""
        self.drop_outdated()
        if self._shown is not None and (_stays(self._shown) or self._shown.offer is not None):
            self._waiting.append(self._shown)
        same = [each for each in self._waiting if each.text == notice.text]
        self._waiting = [each for each in self._waiting if each not in same][-_MOST_WAITING:]
        self._show(notice)

    def drop_outdated(self) -> None:
        """Something changed: messages that do not hold any more go, wherever they lie."""
        self._waiting = [each for each in self._waiting if not each.is_outdated]
        if self._shown is not None and self._shown.is_outdated:
            self._show_next()
        self._show_under()

    def forget(self) -> None:
        """Hide all messages: they were of what is not open any more."""
        self._waiting = []
        self._show_next()

    def _show(self, notice: Notice) -> None:
        self._shown = notice
        self._top.show_notice(notice)
        self._show_under()
        self._timer.stop()
        if not _stays(notice):
            self._timer.start()
        self._appear()

    def _show_under(self) -> None:
        """Show the latest that waits under what goes by itself; a message that stays is alone."""
        is_seen = self._shown is not None and not _stays(self._shown) and bool(self._waiting)
        self.under.setVisible(is_seen)
        if is_seen:
            self.under.show_notice(self._waiting[-1])
        if self.isVisible():
            self._place()

    def _drop_under(self) -> None:
        self._waiting.pop()
        self._show_under()

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

    def _take_offer(self, notice: Notice | None) -> None:
        """Do what is offered; the message goes by that, and is there still where the user thought better."""
        if notice is not None and notice.offer is not None:
            notice.offer.do()
            self.drop_outdated()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        elif watched is self._anchor and isinstance(event, QMouseEvent):
            self._watch_drag(event)
        return False

    # ---- out of the way of who draws

    def _watch_drag(self, event: QMouseEvent) -> None:
        """While a button is down on the canvas no message is seen; one that stays comes back after that."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if self._timer.isActive():
                self._show_next()
            self._return.stop()
            self.hide()
            self._is_drawn_below = True
        elif self._is_drawn_below and not event.buttons():
            self._is_drawn_below = False
            self._anchor.releaseMouse()  # if the press was passed on; a menu may have got the release
            self._return.start()

    def _is_over_canvas(self) -> bool:
        return self._anchor.isVisible()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pass a press on to the canvas, which gets the drag that follows, too. A double click comes here."""
        if not self._is_over_canvas():
            return
        at = event.globalPosition()
        self._anchor.setFocus(Qt.FocusReason.MouseFocusReason)
        self._anchor.grabMouse()  # this bar hides, and Qt would drop the rest of the drag
        passed = QMouseEvent(
            event.type(),
            self._anchor.mapFromGlobal(at),
            at,
            event.button(),
            event.buttons(),
            event.modifiers(),
        )
        QApplication.sendEvent(self._anchor, passed)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._is_over_canvas():
            at = event.globalPos()
            passed = QContextMenuEvent(event.reason(), self._anchor.mapFromGlobal(at), at, event.modifiers())
            QApplication.sendEvent(self._anchor, passed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._is_over_canvas():
            at = event.globalPosition()
            passed = QWheelEvent(
                self._anchor.mapFromGlobal(at),
                at,
                event.pixelDelta(),
                event.angleDelta(),
                event.buttons(),
                event.modifiers(),
                event.phase(),
                event.inverted(),
            )
            QApplication.sendEvent(self._anchor, passed)

    # ---- where it lies

    def _place(self) -> None:
        parent = self._parent
        area = QRect(self._anchor.mapTo(parent, QPoint(0, 0)), self._anchor.size())
        if not self._anchor.isVisible():
            area = parent.rect()
        rows = [self._top] if self.under.isHidden() else [self._top, self.under]
        natural = max(each.natural_width() for each in rows)
        width = min(_WIDEST, area.width() - 2 * _GAP, natural)
        if width < natural:
            width = self._narrowed(width)
        self.setFixedWidth(width)
        self.adjustSize()
        height = self._height(width)
        self.setGeometry(area.center().x() - width // 2, area.bottom() - height - _GAP, width, height)

    def _narrowed(self, widest: int) -> int:
        """The least width in which a text has no more lines than in the `widest`: they are about equally
        long then, and no word stands alone on the last one."""
        widths, height = range(min(_NARROWEST, widest), widest), self._height(widest)
        return widths.start + bisect_left(widths, True, key=lambda width: self._height(width) <= height)

    def _height(self, width: int) -> int:
        layout = self.layout()
        layout.invalidate()
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()


def _stays(notice: Notice) -> bool:
    return notice.is_error or notice.stays
