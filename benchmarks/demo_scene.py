"""The scene of the demo clip: a red and a blue ball roll around each other, beside a double of each.

The red and the blue ball are painted on the first frame and followed; the doubles are background. Half of the
red one's is hidden on the first frame; where it comes out from behind the red ball, it is taken for a part of
that, and a correction is needed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from twins import Ball, Course, Floats, Frame, Paint, linear, render, rolled, wood

from skn_annotator.arrays import Mask

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
_COURSE = Course(reach=4.138, depth=1.9, start=-0.228)
_WAY, _FIRST = 96, 36
"""Frames of a whole way around, and the one that the clip begins with."""
LENGTH = _WAY - _FIRST
"""Frames of the clip."""
_SEED = 0  # of the table


@dataclass(frozen=True)
class _Roll:
    """The straight way of a ball: its (x, z) on the first frame and on the last."""

    radius: float
    start: tuple[float, float]
    end: tuple[float, float]
    paint: Paint
    object_id: int

    def balls(self, length: int) -> Iterator[Ball]:
        """The ball on each of `length` frames."""
        ways = np.linspace(self.start, self.end, length)
        ball = Ball(
            self._place(ways[0]), self.radius, np.eye(3, dtype=np.float32), self.paint, self.object_id
        )
        for way in ways:
            center = self._place(way)
            spin = rolled(ball.spin, (center - ball.center) / np.float32(self.radius))
            ball = replace(ball, center=center, spin=spin)
            yield ball

    def _place(self, way: Sequence[float]) -> Floats:
        return np.array((way[0], self.radius, way[1]), np.float32)


_DOUBLES = (_Roll(0.85, (-6.4, 6.6), (-1.2, 8.2), _BLUE, 3), _Roll(0.95, (1.0, 2.4), (5.2, 6.4), _RED, 4))


def painted(ids: Mask) -> Mask:
    """The id map of a frame with the doubles as background."""
    return np.where(ids > 2, 0, ids).astype(np.uint8)


def demo_scene(size: tuple[int, int] = (480, 854), oversample: int = 2) -> Iterator[Frame]:
    """Yields `LENGTH` pairs of an RGB frame, uint8 (H, W, 3), and its id map, uint8 (H, W): 1 the red ball, 2
    the blue one, 3 and 4 their doubles: first the blue one's. The demo leaves these unpainted.

    `oversample` squared rays per pixel are averaged: 1 is quick and jagged.
    """
    table = wood(np.random.default_rng(_SEED))
    doubles = (double.balls(_WAY) for double in _DOUBLES)
    ways = zip(_COURSE.balls(_WAY, (_RED, _BLUE)), *doubles, strict=True)
    for (share, pair), *others in islice(ways, _FIRST, None):
        yield render(size, oversample, share, table, [*pair, *others])
