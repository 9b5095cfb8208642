"""A look-alike that nobody painted: it was background on the last frame, so it is no piece of the object."""

import numpy as np
import pytest
import torch

from skn_annotator.inference.old_ground import OldGround
from skn_annotator.inference.pieces import STEP, far_pieces
from skn_annotator.inference.region import whole_frame
from skn_annotator.inference.wholes import Wholes

SIZE = (96, 160)
MAP = (24, 40)
PIECE = np.s_[8:14, 20:26]
BODY = np.s_[4:20, 4:16]


def frame(seed=0):
    """Blocks of noise, each of one pixel of the map."""
    blocks = np.random.default_rng(seed).integers(0, 255, (*MAP, 3), np.uint8)
    return blocks.repeat(STEP, 0).repeat(STEP, 1)


def on_map(*places):
    mask = np.zeros(MAP, bool)
    for place in places:
        mask[place] = True
    return mask


def ground(now, then, box=None):
    region = whole_frame(SIZE, 480, torch.device("cpu"))
    return OldGround(region, region.frame(now), then)


@pytest.mark.parametrize("way", [(0, 0), (3, -2), (-6, -6)])
def test_a_piece_that_was_there_is_found_where_it_was(way):
    then = frame()
    now = np.roll(then, (STEP * way[0], STEP * way[1]), (0, 1))
    assert ground(now, then).shows(on_map(PIECE), on_map(BODY))


def test_what_was_not_there_is_not_found():
    assert not ground(frame(1), frame()).shows(on_map(PIECE), on_map(BODY))


def test_what_moved_farther_than_a_piece_goes_is_not_found():
    then = frame()
    for way, found in ((6, True), (7, False)):
        now = np.roll(then, way * STEP, 1)
        assert ground(now, then).shows(on_map(PIECE), on_map()) is found


@pytest.mark.parametrize(("columns", "found"), [(6, False), (1, False), (0, True)])
def test_what_was_the_objects_in_part_is_its_own(columns, found):
    then = frame()
    now = np.roll(then, 4 * STEP, 1)
    was = on_map(np.s_[8:14, 16 : 16 + columns])  # four to the left: there it belonged to the object
    assert ground(now, then).shows(on_map(PIECE), was) is found


@pytest.mark.parametrize(("change", "found"), [(12, True), (20, False)])
def test_what_looks_a_little_otherwise_is_the_same(change, found):
    then = frame() // 2
    assert ground(then + np.uint8(change), then).shows(on_map(PIECE), on_map(BODY)) is found


def test_it_is_found_at_the_border_of_the_frame():
    corner = np.s_[18:24, 34:40]
    assert ground(frame(), frame()).shows(on_map(corner), on_map(BODY))


def everywhere():
    return np.ones((6, 10))


def refused(own, before, apart=False, answer=True):
    asked = []

    def was_there(piece):
        asked.append(piece)
        return answer

    size = np.count_nonzero(before) ** 0.5
    return far_pieces(
        own, before, size=size, known=size**2, read=everywhere, apart=apart, was_there=was_there
    ), asked


def test_only_a_piece_apart_from_the_last_mask_is_asked_about_and_refused():
    near, touching = np.s_[8:14, 18:22], np.s_[8:14, 16:20]
    found, asked = refused(on_map(BODY, near), on_map(BODY))
    np.testing.assert_array_equal(asked, [on_map(near)])
    assert found[near].all()
    assert not found[BODY].any()
    assert refused(on_map(BODY, near), on_map(BODY), answer=False)[0] is None
    found, asked = refused(on_map(BODY, touching), on_map(BODY))
    assert found is None
    assert not asked


def test_a_speck_decides_nothing():
    found, asked = refused(on_map(BODY, np.s_[8:11, 18:21]), on_map(BODY))
    assert found is None
    assert not asked


def test_what_comes_out_from_behind_a_tree_is_the_objects():
    left, right = np.s_[4:20, 4:9], np.s_[4:20, 12:16]
    own = on_map(left, right)
    found = far_pieces(
        own, on_map(left), size=13.9, known=192.0, read=everywhere, was_there=lambda piece: True
    )
    assert found is None


def test_an_object_that_may_have_pieces_anywhere_keeps_them():
    assert not refused(on_map(BODY, np.s_[8:14, 18:22]), on_map(BODY), apart=True)[1]


def kept(groups):
    """The second object's probability where it has a piece that was there before, beside its body."""
    then = frame()
    own = on_map(BODY, np.s_[8:14, 18:22])
    logits = torch.full((1, 3, *SIZE), -8.0)
    logits[0, 2][torch.from_numpy(own).repeat_interleave(STEP, 0).repeat_interleave(STEP, 1)] = 8
    before = on_map(), on_map(BODY)
    area = float(np.count_nonzero(before[1]))
    wholes = Wholes(
        1,
        before,
        (0.0, area**0.5),
        (0.0, area),
        (False, False),
        (None, None),
        groups,
        ground=ground(then, then),
    )
    logits, _ = wholes.kept(logits, logits.softmax(1), lambda places: np.zeros((6, 10)))
    return logits.softmax(1)[0, 2][::STEP, ::STEP].numpy()


def test_the_piece_goes_back_to_the_background_and_the_rest_stays():
    found = kept(()) > 0.5
    assert found[BODY].all()
    assert not found[np.s_[8:14, 18:22]].any()


def test_of_look_alikes_that_are_carried_nothing_is_refused():
    assert (kept(((0, 1),)) > 0.5)[np.s_[8:14, 18:22]].all()
