"""Which frames a pass goes over, and how it counts."""

import pytest

from skn_annotator.annotation.annotation import Edit
from skn_annotator.app.passes import Direction, Pass, plan
from skn_annotator.errors import SknError


@pytest.mark.parametrize(
    ("t", "references", "direction", "order"),
    [
        (0, {0}, Direction.FORWARD, (0, 1, 2, 3, 4, 5)),
        (3, {0}, Direction.FORWARD, (0, 1, 2, 3, 4, 5)),
        (1, {0, 4}, Direction.FORWARD, (0, 1, 2, 3)),
        (4, {0, 4}, Direction.FORWARD, (4, 5)),
        (5, {5}, Direction.BACKWARD, (5, 4, 3, 2, 1, 0)),
        (3, {1, 4}, Direction.BACKWARD, (4, 3, 2)),
        (2, {2}, Direction.BOTH, (2, 3, 4, 5, 2, 1, 0)),
        (2, {0, 2, 4}, Direction.BOTH, (2, 3, 2, 1)),
        (3, {0, 4}, Direction.BOTH, (4, 5, 4, 3, 2, 1)),
        (5, {2}, Direction.EVERYWHERE, (2, 3, 4, 5, 2, 1, 0)),
        (1, {0, 3}, Direction.EVERYWHERE, (0, 1, 2, 3, 4, 5)),
    ],
)
def test_a_pass_starts_at_a_reference_frame_and_ends_before_the_next(t, references, direction, order):
    assert plan(t, references, 6, direction) == order


@pytest.mark.parametrize(
    ("t", "references", "direction", "said"),
    [
        (0, set(), Direction.FORWARD, "paint the objects"),
        (1, {3}, Direction.FORWARD, "propagate backward from frame 4"),
        (4, {3}, Direction.BACKWARD, "propagate forward from frame 4"),
        (5, {5}, Direction.FORWARD, "Nothing to fill after"),
        (2, {2, 3}, Direction.FORWARD, "Nothing to fill after"),
        (0, {0, 1}, Direction.BACKWARD, "Nothing to fill before"),
        (1, {0, 1, 2}, Direction.BOTH, "Nothing to fill around"),
    ],
)
def test_where_there_is_nothing_to_do_it_says_what_to_do(t, references, direction, said):
    with pytest.raises(SknError, match=said):
        plan(t, references, 6, direction)


def edit(t):
    return Edit("step", {t: (None, b"new")}, confidence={t: (None, {1: 0.5})})


def test_a_pass_counts_and_names_what_it_changed():
    running = Pass((2, 3, 4, 5))
    assert (running.name, running.total, running.latest) == ("Propagate 3-6", 4, None)
    running.add(2, None)
    running.add(3, edit(3))
    running.add(4, edit(4))
    assert (running.name, running.done, running.latest) == ("Propagate 4-5", 3, 4)
    assert running.delivered(3)
    assert not running.delivered(2)
    joined = running.edit()
    assert joined.name == "Propagate 4-5"
    assert set(joined.masks) == {3, 4}


def test_a_pass_that_delivered_nothing_is_an_empty_edit():
    running = Pass((0, 1))
    running.add(0, None)
    assert running.edit().is_empty


def test_the_pace_is_that_of_the_last_steps_and_forgets_a_pause():
    now = [0.0]
    running = Pass(tuple(range(10)), clock=lambda: now[0])
    assert running.pace() is None
    for t in range(4):
        running.add(t, None)
        now[0] += 0.5
    pace = running.pace()
    assert pace.frames_per_second == pytest.approx(2)
    assert pace.seconds_left == pytest.approx(3)
    running.rest()
    now[0] += 100
    running.add(4, None)
    assert running.pace() is None
