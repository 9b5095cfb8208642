"""Ctrl-C while a command starts: it ends with status 130, whatever is being imported."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PYPROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
SCRIPTS = PYPROJECT["project"]["scripts"]

PROGRAM = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
name, module, when = sys.argv[1:]
sys.argv = [name, "--version"]
count = 0

def interrupt(event, arguments):
    global count
    if event == "import" and signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        count += 1
        if count == int(when):
            os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(interrupt)
main = __import__(module, fromlist=["main"]).main
sys.exit(main())
"""


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("when", [1, 7, 40])
def test_ctrl_c_while_a_command_is_imported_is_status_130(name, when):
    module = SCRIPTS[name].partition(":")[0]
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, name, module, str(when)], capture_output=True, text=True
    )
    assert ended.returncode == 130, ended.stderr
    assert "interrupted" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_nothing_is_imported_before_ctrl_c_is_answered():
    program = (
        "import os, re, signal, sys\nbefore = set(sys.modules)\n"
        "import skn_annotator.cli\nprint(*sorted(set(sys.modules) - before))"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout
    assert shown.split() == ["skn_annotator", "skn_annotator.cli"]
