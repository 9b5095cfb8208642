"""What lies between two outlines of an object: the first one moved, turned, scaled and bent into the second.

Points of both lines are made to correspond. With as many corners on both, corner belongs to corner: the
cyclic shift with the least sum of squared distances, the centres laid over each other. Otherwise both are
sampled evenly by length and shifted likewise; corners that come to lie near each other belong together, and
each of the rest to the point of the other line that lies as far between these.

Then the similarity that maps one best onto the other (least squares; Umeyama 1991, in the plane) is gone
through evenly, and what it leaves is added in equal parts: a thing that turns does not shrink on the way, as
it would if each point took the straight line.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.outlines import ClosedLine, Lines
from skn_annotator.arrays import PlanePoints, Shares

_SAMPLES = 256
_NEAR = 0.04
"""Points that are no farther apart than this share of the outline's length may belong together."""


class Pair(NamedTuple):
    """Points that correspond, in the order of the line: where they start, and where they end."""

    starts: PlanePoints
    ends: PlanePoints

    def at(self, share: float) -> PlanePoints:
        """Where they are at `share` of the way, 0 to 1."""
        centre, goal = self.starts.mean(), self.ends.mean()
        start, end = self.starts - centre, self.ends - goal
        size = float(np.vdot(start, start).real)
        turn = np.vdot(start, end) / size if size > 0 else 1.0
        turn = turn if abs(turn) > 1e-6 else 1.0
        bent = start + share * (end / turn - start)
        found: PlanePoints = (1 - share) * centre + share * goal + turn**share * bent
        return found


def lines_between(first: Lines, last: Lines, shares: list[float]) -> list[Lines] | None:
    """The lines at each of `shares` of the way from `first` to `last`.

    None if these do not correspond: another number of lines, or one that paints and one that erases.
    """
    if [line.erases for line in first] != [line.erases for line in last]:
        return None
    pairs = [pair_of(_corners(a), _corners(b)) for a, b in zip(first, last, strict=True)]
    return [
        tuple(
            ClosedLine(tuple((float(z.real), float(z.imag)) for z in pair.at(share)), line.erases)
            for pair, line in zip(pairs, first, strict=True)
        )
        for share in shares
    ]


def pair_of(first: PlanePoints, last: PlanePoints) -> Pair:
    """The corners of two closed lines, each with the point of the other line that corresponds to it."""
    if _area(first) * _area(last) < 0:  # drawn the other way round
        last = last[::-1]
    if len(first) == len(last):
        return Pair(first, np.roll(last, -_shift(first, last)))
    here, there = _places(first), _places(last)
    samples = np.arange(_SAMPLES) / _SAMPLES
    ahead = _shift(_at(first, samples), _at(last, samples)) / _SAMPLES
    i, j = _together(here, there, ahead)
    off = _wrapped(there[j] - here[i] - ahead)
    order_here, order_there = np.argsort(here[i]), np.argsort(there[j])

    def slack(places: Shares, known: Shares, order: NDArray[np.intp]) -> Shares:
        return np.interp(places, known[order], off[order], period=1) if len(off) else np.zeros(len(places))

    alone, others = np.delete(np.arange(len(first)), i), np.delete(np.arange(len(last)), j)
    to_last = here[alone] + ahead + slack(here[alone], here[i], order_here)
    to_first = (there[others] - ahead - slack(there[others], there[j], order_there)) % 1
    starts = np.concatenate([first[i], first[alone], _at(first, to_first)])
    ends = np.concatenate([last[j], _at(last, to_last), last[others]])
    order = np.argsort(np.concatenate([here[i], here[alone], to_first]), kind="stable")
    return Pair(starts[order], ends[order])


def _corners(line: ClosedLine) -> PlanePoints:
    return np.array([complex(x, y) for x, y in line.corners])


def _area(corners: PlanePoints) -> float:
    """Twice the area, with the sign of the sense in which the line goes round."""
    return float(np.vdot(corners, np.roll(corners, -1)).imag)


def _shift(first: PlanePoints, last: PlanePoints) -> int:
    """How far to turn `last`, as long as `first`, for the least squared distances of the centred points."""
    a, b = first - first.mean(), last - last.mean()
    n = len(a)
    turned = b[(np.arange(n)[:, None] + np.arange(n)) % n]  # row k: turned by k
    return int(np.argmax((turned @ a.conj()).real))


def _places(corners: PlanePoints) -> Shares:
    lengths = np.abs(np.roll(corners, -1) - corners)
    return np.concatenate([[0.0], np.cumsum(lengths)[:-1]]) / max(float(lengths.sum()), 1e-9)


def _at(corners: PlanePoints, places: Shares) -> PlanePoints:
    """The points of a closed line at `places`, which may lie beyond 0 and 1."""
    known = np.append(_places(corners), 1.0)
    closed = np.append(corners, corners[0])
    found: PlanePoints = np.interp(places % 1, known, closed)
    return found


def _together(here: Shares, there: Shares, ahead: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The corners that belong together: each the nearest one of the other, and near."""
    apart = np.abs(_wrapped(there[None, :] - here[:, None] - ahead))
    nearest = apart.argmin(axis=1)
    i = np.arange(len(here))
    mutual = (apart.argmin(axis=0)[nearest] == i) & (apart[i, nearest] <= _NEAR)
    return i[mutual], nearest[mutual]


def _wrapped(places: Shares) -> Shares:
    """As the nearest of all that are whole turns apart: -0.5 to 0.5."""
    return (places + 0.5) % 1 - 0.5
