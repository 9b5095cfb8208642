"""Every task that writes files says so, since the end of the program waits for no other.

Where tasks are made is found in the source. Each of these places is made to start one here, and what their
threads write is heard from Python itself. A new place fails this test until it is started here, too.
"""

import ast
import os
import sys
import threading
from functools import cache

import numpy as np
import pytest
from fakes import FakeReading
from steps import paint, propagate
from trees import MODULES, PACKAGE, TREES, name_of

from skn_annotator.annotation.formats import FORMATS
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app import document
from skn_annotator.app.project.autosave import SaveState
from skn_annotator.app.tasks import remap
from skn_annotator.app.tasks.assistant import Combination, Gesture
from skn_annotator.app.tasks.grabcut_assistant import GrabCutAssistant
from skn_annotator.app.tasks.mask_reading import MaskReading
from skn_annotator.app.tasks.remap import Scope
from skn_annotator.app.tasks.task import Task

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
BOX = (4.0, 12.0, 28.0, 36.0)


@cache
def places():
    """(Module, first and last line) of each call that makes a task."""
    kinds = {"Task"} | {
        node.name
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Task" for base in node.bases)
    }
    return {
        (name_of(path), node.lineno, node.end_lineno)
        for path in MODULES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in kinds
    }


class Heard:
    """The tasks that were made, where, and what the thread of each one wrote."""

    def __init__(self):
        self.made = {}
        self.written = {}
        self._here = threading.local()
        self.is_on = True
        sys.addaudithook(self._hear)

    def place_of(self, task):
        """The call that made `task`, as `places` has it."""
        path, line = self.made[task]
        return next(each for each in places() if each[0] == path and each[1] <= line <= each[2])

    def note(self, task):
        """`task` was made: find where, and hear what its work does."""
        frame = sys._getframe(2)
        while frame.f_code.co_name == "__init__" and frame.f_locals.get("self") is task:
            frame = frame.f_back
        path = os.path.relpath(frame.f_code.co_filename, PACKAGE).replace(os.sep, "/")
        self.made[task] = path, frame.f_lineno
        work = task.work

        def heard_work():
            self._here.task = task
            try:
                yield from work()
            finally:
                self._here.task = None

        task.work = heard_work

    def _hear(self, event, args):
        task = getattr(self._here, "task", None) if self.is_on else None
        if task is None:
            return
        writes = event in CHANGES or (event == "open" and args[2] & WRITING)
        if writes and "__pycache__" not in str(args[0]):
            self.written.setdefault(task, []).append((event, str(args[0])))


@pytest.fixture
def heard(monkeypatch):
    heard, make = Heard(), Task.__init__

    def init(self, *args, **kwargs):
        make(self, *args, **kwargs)
        heard.note(self)

    monkeypatch.setattr(Task, "__init__", init)
    yield heard
    heard.is_on = False


def select(qtbot, session):
    session.preview.ask(Gesture(BOX), Combination.ADD)
    qtbot.waitUntil(lambda: session.preview.region is not None)
    session.preview.clear()
    session.painter.selection.begin(GrabCutAssistant, Gesture(BOX))
    qtbot.waitUntil(lambda: not session.painter.selection.is_busy)
    session.document.end_draft()
    trace = session.painter.trace()
    with qtbot.waitSignal(trace.ready):
        trace.anchor((10.0, 20.0))
    trace.close()


def look(qtbot, session, tmp_path):
    with qtbot.waitSignal(session.tasks.measures.changed):
        session.tasks.measures.measure()
    reading = FakeReading()
    with qtbot.waitSignal(session.tasks.what_if.found):
        session.tasks.what_if.ask(reading, session.viewer.frame, reading.trained)
    (tmp_path / "weights.pth").write_text("none")
    with qtbot.waitSignal(session.tasks.weights.refused):
        session.tasks.weights.choose(tmp_path / "weights.pth")
    (tmp_path / "masks").mkdir()
    (tmp_path / "masks/00000.png").write_bytes(encode_mask(np.ones((48, 64), np.uint8)))
    masks = MaskReading(tmp_path / "masks", session.project.sequence, session)
    with qtbot.waitSignal(masks.found):
        masks.start("masks", False)


def write(qtbot, session, tmp_path):
    export = session.tasks.export_of(FORMATS[0], tmp_path / "out", 0.5)
    ended = []
    session.tasks.export(export, lambda _: None, ended.append)
    qtbot.waitUntil(lambda: ended == [None])


def test_every_task_that_writes_says_so(qtbot, heard, make_session, tracker, clip, tmp_path, monkeypatch):
    monkeypatch.setattr(document, "ENCODED_AT_ONCE", 0)
    monkeypatch.setattr(remap, "REMAPPED_AT_ONCE", 0)
    session = make_session(tracker, clip)
    session.viewer.want_thumbnails([11])  # at once: frames that were shown have theirs already
    qtbot.waitUntil(lambda: session.viewer.thumbnail(11) is not None)
    paint(session)
    session.document.end_draft_in_background()
    assert session.painter.begin_stroke(4.0, False)
    session.painter.stroke_to((30.0, 20.0))
    session.document.end_draft_in_background()
    qtbot.waitUntil(lambda: session.document.draft is None)
    select(qtbot, session)
    propagate(qtbot, session)
    look(qtbot, session, tmp_path)
    session.tasks.remaps.delete_object(1, Scope.ONWARD)
    qtbot.waitUntil(lambda: session.tasks.remaps.current is None)
    write(qtbot, session, tmp_path)
    qtbot.waitUntil(lambda: session.project.save_state is SaveState.SAVED)

    assert places() - {heard.place_of(task) for task in heard.made} == set(), "start these here, too"
    silent = [(heard.made[task], what) for task, what in heard.written.items() if not task.writes]
    assert silent == []
    writing = {heard.made[task][0] for task in heard.written}
    assert {"app/project/autosave.py", "app/tasks/tasks.py"} <= writing  # it does hear
