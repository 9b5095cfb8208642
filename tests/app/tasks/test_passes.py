"""How a pass counts, and what it knows of the masks before it."""

import pytest

from skn_annotator.annotation.annotation import Edit
from skn_annotator.app.tasks import passes
from skn_annotator.inference.plans import Plan, Stretch


def ahead(start, end):
    return Plan((Stretch(start, range(start + 1, end)),))


def a_pass(plan, **options):
    """A pass whose steps the test adds itself."""
    return passes.Pass(plan, lambda: iter(()), lambda _: None, lambda _: None, **options)


def edit(t):
    return Edit("step", {t: (None, b"new")}, confidence={t: (None, {1: 0.5})})


def test_a_pass_counts_and_names_what_it_changed():
    running = a_pass(ahead(2, 6))
    assert (running.name, running.total, running.latest) == ("Propagate 3-6", 4, None)
    running.add(2, None)
    running.add(3, edit(3))
    assert running.name == "Propagate 4"
    running.add(4, edit(4))
    assert (running.name, running.done, running.latest) == ("Propagate 4-5", 3, 4)
    assert running.delivered(3)
    assert not running.delivered(2)
    joined = running.edit()
    assert joined.name == "Propagate 4-5"
    assert set(joined.masks) == {3, 4}
    assert running.summary == "Propagate 4-5: 2 frames filled"


def test_a_pass_tells_what_was_there_before_and_what_it_changed():
    running = a_pass(ahead(2, 6))
    running.add(3, Edit("step", {3: (b"old", b"new")}))
    running.add(4, Edit("step", {4: (b"old", b"old")}))
    assert running.summary == "Propagate 4-5: 1 of 2 frames changed"
    running.add(5, Edit("step", {5: (None, b"new")}))
    running.add(3, Edit("step", {3: (b"new", b"newer")}))
    assert running.summary == "Propagate 4-6: 1 frame filled, 1 of 2 frames changed"
    assert [running.before(t) for t in (3, 4, 5)] == [b"old", b"old", None]


def test_a_pass_that_delivered_nothing_is_an_empty_edit():
    running = a_pass(ahead(0, 2))
    running.add(0, None)
    assert running.edit().is_empty


def test_the_pace_is_that_of_the_last_steps_and_forgets_a_pause():
    now = [0.0]
    running = a_pass(ahead(0, 10), clock=lambda: now[0])
    assert running.pace() is None
    for t in range(4):
        running.add(t, None)
        now[0] += 0.5
    pace = running.pace()
    assert pace.frames_per_second == pytest.approx(2)
    assert pace.seconds_left == pytest.approx(3)
    running.forget_pace()
    now[0] += 100
    running.add(4, None)
    assert running.pace() is None
