"""The scene of the demo clip: a red and a blue ball roll around each other, and a small copy of the red one
rolls behind it and comes out again.

The two balls pass each other twice. Only place and size tell the copy from the red ball, and its place is
unknown while it is hidden: where it comes out again, a correction is needed.
"""

from collections.abc import Iterator

import numpy as np
from twins import Ball, Course, Floats, Frame, Paint, linear, render, rolled, wood

_RED = Paint(
    ground=linear(0.86, 0.22, 0.14),
    band=linear(0.97, 0.80, 0.35),
    dots=linear(0.96, 0.52, 0.18),
    line=linear(0.45, 0.08, 0.08),
)
_BLUE = Paint(
    ground=linear(0.10, 0.40, 0.48),
    band=linear(0.92, 0.94, 0.92),
    dots=linear(0.12, 0.20, 0.42),
    line=linear(0.08, 0.14, 0.30),
)
_COURSE = Course(reach=4.138, depth=1.279, start=-0.228)
_RADIUS = 0.6  # of the small ball
_START, _END = (7.53, 6.7), (1.83, -2.8)  # (x, z) of the small ball on the first frame and on the last
_SEED = 0  # of the table


def demo_scene(size: tuple[int, int] = (480, 854), length: int = 96, oversample: int = 2) -> Iterator[Frame]:
    """Yields `length` pairs of an RGB frame, uint8 (H, W, 3), and its id map, uint8 (H, W): 1 the red ball, 2
    the blue one, 3 the small one.

    `oversample` squared rays per pixel are averaged: 1 is quick and jagged.
    """
    table = wood(np.random.default_rng(_SEED))
    step = np.asarray((_place(1) - _place(0)) / (_RADIUS * max(length - 1, 1)), np.float32)
    spin = np.eye(3, dtype=np.float32)
    for share, pair in _COURSE.balls(length, (_RED, _BLUE)):
        small = Ball(_place(share), _RADIUS, spin, _RED, 3)
        yield render(size, oversample, share, table, [*pair, small])
        spin = rolled(spin, step)


def _place(share: float) -> Floats:
    """The centre (x, y, z) of the small ball after a `share` (0-1) of its straight way."""
    x, z = np.array(_START) + share * (np.array(_END) - np.array(_START))
    return np.array((x, _RADIUS, z), np.float32)
