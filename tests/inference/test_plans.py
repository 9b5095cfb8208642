"""Which frames a pass goes over, and what is said where it cannot."""

import pytest
from fakes import order_of

from skn_annotator.errors import SknError
from skn_annotator.inference.plans import Direction, Ground, Plan, Stretch, cover, plan


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
        (0, {0}, Direction.TO_END, (0, 1, 2, 3, 4, 5)),
        (1, {0, 3}, Direction.TO_END, (0, 1, 2, 3, 4, 5, 3, 2, 1)),
        (3, {0, 3}, Direction.TO_END, (3, 4, 5)),  # what lies before is left alone
        (2, {1, 2, 5}, Direction.TO_END, (2, 3, 4, 5, 5, 4, 3)),
        (5, {5}, Direction.TO_START, (5, 4, 3, 2, 1, 0)),
        (4, {2, 5}, Direction.TO_START, (5, 4, 3, 2, 1, 0, 2, 3, 4)),
        (2, {2, 4}, Direction.TO_START, (2, 1, 0)),
        (5, {2}, Direction.EVERYWHERE, (2, 3, 4, 5, 2, 1, 0)),
        (1, {0, 3}, Direction.EVERYWHERE, (0, 1, 2, 3, 4, 5, 3, 2, 1)),
        (1, {0, 1}, Direction.EVERYWHERE, (0, 1, 2, 3, 4, 5)),
    ],
)
def test_a_pass_starts_at_a_reference_frame_and_ends_before_the_next(t, references, direction, order):
    assert order_of(plan(Ground(t, references, 6), direction)) == order


@pytest.mark.parametrize(
    ("t", "references", "direction", "said"),
    [
        (0, set(), Direction.FORWARD, "paint the objects"),
        (1, {3}, Direction.FORWARD, "propagate backward from frame 4"),
        (4, {3}, Direction.BACKWARD, "propagate forward from frame 4"),
        (5, {5}, Direction.FORWARD, "Nothing to fill after"),
        (2, {2, 3}, Direction.FORWARD, "Nothing to fill after"),
        (4, {4, 5}, Direction.TO_END, "Nothing to fill after"),
        (1, {0, 1}, Direction.TO_START, "Nothing to fill before"),
        (1, {3}, Direction.TO_END, "propagate backward from frame 4"),
        (4, {3}, Direction.TO_START, "propagate forward from frame 4"),
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
    assert (order_of(planned), planned.stand_ins) == (order, stand_ins)


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
    assert (order_of(planned), planned.stand_ins) == (order, stand_ins)
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


def test_a_cover_comes_to_every_frame_and_what_lies_between_two_starts_is_reached_from_both():
    assert cover(range(4), {0}) == Plan((Stretch(0, range(1, 4)),))
    assert cover(range(5), {2}) == Plan((Stretch(2, range(3, 5)), Stretch(2, range(1, -1, -1))))
    assert cover(range(4), {3}) == Plan((Stretch(3, range(2, -1, -1)),))
    assert order_of(cover(range(7), {1, 4, 5})) == (1, 2, 3, 4, 5, 6, 4, 3, 2, 1, 0)


def test_every_nth_frame_is_one_stretch_with_a_step():
    assert cover(range(0, 12, 3), {0}) == Plan((Stretch(0, range(3, 12, 3)),))
    assert order_of(cover(range(0, 12, 3), {6})) == (6, 9, 6, 3, 0)
    assert order_of(cover(range(0, 12, 3), {0, 9})) == (0, 3, 6, 9, 9, 6, 3)


def test_a_start_beside_the_nth_frames_ends_a_stretch_and_begins_another():
    assert order_of(cover(range(0, 12, 3), {4})) == (4, 6, 9, 4, 3, 0)
    planned = cover(range(0, 12, 3), {1, 7})
    assert [tuple(stretch) for stretch in planned.stretches] == [(1, 3, 6), (7, 9), (7, 6, 3), (1, 0)]


def test_a_range_is_filled_in_steps_and_starts_beside_it():
    planned = plan(Ground(0, {0}, 20, {0}, (1, 10), step=4), Direction.RANGE)
    assert order_of(planned) == (0, 1, 5, 9)
    assert (planned.bounds, planned.step, planned.total) == ((0, 9), 4, 4)
