"""Which frames a pass goes over, and what is said where it cannot."""

from dataclasses import replace

import pytest
from fakes import order_of

from skn_annotator.errors import SknError
from skn_annotator.inference.directions import Direction, Ground, plan
from skn_annotator.inference.plans import Decision


def ground(t, references, length=6, masked=(), chosen_range=None, step=1):
    """One object, decided on the frames `references`; `masked`: the frames that show it."""
    decided = {r: Decision(frozenset([1]), frozenset([1])) for r in references}
    known = {*masked, *references}
    return Ground(t, decided, length, lambda t: frozenset([1] if t in known else []), chosen_range, step)


def stand_ins(planned, references):
    return {t for t in planned.given if t not in references}


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
    assert order_of(plan(ground(t, references), direction)) == order


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
        plan(ground(t, references), direction)


@pytest.mark.parametrize(
    ("t", "direction", "order", "standing"),
    [
        (2, Direction.ONE_ON, (2, 3), {2}),
        (2, Direction.ONE_BACK, (2, 1), {2}),
        (0, Direction.ONE_ON, (0, 1), set()),
    ],
)
def test_one_frame_goes_on_from_the_mask_that_is_there(t, direction, order, standing):
    planned = plan(ground(t, {0, 5}, masked={0, 1, 2, 3}), direction)
    assert (order_of(planned), stand_ins(planned, {0, 5})) == (order, standing)


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
        plan(ground(t, {0}, masked={0, 1, 5}), direction)


@pytest.mark.parametrize(
    ("references", "masked", "chosen_range", "order", "standing"),
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
    references, masked, chosen_range, order, standing
):
    planned = plan(ground(0, references, 6, masked, chosen_range), Direction.RANGE)
    assert (order_of(planned), stand_ins(planned, references)) == (order, standing)
    first, last = chosen_range
    assert set(order) - references - standing == set(range(first, last + 1)) - references


@pytest.mark.parametrize(
    ("references", "chosen_range", "said"),
    [
        ({0}, None, "No range is chosen"),
        ({0}, (3, 5), "No mask in or beside frames 4-6"),
        ({2, 3}, (2, 3), "Nothing to fill"),
    ],
)
def test_a_range_says_why_not(references, chosen_range, said):
    with pytest.raises(SknError, match=said):
        plan(ground(0, references, 6, references, chosen_range), Direction.RANGE)


def test_a_range_is_filled_in_steps():
    planned = plan(ground(0, {0}, 20, {0}, (1, 10), step=4), Direction.RANGE)
    assert order_of(planned) == (0, 1, 5, 9)
    assert (planned.bounds, planned.step, planned.total) == ((0, 9), 4, 4)


BOTH = frozenset([1, 2])


def several(t, decided, shown=None, length=60, known=None, chosen_range=None):
    """`decided`: frame -> the objects decided there, and shown unless `shown` says otherwise."""
    references = {
        r: Decision(frozenset(ids), frozenset((shown or {}).get(r, ids))) for r, ids in decided.items()
    }
    return Ground(t, references, length, lambda t: frozenset((known or {}).get(t, ())), chosen_range)


def spans(planned):
    """Of each stretch: where it starts, and the first and the last frame to which it carries each object."""
    return [(s.start, {i: (part[0], part[-1]) for i, part in s.carried.items()}) for s in planned.stretches]


def test_a_pass_carries_an_object_through_frames_where_only_others_are_decided():
    planned = plan(several(0, {0: {1, 2}, 30: {2}}), Direction.FORWARD)
    assert spans(planned) == [(0, {1: (1, 59), 2: (1, 59)})]
    assert planned.given == {0: {1, 2}, 30: {2}}
    planned = plan(several(0, {0: {1, 2}, 30: {2}, 40: {1, 2}}), Direction.FORWARD)
    assert spans(planned) == [(0, {1: (1, 39), 2: (1, 39)})]
    planned = plan(several(0, {0: {1}, 30: {1}, 40: {2}}), Direction.FORWARD)
    assert spans(planned) == [(0, {1: (1, 29)})]  # the other one is not there yet


def test_from_a_frame_where_one_object_was_corrected_the_others_go_on_from_what_they_have_there():
    known = dict.fromkeys(range(60), BOTH)
    planned = plan(several(30, {0: {1, 2}, 30: {2}}, known=known), Direction.FORWARD)
    assert spans(planned) == [(30, {1: (31, 59), 2: (31, 59)})]
    assert planned.given == {0: {1, 2}, 30: {1, 2}}  # object 1 stands in


def test_backward_from_there_only_what_is_decided_there_is_carried():
    known = dict.fromkeys(range(60), BOTH)
    planned = plan(several(30, {0: {1, 2}, 30: {2}}, known=known), Direction.BACKWARD)
    assert spans(planned) == [(30, {2: (29, 1)})]


def test_where_a_frame_knows_nothing_of_an_object_the_pass_starts_where_one_does():
    known = {t: {1} for t in range(20)}
    planned = plan(several(30, {0: {1}, 30: {2}}, known=known), Direction.FORWARD)
    assert spans(planned) == [(19, {1: (20, 59), 2: (30, 59)})]
    assert planned.given[19] == {1}


@pytest.mark.parametrize("direction", [Direction.EVERYWHERE, Direction.BOTH])
def test_painting_a_second_object_leaves_the_first_ones_fate_alone(direction):
    alone = plan(several(20, {20: {1}}), direction)
    second = plan(several(20, {20: {1}, 40: {2}}), direction)
    frames = [{t for s in planned.stretches for t in s.carried.get(1, ())} for planned in (alone, second)]
    assert frames[0] - {20} == frames[1] - {20} == set(range(60)) - {20}


def test_over_everything_each_object_is_carried_both_ways_from_its_references():
    planned = plan(several(0, {10: {1}, 40: {1}, 20: {2}}), Direction.EVERYWHERE)
    assert spans(planned) == [(10, {1: (11, 59), 2: (20, 59)}), (40, {1: (39, 0), 2: (19, 0)})]


def test_to_the_end_nothing_is_carried_back_but_between_two_references_of_an_object():
    planned = plan(several(0, {0: {1}, 20: {2}}), Direction.TO_END)
    assert spans(planned) == [(0, {1: (1, 59), 2: (20, 59)})]
    planned = plan(several(0, {0: {1}, 20: {2}, 40: {1}, 50: {2}}), Direction.TO_END)
    assert spans(planned)[1:] == [(50, {1: (39, 1), 2: (49, 21)})]
    planned = plan(several(0, {0: {1}, 20: {1, 2}}), Direction.TO_END)
    assert spans(planned)[1:] == [(20, {1: (19, 1)})]
    planned = plan(several(0, {0: {1}, 20: {2}, 40: {1, 2}}), Direction.TO_END)
    assert spans(planned)[1:] == [(40, {1: (39, 1), 2: (39, 21)})]


def test_an_object_that_is_absent_by_decision_is_not_carried_back_there():
    shown = {0: {1}, 20: {1, 2}}
    planned = plan(several(10, {0: {1, 2}, 20: {1, 2}}, shown), Direction.BOTH)
    assert spans(planned) == [(0, {1: (1, 19)}), (20, {1: (19, 1)})]
    planned = plan(several(0, {10: {2}, 20: {1, 2}}, {10: ()}), Direction.EVERYWHERE)
    assert spans(planned) == [(10, {1: (20, 59), 2: (20, 59)}), (20, {1: (19, 0)})]


def test_a_pass_backward_starts_where_an_object_was_seen_last_and_ends_where_none_is_carried_on():
    """The first is decided on frames 20 and 40; the second left before frame 50."""
    shown = {50: ()}
    planned = plan(several(0, {20: {1, 2}, 40: {1}, 50: {2}}, shown), Direction.EVERYWHERE)
    assert spans(planned)[1:] == [(40, {1: (39, 21)}), (20, {1: (19, 0), 2: (19, 0)})]
    assert [s.frames for s in planned.stretches[1:]] == [range(39, 20, -1), range(19, -1, -1)]
    planned = plan(several(0, {0: {1}, 20: {1, 2}, 40: {2}}), Direction.TO_END)
    assert [s.frames for s in planned.stretches[1:]] == [range(39, 20, -1), range(19, 0, -1)]


def test_in_a_range_each_object_starts_from_what_is_nearest_to_it():
    known = dict.fromkeys(range(60), BOTH)
    planned = plan(several(0, {0: {1, 2}, 35: {2}}, known=known, chosen_range=(30, 40)), Direction.RANGE)
    assert spans(planned) == [(29, {1: (30, 40), 2: (35, 40)}), (35, {2: (34, 30)})]
    assert planned.given[29] == {1}


def test_only_what_is_stale_is_carried_where_it_is():
    known = dict.fromkeys(range(60), BOTH)
    stale = {5: frozenset([1]), 6: frozenset([1]), 20: frozenset([2])}
    planned = plan(replace(several(30, {0: {1, 2}}, known=known), stale=stale), Direction.STALE)
    assert spans(planned) == [(4, {1: (5, 6)}), (19, {2: (20, 20)})]


def test_one_frame_on_a_decided_object_is_left_and_the_others_are_carried():
    known = dict.fromkeys(range(60), BOTH)
    planned = plan(several(9, {0: {1, 2}, 10: {2}}, known=known), Direction.ONE_ON)
    assert spans(planned) == [(9, {1: (10, 10), 2: (10, 10)})]
    assert planned.given[10] == {2}
    with pytest.raises(SknError, match="Frame 11 is a reference frame"):
        plan(several(9, {0: {1, 2}, 10: {1, 2}}, known=known), Direction.ONE_ON)


def test_both_ways_an_object_that_one_way_starts_from_undecided_is_taken_as_it_is_there():
    """Object 1 was corrected on frame 3 of a passed video: forward object 2 goes on from its carried mask."""
    decided = {0: Decision(frozenset({1, 2}), frozenset({1, 2})), 3: Decision(frozenset({1}), frozenset({1}))}
    planned = plan(Ground(3, decided, 6, lambda t: frozenset({1, 2})), Direction.BOTH)
    assert planned.given == {0: {1, 2}, 3: {1, 2}}
    mirrored = {6: decided[0], 3: decided[3]}
    assert plan(Ground(3, mirrored, 7, lambda t: BOTH), Direction.BOTH).given == {6: BOTH, 3: BOTH}
    for stretch in planned.stretches:
        assert {i for t in stretch.frames for i in stretch.carried_at(t)} <= planned.given[stretch.start]
