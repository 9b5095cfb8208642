"""One task at a time, and a stop that is immediate."""

import threading

import pytest

from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task


@pytest.fixture
def runner(owner):
    runner = TaskRunner(owner)
    yield runner
    runner.close()


def test_items_and_the_end_reach_the_callbacks(qtbot, runner):
    heard = []
    runner.start(
        Task(lambda: (n for n in range(2)), heard.append, lambda error: heard.append(("end", error)))
    )
    assert runner.busy
    qtbot.waitUntil(lambda: not runner.busy)
    assert heard == [0, 1, ("end", None)]


def test_an_error_comes_with_the_end(qtbot, runner):
    def work():
        yield 1
        raise KeyError("x")

    heard = []
    runner.start(Task(work, heard.append, lambda error: heard.append(type(error))))
    qtbot.waitUntil(lambda: heard[-1:] == [KeyError])
    assert heard == [1, KeyError]


def test_a_stopped_task_is_not_heard_of_again_although_it_still_computes(qtbot, runner):
    release, done = threading.Event(), threading.Event()

    def work():
        try:
            release.wait(60)
            yield "late"
        finally:
            done.set()

    heard = []
    runner.start(Task(work, heard.append, heard.append))
    runner.stop()
    assert not runner.busy
    release.set()
    assert done.wait(60)
    qtbot.wait(20)
    assert heard == []
    runner.close()


def test_a_task_waits_for_the_thread_of_the_stopped_one(qtbot, runner):
    release, order = threading.Event(), []

    def first():
        release.wait(60)
        order.append("first ends")
        yield None

    def second():
        order.append("second starts")
        yield None

    runner.start(Task(first, lambda _: None, lambda _: None))
    runner.stop()
    runner.start(Task(second, lambda _: None, lambda _: None))
    qtbot.wait(20)
    assert order == []
    release.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert order == ["first ends", "second starts"]


def test_stopping_a_task_that_still_waits_means_it_never_runs(qtbot, runner):
    release, ran = threading.Event(), []

    def first():
        release.wait(60)
        yield None

    def second():
        ran.append(True)
        yield None

    runner.start(Task(first, lambda _: None, lambda _: None))
    runner.stop()
    runner.start(Task(second, lambda _: None, lambda _: None))
    runner.stop()
    release.set()
    runner.close()
    qtbot.wait(20)
    assert ran == []


def test_a_task_that_is_held_while_it_waits_begins_held(qtbot, runner):
    release, heard = threading.Event(), []

    def first():
        release.wait(60)
        yield None

    runner.start(Task(first, lambda _: None, lambda _: None))
    runner.stop()
    waiting = Task(lambda: (n for n in range(2)), heard.append, lambda _: None)
    runner.start(waiting)
    runner.toggle_pause()
    release.set()
    qtbot.waitUntil(lambda: heard == [0])
    qtbot.wait(20)
    assert (waiting.paused, heard) == (True, [0])
    runner.toggle_pause()
    qtbot.waitUntil(lambda: not runner.busy)
    assert (waiting.paused, heard) == (False, [0, 1])


def test_a_task_that_is_started_by_the_end_of_another_runs(qtbot, runner):
    heard = []
    second = Task(lambda: iter(["second"]), heard.append, lambda _: None)
    runner.start(Task(lambda: iter(["first"]), heard.append, lambda _: runner.start(second)))
    qtbot.waitUntil(lambda: heard == ["first", "second"])
    qtbot.waitUntil(lambda: not runner.busy)
