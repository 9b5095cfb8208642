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
    assert (running.name, running.total, running.latest) == ("Propagate 3-6", 3, None)
    running.add(2, None)
    assert running.how_far == "0 of 3 frames", "where it starts it makes no mask"
    running.add(3, edit(3))
    assert running.name == "Propagate 4"
    running.add(4, edit(4))
    assert (running.name, running.done, running.latest) == ("Propagate 4-5", 2, 4)
    assert running.how_far == "2 of 3 frames"
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


def test_frames_between_two_references_are_counted_once_and_then_from_the_other_end():
    given = {0: frozenset([1]), 3: frozenset([1])}
    over, back = range(1, 6), range(2, 0, -1)
    running = a_pass(Plan((Stretch(0, over, {1: over}), Stretch(3, back, {1: back})), given))
    seen = []
    for t in (0, 1, 2, 3, 4, 5, 3, 2, 1):
        running.add(t, None if t in given else edit(t))
        seen.append(running.how_far)
    assert seen[:5] == ["0 of 4 frames", "1 of 4 frames", "2 of 4 frames", "2 of 4 frames", "3 of 4 frames"]
    assert seen[5:7] == ["0 of 2 frames from the other end"] * 2
    assert seen[7:] == ["1 of 2 frames from the other end", "2 of 2 frames from the other end"]
    assert (running.done, running.total) == (6, 6)


def test_a_pass_that_delivered_nothing_is_an_empty_edit():
    running = a_pass(ahead(0, 2))
    running.add(0, None)
    assert running.edit().is_empty


def test_the_pace_is_that_of_the_last_steps_and_forgets_a_pause():
    now = [0.0]
    running = a_pass(ahead(0, 10), clock=lambda: now[0])
    assert running.pace() is None
    for t in range(1, 5):
        running.add(t, edit(t))
        now[0] += 0.5
    pace = running.pace()
    assert pace.frames_per_second == pytest.approx(2)
    assert pace.seconds_left == pytest.approx(2.5), "five of nine frames are left"
    running.forget_pace()
    now[0] += 100
    running.add(5, edit(5))
    assert running.pace() is None
