"""Which frames a pass goes over, and how it counts."""

import pytest

from skn_annotator.annotation.annotation import Edit
from skn_annotator.app.passes import Direction, Ground, Pass, cover, plan
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
        (3, {0, 4}, Direction.BOTH, (0, 1, 2, 3, 4, 3, 2, 1)),
        (5, {0, 3}, Direction.BOTH, (3, 4, 5, 3, 2, 1)),
        (5, {2}, Direction.EVERYWHERE, (2, 3, 4, 5, 2, 1, 0)),
        (1, {0, 3}, Direction.EVERYWHERE, (0, 1, 2, 3, 4, 5, 3, 2, 1)),
        (1, {0, 1}, Direction.EVERYWHERE, (0, 1, 2, 3, 4, 5)),
    ],
)
def test_a_pass_starts_at_a_reference_frame_and_ends_before_the_next(t, references, direction, order):
    assert plan(Ground(t, references, 6), direction).order == order


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
        plan(Ground(t, references, 6), direction)


@pytest.mark.parametrize(
    ("t", "direction", "order", "stand_ins"),
    [
        (2, Direction.ONE_ON, (2, 3), {2}),
        (2, Direction.ONE_BACK, (2, 1), {2}),
        (0, Direction.ONE_ON, (0, 1), set()),
    ],
)
def test_one_frame_goes_on_from_the_mask_that_is_there(t, direction, order, stand_ins):
    planned = plan(Ground(t, {0, 5}, 6, masked={0, 1, 2, 3}), direction)
    assert (planned.order, planned.stand_ins) == (order, stand_ins)


@pytest.mark.parametrize(
    ("t", "direction", "said"),
    [
        (4, Direction.ONE_BACK, "Frame 5 has no mask"),
        (5, Direction.ONE_ON, "last one"),
        (0, Direction.ONE_BACK, "first one"),
        (1, Direction.ONE_BACK, "Frame 1 is a reference frame"),
    ],
)
def test_one_frame_says_why_not(t, direction, said):
    with pytest.raises(SknError, match=said):
        plan(Ground(t, {0}, 6, masked={0, 1, 5}), direction)


@pytest.mark.parametrize(
    ("references", "masked", "selection", "order", "stand_ins"),
    [
        ({0}, {0}, (0, 3), (0, 1, 2, 3), set()),
        ({0}, {0}, (1, 3), (0, 1, 2, 3), set()),
        ({0, 3}, {0, 3}, (2, 4), (3, 4, 3, 2), set()),
        ({0, 4}, {0, 4}, (1, 3), (0, 1, 2, 3, 4, 3, 2, 1), set()),
        ({0, 2, 5}, {0, 2, 5}, (1, 3), (0, 1, 2, 3, 2, 1), set()),
        ({0}, set(range(6)), (3, 4), (2, 3, 4), {2}),
        ({5}, {4, 5}, (2, 3), (4, 3, 2), {4}),
    ],
)
def test_a_range_is_filled_from_what_is_in_or_beside_it_and_nothing_else_is_touched(
    references, masked, selection, order, stand_ins
):
    planned = plan(Ground(0, references, 6, masked, selection), Direction.RANGE)
    assert (planned.order, planned.stand_ins) == (order, stand_ins)
    first, last = selection
    assert set(order) - references - stand_ins == set(range(first, last + 1)) - references


@pytest.mark.parametrize(
    ("references", "selection", "said"),
    [
        ({0}, None, "No range is chosen"),
        ({0}, (3, 5), "No mask in or beside frames 4-6"),
        ({2, 3}, (2, 3), "Nothing to fill"),
    ],
)
def test_a_range_says_why_not(references, selection, said):
    with pytest.raises(SknError, match=said):
        plan(Ground(0, references, 6, references, selection), Direction.RANGE)


def test_an_order_covers_every_frame_and_what_lies_between_two_starts_from_both():
    assert cover(0, 3, {0}) == (0, 1, 2, 3)
    assert cover(0, 4, {2}) == (2, 3, 4, 2, 1, 0)
    assert cover(0, 3, {3}) == (3, 3, 2, 1, 0)
    assert cover(0, 6, {1, 4, 5}) == (1, 2, 3, 4, 5, 6, 4, 3, 2, 1, 0)


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
    assert running.summary == "Propagate 4-5: 2 frames filled"


def test_a_pass_tells_what_was_there_before_and_what_it_changed():
    running = Pass((2, 3, 4, 5))
    running.add(3, Edit("step", {3: (b"old", b"new")}))
    running.add(4, Edit("step", {4: (b"old", b"old")}))
    assert running.summary == "Propagate 4-5: 1 of 2 frames changed"
    running.add(5, Edit("step", {5: (None, b"new")}))
    running.add(3, Edit("step", {3: (b"new", b"newer")}))
    assert running.summary == "Propagate 4-6: 1 frame filled, 1 of 2 frames changed"
    assert [running.before(t) for t in (3, 4, 5)] == [b"old", b"old", None]


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
