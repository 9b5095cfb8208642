"""Ctrl-C, and the system's wish that the program ends, close the window whenever they come."""

import os
import signal
import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys
from skn_annotator.gui import program
from skn_annotator.gui.main_window import MainWindow

class Window(MainWindow):
    def showEvent(self, event):
        os.kill(os.getpid(), int(sys.argv[1]))
        super().showEvent(event)

program.MainWindow = Window
sys.exit(program.run_window(None, None, False, False))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_in_the_middle_of_an_event_closes_the_window(number, tmp_path):
    homes = {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    command = [sys.executable, "-c", PROGRAM, str(int(number))]
    ended = subprocess.run(command, env=os.environ | homes, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
