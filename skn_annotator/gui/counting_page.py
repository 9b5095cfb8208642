"""CountingPage: the first frame and the progress, while the frames of a long video are counted.

Most files list their frames and are open at once; others have to be read through, the first time.
"""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.app.session import Session
from skn_annotator.gui.look import caption, column, image_of, row, set_texts, theme

_MARGIN = 24
_STEPS = 1000


class CountingPage(QWidget):
    """Shown while the session has a glimpse of what it opens."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._picture = _Picture()
        self._text = caption(role="Hint")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, _STEPS)
        self._bar.setFixedWidth(200)
        stop = set_texts(QPushButton(), text=translatable("Stop"))
        stop.setShortcut(Qt.Key.Key_Escape)
        stop.clicked.connect(session.project.stop_opening)
        bar = (self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        line = row(None, self._text, bar, stop, None, spacing=16)
        column((self._picture, 1), line, spacing=16, margins=(_MARGIN,) * 4, of=self)
        session.project.opening_changed.connect(self._show)

    def _show(self) -> None:
        glimpse = self._session.project.glimpse
        if glimpse is None:
            self._picture.show_image(QImage())
            return
        if self._picture.image.isNull():
            self._picture.show_image(image_of(glimpse.rgb))
        self._text.setText(
            tr("Counting the frames of {name}: {share:.0f} %").format(
                name=glimpse.path.name, share=100 * glimpse.share
            )
        )
        self._bar.setValue(round(_STEPS * glimpse.share))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()


class _Picture(QWidget):
    """A frame, fitted into the widget."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setMinimumSize(QSize(160, 90))

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("well"))
        if self.image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRect(0, 0, size.width(), size.height())
        area.moveCenter(self.rect().center())
        painter.drawImage(area, self.image)
