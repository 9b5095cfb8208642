"""How quickly the window answers the mouse while a tool is used, picture and all.

    QT_QPA_PLATFORM=offscreen python benchmarks/painting.py [--size 3840x2160]

Each tool goes its way over a large frame, several times, each time taken back; a mouse event is measured
until everything that it changed is painted. What a tool computes beside the GUI thread (GrabCut, the edges of
the magnetic lasso) is waited for, not counted. The mask of a finished action is encoded there, too: "stored"
is how long the window is held when its bytes arrive.
"""

import argparse
import math
import os
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from skn_annotator.app.session import Session
from skn_annotator.gui.main_window import MainWindow

MOVES = 150
TIMES = 5
CLICKED = ("polygon", "magnetic")  # used without a button down

Times = tuple[float, list[float], float, float]


class Mouse:
    """Sends events in image coordinates; tells how long each took, in milliseconds."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self._app, self._window, self._canvas = app, window, window.canvas

    def send(self, kind: QEvent.Type, xy: tuple[float, float], held: Qt.MouseButton) -> float:
        """One event of the left button, or with it `held`."""
        at = QPointF(*self._canvas.view.to_widget(xy))
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, at, self._canvas.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier
        )
        start = time.perf_counter()
        QApplication.sendEvent(self._canvas, event)
        QApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))  # paint now, not at leisure
        self._app.processEvents()
        return 1e3 * (time.perf_counter() - start)

    def drag(self, path: list[tuple[float, float]], released: bool = False) -> Times:
        """Press, moves, release, stored; `released`: the button is up while the mouse moves."""
        down, up = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        press = self.send(QEvent.Type.MouseButtonPress, path[0], down)
        if released:
            press += self.send(QEvent.Type.MouseButtonRelease, path[0], up)
        moves = [self.send(QEvent.Type.MouseMove, xy, up if released else down) for xy in path[1:]]
        release = 0 if released else self.send(QEvent.Type.MouseButtonRelease, path[-1], up)
        return press, moves, release, 0 if released else self.stored()

    def stored(self) -> float:
        """Wait until nothing is half done; how long an event held the window meanwhile."""
        longest = 0.0
        while (
            self._window.session.document.draft_name is not None
            and not self._window.session.painter.selection.is_open
        ):
            time.sleep(0.001)
            start = time.perf_counter()
            self._app.processEvents()
            longest = max(longest, 1e3 * (time.perf_counter() - start))
        return longest


def write_frames(folder: Path, size: tuple[int, int]) -> None:
    """Three frames of soft blobs of colour, (width, height)."""
    coarse = np.random.default_rng(0).integers(0, 255, (18, 32, 3), dtype=np.uint8)
    picture = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
    for t in range(3):
        picture.save(folder / f"{t:05d}.png", compress_level=1)


def report(name: str, times: list[Times]) -> None:
    """One row of the table."""
    presses, moves, releases, stored = zip(*times, strict=True)
    move = [ms for each in moves for ms in each]
    row = [*np.percentile(presses, (50, 95)), *np.percentile(move, (50, 95)), max(move)]
    row += [*np.percentile(releases, (50, 95)), *np.percentile(stored, (50, 95))]
    print(f"{name:10s}" + "".join(f"{ms:7.1f}" for ms in row), flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", default="3840x2160", help="of the frame, width x height")
    width, height = (int(side) for side in parser.parse_args().size.split("x"))
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        session = Session()
        window = MainWindow(session)
        window.resize(1440, 900)
        window.show()
        frames = Path(folder) / "frames"
        frames.mkdir()
        write_frames(frames, (width, height))
        window.open(frames)
        while session.viewer.frame is None:
            app.processEvents()
        measure(app, window, width, height)
        session.project.discard()
        window.close()


def measure(app: QApplication, window: MainWindow, width: int, height: int) -> None:
    """Every tool, in the order in which one needs the mask of the other."""
    mouse, radius = Mouse(app, window), 0.3 * height
    angles = np.linspace(0, 0.97 * math.tau, MOVES)
    circle = [(width / 2 + radius * math.cos(a), height / 2 + radius * math.sin(a)) for a in angles]
    line = [(0.3 * width + 0.4 * width * i / MOVES, 0.5 * height) for i in range(MOVES)]
    corners = [(0.3 * width + 2.0 * i, 0.3 * height + 2.0 * i) for i in range(MOVES)]

    def again() -> None:
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
        while window.session.document.history.undo_name != done:
            window.session.undo()

    print("ms        press          move                 release        stored")
    print("             50%    95%    50%    95%  worst    50%    95%    50%    95%")
    for name in ("lasso", "brush", "eraser", "polygon", "magnetic", "move"):
        done = window.session.document.history.undo_name
        window.toolbox.choose(name)
        window.toolbox.set_radius(height / 50)
        times = []
        for n in range(TIMES):
            if n:
                again()
            times.append(mouse.drag(line if name == "move" else circle, released=name in CLICKED))
        report(name, times)
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    window.toolbox.choose("box")
    boxes, marks = [], []
    for _ in range(TIMES):
        boxes.append(mouse.drag(corners))
        QTest.qWait(1000)
        marks.append(mouse.drag(line))
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    report("box", boxes)
    report("refine", marks)


if __name__ == "__main__":
    main()
