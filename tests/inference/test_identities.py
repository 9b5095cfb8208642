"""Look-alikes keep what is theirs when they cross; who looks alike is asked of the keys."""

import numpy as np
import torch

from skn_annotator.inference.identities import Trail, begun, dealt_out, joined, look_alikes
from skn_annotator.model.encoders import Memory

SHAPE = (40, 100)


def disc(x, y=20, radius=8):
    rows, columns = np.ogrid[: SHAPE[0], : SHAPE[1]]
    return (rows - y) ** 2 + (columns - x) ** 2 <= radius**2


def shares(*masks):
    own = np.stack(masks).astype(np.float32)
    return np.concatenate((1 - own.sum(0, keepdims=True), own))


def labels(found):
    return found.argmax(0)


def trails_of(*places, pace=3.0):
    """Two objects on their way towards each other, seen on frames 0 and 1."""
    first, second = (begun(disc(x), 0) for x in places)
    return [
        first.seen(1, first.places[0][1] + (pace, 0), first.area),
        second.seen(1, second.places[0][1] - (pace, 0), second.area),
    ]


def test_a_piece_that_is_given_to_two_belongs_to_the_one_that_was_going_there():
    trails = trails_of(20, 80)
    left, right = disc(26), disc(74)
    upper = np.arange(SHAPE[0])[:, None] < 18
    mixed = shares((left & ~upper) | (right & upper), (right & ~upper) | (left & upper))
    found, after = dealt_out(mixed, trails, 2)
    assert (labels(found)[left] == 1).all()
    assert (labels(found)[right] == 2).all()
    np.testing.assert_allclose(found.sum(0), 1, atol=1e-5)
    np.testing.assert_allclose(after[0].places[-1][1], (26, 20), atol=0.1)


def test_objects_that_crossed_and_were_exchanged_get_their_own_back():
    trails = trails_of(40, 60)
    together = shares(disc(48), disc(52) & ~disc(48))
    _, trails = dealt_out(together, trails, 4)  # one in front of the other: one piece
    assert trails[0].places[-1][0] == 1
    exchanged = shares(disc(25), disc(75))  # as if they had turned back
    found, _ = dealt_out(exchanged, trails, 12)
    assert (labels(found)[disc(75)] == 1).all()
    assert (labels(found)[disc(25)] == 2).all()


def test_objects_in_one_piece_stay_as_the_network_has_them():
    both = shares(disc(48), disc(56) & ~disc(48))
    found, _ = dealt_out(both, trails_of(44, 60), 2)
    np.testing.assert_allclose(found, both, atol=1e-4)


def test_half_of_an_object_behind_a_pole_is_not_given_to_one_that_is_hidden():
    divided = disc(74)
    divided[:, 72:76] = False
    found, _ = dealt_out(shares(np.zeros(SHAPE, bool), divided), trails_of(20, 80), 30)
    assert (labels(found)[divided] == 2).all()


def test_without_a_pace_the_network_is_believed():
    trails = [begun(disc(30), 0), begun(disc(70), 0)]
    exchanged = shares(disc(70), disc(30))
    found, _ = dealt_out(exchanged, trails, 1)
    np.testing.assert_array_equal(labels(found), labels(exchanged))


def test_a_trail_leads_on_and_counts_less_the_longer_nothing_was_seen():
    trail = begun(disc(20), 0)
    area = trail.area
    for t in range(1, 7):
        trail = trail.seen(t, np.array([20.0 + 3 * t, 20.0]), 2 * area)
    assert [t for t, _ in trail.places] == [3, 4, 5, 6]
    assert abs(trail.area - area * (2 - 0.7**6)) < 1e-9
    for t, place, weight in ((7, 41, 1.0), (9, 47, 1 / 1.1), (27, 101, 0.5)):
        expected, counts = trail.expected(t)
        np.testing.assert_allclose(expected, (place, 20))
        assert abs(counts - weight) < 1e-9


def test_what_the_network_takes_two_for_is_one_and_the_other_is_the_look_alikes():
    taken = shares(disc(26) | disc(74), np.zeros(SHAPE, bool))
    found, _ = dealt_out(taken, trails_of(20, 80), 2)
    assert (labels(found)[disc(26)] == 1).all()
    assert (labels(found)[disc(74)] == 2).all()


def test_a_speck_is_nobodys_whole():
    speck = disc(74, radius=2)
    found, after = dealt_out(shares(disc(26), speck), trails_of(20, 80), 2)
    assert (labels(found)[speck] == 2).all()
    assert [trail.places[-1][0] for trail in after] == [1, 1]


def test_the_soft_edge_of_a_piece_goes_with_it():
    exchanged = shares(disc(74), disc(26))
    rim = disc(26, radius=9) & ~disc(26)
    exchanged[:, rim] = [[0.6], [0.0], [0.4]]
    found, _ = dealt_out(exchanged, trails_of(20, 80), 2)
    np.testing.assert_allclose(
        found[:, rim], np.broadcast_to([[0.6], [0.4], [0.0]], (3, rim.sum())), atol=1e-4
    )


def test_a_lone_object_and_an_empty_frame_are_no_matter():
    nothing = shares(np.zeros(SHAPE, bool), np.zeros(SHAPE, bool))
    found, after = dealt_out(nothing, trails_of(20, 80), 2)
    assert found is nothing
    assert [trail.places[-1][0] for trail in after] == [1, 1]
    alone = shares(disc(20), np.zeros(SHAPE, bool))
    assert dealt_out(alone, [begun(disc(20), 0), None], 1)[0] is alone


def test_seven_objects_are_dealt_out_in_no_time_and_rightly():
    places = range(7, 100, 14)
    trails = [
        Trail(begun(disc(x, radius=5), 0).area, ((0, np.array((x, 20.0))), (1, np.array((x, 20.0)))))
        for x in places
    ]
    each = [disc(x, radius=5) for x in places]
    found, _ = dealt_out(shares(*reversed(each)), trails, 2)
    assert all((labels(found)[own] == i).all() for i, own in enumerate(each, 1))


def memory_of(keys, owner):
    key = torch.tensor(keys, dtype=torch.float32).T[None, None]
    owner = torch.tensor([owner])
    return Memory(key, torch.zeros(1, int(owner.max()), 4, owner.shape[1]), owner)


def test_objects_with_the_same_keys_look_alike_and_others_do_not():
    alike, other, ground = (np.tile(np.eye(3)[k] * 20, (6, 1)) for k in range(3))
    keys = np.concatenate((alike, ground, alike, ground, other))
    owner = [1] * 6 + [0] * 6 + [2] * 6 + [0] * 6 + [3] * 6
    assert look_alikes(memory_of(keys, owner), (1, 30)) == [[0, 1]]


def test_objects_too_small_for_a_cell_name_nobody():
    memory = memory_of(np.eye(4), [1, 1, 2, 2])
    assert look_alikes(memory._replace(owner=torch.zeros(1, 4, dtype=torch.int64)), (1, 4)) == []


def test_keys_that_see_the_masks_name_nobody():
    memory = memory_of(np.eye(4), [1, 1, 2, 2])
    assert look_alikes(memory._replace(key=memory.key.expand(1, 2, -1, -1)), (1, 4)) == []


def test_a_lone_object_looks_like_nobody():
    assert look_alikes(memory_of(np.eye(4), [0, 0, 0, 1]), (1, 4)) == []


def test_groups_with_a_member_in_common_are_one():
    assert joined([[0, 1], [2, 3], [1, 4]]) == [[2, 3], [0, 1, 4]]


def test_an_object_of_one_cell_is_compared_with_the_ground_too():
    owner = torch.zeros(1, 32, dtype=torch.int64)
    owner[0, [1, 20, 21, 30]] = torch.tensor([1, 2, 2, 2])  # on a grid of four rows of eight cells
    for others, alike in ((9.0, []), (0.0, [[0, 1]])):
        key = torch.full((1, 1, 2, 32), 5.0)
        key[0, 0, :, 1] = 0.0
        key[0, 0, :, [20, 21, 30]] = others
        assert look_alikes(Memory(key, torch.zeros(1, 2, 1, 32), owner), (4, 8)) == alike


def test_an_object_of_one_cell_does_not_look_like_what_it_resembles_more_than_the_ground():
    owner = torch.zeros(1, 48, dtype=torch.int64)
    owner[0, 1] = 1
    owner[0, [28, 29, 36, 37, 39, 47]] = 2
    key = torch.full((1, 1, 2, 48), 30.0)
    key[0, 0, :, 1] = 0.0
    key[0, 0, :, [28, 29, 36, 37, 39]] = 15.0
    key[0, 0, :, 47] = 5.0  # one of its cells is a little like the first object's
    assert look_alikes(Memory(key, torch.zeros(1, 2, 1, 48), owner), (6, 8)) == []
