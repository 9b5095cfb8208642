"""ObjectList: a row for each object of the sequence, with its switches and menu."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.app.language import tr, translatable
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.remap import Scope
from skn_annotator.gui.look import Elided, caption, icon, icon_button, set_texts, shown_color
from skn_annotator.gui.side.color_menu import ColorMenu, Swatch, dot

_ROW = 34
_FEWEST = 5  # rows that there is always room for

_DELETE = {
    Scope.ONWARD: translatable("Delete from this &frame on"),
    Scope.EVERYWHERE: translatable("Delete &everywhere"),
}


class ObjectList(QScrollArea):
    """Rows in the order of the annotation; the widgets are kept while only names and switches change."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: dict[int, ObjectRow] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_texts(self, accessibleName=translatable("Objects"))
        self._content = QWidget()
        self._layout = QVBoxLayout(self._content)
        self._layout.setContentsMargins(8, 0, 8, 0)
        self._layout.setSpacing(2)
        self._layout.addStretch(1)
        self.setWidget(self._content)
        self._mark = QFrame(self._content)  # the gap that a dragged row would go to
        self._mark.setObjectName("DropMark")
        self._mark.hide()
        self.verticalScrollBar().rangeChanged.connect(self._show_active)  # a new row has got its place
        session.project.opened.connect(self._show)
        session.document.objects_changed.connect(self._show)

    def sizeHint(self) -> QSize:
        return QSize(240, max(_FEWEST, len(self._rows)) * (_ROW + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), _FEWEST * (_ROW + 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_active()

    def row(self, object_id: int) -> "ObjectRow":
        """The row of an object."""
        return self._rows[object_id]

    def rename(self, object_id: int) -> None:
        """Edit the name of an object in its row, where it is seen."""
        self.ensureWidgetVisible(self._rows[object_id], 0, 2)
        self._rows[object_id].start_rename()

    def _drag(self, row: "ObjectRow", global_y: float) -> None:
        """A row is dragged: draw a line in the gap that it would go to."""
        y = self._content.mapFromGlobal(QPoint(0, round(global_y))).y()
        gap = self._gap_at(y)
        rows = list(self._rows.values())
        top = rows[gap].y() - 2 if gap < len(rows) else rows[-1].geometry().bottom() + 1
        self._mark.setGeometry(row.x(), max(0, top), row.width(), 2)
        self._mark.show()
        self._mark.raise_()
        self.ensureVisible(0, y, 0, _ROW)

    def _drop(self, row: "ObjectRow", global_y: float) -> None:
        """The dragged row is dropped: move the object there."""
        self._mark.hide()
        gap = self._gap_at(self._content.mapFromGlobal(QPoint(0, round(global_y))).y())
        place = list(self._rows.values()).index(row)
        self._session.document.move_object(list(self._rows)[place], gap if gap <= place else gap - 1)

    def _gap_at(self, y: float) -> int:
        """The index of the gap at `y`: how many rows lie above it."""
        return sum(row.geometry().center().y() < y for row in self._rows.values())

    def _show(self) -> None:
        objects = self._session.document.annotation.objects
        if [o.id for o in objects] != list(self._rows):
            self._rebuild(objects)
        for shown in objects:
            self._rows[shown.id].show_object(shown, shown.id == self._session.document.active)
        self.updateGeometry()
        QTimer.singleShot(0, self._show_active)

    def _show_active(self) -> None:
        row = self._rows.get(self._session.document.active or 0)
        if row is not None:
            self.ensureWidgetVisible(row, 0, 2)

    def _rebuild(self, objects: tuple[AnnotatedObject, ...]) -> None:
        """Make rows for new objects and remove those of deleted ones; the others keep their widgets."""
        wanted = {o.id for o in objects}
        for gone in self._rows.keys() - wanted:
            self._rows.pop(gone).retire()
        self._rows = {o.id: self._rows.get(o.id) or self._new_row(o) for o in objects}
        for position, row in enumerate(self._rows.values()):
            if self._layout.indexOf(row) != position:
                self._layout.insertWidget(position, row)
        self._order_stops()

    def _order_stops(self) -> None:
        """Put the rows into the order of Tab, from top to bottom, after the widget before the list."""
        last = self._stop_before()
        if last is None:
            return
        for row in self._rows.values():
            for stop in row.stops:
                QWidget.setTabOrder(last, stop)
                last = stop

    def _stop_before(self) -> QWidget | None:
        """The widget before the list in the order of Tab; None while the list is in no window."""
        place = self.previousInFocusChain()
        while place is not None and place is not self:
            if place.focusPolicy() & Qt.FocusPolicy.TabFocus and not self.isAncestorOf(place):
                return place
            place = place.previousInFocusChain()
        return None

    def _new_row(self, shown: AnnotatedObject) -> "ObjectRow":
        row = ObjectRow(self._session, shown, self._content)
        row.dragged.connect(partial(self._drag, row))
        row.dropped.connect(partial(self._drop, row))
        return row


class ObjectRow(QWidget):
    """Swatch, name, eye, lock and menu of one object."""

    dragged = Signal(float)  # mouse y, global
    dropped = Signal(float)

    def __init__(self, session: Session, shown: AnnotatedObject, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ObjectRow")
        self._session = session
        self._shown = shown
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_ROW)
        self.swatch = Swatch(16)
        set_texts(self.swatch, toolTip=translatable("Colour"))
        self.swatch.clicked.connect(self.choose_color)
        self._number = caption(role="Hint")
        self._number.setFixedWidth(14)
        self.name = Elided()
        self.editor = NameEditor()
        self.editor.editingFinished.connect(self._end_rename)
        self._pressed: QPointF | None = None  # mouse position of the press, global; None: no drag may begin
        self._is_dragged = False
        self.eye = icon_button("eye", translatable("Show or hide; with Alt, show only this one or all"))
        self.eye.clicked.connect(self._on_eye)
        self.lock = icon_button(
            "unlock", translatable("Lock or unlock: locked pixels cannot be painted over")
        )
        self.lock.clicked.connect(lambda: session.document.set_locked(shown.id, not self._shown.locked))
        self.more = icon_button("more", translatable("More"))
        self.more.clicked.connect(self._open_menu)
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 2, 0)
        row.setSpacing(8)
        names = QWidget()
        self._names = QStackedLayout(names)
        self._names.addWidget(self.name)
        self._names.addWidget(self.editor)
        row.addWidget(self._number)
        row.addWidget(self.swatch)
        row.addWidget(names, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for button in (self.eye, self.lock, self.more):
            buttons.addWidget(button)
        row.addLayout(buttons)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The widgets that Tab stops at, in order."""
        return self.swatch, self.eye, self.lock, self.more

    def retire(self) -> None:
        """Remove the row; a name being typed is dropped, since its object may be gone."""
        self.editor.blockSignals(True)
        self.setParent(None)
        self.deleteLater()

    def show_object(self, shown: AnnotatedObject, active: bool) -> None:
        """Show the object's name, colour and switches."""
        self._shown = shown
        self._number.setText(str(shown.id))
        self.swatch.set_color(shown_color(shown))
        self.name.setText(shown.name)
        self.name.setEnabled(shown.visible)
        _set_switch(self.eye, "eye" if shown.visible else "eye-off", quiet=shown.visible)
        _set_switch(self.lock, "lock" if shown.locked else "unlock", quiet=not shown.locked)
        if self.property("active") != active:
            self.setProperty("active", active)
            self.style().unpolish(self)
            self.style().polish(self)

    def start_rename(self) -> None:
        """Edit the name in place."""
        self.editor.setText(self._shown.name)
        self._names.setCurrentWidget(self.editor)
        self.editor.selectAll()
        self.editor.setFocus()

    def _end_rename(self) -> None:
        if self._names.currentWidget() is not self.editor:
            return
        self._names.setCurrentWidget(self.name)
        name = self.editor.text().strip()
        if name and not self.editor.cancelled:
            self._session.document.rename(self._shown.id, name)

    def choose_color(self) -> None:
        """Open the menu of colours."""
        menu = ColorMenu(shown_color(self._shown), self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen.connect(partial(self._session.document.recolor, self._shown.id))
        menu.popup(self.swatch.mapToGlobal(self.swatch.rect().bottomLeft()))

    def _on_eye(self) -> None:
        if QApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier:
            self._session.document.toggle_solo(self._shown.id)
        else:
            self._session.document.set_visible(self._shown.id, not self._shown.visible)

    def merge_menu(self) -> QMenu:
        """The menu of objects that this one can be merged into."""
        return self._others_menu(tr("&Merge into"), self._session.tasks.remaps.merge)

    def exchange_menu(self) -> QMenu:
        """The menu of objects that this one can be exchanged with."""
        return self._others_menu(tr("E&xchange with"), self._session.tasks.remaps.exchange)

    def _others_menu(self, title: str, act: Callable[[int, int], None]) -> QMenu:
        """A menu of the other objects; `act` gets the ids of this one and of the one that is chosen."""
        menu = QMenu(title, self)
        for other in self._session.document.annotation.objects:
            if other.id != self._shown.id:
                do = partial(act, self._shown.id, other.id)
                menu.addAction(dot(QColor(*other.color)), other.name.replace("&", "&&"), do)
        menu.setEnabled(bool(menu.actions()))
        return menu

    def choose_merge(self) -> None:
        """Ask which object this one becomes part of."""
        self._ask(self.merge_menu(), tr("Merge {name} into"))

    def choose_exchange(self) -> None:
        """Exchange this object with the other one; ask with which if there are more."""
        menu = self.exchange_menu()
        if len(menu.actions()) == 1:
            menu.actions()[0].trigger()
            menu.deleteLater()
        else:
            self._ask(menu, tr("Exchange {name} with"))

    def _ask(self, menu: QMenu, question: str) -> None:
        """Open `menu` with `question` above it, the object's name put in for {name}."""
        title = QAction(question.format(name=self._shown.name.replace("&", "&&")), menu)
        title.setEnabled(False)
        menu.insertAction(menu.actions()[0], title)
        self._popup(menu)

    def menu(self) -> QMenu:
        """The menu of everything that can be done to this object."""
        session, shown = self._session, self._shown
        menu = QMenu(self)
        menu.addAction(tr("&Rename"), self.start_rename)
        menu.addAction(tr("&Colour…"), self.choose_color)
        menu.addAction(tr("&Show only this, or all"), partial(session.document.toggle_solo, shown.id))
        menu.addSeparator()
        menu.addAction(tr("Move &up"), partial(session.document.shift_object, shown.id, -1))
        menu.addAction(tr("Move &down"), partial(session.document.shift_object, shown.id, 1))
        menu.addMenu(self.merge_menu())
        menu.addMenu(self.exchange_menu())
        menu.addSeparator()
        menu.addAction(tr("&Absent on this frame"), self._declare_absent)
        for scope in Scope:
            menu.addAction(
                tr(_DELETE[scope]),
                partial(session.tasks.remaps.delete_object, shown.id, scope),
            )
        return menu

    def _declare_absent(self) -> None:
        self._session.document.declare_absent(self._shown.id, self._session.viewer.position)

    def _open_menu(self) -> None:
        self._session.document.choose(self._shown.id)
        self._popup(self.menu())

    def _popup(self, menu: QMenu) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        menu.setActiveAction(next(action for action in menu.actions() if action.isEnabled()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._session.document.choose(self._shown.id)
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._session.document.choose(self._shown.id)
        self._pressed = event.globalPosition() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        way = (event.globalPosition() - self._pressed).manhattanLength()
        if self._is_dragged or way >= QApplication.startDragDistance():
            self._is_dragged = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(event.globalPosition().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragged, self._is_dragged, self._pressed = self._is_dragged, False, None
        self.unsetCursor()
        if was_dragged:
            self.dropped.emit(event.globalPosition().y())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.start_rename()


class NameEditor(QLineEdit):
    """A text field that keeps all keys: no shortcut of the window fires while a name is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.cancelled = False
        self.setMaxLength(60)
        set_texts(self, accessibleName=translatable("Name"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.cancelled = False
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled = True
            self.clearFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()
        else:
            super().keyPressEvent(event)


def _set_switch(button: QToolButton, name: str, quiet: bool) -> None:
    button.setIcon(icon(name, "quiet" if quiet else "text"))
