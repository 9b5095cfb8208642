"""What `carry` keeps of the steps of a pass over a whole video."""

import gc
import weakref

import numpy as np
from stand_still import StandStill

from skn_annotator.inference.carry import carry, plan_for


class Frames:
    """Black pictures."""

    size = (8, 12)

    def __len__(self):
        return 9

    def __getitem__(self, t):
        return np.zeros((*self.size, 3), np.uint8)


def held_at_6(masks):
    """The frames whose kept masks are held when frame 6 comes for the first time in a pass from `masks`, and
    all frames as they came."""
    kept, came, held = [], [], set()

    def keep(step):
        def read():
            return step.mask

        kept.append((step.t, weakref.ref(read)))
        return read

    for step in carry(StandStill(), Frames(), masks, plan_for(masks, len(Frames())), keep):
        came.append(step.t)
        if came.count(6) == 1 and step.t == 6:
            gc.collect()
            held = {t for t, read in kept if read() is not None}
    return held, came


def test_a_mask_is_held_only_until_its_frame_comes_for_the_last_time():
    mask = np.ones(Frames.size, np.uint8)
    held, came = held_at_6({0: mask})
    assert came == list(range(9))
    assert held == {6}  # the step at hand
    held, came = held_at_6({0: mask, 7: mask})
    assert came.count(3) == 2
    assert held == {1, 2, 3, 4, 5, 6}
