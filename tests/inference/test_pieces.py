"""Far pieces: away from where the object was; stray ones: small against the largest and away from it."""

import numpy as np
import pytest
import torch

from skn_annotator.inference import tracker as tracker_module
from skn_annotator.inference.pieces import far_pieces, is_apart, stray_pieces
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network

BODY = (slice(16, 96), slice(16, 64))


def mask_with(*pieces):
    mask = torch.zeros(112, 208)
    for rows, columns in (BODY, *pieces):
        mask[rows, columns] = 0.9
    return mask


def test_a_small_piece_far_away_is_stray_with_its_fringe_and_nothing_else():
    mask = mask_with((slice(40, 60), slice(140, 160)))
    stray = stray_pieces(mask)
    assert stray.shape == mask.shape
    assert stray[40:60, 140:160].all()
    assert stray[36, 136]
    assert not stray[:, :120].any()
    assert not stray[:, 180:].any()


@pytest.mark.parametrize(
    "piece",
    [
        (slice(40, 60), slice(72, 92)),  # within a cell of the body: a hand behind a pole
        (slice(16, 76), slice(140, 170)),  # not small: the other half, behind a wide one
    ],
    ids=["near", "large"],
)
def test_near_and_large_pieces_belong_to_the_object(piece):
    assert stray_pieces(mask_with(piece)) is None


def test_one_piece_and_none_are_no_matter():
    assert stray_pieces(mask_with()) is None
    assert stray_pieces(torch.zeros(112, 208)) is None


class Still:
    """Three frames of nothing in particular."""

    size = (96, 160)

    def __len__(self):
        return 3

    def __getitem__(self, t):
        return np.random.default_rng(0).integers(0, 255, (*self.size, 3), np.uint8)


@pytest.mark.parametrize("scattered", [False, True])
def test_what_is_stray_is_not_carried_on_unless_the_user_painted_it_so(monkeypatch, scattered):
    painted = np.zeros(Still.size, np.uint8)
    painted[16:64, 16:64] = 3
    if scattered:
        painted[16:28, 130:142] = 3
    shown = []

    def everything_stray(mask):
        shown.append(mask.clone())
        first = len(shown) == 1
        return stray_pieces(mask) if first else torch.ones_like(mask, dtype=torch.bool)

    monkeypatch.setattr(tracker_module, "stray_pieces", everything_stray)
    torch.set_num_threads(1)
    plan = cover(range(3), decisions({0: painted}))
    steps = list(Tracker(load_network(None, "cpu")).propagate(Still(), {0: painted}, plan))
    assert steps[2].match.prior[3] is not None if scattered else steps[2].match.prior[3] is None
    assert len(shown) == (1 if scattered else 3)


def pixels(*boxes):
    own = np.zeros((60, 100), bool)
    for top, bottom, left, right in boxes:
        own[top:bottom, left:right] = True
    return own


BEFORE = (20, 40, 20, 40)
"""An object of the size 20, on the map."""
OF_20 = {"size": 20.0, "known": 400.0}
"""What is known of that one."""
OF_3 = {"size": 1.0, "known": 9.0}
"""What is known of one that had three by three pixels when it was seen last, and has faded since."""


def not_asked():
    raise AssertionError("what was read says nothing here")


def shown_in(top, bottom, left, right, part=1):
    """So much of what was read shows the object in this part of the map, and nothing elsewhere."""
    share = np.zeros((15, 25), np.float32)
    share[top // 4 : bottom // 4, left // 4 : right // 4] = part
    return lambda: share


def test_a_look_alike_farther_than_half_the_object_is_far_from_it():
    far = far_pieces(pixels((21, 41, 21, 41), (20, 40, 60, 80)), pixels(BEFORE), **OF_20, read=not_asked)
    assert far[20:40, 60:80].all()
    assert not far[:, :56].any()


def test_nothing_is_left_of_a_look_alikes_rim_and_the_objects_own_rim_stays():
    """The map has one pixel for four by four: what it does not show round a piece goes with that."""
    own = pixels((20, 40, 20, 40), (20, 40, 60, 80))
    far = far_pieces(own, pixels(BEFORE), **OF_20, read=not_asked)
    assert far[18:42, 58:82].all()
    assert not far[:, :57].any()
    beside = pixels((20, 40, 20, 40), (20, 40, 51, 71))  # its rim would reach into nothing of the object
    assert not far_pieces(beside, pixels(BEFORE), **OF_20, read=not_asked)[20:40, 20:40].any()


def test_an_object_that_is_found_again_keeps_its_rim():
    far = far_pieces(
        pixels((20, 40, 76, 96)), pixels((2, 12, 2, 12)), **OF_20, read=shown_in(20, 40, 76, 96, 0.4)
    )
    assert far.all(), "hardly any of it is read there"
    own = pixels((20, 40, 76, 96), (48, 56, 20, 28))
    far = far_pieces(own, pixels((2, 12, 2, 12)), **OF_20, read=shown_in(20, 40, 76, 96))
    assert not far[18:42, 74:98].any()
    assert far[46:58, 18:30].all()
    assert far[16, 76] and far[20, 72]


def test_specks_about_as_near_as_a_piece_may_be_are_left():
    far = far_pieces(pixels(), pixels(BEFORE), **OF_20, read=not_asked)
    assert not far[30, 20:51].any()
    assert far[30, 53:].all()


def test_a_piece_near_by_belongs_to_it():
    assert (
        far_pieces(pixels((20, 40, 20, 38), (25, 35, 46, 50)), pixels(BEFORE), **OF_20, read=not_asked)
        is None
    )


def test_what_is_missing_may_come_out_behind_a_pole():
    left_of_it, right_of_it = (20, 40, 20, 24), (20, 40, 45, 58)
    assert (
        far_pieces(pixels(left_of_it, right_of_it), pixels((20, 40, 20, 28)), **OF_20, read=not_asked) is None
    )
    whole = far_pieces(
        pixels((20, 40, 20, 40), right_of_it),
        pixels((20, 40, 20, 28)),
        **OF_20,
        read=not_asked,
    )
    assert whole[20:40, 50:58].all()  # nothing is missing: it is another


def test_an_object_that_is_gone_is_found_again_where_it_is_read():
    back, other = (20, 40, 76, 96), (48, 56, 76, 84)
    for before in (pixels(BEFORE), pixels()):
        far = far_pieces(pixels(back, other), before, **OF_20, read=shown_in(20, 40, 76, 96))
        assert far[48:56, 76:84].all()
        assert not far[20:40, 76:96].any()


def test_what_resembles_an_object_that_is_gone_is_not_taken_for_it():
    resembling = pixels((20, 40, 76, 96))
    assert far_pieces(resembling, pixels(BEFORE), **OF_20, read=shown_in(48, 56, 76, 96)).all()
    assert far_pieces(resembling, pixels(), size=0.0, known=400.0, read=shown_in(48, 56, 76, 96)).all()


def test_less_than_a_cell_is_not_enough_to_find_an_object_again():
    assert far_pieces(pixels((20, 23, 76, 81)), pixels(), **OF_20, read=shown_in(20, 24, 76, 84)).all()


def test_an_object_smaller_than_a_cell_is_found_again_where_a_piece_is_as_large_as_it():
    back, speck, large = (20, 23, 76, 79), (40, 41, 40, 42), (48, 58, 10, 20)
    for part, found in ((0.3, True), (0.1, False)):
        far = far_pieces(pixels(back, speck, large), pixels(), **OF_3, read=shown_in(0, 60, 0, 100, part))
        assert far[20:23, 76:79].any() != found
        assert far[40:41, 40:42].all()
        assert far[48:58, 10:20].all()


def test_specks_far_away_are_not_what_is_left_of_an_object():
    far = far_pieces(pixels(), pixels(BEFORE), **OF_20, read=not_asked)
    assert far[20:40, 76:96].all()
    assert not far[20:40, 20:40].any()
    assert far_pieces(pixels(), pixels(), **OF_3, read=not_asked) is None


def test_one_that_was_small_is_found_again_as_a_large_one_where_it_is_read():
    large = pixels((20, 40, 76, 96))
    assert far_pieces(large, pixels(), **OF_3, read=shown_in(20, 40, 76, 96)) is None
    assert far_pieces(large, pixels(), **OF_3, read=shown_in(0, 0, 0, 0)).all()


def test_an_object_that_may_be_in_pieces_has_them_where_it_is_read():
    own, shown = pixels(BEFORE, (0, 8, 76, 84), (48, 56, 76, 84)), shown_in(0, 8, 76, 84)
    far = far_pieces(own, pixels(BEFORE), **OF_20, read=shown, apart=True)
    assert far[48:56, 76:84].all()
    assert not far[:40].any()


def test_an_object_is_apart_where_a_piece_of_it_is_far_from_the_largest():
    assert is_apart(pixels(BEFORE, (20, 36, 60, 76)))
    assert not is_apart(pixels(BEFORE, (25, 35, 46, 50)))
    assert not is_apart(pixels(BEFORE))
    assert not is_apart(pixels())


@pytest.mark.parametrize("apart", [True, False])
def test_an_object_that_the_user_painted_in_far_pieces_may_have_them(apart):
    painted = np.zeros(Still.size, np.uint8)
    painted[16:64, 16:64] = 3
    if apart:
        painted[16:60, 110:154] = 3
    torch.set_num_threads(1)
    plan = cover(range(3), decisions({0: painted}))
    steps = list(Tracker(load_network(None, "cpu")).propagate(Still(), {0: painted}, plan))
    assert steps[1].reading.wholes.apart == (apart,)
