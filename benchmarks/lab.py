"""What the reader lab costs a pass: the processor's time of passes over the demo clip in the real window.

    python benchmarks/lab.py [--passes 3]

One pass after the other goes over the whole clip from its first frame, the lab by turns closed and open,
each taken back afterwards; the first one, which is not counted, warms up. Printed is what the process
computed per frame, in the network's thread and the window's together, and by the clock; and what the lab
computed in addition as a share of the clock's time, as it is drawn so often per second, not per frame: on a
busy machine more often between two frames. The window is the program's own, drawn without a display.
"""

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from skn_annotator.app.session import Session
from skn_annotator.app.tasks.pass_work import NetworkTracker
from skn_annotator.gui.look import Scheme, apply_theme
from skn_annotator.gui.main_window import MainWindow
from skn_annotator.resources import demo_clip, demo_mask
from skn_annotator.settings import Settings

Key, Held = Qt.Key, Qt.KeyboardModifier


class Passes(QObject):
    """Runs the passes of `steps` one by one and closes the window after the last."""

    def __init__(self, window: MainWindow, count: int) -> None:
        super().__init__(window)
        self._window = window
        self._steps = self._all(count)
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def _on_time(self) -> None:
        if self._window.session.tasks.passes.current is None and next(self._steps, None) is None:
            self._timer.stop()
            self._window.close()

    def _all(self, count: int) -> Iterator[bool]:
        """Yields True while passes run."""
        found: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
        for n in range(-1, 2 * count):
            is_open = n >= 0 and n % 2 == 1
            if self._window.lab.is_open != is_open:
                self._window.lab.toggle()
            begun = time.process_time(), time.perf_counter()
            QTest.keyClick(self._window.canvas, Key.Key_Return, Held.ControlModifier)
            yield True
            frames = self._window.session.viewer.shown or 1  # it ends on the last one, counted from 0
            spent = (time.process_time() - begun[0]) / frames, (time.perf_counter() - begun[1]) / frames
            print(f"{'open' if is_open else 'closed':6s}", *(f"{1000 * each:6.1f} ms" for each in spent))
            if n >= 0:
                found[is_open].append(spent)
            for key, held in ((Key.Key_Z, Held.ControlModifier), (Key.Key_Home, Held.NoModifier)):
                QTest.keyClick(self._window.canvas, key, held)
        (closed, _), (opened, clock) = (
            tuple(1000 * median(each[kind] for each in found[state]) for kind in range(2))
            for state in (False, True)
        )
        share = 100 * (opened - closed) / clock
        print(f"{closed:.1f} ms closed, {opened:.1f} ms open: {share:.1f} % of the clock's time")


def main() -> None:
    """Print a row per pass, and the medians."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passes", type=int, default=3)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    apply_theme(app, Scheme.DARK)
    with TemporaryDirectory() as folder:
        session = Session(NetworkTracker(threads=1))
        window = MainWindow(session, Settings())
        window.resize(1280, 800)
        window.show()
        session.project.opened.connect(
            lambda: Passes(window, options.passes), Qt.ConnectionType.SingleShotConnection
        )
        session.project.open(demo_clip(), demo_mask(), Path(folder) / "demo.skn")
        app.exec()


if __name__ == "__main__":
    main()
