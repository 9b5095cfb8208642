"""The real window, in which a hand paints until somebody kills the program.

python painted_window.py CLIP LOG SEED

The hand's mouse and keys are real events. Before each point it is written down in LOG, a JSON object a line:
the time, the frame, the pixel; and when the window says that everything is saved.
"""

import json
import os
import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from skn_annotator.app.project.autosave import SaveState
from skn_annotator.app.tasks.pass_work import NetworkTracker
from skn_annotator.gui import program
from skn_annotator.gui.main_window import MainWindow

TICK_MS = 16
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Hand(QObject):
    """Paints strokes, holds the mouse still, goes to other frames, starts passes, as chance has it."""

    def __init__(self, window, log, seed):
        super().__init__(window)
        self._window, self._log = window, log
        self._rng = random.Random(seed)
        self._plan = self._acts()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(lambda: next(self._plan))
        session = window.session
        session.project.saving_changed.connect(self._note_saved)
        session.viewer.frame_shown.connect(lambda *_: self._timer.start())

    def _acts(self):
        """One tick each."""
        row, viewer, sequence = 0, self._window.session.viewer, self._window.session.project.sequence
        height, width = sequence.size
        for _ in range(20):
            yield
        while True:
            x, y = 20.5 + self._rng.randrange(width // 4), 10.5 + row % (height // 8 - 2) * 8
            self._mouse(QEvent.Type.MouseButtonPress, x, y)
            for _ in range(self._rng.choice([5, 20, 60])):
                yield
                x = min(x + 3, width - 20.5)
                self._mouse(QEvent.Type.MouseMove, x, y)
            for _ in range(self._rng.choice([0, 0, 10, 120])):
                yield  # held still
            self._mouse(QEvent.Type.MouseButtonRelease, x, y, note=False)
            row += 1
            for _ in range(self._rng.choice([1, 5, 40])):
                yield
            if self._rng.random() < 0.3 and viewer.position < sequence.length - 1:
                QTest.keyClick(self._window.canvas, Qt.Key.Key_Right)
                while viewer.shown != viewer.position:
                    yield
                row = 0
            elif self._rng.random() < 0.15:
                QTest.keyClick(self._window.canvas, Qt.Key.Key_Return)  # a pass forward
                yield

    def _mouse(self, kind, x, y, note=True):
        if note:
            self._write(t=self._window.session.viewer.shown, x=int(x), y=int(y))
        canvas = self._window.canvas
        place = QPointF(*canvas.view.to_widget((x, y)))
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
        event = QMouseEvent(kind, place, QPointF(canvas.mapToGlobal(place.toPoint())), button, held, NONE)
        QApplication.sendEvent(canvas, event)

    def _note_saved(self):
        if self._window.session.project.save_state is SaveState.SAVED:
            self._write(saved=True)

    def _write(self, **values):
        os.write(self._log, json.dumps({"time": time.monotonic(), **values}).encode() + b"\n")


def main(clip, log, seed):
    """The program's own way to a window, with a hand that paints in it."""

    class PaintedWindow(MainWindow):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            self.hand = Hand(self, os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), seed)

    program.MainWindow = PaintedWindow
    return program.run_window(NetworkTracker(size=240, threads=1), Path(clip), demo=False, anyway=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
