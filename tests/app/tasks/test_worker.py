"""The one thread class: order of signals, pause, stop, failure."""

import os
import threading

import pytest
from PySide6.QtCore import QThread

from skn_annotator.app.tasks.worker import Worker


@pytest.fixture
def make(owner):
    """Makes workers, and ends them with the test."""
    workers = []

    def make(work, niceness=0):
        workers.append(Worker(work, niceness, owner))
        return workers[-1]

    yield make
    for worker in workers:
        worker.stop()
        worker.wait()


def record(worker):
    events = []
    worker.yielded.connect(events.append)
    worker.failed.connect(lambda error: events.append(("failed", str(error))))
    worker.finished.connect(lambda: events.append("finished"))
    return events


def test_items_arrive_in_order_and_then_it_has_finished(qtbot, make):
    worker = make(lambda: (n for n in range(3)))
    events = record(worker)
    with qtbot.waitSignal(worker.finished):
        worker.start()
    assert events == [0, 1, 2, "finished"]


def test_the_work_is_done_in_another_thread(qtbot, make):
    def work():
        yield threading.get_ident()

    worker = make(work, niceness=1)
    events = record(worker)
    with qtbot.waitSignal(worker.finished):
        worker.start()
    assert events[0] != threading.get_ident()


def test_an_error_is_told_before_the_end_and_keeps_what_came(qtbot, make):
    def work():
        yield 1
        raise ValueError("broken")

    worker = make(work)
    events = record(worker)
    with qtbot.waitSignal(worker.finished):
        worker.start()
    assert events == [1, ("failed", "broken"), "finished"]


def test_stop_ends_after_the_current_item_and_closes_the_work(qtbot, make):
    closed = threading.Event()
    first = threading.Event()
    go_on = threading.Event()

    def work():
        try:
            yield 0
            first.set()
            go_on.wait(60)
            yield 1
            yield 2
        finally:
            closed.set()

    worker = make(work)
    events = record(worker)
    worker.start()
    assert first.wait(60)
    worker.stop()
    go_on.set()
    assert worker.wait(60_000)
    qtbot.waitUntil(lambda: "finished" in events)
    assert events == [0, 1, "finished"]
    assert closed.is_set()


def test_held_work_does_not_go_on_until_it_is_let_go(qtbot, make):
    computed = []

    def work():
        for n in range(3):
            computed.append(n)
            yield n

    worker = make(work)
    worker.hold(True)
    events = record(worker)
    worker.start()
    qtbot.waitUntil(lambda: events == [0])
    assert not worker.wait(50)
    assert computed == [0]
    worker.hold(False)
    qtbot.waitUntil(lambda: events[-1:] == ["finished"])
    assert events == [0, 1, 2, "finished"]


def test_stop_ends_held_work(qtbot, make):
    worker = make(lambda: (n for n in range(1000)))
    worker.hold(True)
    worker.start()
    worker.stop()
    assert worker.wait(60_000)


def test_a_thread_lowers_its_priority_as_the_system_has_it(monkeypatch, make):
    """Elsewhere than on Linux a thread's number is no process: another one could be meant."""
    priorities, niced = [], []
    monkeypatch.setattr("os.setpriority", lambda *args: niced.append(args), raising=False)
    worker = make(lambda: iter(()), niceness=5)
    monkeypatch.setattr(worker, "setPriority", priorities.append)
    worker._lower_priority()
    assert [args[0] for args in niced] == [os.PRIO_PROCESS]
    monkeypatch.setattr("sys.platform", "darwin")
    worker._lower_priority()
    assert len(niced) == 1
    assert priorities == [QThread.Priority.LowPriority]
