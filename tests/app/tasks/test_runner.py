"""One job at a time, and a stop that is immediate."""

import threading

from skn_annotator.app.tasks.runner import JobRunner


def test_items_and_the_end_reach_the_callbacks(qtbot):
    runner, heard = JobRunner(), []
    runner.start(lambda: (n for n in range(2)), heard.append, lambda error: heard.append(("end", error)))
    assert runner.busy
    qtbot.waitUntil(lambda: not runner.busy)
    assert heard == [0, 1, ("end", None)]


def test_an_error_comes_with_the_end(qtbot):
    def job():
        yield 1
        raise KeyError("x")

    runner, heard = JobRunner(), []
    runner.start(job, heard.append, lambda error: heard.append(type(error)))
    qtbot.waitUntil(lambda: heard[-1:] == [KeyError])
    assert heard == [1, KeyError]


def test_a_stopped_job_is_not_heard_of_again_although_it_still_computes(qtbot):
    release, done = threading.Event(), threading.Event()

    def job():
        try:
            release.wait(10)
            yield "late"
        finally:
            done.set()

    runner, heard = JobRunner(), []
    runner.start(job, heard.append, heard.append)
    runner.stop()
    assert not runner.busy
    release.set()
    assert done.wait(10)
    qtbot.wait(20)
    assert heard == []
    runner.close()


def test_a_job_waits_for_the_thread_of_the_stopped_one(qtbot):
    release, order = threading.Event(), []

    def first():
        release.wait(10)
        order.append("first ends")
        yield None

    def second():
        order.append("second starts")
        yield None

    runner = JobRunner()
    runner.start(first, lambda _: None, lambda _: None)
    runner.stop()
    runner.start(second, lambda _: None, lambda _: None)
    qtbot.wait(20)
    assert order == []
    release.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert order == ["first ends", "second starts"]


def test_stopping_a_job_that_still_waits_means_it_never_runs(qtbot):
    release, ran = threading.Event(), []

    def first():
        release.wait(10)
        yield None

    def second():
        ran.append(True)
        yield None

    runner = JobRunner()
    runner.start(first, lambda _: None, lambda _: None)
    runner.stop()
    runner.start(second, lambda _: None, lambda _: None)
    runner.stop()
    release.set()
    runner.close()
    qtbot.wait(20)
    assert ran == []
