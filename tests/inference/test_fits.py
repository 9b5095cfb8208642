"""Which object a piece fits best, where the network, the motion and the sizes say different things."""

import numpy as np

from skn_annotator.inference.identities import Trail, dealt_out

SHAPE = (48, 110)
AREA = 197.0
"""Of a disc with a radius of 8: the objects are 14 pixels large."""


def disc(x, y=20, radius=8.0):
    rows, columns = np.ogrid[: SHAPE[0], : SHAPE[1]]
    return (rows - y) ** 2 + (columns - x) ** 2 <= radius**2


def going_to(x, y=20, area=AREA):
    """An object that is expected there on frame 2."""
    return Trail(area, ((0, np.array((x - 6.0, y))), (1, np.array((x - 3.0, y)))))


def resting(x, y=20):
    """An object that was seen once: nobody knows where it goes."""
    return Trail(AREA, ((1, np.array((float(x), float(y)))),))


def network(*pieces):
    """What the network says: each piece with the share of each object in it."""
    shares = np.zeros((1 + len(pieces[0][1]), *SHAPE), np.float32)
    for where, of_objects in pieces:
        shares[1:, where] = np.array(of_objects, np.float32)[:, None]
    shares[0] = 1 - shares[1:].sum(0)
    return shares


def owners(shares, trails, *pieces):
    """Of each piece the object that all of it is given to; 0 where it stays as the network has it."""
    found, _ = dealt_out(shares, trails, 2)
    given = [found[1:, piece] for piece in pieces]
    whole = [own.argmax(0)[0] + 1 if (own.max(0) > 0.99).all() else 0 for own in given]
    same = [np.allclose(found[:, piece], shares[:, piece], atol=1e-4) for piece in pieces]
    return [0 if kept else int(i) for kept, i in zip(same, whole, strict=True)]


def test_what_strayed_from_its_way_is_given_its_piece_though_the_network_gives_all_to_the_other():
    left, right = disc(66, 14), disc(84, radius=6.4)
    shares = network((left, (1, 0)), (right, (1, 0)))
    assert owners(shares, [going_to(78), going_to(70, 14)], left, right) == [2, 0]


def test_where_an_object_is_far_off_its_way_the_network_is_believed():
    near, far = disc(60), disc(30)
    shares = network((far, (0.6, 0.4)), (near, (0.4, 0.6)))
    assert owners(shares, [going_to(104), resting(60)], far, near) == [1, 2]


def test_objects_that_became_smaller_while_they_were_hidden_get_their_own_back():
    left, right = disc(63, radius=6.4), disc(77, radius=6.4)
    trails = [going_to(58), going_to(77)]
    assert owners(network((left, (0, 1)), (right, (1, 0))), trails, left, right) == [1, 2]


def test_two_of_which_half_is_seen_get_one_piece_each():
    """What the network gives to both by halves is no object that something divides."""
    left, right = disc(30, radius=5.6), disc(70, radius=5.6)
    shares = network((left, (0.5, 0.5)), (right, (0.5, 0.5)))
    assert owners(shares, [going_to(31), going_to(69)], left, right) == [1, 2]


def test_a_speck_where_one_was_going_is_not_its_whole_while_two_are_together():
    together, speck = disc(40) | disc(54), disc(58, 34, radius=4)
    shares = network((together, (0.7, 0.3)), (speck, (0, 1)))
    assert owners(shares, [going_to(47), going_to(56, 28)], together, speck) == [0, 0]


def test_nor_while_three_are():
    together = disc(24, radius=8.8) | disc(39, radius=8.8) | disc(54, radius=8.8)
    speck = disc(58, 34, radius=4)
    shares = network((together, (0.4, 0.4, 0.2)), (speck, (0, 0, 1)))
    trails = [going_to(24), going_to(39), going_to(56, 28)]
    assert owners(shares, trails, together, speck) == [0, 0]


def test_nor_while_one_hides_the_other():
    together, speck = disc(54), disc(60, 36, radius=4)
    shares = network((together, (0.6, 0.4)), (speck, (0, 1)))
    assert owners(shares, [going_to(54), going_to(56, 28)], together, speck) == [0, 0]
