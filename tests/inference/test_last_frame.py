"""What a pass keeps of the frame that it came to last, seen from other regions."""

import torch

from skn_annotator.inference.last_frame import LastFrame
from skn_annotator.inference.region import Region, whole_frame

CPU = torch.device("cpu")


def _last():
    whole = whole_frame((96, 160), 480, CPU)
    masks = torch.zeros(1, 2, 96, 160)
    masks[:, 1, 32:64, 64:96] = 1
    sensory = torch.zeros(1, 2, 3, 6, 10)
    sensory[:, 1, :, 2:4, 4:6] = 1
    return LastFrame(whole, masks, sensory, 0)


def test_masks_and_sensory_memory_move_together_to_another_region():
    last = _last()
    close = Region((96, 160), (32, 16, 112, 80), (128, 160), CPU)  # twice as large
    seen = last.seen_in(close, [1])
    assert seen.masks.shape == (1, 1, 128, 160)
    assert seen.sensory.shape == (1, 1, 3, 8, 10)
    assert seen.masks[0, 0, 40:90, 70:120].min() == 1
    assert seen.sensory[0, 0, :, 3:5, 5:7].min() == 1  # the object's inner cells
    assert seen.sensory[0, 0, :, :, 9].max() == 0


def test_bfloat16_moves_as_float_does():
    last = _last()
    close = Region((96, 160), (30, 10, 123, 86), (96, 112), CPU)
    states = torch.randn(1, 2, 48, 6, 10)
    wanted = LastFrame(last.region, last.masks, states).seen_in(close, [0, 1]).sensory
    for _ in range(5):
        torch.full((2, 48, 6, 7), float("nan"), dtype=torch.bfloat16)  # what freed memory may hold
        half = LastFrame(last.region, last.masks, states.bfloat16()).seen_in(close, [0, 1]).sensory
        assert half.dtype == torch.bfloat16
        torch.testing.assert_close(half.float(), wanted, rtol=0.05, atol=0.05)


def test_the_same_region_changes_nothing():
    last = _last()
    seen = last.seen_in(last.region, [0, 1])
    assert torch.equal(seen.masks, last.masks)
    assert torch.equal(seen.sensory, last.sensory)


def test_objects_are_put_in_without_touching_the_others():
    last = _last()
    changed = last.with_objects([0], torch.ones(1, 1, 96, 160), torch.full((1, 1, 3, 6, 10), 5.0))
    assert changed.masks[:, 0].min() == 1 and torch.equal(changed.masks[:, 1], last.masks[:, 1])
    assert changed.sensory[:, 0].min() == 5 and torch.equal(changed.sensory[:, 1], last.sensory[:, 1])
    assert last.masks[:, 0].max() == 0  # the one before is as it was
