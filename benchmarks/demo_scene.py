"""The scene of the demo clip: two red balls that look alike pass each other; a small blue one follows one.

The two red balls are painted on the first frame and followed. The blue one is background; on the first frame
it is hidden behind the nearer ball. When that turns, the blue one comes out, is taken for a part of it, and
stays one after it has been left behind: nothing that the memory has seen says otherwise, until a correction.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from twins import Ball, Floats, Frame, Paint, linear, render, rolled, wood

from skn_annotator.arrays import Mask

LENGTH = 60
"""Frames of the clip."""
_RED = Paint(
    ground=linear(0.86, 0.22, 0.14),
    band=linear(0.97, 0.56, 0.62),
    dots=linear(0.98, 0.62, 0.20),
    line=linear(0.45, 0.08, 0.08),
)
_BLUE = Paint(
    ground=linear(0.10, 0.40, 0.48),
    band=linear(0.92, 0.94, 0.92),
    dots=linear(0.12, 0.20, 0.42),
    line=linear(0.08, 0.14, 0.30),
)
_NEAR = ((0, -2.8, 5.4), (14, -3.2, 1.2), (25, -2.0, -0.8), (37, 0.6, -1.5), (59, 4.2, -2.3))
_FAR = ((0, 2.4, 4.4), (17, -2.6, 6.4), (36, -5.2, 5.4), (59, -5.1, 2.6))
"""Where the red balls are: (frame, x, z)."""
_RADIUS, _FAR_RADIUS, _SMALL_RADIUS = 0.95, 1.0, 0.58
_EYE = (0.0, -14.5)
"""The (x, z) from which the blue ball is hidden on the first frame."""
_LEFT_BEHIND, _SLOWER = 36, 0.85
"""The last frame on which the blue ball follows, and the share of its speed that it keeps per frame then."""
_SEED = 0  # of the table


def painted(ids: Mask) -> Mask:
    """The id map of a frame with the blue ball as background."""
    return np.where(ids > 2, 0, ids).astype(np.uint8)


def demo_scene(size: tuple[int, int] = (480, 854), oversample: int = 2) -> Iterator[Frame]:
    """Yields `LENGTH` pairs of an RGB frame, uint8 (H, W, 3), and its id map, uint8 (H, W): 1 the red ball
    that comes nearer, 2 the other one, 3 the blue one, which the demo leaves unpainted.

    `oversample` squared rays per pixel are averaged: 1 is quick and jagged.
    """
    near = _way(_NEAR)
    # The far ball is turned so that its pale band is not on top at the end: the network left holes there.
    balls = (
        _rolling(near, _RADIUS, (-0.3, 0.75, 0.6), _RED, 1),
        _rolling(_way(_FAR), _FAR_RADIUS, (0.6, 0.7, -0.4), _RED, 2),
        _rolling(_following(near), _SMALL_RADIUS, (0.3, 0.5, -0.8), _BLUE, 3),
    )
    table = wood(np.random.default_rng(_SEED))
    for t, shown in enumerate(zip(*balls, strict=True)):
        yield render(size, oversample, t / (LENGTH - 1), table, shown)


def _way(points: Sequence[tuple[int, float, float]]) -> Floats:
    """(x, z) on each frame, (LENGTH, 2): the polynomial through `points`."""
    t, *place = np.array(points).T
    last = LENGTH - 1
    through = np.polynomial.polynomial.polyfit(t / last, np.transpose(place), len(points) - 1)
    return np.asarray(np.polynomial.polynomial.polyval(np.arange(LENGTH) / last, through).T, np.float32)


def _following(leader: Floats) -> Floats:
    """The way of the blue ball, (LENGTH, 2): it touches the red one of the way `leader`, behind
    it as seen from the camera, and is drawn along; then it rolls out."""
    apart = 2 * np.sqrt(_RADIUS * _SMALL_RADIUS)  # of two balls that touch, on the table
    way = [leader[0] + apart * _unit(leader[0] - np.array(_EYE))]
    for t, place in enumerate(leader[1:], 1):
        if t <= _LEFT_BEHIND:
            way.append(place + apart * _unit(way[-1] - place))
        else:
            way.append(way[-1] + _SLOWER * (way[-1] - way[-2]))
    return np.array(way, np.float32)


def _rolling(
    way: Floats, radius: float, pole: Sequence[float], paint: Paint, object_id: int
) -> Iterator[Ball]:
    """A ball on each frame of `way`, (x, z); the `pole` of its paint points there (x, y, z) at first."""
    centers = np.insert(way, 1, radius, axis=1)
    upright = _unit(pole)
    across = _unit(np.cross(upright, (0.3, 0.2, 1.0)))
    spin = np.stack([across, upright, np.cross(across, upright)]).astype(np.float32)
    for before, center in zip([centers[0], *centers], centers, strict=False):
        spin = rolled(spin, (center - before) / np.float32(radius))
        yield Ball(center, radius, spin, paint, object_id)


def _unit(vector: npt.ArrayLike) -> Floats:
    return np.asarray(np.divide(vector, np.linalg.norm(vector)), np.float32)
