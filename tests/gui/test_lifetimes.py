"""Every QObject dies in the thread that it lives in, whichever thread Python collects its garbage in.

Python's collector runs wherever something is allocated, in a worker too. What is left to it may be destroyed
there, with its timers and threads, under the GUI thread's feet. So a process of its own opens and closes
sequences, runs passes and shows dialogs beside a thread that does nothing but collect; it ends by itself, as
the program does, and a crash of it fails this test only.
"""

import gc
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from fakes import FakeTracker
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import getAllValidWrappers

from skn_annotator.app.project.autosave import SaveState
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.assistant import Gesture
from skn_annotator.app.tasks.grabcut_assistant import GrabCutAssistant
from skn_annotator.gui.main_window import MainWindow
from skn_annotator.inference.directions import Direction

ROOT = Path(__file__).parents[2]
OPENINGS = 4


def test_everything_dies_in_the_gui_thread(clip, homeless):
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", __file__, str(clip)],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "clean", done.stdout


class Deaths:
    """Where the QObjects die that `watch` has seen."""

    def __init__(self):
        self.count = Counter()
        self._watched = set()

    def watch(self):
        app = QCoreApplication.instance()
        for each in getAllValidWrappers():
            if isinstance(each, QObject) and each is not app and id(each) not in self._watched:
                self._watched.add(id(each))
                note = self._note(id(each), type(each).__name__)
                each.destroyed.connect(note, Qt.ConnectionType.DirectConnection)

    def _note(self, key, name):
        def note():
            self._watched.discard(key)
            is_home = threading.current_thread() is threading.main_thread()
            self.count[name, "at home" if is_home else "elsewhere"] += 1

        return note


class Collector(threading.Thread):
    """Collects half of the time until it is told to end: the others need the interpreter, too."""

    def __init__(self):
        super().__init__()
        self._ends = threading.Event()

    def run(self):
        rest = 0.001
        while not self._ends.wait(rest):
            begun = time.monotonic()
            gc.collect()
            rest = time.monotonic() - begun
        gc.collect()

    def end(self):
        self._ends.set()
        self.join()


def work(window, deaths, folder):
    """What a user does between opening a sequence and closing it."""

    def until(condition):
        end = time.monotonic() + 120
        while not condition():
            deaths.watch()
            assert time.monotonic() < end
            QTest.qWait(5)

    session, before = window.session, window.session.document.annotation
    window.open(folder)
    until(lambda: session.document.annotation is not before and session.viewer.frame is not None)
    session.painter.begin_stroke(5, erases=False)
    session.painter.stroke_to((20, 20))
    session.document.end_draft()
    session.tasks.propagate(Direction.FORWARD)
    until(lambda: session.tasks.passes.current is None)
    session.viewer.want_thumbnails(range(5))
    session.painter.selection.begin(GrabCutAssistant, Gesture((5, 10, 40, 40)))
    session.painter.selection.press((10, 20), 3, inside=True)
    session.painter.selection.release()
    deaths.watch()
    session.document.cancel_draft()
    tracing = session.painter.trace()
    tracing.anchor((10, 10))
    deaths.watch()
    tracing.close()
    session.tasks.propagate(Direction.BOTH)
    deaths.watch()
    session.tasks.passes.stop()
    for show in (window.show_preferences, window.ask_export, window.side.objects.row(1).choose_color):
        show()
        deaths.watch()
        close_dialogs(window)
    until(lambda: session.project.save_state is SaveState.SAVED)


def close_dialogs(window):
    for each in QApplication.topLevelWidgets():
        if each is not window and each.isVisible():
            each.close()


def main(folder):
    said = []
    qInstallMessageHandler(lambda _, __, text: said.append(text))
    deaths, collector = Deaths(), Collector()
    app = QApplication([])
    window = MainWindow(Session(FakeTracker(), app))
    window.show()

    def use():
        try:
            for n in range(OPENINGS):
                work(window, deaths, folder)
                if n % 2:
                    window.close_sequence()
        finally:
            window.close()

    collector.start()
    QTimer.singleShot(0, use)
    app.exec()
    collector.end()
    qInstallMessageHandler(None)
    said = [text for text in said if not text.startswith("This plugin does not support")]
    elsewhere = {name: n for (name, where), n in deaths.count.items() if where == "elsewhere"}
    names = (
        "Autosave",
        "Worker",
        "FrameLoader",
        "Thumbnails",
        "TaskRunner",
        "AssistedSelection",
        "MagneticTrace",
    )
    alive = [name for name in names if not deaths.count[name, "at home"]]
    print(said or elsewhere or alive or "clean")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
