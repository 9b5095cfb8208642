"""A made-up clip that the network follows well."""

import numpy as np

SIZE = (96, 160)


class MovingSquares:
    """Two squares on a textured ground; the red one moves to the right, the blue one down."""

    size = SIZE

    def __init__(self, length=9):
        self.length = length
        self.ground = np.random.default_rng(0).integers(90, 130, (*SIZE, 3), np.uint8)
        self.read = []

    def __len__(self):
        return self.length

    def mask(self, t):
        mask = np.zeros(SIZE, np.uint8)
        mask[20:50, 10 + 4 * t : 40 + 4 * t] = 1
        mask[40 + 2 * t : 70 + 2 * t, 115:145] = 4
        return mask

    def __getitem__(self, t):
        self.read.append(t)
        frame = self.ground.copy()
        frame[self.mask(t) == 1] = (220, 30, 30)
        frame[self.mask(t) == 4] = (30, 30, 220)
        return frame


def overlap(a, b):
    return (a & b).sum() / (a | b).sum()
