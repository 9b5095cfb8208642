"""Plans: which objects are carried over which frames, from frames where they are given."""

import numpy as np
from fakes import order_of

from skn_annotator.inference.plans import Decision, Plan, Stretch, cover, decisions

ONE = frozenset([1])


def one(*frames):
    """One object, decided and shown on these frames."""
    return dict.fromkeys(frames, Decision(ONE, ONE))


def stretch(start, frames):
    return Stretch(start, frames, {1: frames})


def test_a_cover_comes_to_every_frame_and_what_lies_between_two_starts_is_reached_from_both():
    assert cover(range(4), one(0)) == Plan((stretch(0, range(1, 4)),), {0: ONE})
    both_ways = (stretch(2, range(3, 5)), stretch(2, range(1, -1, -1)))
    assert cover(range(5), one(2)) == Plan(both_ways, {2: ONE})
    assert cover(range(4), one(3)) == Plan((stretch(3, range(2, -1, -1)),), {3: ONE})
    assert order_of(cover(range(7), one(1, 4, 5))) == (1, 2, 3, 4, 5, 6, 4, 3, 2, 1, 0)


def test_frames_before_all_starts_are_reached_also_where_no_object_is_carried_to_them():
    absent = {3: Decision(ONE, frozenset()), 4: Decision(ONE, ONE)}
    forward, back = cover(range(6), absent).stretches
    assert forward == Stretch(3, range(4, 6), {1: range(4, 6)})
    assert back == Stretch(3, range(2, -1, -1), {})


def test_every_nth_frame_is_one_stretch_with_a_step():
    assert cover(range(0, 12, 3), one(0)) == Plan((stretch(0, range(3, 12, 3)),), {0: ONE})
    assert order_of(cover(range(0, 12, 3), one(6))) == (6, 9, 6, 3, 0)
    assert order_of(cover(range(0, 12, 3), one(0, 9))) == (0, 3, 6, 9, 9, 6, 3)


def test_starts_beside_the_nth_frames_are_passed_over():
    assert order_of(cover(range(0, 12, 3), one(4))) == (4, 6, 9, 4, 3, 0)
    assert [tuple(s) for s in cover(range(0, 12, 3), one(1, 7)).stretches] == [
        (1, 3, 6, 9),
        (7, 6, 3),
        (1, 0),
    ]


def test_each_of_several_masks_decides_every_object_that_any_shows():
    masks = {0: np.array([[1, 0]], np.uint8), 4: np.array([[2, 255]], np.uint8)}
    both = frozenset([1, 2])
    assert decisions(masks) == {0: Decision(both, frozenset([1])), 4: Decision(both, frozenset([2]))}


def test_a_plan_writes_nothing_where_all_that_it_carries_is_given():
    assert cover(range(2), one(0, 1)).writes_nothing
    other = {**one(0), 1: Decision(frozenset([2]), frozenset([2]))}
    assert not cover(range(2), other).writes_nothing
