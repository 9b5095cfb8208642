"""Overview: what the timeline shows of every frame, kept up to date frame by frame.

An annotation of ten thousand frames is looked through once; after that a change costs what it changed, and
the lanes are cut into runs by array arithmetic.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.annotation import Annotation

UNKNOWN, ABSENT, PRESENT = 0, 1, 2
"""An object on a frame: there is no mask yet; the mask lacks it; the mask shows it."""


class Overview:
    """Per frame: whether there is a mask, which objects it shows, and how certain propagation was."""

    def __init__(self, annotation: Annotation) -> None:
        self._annotation = annotation
        self._masked = np.zeros(annotation.length, bool)
        self._shown: dict[int, NDArray[np.bool_]] = {}
        self._certainty = np.full(annotation.length, np.nan, np.float32)
        self.update(annotation.frames())

    def update(self, frames: Iterable[int]) -> None:
        """Look at `frames` again."""
        for t in frames:
            self._masked[t] = self._annotation.mask_bytes(t) is not None
            sure = self._annotation.confidence(t)
            self._certainty[t] = min(sure.values()) if sure else np.nan
            ids = self._annotation.ids_at(t)
            for object_id in ids - self._shown.keys():
                self._shown[object_id] = np.zeros(self._annotation.length, bool)
            for object_id, shown in self._shown.items():
                shown[t] = object_id in ids

    def runs(self, object_id: int) -> Iterator[tuple[int, int, int]]:
        """(first, last, state) of an object, over the whole sequence; state is UNKNOWN, ABSENT or PRESENT."""
        state = self._masked.astype(np.uint8)
        if object_id in self._shown:
            state += self._shown[object_id]
        cuts = [0, *(np.flatnonzero(np.diff(state)) + 1).tolist(), len(state)]
        for first, end in pairwise(cuts):
            yield first, end - 1, int(state[first])

    def certainty(self, points: int) -> list[tuple[int, float]]:
        """(frame, 0-1), about `points` at most, the least of each stretch; NaN where there is none."""
        step = max(1, -(-len(self._certainty) // max(1, points)))
        if step == 1:
            return list(enumerate(self._certainty.tolist()))
        starts = np.arange(0, len(self._certainty), step)
        least = np.fmin.reduceat(self._certainty, starts)
        return list(zip(starts.tolist(), least.tolist(), strict=True))
