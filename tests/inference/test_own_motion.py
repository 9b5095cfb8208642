"""Look-alikes go on as they moved: pixels that cross stay whose they were."""

import cv2
import numpy as np
import pytest
import torch
from pass_states import going_state

from skn_annotator.inference.own_motion import OwnMotion, explained, reduced
from skn_annotator.inference.plans import Stretch
from skn_annotator.inference.region import Region, whole_frame
from skn_annotator.inference.wholes import Wholes

SIZE = (96, 160)
WHOLE = whole_frame(SIZE, 96, torch.device("cpu"))


def texture(seed, height, width):
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 2)


def seen(*corners, side=32, size=SIZE):
    """Copies of one patch on a ground, the last in front: the network's frame, and their masks."""
    frame = texture(0, *size) // 2
    masks = torch.zeros(1, len(corners), *size)
    for place, (x, y) in enumerate(corners):
        frame[y : y + side, x : x + side] = texture(1, side, side)
        masks[:, :, y : y + side, x : x + side] = 0
        masks[0, place, y : y + side, x : x + side] = 1
    return torch.from_numpy(frame).permute(2, 0, 1)[None] / 255, masks


def on_map(masks):
    return torch.nn.functional.avg_pool2d(masks, 4)[0].numpy()


@pytest.mark.parametrize(
    ("side", "size", "start", "end"),
    [
        (32, SIZE, [(20, 8), (70, 12)], [(30, 10), (58, 8)]),
        (150, (384, 640), [(40, 60), (300, 100)], [(80, 70), (240, 90)]),  # looked for on a smaller picture
    ],
)
def test_two_that_are_the_same_are_found_where_each_of_them_went(side, size, start, end):
    before, masks = seen(*start, side=side, size=size)
    frame, after = seen(*end, side=side, size=size)
    going, motion = OwnMotion(reduced(before)).onto(reduced(frame), dict(enumerate(masks[0])))
    for place, pace in enumerate((np.array(end) - start) / 2):
        np.testing.assert_allclose(motion.paces[place], pace, atol=1)
        own, other = on_map(after)[place] > 0.9, on_map(after)[1 - place] > 0.9
        assert going[place][own].mean() > 0.75
        assert going[place][other].mean() < 0.4 * going[place][own].mean()


def test_a_pace_is_kept_where_the_object_is_hidden():
    before, masks = seen((20, 30), (100, 30))
    motion = OwnMotion(reduced(before), {0: np.array([4.0, 0.0])})
    going, after = motion.onto(reduced(before), {0: torch.zeros(SIZE), 1: masks[0, 1]})
    assert not going[0].any()
    np.testing.assert_array_equal(after.paces[0], (4, 0))


def test_a_pace_changes_by_and_by():
    before, masks = seen((20, 30), (100, 30))
    after, _ = seen((32, 30), (100, 30))
    motion = OwnMotion(reduced(before), {0: np.array([4.0, 0.0])})
    _, motion = motion.onto(reduced(after), {0: masks[0, 0]})
    np.testing.assert_allclose(motion.paces[0], (0.4 * 4 + 0.6 * 6, 0), atol=0.1)


def test_an_object_of_one_colour_goes_on_as_it_went():
    picture = np.full((48, 80, 3), 90, np.uint8)
    mask = torch.zeros(SIZE)
    mask[20:40, 20:40] = 1
    _, motion = OwnMotion(picture, {0: np.array([5.0, 0.0])}).onto(picture, {0: mask})
    np.testing.assert_allclose(motion.paces[0], (5, 0), atol=1e-6)


def test_what_two_have_together_is_whose_it_is_by_its_motion():
    shares = np.array([[[0.0, 0.0, 1.0]], [[0.5, 0.9, 0.0]], [[0.5, 0.1, 0.0]]], np.float32)
    going = np.array([[[1.0, 0.0, 0.0]], [[0.0, 1.0, 0.0]]], np.float32)
    found = explained(shares, going, [2.0, 2.0])
    assert found[1, 0, 0] > 0.9
    assert found[2, 0, 1] > 0.7
    np.testing.assert_allclose(found.sum(0), 1, atol=1e-5)
    np.testing.assert_array_equal(found[0], shares[0])


def test_a_network_that_is_sure_is_not_overruled():
    shares = np.array([[[0.0]], [[0.999]], [[0.001]]], np.float32)
    going = np.array([[[0.0]], [[1.0]]], np.float32)
    assert explained(shares, going, [1.0, 1.0])[1, 0, 0] > 0.9


@pytest.mark.parametrize("areas", [[4.0, 4.0], [4.0, None]])
def test_what_came_out_is_of_the_one_that_is_not_complete(areas):
    """Four pixels that the first explains, and two that came out beside them."""
    shares = np.zeros((3, 1, 6), np.float32)
    shares[1, 0, :4], shares[1:, 0, 4:] = 1, 0.5
    going = np.zeros((2, 1, 6), np.float32)
    going[0, 0, :4] = 1
    found = explained(shares, going, areas)
    assert (found[1, 0, :4] > 0.9).all()
    assert (found[2, 0, 4:] > 0.9).all()


def test_a_small_object_before_a_large_one_is_no_look_alike_of_it():
    """A man of forty pixels, a ball of four, both explained; and two pixels that came out."""
    shares = np.zeros((3, 1, 46), np.float32)
    shares[1, 0, :40], shares[2, 0, 40:44], shares[1:, 0, 44:] = 1, 1, [[0.7], [0.3]]
    going = np.zeros((2, 1, 46), np.float32)
    going[0, 0, :40], going[1, 0, 40:] = 1, 1
    np.testing.assert_allclose(explained(shares, going, [40.0, 4.0]), shares, atol=1e-6)


def test_large_look_alikes_are_dealt_out_beside_a_small_object():
    shares = np.array([[[0.0, 0.0]], [[0.5, 0.0]], [[0.5, 0.4]], [[0.0, 0.6]]], np.float32)
    going = np.array([[[1.0, 0.0]], [[0.0, 0.0]], [[0.0, 0.0]]], np.float32)
    found = explained(shares, going, [40.0, 40.0, 4.0])
    assert found[1, 0, 0] > 0.9
    np.testing.assert_allclose(found[1:3, 0, 1].sum(), 0.4, atol=1e-6)
    np.testing.assert_array_equal(found[3], shares[3])


def test_without_any_motion_shares_stay_shares():
    shares = np.array([[[0.2]], [[0.4]], [[0.4]]], np.float32)
    found = explained(shares, np.zeros((2, 1, 1), np.float32), [None, None])
    np.testing.assert_allclose(found, shares, atol=1e-6)


def test_a_pass_knows_motion_from_the_second_frame_on_that_it_sees_as_a_whole():
    state = going_state(WHOLE, [[0, 1]])
    before, masks = seen((20, 30), (70, 40))
    frame, _ = seen((30, 34), (58, 36))
    assert state.going_on((0, 1), masks, WHOLE, before) is None
    going = state.going_on((0, 1), masks, WHOLE, frame)
    assert going.shape == (2, 24, 40)
    assert going.max((1, 2)).min() > 0.5
    assert state.going_on((1,), masks[:, 1:], WHOLE, frame).shape == (1, 24, 40)
    close = Region(SIZE, (0, 0, 80, 48), SIZE, WHOLE.device)
    assert state.going_on((0, 1), masks, close, frame) is None
    assert state.going_on((0, 1), masks, WHOLE, frame) is None  # what was seen from near tells nothing
    state.begin_stretch(Stretch(0, range(1, 9)))
    assert state.motion is None


def test_a_pass_without_look_alikes_looks_for_no_motion():
    state = going_state(WHOLE, [])
    frame, masks = seen((20, 30), (70, 40))
    assert [state.going_on((0, 1), masks, WHOLE, frame) for _ in range(2)] == [None, None]
    assert state.motion is None


def test_a_step_that_is_taken_back_takes_its_motion_back():
    state = going_state(WHOLE, [[0, 1]])
    frame, masks = seen((20, 30), (70, 40))
    state.going_on((0, 1), masks, WHOLE, frame)
    before = state.progress()
    known = state.motion
    state.going_on((0, 1), masks, WHOLE, frame)
    state.go_back(before)
    assert state.motion is known


def test_what_was_the_grounds_does_not_become_an_objects():
    """Ground 0.42, and two that have more together: dealt to one, they would outdo it."""
    probability = torch.tensor([0.42, 0.3, 0.28])[None, :, None, None].repeat(1, 1, 16, 16)
    going = np.stack([np.ones((4, 4)), np.zeros((4, 4))]).astype(np.float32)
    nothing = np.zeros((4, 4), bool)
    trails = (None, None)
    wholes = Wholes(1, (nothing, nothing), (0, 0), (0, 0), (False, False), trails, ((0, 1),), going=going)
    logits, _ = wholes._dealt_out(probability.log(), [0, 1])
    assert (logits.argmax(1) == 0).all()
    assert (logits[0, 1] > logits[0, 2]).all()


def test_what_of_a_mask_is_its_own_by_motion_is_told_of_look_alikes_only():
    nothing = np.zeros((4, 4), bool)
    going = np.zeros((3, 4, 4), np.float32)
    going[:, :2] = 1
    own = torch.zeros(3, 16, 16)
    own[0, :8, :8] = 1  # where it went
    own[1, :, 8:] = 1  # half of it below
    own[2, 8:] = 1
    several = (nothing,) * 3, (0,) * 3, (0,) * 3, (False,) * 3, (None,) * 3
    alike = Wholes(1, *several, ((0, 1),), going=going)
    assert alike.shares_by_motion(own) == [1.0, 0.5, 1.0]
    assert alike.shares_by_motion(own * torch.tensor([0, 1, 1])[:, None, None]) == [0.0, 0.5, 1.0]
    assert Wholes(1, *several, ((0, 1),)).shares_by_motion(own) == [1.0, 1.0, 1.0]
