"""Canvas: the frame, its mask and the overlays; zoom, pan, and the pixel tools' mouse.

It shows what the session shows and changes nothing but its own view. Only what differs is painted again: the
changed rectangle while a stroke goes on, the ring of the brush when the mouse moves.
"""

import math
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.app.notice import Notice
from skn_annotator.app.session import Session
from skn_annotator.arrays import Point, Rect
from skn_annotator.gui.canvas.flash import Flash
from skn_annotator.gui.canvas.gestures import Gestures
from skn_annotator.gui.canvas.overlays import Overlay, overlays_of
from skn_annotator.gui.canvas.panes import Panes
from skn_annotator.gui.canvas.tool import Pointer
from skn_annotator.gui.canvas.tool_keys import is_tool_key
from skn_annotator.gui.canvas.toolbox import Toolbox
from skn_annotator.gui.canvas.view import View, fit
from skn_annotator.gui.look import Display, MaskImage, Mode, image_of, set_texts, theme

_MARGIN = 16
_ZOOM_STEP = 1.2
_PIXELS_FROM = 3.0  # from this zoom on, pixels are shown as squares


class Canvas(QWidget):
    """The picture of the shown frame."""

    view_changed = Signal()
    menu_wanted = Signal(QPoint)  # global

    def __init__(self, session: Session, toolbox: Toolbox, display: Display) -> None:
        super().__init__()
        self._session = session
        self._toolbox = toolbox
        self.gestures = Gestures(session, toolbox)
        self._display = display
        self.view = View()
        self._fitted = True
        self._frame = QImage()
        self._mask = MaskImage((1, 1))
        self._below: list[Overlay] = []  # under the masks
        self._above: list[Overlay] = []
        self._flash = Flash(self)
        self._mouse: Point | None = None
        self._pane = 0  # the pane under the mouse; during a drag the one where it began
        self._grab: Point | None = None  # the last mouse position of a pan
        self._space_held = False
        self._tool_took_right = False  # the last press of the right button, though it may be idle since
        self.panned_with_space = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 180)
        set_texts(self, accessibleName=translatable("Frame"))
        self._connect()

    def _connect(self) -> None:
        self._session.project.opened.connect(self._on_opened)
        self._session.viewer.frame_shown.connect(self._on_frame)
        self._session.document.frames_changed.connect(self._on_frames_changed)
        self._session.painter.stroke_painted.connect(self._on_stroke)
        self._session.painter.selection.refined.connect(self._flash.start)
        self._flash.changed.connect(self._update_image_rect)
        self._session.document.objects_changed.connect(self.refresh)
        self._display.changed.connect(self._on_display)
        for signal in (self._toolbox.tool_changed, self._toolbox.shape_changed):
            signal.connect(self._on_tool)
        self._toolbox.size_changed.connect(self.update)

    # ---- what is shown

    def _on_opened(self) -> None:
        self._frame = QImage()
        self._mask = MaskImage(self._session.document.annotation.size)
        self._below, self._above = [], []
        stored = self._session.project.view.get("canvas")
        self._fitted = not isinstance(stored, list) or len(stored) != 3
        if self._fitted:
            self.fit()
        else:
            self._set_view(View(*(float(value) for value in stored)), fitted=False)

    def _on_frame(self, t: int) -> None:
        rgb = self._session.viewer.frame
        self._frame = QImage() if rgb is None else image_of(rgb)
        self._mask.set_frame(rgb)
        self.refresh()

    def _on_frames_changed(self, frames: frozenset[int]) -> None:
        if self._session.viewer.shown in frames and not self._is_up_to_date():
            self.refresh()

    def _is_up_to_date(self) -> bool:
        """True if the mask is drawn already: a stroke is, piece by piece, while it is painted."""
        shown = self._session.viewer.shown
        mask = None if shown is None or self._display.look.before else self._session.document.mask(shown)
        return self._mask.holds(mask) and not (self._below or self._above)

    def _on_display(self) -> None:
        if self._fitted:
            self.fit()
        self.refresh()

    def _on_tool(self) -> None:
        self._show_cursor()
        self.update()

    def _on_stroke(self, rect: Rect) -> None:
        shown = self._session.viewer.shown
        mask = None if shown is None else self._session.document.mask(shown)
        if mask is not None:
            x0, y0, x1, y1 = self._mask.update(mask, rect)
            self._update_image_rect(QRectF(x0, y0, x1 - x0, y1 - y0))

    def refresh(self) -> None:
        """Read mask and overlays of the shown frame again."""
        session, look = self._session, self._display.look
        if session.viewer.shown is None:
            self.update()
            return
        objects, outline = session.document.annotation.objects, self._outline()
        self._mask.set_look(objects, session.document.active, look.opacity, outline, look.mode)
        self._mask.show(
            session.tasks.comparison.mask_before(session.viewer.shown)
            if look.before
            else session.document.mask(session.viewer.shown)
        )
        self._below, self._above = overlays_of(session, look)
        self.update()

    def _outline(self) -> int:
        """The outline's thickness in image pixels: one screen pixel, two if only outlines are shown."""
        wanted = 2 if self._display.look.mode is Mode.OUTLINE else 1
        return max(1, round(wanted / self.view.scale))

    # ---- the view

    @property
    def panes(self) -> Panes:
        """One pane, or two side by side: the frame alone, and the frame with its masks."""
        side_by_side = self._display.look.mode is Mode.SIDE_BY_SIDE
        return Panes((self.width(), self.height()), 2 if side_by_side else 1)

    def _point(self, event: QMouseEvent | QWheelEvent) -> Point:
        position = event.position()
        return self.panes.inside((position.x(), position.y()), self._pane)

    def fit(self) -> None:
        """Fit the whole frame into the canvas; it stays fitted when the window is resized."""
        if self._session.project.sequence is not None:
            view = fit(self._session.document.annotation.size, self.panes.size, _MARGIN)
            self._set_view(view, fitted=True)

    def zoom_to(self, scale: float, at: Point | None = None) -> None:
        """Zoom to `scale` widget pixels per image pixel around `at` (None: the centre)."""
        self._zoom(scale / self.view.scale, at)

    def zoom_by(self, steps: int) -> None:
        """Zoom in (positive) or out around the centre."""
        self._zoom(_ZOOM_STEP**steps, None)

    def _zoom(self, factor: float, at: Point | None) -> None:
        width, height = self.panes.size
        centre = (width / 2, height / 2)
        self._set_view(self.view.zoomed(factor, at or centre), fitted=False)

    def _set_view(self, view: View, fitted: bool) -> None:
        outline = self._outline()
        self.view, self._fitted = view, fitted
        self._session.project.view["canvas"] = None if fitted else [view.scale, view.x, view.y]
        if outline != self._outline():
            self.refresh()
        self.view_changed.emit()
        self.update()

    def _transform(self) -> QTransform:
        x, y = round(self.view.x), round(self.view.y)
        return QTransform(self.view.scale, 0, 0, self.view.scale, x, y)

    def _update_image_rect(self, rect: QRectF) -> None:
        self._update_panes(self._transform().mapRect(rect))

    def _update_panes(self, rect: QRectF) -> None:
        """Schedule a repaint of `rect`, in the coordinates of a pane, in every pane."""
        width, height = self.panes.size
        seen = rect.toAlignedRect().adjusted(-2, -2, 2, 2).intersected(QRect(0, 0, width, height))
        for pane in range(self.panes.count):
            self.update(seen.translated(self.panes.left(pane), 0))

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("backdrop"))
        if self._frame.isNull():
            return
        panes = self.panes
        for pane in range(panes.count):
            area = QRect(panes.left(pane), 0, *panes.size)
            if area.intersects(event.rect()):
                painter.save()
                painter.setClipRect(area)
                self._paint_pane(painter, area.left(), plain=pane < panes.count - 1)
                painter.restore()

    def _paint_pane(self, painter: QPainter, left: int, plain: bool) -> None:
        """`plain`: the frame alone, with the tool over it."""
        transform = self._transform() * QTransform.fromTranslate(left, 0)
        painter.setTransform(transform)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.view.scale < _PIXELS_FROM)
        painter.drawImage(QPointF(0, 0), self._frame)
        if not plain:
            self._paint_overlays(painter, self._below)
            if self._display.look.masks:
                painter.drawImage(QPointF(0, 0), self._mask.image)
            self._paint_overlays(painter, self._above)
            self._flash.paint(painter)
        painter.setTransform(QTransform.fromTranslate(left, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._toolbox.tool.paint(painter, self.view, self._mouse if self._shows_ring() else None)

    def _paint_overlays(self, painter: QPainter, overlays: list[Overlay]) -> None:
        for overlay in overlays:
            painter.save()
            overlay.paint(painter, self.view.scale)
            painter.restore()

    def resizeEvent(self, event: QEvent) -> None:
        if self._fitted:
            self.fit()

    # ---- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pane = self.panes.pane_at(event.position().x())
        at = self._point(event)
        self._mouse = at
        self._tool_took_right = False
        if event.button() == Qt.MouseButton.MiddleButton or self._space_held:
            self._grab = at
            self._show_cursor()
        elif _has_alt(event) and not self._toolbox.tool.erases_with_alt(self.view.to_image(at)):
            self._session.painter.pick(self.view.to_image(at))
        elif self._display.look.before:
            # Painting would change other masks than those that are seen.
            text = tr("Masks from before the last pass are shown: X shows those of now")
            self._session.noticed.emit(Notice(text))
        elif event.button() == Qt.MouseButton.LeftButton or self._is_of_tool(event):
            self._tool_took_right = event.button() == Qt.MouseButton.RightButton
            self.gestures.press(self._pointer(event))
            self._update_ring()

    def _is_of_tool(self, event: QMouseEvent) -> bool:
        means_something = self._toolbox.tool.uses_right_button or self.gestures.are_waiting
        return event.button() == Qt.MouseButton.RightButton and means_something

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if by_key or not (self._tool_took_right or self._toolbox.tool.uses_right_button):
            self.menu_wanted.emit(event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._update_ring()
        if not event.buttons():  # a drag stays in the pane where it began
            self.gestures.lift()  # a menu may have got the release
            self._pane = self.panes.pane_at(event.position().x())
        at = self._point(event)
        if self._grab is not None:
            self._set_view(self.view.panned(at[0] - self._grab[0], at[1] - self._grab[1]), fitted=False)
            self._grab = at
            self.panned_with_space = self.panned_with_space or self._space_held
        elif self.gestures.is_drawing:
            self.gestures.move(self._pointer(event))
        elif not (self._space_held or event.buttons() or self._display.look.before):
            self._toolbox.tool.hover(self._pointer(event))
        self._mouse = at
        self._update_ring()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grab is not None:
            self._grab = None
            self._show_cursor()
        elif self.gestures.is_drawing:
            self._update_ring()
            self.gestures.release(self._pointer(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """100 % (again: the whole frame) with the middle button, with space held, or beside the frame.

        A double click of the painting buttons on the frame is two dabs of the brush.
        """
        x, y = self.view.to_image(self._point(event))
        height, width = self._session.document.annotation.size
        beside = not (0 <= x < width and 0 <= y < height)
        if event.button() == Qt.MouseButton.MiddleButton or self._space_held or beside:
            self.panned_with_space = True
            if math.isclose(self.view.scale, 1.0):
                self.fit()
            else:
                self.zoom_to(1.0, self._point(event))
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = (event.angleDelta().y() or event.angleDelta().x()) / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.gestures.then(partial(self._toolbox.resize, 1.1**steps))
        else:
            self._pane = self.panes.pane_at(event.position().x())
            self._zoom(_ZOOM_STEP**steps, self._point(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._update_ring()
        self._mouse = None
        self._toolbox.tool.hover(None)

    def hold_space(self, held: bool) -> None:
        """Tell the canvas that space was pressed or released; while it is held, dragging pans."""
        self._space_held = held
        if held:
            self.panned_with_space = False
        self._show_cursor()
        self._update_ring()

    def event(self, event: QEvent) -> bool:
        """Claim the tool's keys before Qt takes them for shortcuts."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self._is_for_tool(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_for_tool(event):
            event.ignore()  # keys are actions of the window
            return
        self.gestures.press_key(event.key())
        self.update()

    def _is_for_tool(self, event: QKeyEvent) -> bool:
        return is_tool_key(event) and (self._toolbox.tool.busy or self.gestures.are_waiting)

    def _pointer(self, event: QMouseEvent) -> Pointer:
        right = bool(event.buttons() & Qt.MouseButton.RightButton)
        keys = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        straight, replace = (bool(event.modifiers() & key) for key in keys)
        xy, erase = self.view.to_image(self._point(event)), right or _has_alt(event)
        return Pointer(xy, erase, straight, self.view.scale, replace, right)

    def _shows_ring(self) -> bool:
        return not (self._space_held or self._grab) and not self._frame.isNull()

    def _update_ring(self) -> None:
        if self._mouse is not None:
            reach = self._toolbox.tool.reach(self.view, self._mouse)
            self._update_panes(reach)

    def enterEvent(self, event: QEvent) -> None:
        self._show_cursor()

    def _show_cursor(self) -> None:
        shapes = Qt.CursorShape
        if self._grab is not None:
            self.setCursor(shapes.ClosedHandCursor)
        elif self._space_held:
            self.setCursor(shapes.OpenHandCursor)
        else:
            self.setCursor(shapes.ArrowCursor if self._frame.isNull() else self._toolbox.tool.cursor)


def _has_alt(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
