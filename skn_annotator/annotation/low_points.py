"""Frames that deserve a look, chosen so that they lie apart: neighbours mostly show the same mistake."""

from collections.abc import Iterable

APART = 10
"""Frames between two that are chosen, at least."""


def apart(frames: Iterable[int], most: int) -> list[int]:
    """The first `most` of `frames` that are not near one that was taken before."""
    chosen: list[int] = []
    too_near: set[int] = set()
    for t in frames:
        if len(chosen) >= most:
            break
        if t not in too_near:
            chosen.append(t)
            too_near.update(range(t - APART + 1, t + APART))
    return chosen
