"""HoverCard: a small picture of the frame under the mouse on the timeline, with its number and time.

The picture comes when it is decoded; until then the nearest one that is there, if any, stands in.
"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.app.language import tr
from skn_annotator.app.reasons import absence_in_words, reasons
from skn_annotator.app.session import Session
from skn_annotator.gui.look import caption, clock, column, fitted, image_of, row, small_picture

_WIDTH, _GAP, _MARGIN = 192, 6, 6
_TALLEST = 1.2  # height of a picture as a share of its width, at most


class HoverCard(QFrame):
    """A card above the timeline that passes mouse events through."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._session = session
        self._t = 0
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._number, self._time, self._state = (
            caption(),
            caption(role="Hint"),
            caption(role="Hint", wrap=True),
        )
        self._state.setFixedWidth(_WIDTH)
        line = row((self._number, 1), self._time, spacing=-1)
        column(self._picture, line, self._state, spacing=4, margins=(_MARGIN,) * 4, of=self)
        session.viewer.thumbnail_arrived.connect(self._on_arrived)
        session.project.opened.connect(self._forget)
        self.hide()

    def show_frame(self, t: int, below: QWidget, x: int, lane: AnnotatedObject | None = None) -> None:
        """Show frame `t` above `below`, around its pixel `x`; `lane`: explain that object's mark."""
        sequence, window = self._session.project.sequence, below.window()
        if sequence is None:
            return
        if self.parent() is not window:
            self.setParent(window)
        self._t = t
        self._number.setText(tr("frame {t}").format(t=t + 1))
        self._time.setText(clock(t / sequence.fps))
        text = describe(self._session, t) if lane is None else describe_mark(self._session, t, lane)
        self._state.setText(text)
        if not self._session.viewer.want_thumbnails([t], "card"):
            self._picture.clear()
        self.show()
        self._show_picture()
        self.adjustSize()
        at = below.mapTo(window, QPoint(x, 0))
        left = min(max(_MARGIN, at.x() - self.width() // 2), window.width() - self.width() - _MARGIN)
        self.move(left, at.y() - self.height() - _GAP)
        self.raise_()

    def _on_arrived(self) -> None:
        if self.isVisible():
            self._show_picture()

    def _forget(self) -> None:
        """Drop the picture: another sequence is open."""
        self.hide()
        self._picture.clear()
        height, width = self._session.document.annotation.size
        self._picture.setFixedSize(_WIDTH, round(_WIDTH * min(_TALLEST, height / width)))

    def _show_picture(self) -> None:
        """Show the frame with its masks; until its picture arrives, a frame near it, if there is one."""
        session, t = self._session, self._t
        rgb, near = session.viewer.thumbnail(t), session.viewer.thumbnail_near(t)
        if rgb is not None:
            self._draw(small_picture(session, rgb, t))
        elif near is not None:
            self._draw(image_of(near))

    def _draw(self, image: QImage) -> None:
        scaled = fitted(image, self._picture.size(), self.devicePixelRatioF())
        self._picture.setPixmap(QPixmap.fromImage(scaled))


def describe_mark(session: Session, t: int, lane: AnnotatedObject) -> str:
    """What the mark of an object on frame `t` means: where its mask comes from, and whether that holds."""
    annotation, stale = session.document.annotation, session.document.stale
    is_shown = lane.id in annotation.ids_at(t)
    if lane.id in annotation.decided(t) and annotation.follows(t, lane.id):
        text = tr("between outlines that you drew: it follows them")
    elif lane.id in annotation.decided(t):
        text = tr("reference: you painted it here") if is_shown else tr("reference: absent here, as you said")
    elif lane.id not in annotation.known(t):
        text = tr("no mask yet")
    else:
        text = _carried(session, t, lane.id, is_shown) + _reasons(session, t, lane.id)
        if lane.id in stale.at(t):
            text += " · " + tr("stale: a reference was corrected since; U renews it")
    return f"{lane.name}: {text}"


def _carried(session: Session, t: int, object_id: int, is_shown: bool) -> str:
    """As in "propagated from frames 1 and 60, 93 % certain"."""
    origins = [str(r + 1) for r in session.document.stale.origins(t, object_id)]
    if not is_shown:
        text = absence_in_words(session.document.annotation, t, object_id)
    elif len(origins) == 1:
        text = tr("propagated from frame {t}").format(t=origins[0])
    elif origins:
        text = tr("propagated from frames {frames}").format(frames=", ".join(origins))
    else:
        text = tr("propagated")
    sure = (session.document.annotation.confidence(t) or {}).get(object_id)
    if sure is None or not is_shown:
        return text
    return text + ", " + tr("{n:.0f} % certain").format(n=100 * sure)


def _reasons(session: Session, t: int, object_id: int) -> str:
    """Why the object deserves a look there, if it is shown and something speaks for that."""
    doubt = session.tasks.passes.notes.doubts.get(t, object_id)
    return "".join(f" · {each}" for each in reasons(session.document.annotation, t, object_id, doubt))


def describe(session: Session, t: int) -> str:
    """In a few words where the mask of frame `t` comes from."""
    annotation = session.document.annotation
    if session.document.is_right(t):
        return tr("reference frame")
    if annotation.mask_bytes(t) is None:
        return tr("no mask yet")
    names = [o.name for o in annotation.objects if o.id in annotation.decided(t)]
    parts = [tr("reference of {names}").format(names=", ".join(names))] if names else []
    sure = annotation.confidence(t)
    if sure:
        parts.append(tr("propagated, {n:.0f} % certain").format(n=100 * min(sure.values())))
    if session.document.stale.at(t):
        parts.append(tr("stale"))
    change = session.tasks.comparison.changes([t]).get(t)
    if change:
        parts.append(tr("{n:.0f} % changed").format(n=100 * change))
    return ", ".join(parts) or tr("mask")
