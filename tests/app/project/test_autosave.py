"""Saving in the background: what is due, what failed, and the last word at the end."""

import threading

import pytest

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.edits import add_object
from skn_annotator.app.project import autosave as autosave_module
from skn_annotator.app.project.autosave import Autosave, SaveState
from skn_annotator.errors import Message, ProjectError


class Store:
    """Notes what it is asked to save; fails while `broken`."""

    exists = True

    def __init__(self):
        self.saved = []
        self.broken = False
        self.notes = ()
        self.threads = set()

    def save(self, annotation, frames, view):
        self.threads.add(threading.get_ident())
        if self.broken:
            raise ProjectError("disk full: free some space")
        self.saved.append((set(frames), len(annotation.objects), dict(view)))
        return self.notes


@pytest.fixture
def make(owner):
    """Makes them, and ends their threads with the test."""
    made = []

    def make(store):
        annotation = Annotation((4, 4), 5)
        made.append(Autosave(store, lambda: annotation.copy, lambda: {"position": 2}, owner))
        return annotation, made[-1]

    yield make
    for autosave in made:
        autosave.close()


def test_changes_of_a_second_are_saved_together_off_the_gui_thread(qtbot, make):
    store = Store()
    annotation, autosave = make(store)
    annotation.apply(add_object(annotation))
    autosave.touch([1])
    autosave.touch([3])
    assert autosave.state is SaveState.DUE
    qtbot.waitUntil(lambda: autosave.state is SaveState.SAVED)
    assert store.saved == [({1, 3}, 1, {"position": 2})]
    assert threading.get_ident() not in store.threads


def test_what_could_not_be_written_stays_due(qtbot, make):
    store = Store()
    _, autosave = make(store)
    store.broken = True
    autosave.touch([1])
    with qtbot.waitSignal(autosave.failed) as failed:
        pass
    assert "free some space" in str(failed.args[0])
    assert autosave.state is SaveState.FAILED
    store.broken = False
    autosave.touch([2])
    qtbot.waitUntil(lambda: autosave.state is SaveState.SAVED)
    assert store.saved[-1][0] == {1, 2}


def test_flush_writes_at_once_and_returns_an_error_instead_of_raising(qtbot, make):
    store = Store()
    _, autosave = make(store)
    autosave.touch([4])
    store.broken = True
    assert "free some space" in str(autosave.flush())
    store.broken = False
    assert autosave.flush() is None
    assert store.saved == [({4}, 0, {"position": 2})]


def test_a_last_write_that_failed_is_tried_again_by_itself_where_the_sequence_stays_open(
    qtbot, make, monkeypatch
):
    monkeypatch.setattr(autosave_module, "_RETRY_MS", 50)
    store = Store()
    _, autosave = make(store)
    autosave.touch([4])
    store.broken = True
    assert autosave.flush() is not None
    store.broken = False
    qtbot.waitUntil(lambda: autosave.state is SaveState.SAVED)
    assert store.saved == [({4}, 0, {"position": 2})]


def test_where_the_window_stands_is_not_worth_an_error(qtbot, make):
    store = Store()
    _, autosave = make(store)
    store.broken = True
    assert autosave.flush() is None
    assert autosave.state is SaveState.SAVED


def test_nothing_is_written_where_nothing_was_ever_saved_or_changed(qtbot, make):
    store = Store()
    store.exists = False
    _, autosave = make(store)
    assert autosave.flush() is None
    assert store.saved == []


def test_what_is_closed_writes_nothing_more(qtbot, make):
    store = Store()
    _, autosave = make(store)
    autosave.touch([1])
    autosave.close()
    qtbot.wait(1300)
    assert store.saved == []


def test_a_failed_write_is_tried_again_by_itself_and_told_once(qtbot, make, monkeypatch):
    monkeypatch.setattr(autosave_module, "_RETRY_MS", 50)
    store = Store()
    _, autosave = make(store)
    told = []
    autosave.failed.connect(told.append)
    store.broken = True
    autosave.touch([1])
    qtbot.waitUntil(lambda: len(store.threads) and autosave.state is SaveState.FAILED)
    qtbot.wait(300)
    store.broken = False
    qtbot.waitUntil(lambda: autosave.state is SaveState.SAVED)
    assert store.saved[-1][0] == {1}
    assert len(told) == 1
    store.broken = True
    autosave.touch([2])
    qtbot.waitUntil(lambda: len(told) == 2)


def test_the_error_that_was_told_is_the_error_until_a_write_succeeds(qtbot, make, monkeypatch):
    """Or the message of it would go, although nothing is saved yet."""
    monkeypatch.setattr(autosave_module, "_RETRY_MS", 50)
    store = Store()
    _, autosave = make(store)
    told, states = [], []
    autosave.failed.connect(told.append)
    autosave.changed.connect(lambda: states.append(autosave.state))
    store.broken = True
    autosave.touch([1])
    qtbot.waitUntil(lambda: states.count(SaveState.FAILED) == 3)
    autosave.flush()
    assert told == [autosave.error]
    assert autosave.error is told[0]
    store.broken = False
    assert autosave.flush() is None
    assert autosave.error is None


def test_the_clock_starts_at_the_first_change(qtbot, make):
    """Whoever paints on without a pause is saved all the same."""
    store = Store()
    _, autosave = make(store)
    for _ in range(1000):
        autosave.touch([3])
        qtbot.wait(50)
        if store.saved:
            break
    assert store.saved[0][0] == {3}


def test_what_is_due_can_be_written_at_once(qtbot, make, monkeypatch):
    monkeypatch.setattr(autosave_module, "_DELAY_MS", 60_000)
    store = Store()
    _, autosave = make(store)
    autosave.hurry()
    assert autosave.state is SaveState.SAVED
    autosave.touch([4])
    autosave.hurry()
    qtbot.waitUntil(lambda: autosave.state is SaveState.SAVED)
    assert [frames for frames, *_ in store.saved] == [{4}]


def test_what_a_write_found_is_passed_on(qtbot, make):
    store = Store()
    store.notes = (Message("The folder was moved."),)
    _, autosave = make(store)
    with qtbot.waitSignal(autosave.noted) as noted:
        autosave.touch([1])
    assert noted.args[0] == "The folder was moved."
