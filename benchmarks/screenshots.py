"""Take the pictures of the manual: the real window on the demo clip.

    QT_QPA_PLATFORM=xcb xvfb-run -s "-screen 0 1600x1000x24" python benchmarks/screenshots.py FOLDER

FOLDER is manual/pictures. Without a screen of its own, dialogs would be as narrow as Qt's offscreen one.

It presses what a user would press: a pass from the painted first frame, stopped a second later; the kernel
and the matched points; then the dialogs, one after the other.
"""

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCursor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from skn_annotator.app.session import Session
from skn_annotator.app.tasks.pass_work import NetworkTracker
from skn_annotator.gui.look import Scheme, apply_theme
from skn_annotator.gui.main_window import MainWindow
from skn_annotator.resources import demo_clip, demo_mask
from skn_annotator.settings import Settings

SIZE = (1280, 800)
STOP_AT = 24
"""Frame, from 1, at which the pass is stopped: the balls are near each other."""
DIALOGS = {"export": "export_dialog", "preferences": "preferences", "shortcuts": "shortcuts"}
"""Action -> file name."""


def save(widget: QWidget, path: Path) -> None:
    """A picture of `widget`."""
    shot = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size, pixels = (shot.width(), shot.height()), bytes(shot.constBits())
    picture = Image.frombytes("RGB", size, pixels, "raw", "RGB", shot.bytesPerLine())
    picture.save(path, quality=88, method=6)
    print(f"{path}: {size[0]} x {size[1]}, {path.stat().st_size >> 10} kB")


def steps(window: MainWindow, folder: Path) -> Iterator[Callable[[], bool]]:
    """Each condition holds when it is time for the next."""
    session = window.session

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(window.canvas, key, modifier)

    def later(milliseconds: int = 400) -> Callable[[], bool]:
        is_due = [False]
        QTimer.singleShot(milliseconds, lambda: is_due.__setitem__(0, True))
        return lambda: is_due[0]

    QCursor.setPos(0, 0)  # no button is under it
    window.activateWindow()  # where no window manager runs, nobody else gives it the keyboard
    yield window.isActiveWindow
    yield later(1500)  # the thumbnails
    save(window, folder / "painted.webp")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    yield lambda: session.viewer.shown == STOP_AT - 1
    save(window, folder / "pass.webp")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    yield later(1500)
    save(window, folder / "kernel.webp")
    for action, name in DIALOGS.items():
        QTimer.singleShot(0, window.actions_[action].trigger)
        yield lambda: QApplication.activeModalWidget() is not None
        yield later()
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        save(dialog, folder / f"{name}.webp")
        dialog.close()
        yield later()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where the pictures are written")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["HOME"] = "/home/you"  # where the export dialog would write: nobody's own folder is shown
    app = QApplication([])
    apply_theme(app, Scheme.DARK)
    with TemporaryDirectory() as place:
        session = Session(NetworkTracker())
        window = MainWindow(session, Settings())
        window.resize(*SIZE)
        window.show()
        script = steps(window, arguments.folder)
        due: list[Callable[[], bool]] = []
        clock = QTimer(window, interval=5)

        def go_on() -> None:
            if due and not due[0]():
                return
            due[:] = [each for each in [next(script, None)] if each is not None]
            if not due:
                clock.stop()
                window.close()

        clock.timeout.connect(go_on)
        session.project.opened.connect(clock.start, Qt.ConnectionType.SingleShotConnection)
        session.project.open(demo_clip(), demo_mask(), Path(place) / "demo.skn")
        app.exec()


if __name__ == "__main__":
    main()
