"""The process ends with its window, whatever its threads compute, and what was done is on the disk."""

import json
import os
import subprocess
import sys
import threading

from steps import paint

from skn_annotator.annotation.formats import FORMATS
from skn_annotator.app.project.autosave import SaveState
from skn_annotator.app.tasks.task import Task

PROGRAM = """
import sys, threading, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from skn_annotator.app.tasks import picture_selectors
from skn_annotator.gui import program
from skn_annotator.gui.main_window import MainWindow

begun = threading.Event()

def import_for_long():
    begun.set()
    time.sleep(300)

picture_selectors.load_torch = import_for_long

class Window(MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        self.timer = QTimer(self, interval=20)
        self.timer.timeout.connect(self.leave)
        self.timer.start()

    def leave(self):
        if begun.is_set():
            self.timer.stop()
            self.actions_["add_object"].trigger()
            self.close()

program.MainWindow = Window
source = None if sys.argv[1] == "demo" else Path(sys.argv[1])
sys.exit(program.run_window(None, source, source is None, False))
"""


def run(tmp_path, source):
    """Runs the program on `source` until its window has closed while torch was being imported."""
    homes = {f"XDG_{kind}_HOME": str(tmp_path / "home") for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    places = homes | {"TMPDIR": str(tmp_path / "tmp")}
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-c", PROGRAM, str(source)]
    return subprocess.run(command, env=os.environ | places, capture_output=True, text=True, timeout=200)


def test_a_window_that_closes_during_the_import_of_torch_leaves_no_process_and_keeps_all(tmp_path, clip):
    ended = run(tmp_path, clip)
    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False), ended.stderr
    project = json.loads((tmp_path / "clip.skn" / "project.json").read_text())
    assert len(project["objects"]) == 2


def test_the_project_of_the_demo_goes_with_the_window(tmp_path):
    ended = run(tmp_path, "demo")
    assert ended.returncode == 0, ended.stderr
    assert not list((tmp_path / "tmp").glob("skn-demo-*"))


def test_what_writes_files_is_waited_for(qtbot, session, tmp_path):
    paint(session)
    qtbot.waitUntil(lambda: session.project.save_state is SaveState.SAVED)
    ended = []
    session.tasks.export(
        session.tasks.export_of(FORMATS[0], tmp_path / "out", 0.5), lambda _: None, ended.append
    )
    assert not session.only_computes
    qtbot.waitUntil(lambda: bool(ended))


def test_what_only_computes_is_not_waited_for(qtbot, session):
    gate = threading.Event()

    def compute():
        gate.wait(timeout=60)
        yield from ()

    qtbot.waitUntil(lambda: not session.project.is_opening)  # the frame is shown before that thread has ended
    session.tasks.selection_runner.start(Task(compute, lambda _: None, lambda _: None))
    session.project.close()
    assert session.only_computes
    gate.set()
    qtbot.waitUntil(lambda: not session.only_computes)
