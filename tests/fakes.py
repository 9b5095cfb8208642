"""Stand-ins for the network, and a way to run passes step by step."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from skn_annotator.inference.plans import Plan, Stretch
from skn_annotator.inference.step import CellGrid, ReaderMatch, Step


def reader_match(ids: Sequence[int] = (1,)) -> ReaderMatch:
    """A match on a grid of 3 x 4 cells of 16 x 16 pixels, one memory frame."""
    rows, columns = np.mgrid[0:3, 0:4]
    points = np.stack([rows, columns], -1).reshape(-1, 2).astype(np.int16)
    grid = CellGrid((3, 4), (16.0, 16.0))
    return ReaderMatch(
        grid=grid,
        memory=((0, grid),),
        points=dict.fromkeys(ids, points),
        strength={i: np.linspace(0.1, 1, 12, dtype=np.float32) for i in ids},
        foreground={i: np.ones(12, bool) for i in ids},
        prior=dict.fromkeys(ids, (1.0, 2.0, 1.5)),
        prior_floor=0.1,
        sigma_g=3.0,
    )


def visits(plan: Plan) -> Iterator[tuple[Stretch, int]]:
    """Every step of a pass: its stretch and its frame."""
    return ((stretch, t) for stretch in plan.stretches for t in stretch)


def order_of(plan: Plan) -> tuple[int, ...]:
    """The frames of every step."""
    return tuple(t for _, t in visits(plan))


def origin(references: Iterable[int], stretch: Stretch, t: int) -> frozenset[int]:
    """The reference frame that a pass passed last when it comes to `t`."""
    behind = [r for r in references if r in (stretch.start, *stretch.frames)]
    return frozenset([min(behind, key=lambda r: ((t - r) * stretch.direction < 0, abs(t - r)))])


class FakeTracker:
    """Moves the masks of the nearest reference frame one pixel to the right per frame.

    With `steps`, it waits for `allow` before each frame: a test decides how far a pass comes.
    """

    device = "cpu"
    threads = 0

    def __init__(self, steps: int | None = None, error: tuple[int, Exception] | None = None) -> None:
        self.passes: list[tuple[int, ...]] = []
        self.references: list[tuple[int, ...]] = []
        self._allowed = None if steps is None else threading.Semaphore(steps)
        self._error = error

    def __call__(self) -> "FakeTracker":
        """A fake is its own factory."""
        return self

    def allow(self, steps: int) -> None:
        """Let a waiting pass go `steps` frames further."""
        assert self._allowed is not None
        self._allowed.release(steps)

    def propagate(
        self, frames: Sequence[np.ndarray], references: Mapping[int, np.ndarray], plan: Plan
    ) -> Iterator[Step]:
        """One `Step` for each start and each frame of the plan."""
        self.passes.append(order_of(plan))
        self.references.append(tuple(sorted(references)))
        for stretch, t in visits(plan):
            if self._allowed is not None:
                self._allowed.acquire(timeout=20)
            if self._error is not None and self._error[0] == t:
                raise self._error[1]
            yield self._step(frames, references, stretch, t)

    def _step(
        self, frames: Sequence[np.ndarray], references: Mapping[int, np.ndarray], stretch: Stretch, t: int
    ) -> Step:
        if t in references:
            return Step(t, references[t], {1: 1.0}, None, tuple(references), 1 << 20, True)
        nearest = min(references, key=lambda r: abs(r - t))
        assert frames[t].shape[:2] == references[nearest].shape
        mask = np.roll(references[nearest], abs(t - nearest), axis=1)
        ids = [int(i) for i in np.unique(mask) if i]
        sure = {i: max(0.0, 1 - 0.02 * abs(t - nearest)) for i in ids}
        return Step(
            t,
            mask,
            sure,
            reader_match(ids),
            tuple(references),
            1 << 20,
            False,
            origin(references, stretch, t),
        )
