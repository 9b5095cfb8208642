"""Record the animation at the top of the README: a pass over the demo clip in the real window.

    python benchmarks/record_pass.py docs/pass.webp

The first frame is painted already. Ctrl+Enter carries the masks to the end of the clip; C goes to the frame
where a red ball's mask takes in the blue one, a box mends that, Shift+Enter carries it on both ways, and End
shows the last frame. The window is the program's own, drawn without a display; it gets keys and mouse as
pressed ones, and the line below it names them.

While a pass runs there is one picture for each frame that the canvas shows, otherwise one every tenth of a
second. The animation shows ten pictures a second, however long the pass took on the machine.
"""

import argparse
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from demo_scene import demo_scene
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from skn_annotator.app.session import Session
from skn_annotator.app.tasks.pass_work import NetworkTracker
from skn_annotator.gui.look import Scheme, apply_theme
from skn_annotator.gui.main_window import MainWindow
from skn_annotator.resources import demo_clip, demo_mask
from skn_annotator.settings import Settings

PICTURE_MS = 100
LAST_PICTURE_MS = 2500
END = 60
"""The last frame, from 1."""
SMALL, SCALE = (120, 214), 4
"""Size of the rendered truth, and how many times as large the clip is."""
NEAR = 1
"""The nearer red ball's id."""
MARGIN = 8
"""Pixels of the frame between the ball and the box round it."""
SIZE = (960, 600)
CAPTION = 32  # pixels of the line below the window
BACKGROUND, TEXT = (17, 18, 20), (222, 226, 230)

Point = tuple[int, int]
Condition = Callable[[], bool]
Press = Callable[..., None]


class Recorder(QObject):
    """Takes a picture of `window` for each frame shown during a pass, else one every `PICTURE_MS`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.pictures: list[Image.Image] = []
        self.caption = ""
        self._window = window
        self._font = ImageFont.truetype("DejaVuSans.ttf", 15)
        self._timer = QTimer(self, interval=PICTURE_MS)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()
        # queued: the views have read the new mask by then
        window.session.viewer.frame_shown.connect(self._on_shown, Qt.ConnectionType.QueuedConnection)

    def _on_time(self) -> None:
        if self._window.session.tasks.passes.current is None:
            self._take()

    def _on_shown(self) -> None:
        if self._window.session.tasks.passes.current is not None:
            self._take()

    def _take(self) -> None:
        shot = self._window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        size, pixels = (shot.width(), shot.height()), bytes(shot.constBits())
        window = Image.frombytes("RGB", size, pixels, "raw", "RGB", shot.bytesPerLine())
        picture = Image.new("RGB", (SIZE[0], SIZE[1] + CAPTION), BACKGROUND)
        picture.paste(window.resize(SIZE, Image.Resampling.LANCZOS))
        middle = (SIZE[0] / 2, SIZE[1] + CAPTION / 2)
        ImageDraw.Draw(picture).text(middle, self.caption, TEXT, self._font, anchor="mm")
        self.pictures.append(picture)


def steps(window: MainWindow, recorder: Recorder) -> Iterator[Condition]:
    """Press one key after the other; each condition holds when it is time for the next."""
    session = window.session

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(window.canvas, key, modifier)

    def taken(pictures: int) -> Condition:
        wanted = len(recorder.pictures) + pictures
        return lambda: len(recorder.pictures) >= wanted

    def idle() -> bool:
        return session.tasks.passes.current is None

    recorder.caption = "Two red balls that look alike are painted on the first frame"
    yield taken(12)
    recorder.caption = "Ctrl+Enter: the network carries the masks to the end"
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    yield lambda: session.viewer.shown == END - 1 and idle()
    yield taken(8)
    recorder.caption = "C goes to what most deserves a look: a red ball was taken together with a blue one"
    press(Qt.Key.Key_C)
    yield taken(18)
    recorder.caption = "K, and with Ctrl held a box round the red ball: it replaces the mask; Enter keeps it"
    yield from _boxed(window, press, taken)
    recorder.caption = "Shift+Enter: what is right now is carried on, in both directions"
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    yield lambda: not idle()
    yield idle
    yield taken(8)
    recorder.caption = "Each red ball has its own mask on every frame"
    press(Qt.Key.Key_End)
    yield taken(3)


def box_round_ball(t: int) -> tuple[Point, Point]:
    """Two corners of a box round the nearer red ball as it is on frame `t`, in pixels of the frame."""
    _, ids = next(islice(demo_scene(SMALL, oversample=1), t, None))
    y, x = np.nonzero(ids == NEAR)
    first, last = (x.min(), y.min()), (x.max() + 1, y.max() + 1)
    return (
        (int(first[0]) * SCALE - MARGIN, int(first[1]) * SCALE - MARGIN),
        (int(last[0]) * SCALE + MARGIN, int(last[1]) * SCALE + MARGIN),
    )


def _boxed(window: MainWindow, press: Press, taken: Callable[[int], Condition]) -> Iterator[Condition]:
    """Drag a box round the red ball with the tool Select, in place of its mask, and keep what is found."""
    view, left, held = window.canvas.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    corners = box_round_ball(window.session.viewer.position)
    (x0, y0), (x1, y1) = (view.to_widget(corner) for corner in corners)
    press(Qt.Key.Key_K)
    QTest.mousePress(window.canvas, left, held, QPoint(round(x0), round(y0)))
    for share in range(1, 7):
        to = QPoint(round(x0 + (x1 - x0) * share / 6), round(y0 + (y1 - y0) * share / 6))
        QTest.mouseMove(window.canvas, to)
        yield taken(1)
    QTest.mouseRelease(window.canvas, left, held, to)
    yield lambda: not window.session.painter.selection.is_busy
    yield taken(12)
    press(Qt.Key.Key_Return)
    yield taken(12)


def record(window: MainWindow, save: Callable[[list[Image.Image]], None]) -> None:
    """Go through the `steps`, then `save` the pictures and close the window."""
    recorder = Recorder(window)
    script = steps(window, recorder)
    due = [next(script)]
    clock = QTimer(recorder, interval=5)

    def go_on() -> None:
        if not due[0]():
            return
        condition = next(script, None)
        if condition is not None:
            due[0] = condition
            return
        clock.stop()
        save(recorder.pictures)
        window.close()

    clock.timeout.connect(go_on)
    clock.start()


def save_animation(pictures: list[Image.Image], path: Path, quality: int) -> None:
    """Write `pictures` to `path` as an animated WebP that goes on for ever."""
    durations = [PICTURE_MS] * (len(pictures) - 1) + [LAST_PICTURE_MS]
    first, *others = pictures
    first.save(
        path, save_all=True, append_images=others, duration=durations, loop=0, quality=quality, method=6
    )
    print(f"{path}: {len(pictures)} pictures, {path.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("animation", type=Path, help="the .webp file to write")
    parser.add_argument("--quality", type=int, default=75, help="of the WebP, 0-100")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    apply_theme(app, Scheme.DARK)
    with TemporaryDirectory() as folder:
        session = Session(NetworkTracker())
        window = MainWindow(session, Settings())
        window.resize(1280, 800)
        window.show()

        def begin() -> None:
            record(window, lambda pictures: save_animation(pictures, arguments.animation, arguments.quality))

        session.project.opened.connect(begin, Qt.ConnectionType.SingleShotConnection)
        session.project.open(demo_clip(), demo_mask(), Path(folder) / "demo.skn")
        app.exec()


if __name__ == "__main__":
    main()
