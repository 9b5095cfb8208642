"""MemoryPanel: the frames that the network read for the shown frame, as thumbnails, and how many of the
active object's matched points came from each.

The mouse over one shows these points on the canvas; a click goes there. So do the arrows and Enter while the
panel has the keyboard. R, or the menu, makes one a reference frame, remembered for ever, or takes that back.
"""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPolygonF,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.kept_matches import MemoryFrame
from skn_annotator.gui.look import Display, fitted, paint_focus, set_texts, small_picture, theme

_COLUMNS, _GAP, _LINE = 3, 8, 18
_NO_PASS = translatable("No pass has been over this frame yet: propagate over it.")
_FORGOTTEN = translatable("What the network matched is not saved: propagate over this frame to see it again.")


MEMORY_KEYS: tuple[tuple[str, str], ...] = (
    (translatable("Points from another frame"), translatable("Arrows, Home, End")),
    (translatable("Go to that frame"), translatable("Enter")),
    (translatable("Make that frame a reference frame, or not"), "R"),
)
"""The keys as the tooltip shows them."""

_Key = Qt.Key
_STEPS: dict[int, int] = {
    _Key.Key_Left: -1,
    _Key.Key_Right: 1,
    _Key.Key_Up: -_COLUMNS,
    _Key.Key_Down: _COLUMNS,
}
_ENDS = (_Key.Key_Home, _Key.Key_End)
_MARKING = _Key.Key_R
_OPENING = (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space)


class MemoryPanel(QWidget):
    """A grid of the frames in the network's memory, as high as its rows."""

    reached = Signal(QRect)  # the rectangle of the frame chosen with the keyboard

    def __init__(self, session: Session, display: Display) -> None:
        super().__init__()
        self._session, self._display = session, display
        self._frames: tuple[MemoryFrame, ...] = ()
        self._pictures: dict[int, QImage] = {}  # thumbnails with their masks
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_texts(self, accessibleName=translatable("Memory"))
        for signal in (session.document.objects_changed, session.project.opened):
            signal.connect(self._pictures.clear)
        session.document.frames_changed.connect(self._forget)
        for signal in (
            session.viewer.frame_shown,
            session.document.objects_changed,
            session.document.frames_changed,
            session.project.opened,
        ):
            signal.connect(self.refresh)
        session.tasks.pass_changed.connect(self.refresh)
        session.viewer.thumbnail_arrived.connect(self.update)

    def refresh(self) -> None:
        """Read again which frames the network read for the shown frame."""
        if not self.isVisible():
            return
        frames = self._session.tasks.passes.matches.memory(
            self._session.viewer.shown,
            self._session.document.active,
            self._session.document.annotation.references,
        )
        if frames != self._frames:
            self._frames = frames
            self._forget(self._pictures.keys() - {frame.t for frame in frames})
            self._point_at(frames[0] if frames and self.hasFocus() else None)
            self.setMinimumHeight(self.heightForWidth(self.width()))
        self._session.viewer.want_thumbnails([frame.t for frame in frames], "memory")
        self.update()

    def _forget(self, frames: Iterable[int]) -> None:
        for t in frames:
            self._pictures.pop(t, None)

    def showEvent(self, event: QEvent) -> None:
        self.refresh()

    def hideEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def resizeEvent(self, event: QEvent) -> None:
        self._pictures.clear()
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._frames) // _COLUMNS)
        return max(2 * _LINE, rows * (self._tile(width).height() + _GAP))

    def _tile(self, width: int) -> QSize:
        """Paint one thumbnail with its caption."""
        height, across = self._session.document.annotation.size
        tile = (width - (_COLUMNS - 1) * _GAP) // _COLUMNS
        return QSize(tile, round(tile * min(1.5, height / across)) + _LINE)

    def place(self, index: int) -> QRect:
        """The rectangle of the memory frame with this index."""
        tile = self._tile(self.width())
        column, row = index % _COLUMNS, index // _COLUMNS
        return QRect(
            column * (tile.width() + _GAP), row * (tile.height() + _GAP), tile.width(), tile.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if not self._frames:
            painter.setPen(theme.color("dim"))
            painter.drawText(
                self.rect(),
                Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop,
                tr(why_empty(self._session)),
            )
        for index, frame in enumerate(self._frames):
            self._paint_tile(painter, QRectF(self.place(index)), frame)
        if self.hasFocus() and not self._frames:
            paint_focus(painter, self.rect())

    def _paint_tile(self, painter: QPainter, tile: QRectF, frame: MemoryFrame) -> None:
        picture = tile.adjusted(0, 0, 0, -_LINE)
        rounded = QPainterPath()
        rounded.addRoundedRect(picture, 4, 4)
        painter.save()
        painter.setClipPath(rounded)
        painter.fillRect(picture, theme.color("raised"))
        image = self._picture(frame.t)
        if image is not None:
            painter.drawImage(picture, image)
        painter.restore()
        if frame.t == self._display.look.from_frame:
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(picture.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        line = tile.adjusted(1, picture.height() + 1, -1, 0)
        if frame.is_reference:
            _paint_diamond(painter, QPointF(line.left() + 3.5, line.center().y()))
            line.setLeft(line.left() + 11)
        painter.setPen(theme.color("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(frame.t + 1))
        painter.setPen(theme.color("dim"))
        share = f"{100 * frame.share:.0f} %"
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, share)

    def _picture(self, t: int) -> QImage | None:
        """The thumbnail of frame `t` with its mask; None until it has been decoded."""
        rgb = None if t in self._pictures else self._session.viewer.thumbnail(t)
        if rgb is not None:
            tile = self._tile(self.width()) - QSize(0, _LINE)
            self._pictures[t] = fitted(small_picture(self._session, rgb, t), tile, self.devicePixelRatioF())
        return self._pictures.get(t)

    # ---- keyboard

    def event(self, event: QEvent) -> bool:
        """Claim arrows and Enter before Qt takes them for shortcuts; show a tooltip for each frame."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _is_own(event):
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            frame, active = self._at(event), self._session.document.active_object
            if frame is not None and active is not None:
                text = _describe(frame, active.name) + "\n" + tr("Click to go there")
                QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _is_own(event):
            super().keyPressEvent(event)
        elif self._frames and event.key() in _OPENING:
            self._session.viewer.seek(self._frames[self._here()].t)
        elif self._frames and event.key() == _MARKING:
            self._session.document.toggle_reference(self._frames[self._here()].t)
        elif self._frames:
            last = len(self._frames) - 1
            places: dict[int, int] = {_Key.Key_Home: 0, _Key.Key_End: last}
            place = places.get(event.key(), self._here() + _STEPS.get(event.key(), 0))
            if 0 <= place <= last:
                self._reach(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._frames:
            self._reach(self._here())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point_at(None)

    def _here(self) -> int:
        """The index of the frame that is pointed at; 0 if none is."""
        pointed = (n for n, frame in enumerate(self._frames) if frame.t == self._display.look.from_frame)
        return next(pointed, 0)

    def _reach(self, place: int) -> None:
        frame, active = self._frames[place], self._session.document.active_object
        self._point_at(frame)
        self.reached.emit(self.place(place))
        if active is not None:
            self.setAccessibleDescription(_describe(frame, active.name))

    # ---- mouse

    def _at(self, event: QMouseEvent | QHelpEvent | QContextMenuEvent) -> MemoryFrame | None:
        position = event.position().toPoint() if isinstance(event, QMouseEvent) else event.pos()
        found = (f for index, f in enumerate(self._frames) if self.place(index).contains(position))
        return next(found, None)

    def _point_at(self, frame: MemoryFrame | None) -> None:
        self._display.set(from_frame=None if frame is None else frame.t)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._at(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        frame = self._at(event)
        if frame is not None and event.button() == Qt.MouseButton.LeftButton:
            self._session.viewer.seek(frame.t)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        frame = self._frames[self._here()] if by_key and self._frames else self._at(event)
        if frame is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(
            tr("&Go to frame {t}").format(t=frame.t + 1), partial(self._session.viewer.seek, frame.t)
        )
        text = tr("No &reference frame any more") if frame.is_reference else tr("Make it a &reference frame")
        menu.addAction(text, partial(self._session.document.toggle_reference, frame.t))
        menu.popup(event.globalPos())


def why_empty(session: Session) -> str:
    """Why there is nothing to explain on the shown frame; to be translated."""
    t = session.viewer.shown
    has_passed = t is not None and session.document.annotation.confidence(t) is not None
    return _FORGOTTEN if has_passed else _NO_PASS


def _describe(frame: MemoryFrame, name: str) -> str:
    kind = tr("Reference frame") if frame.is_reference else tr("Frame")
    return tr("{kind} {t}: {share:.0f} % of the matched points of {name}").format(
        kind=kind, t=frame.t + 1, share=100 * frame.share, name=name
    )


def _paint_diamond(painter: QPainter, at: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    corners = (QPointF(0, -3.5), QPointF(3.5, 0), QPointF(0, 3.5), QPointF(-3.5, 0))
    painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _is_own(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return plain and event.key() in (*_STEPS, *_ENDS, *_OPENING, _MARKING)
