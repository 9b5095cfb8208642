"""Overview: what the timeline draws, as arrays with a value per frame, updated frame by frame.

An annotation of ten thousand frames is looked through once; after that a change costs what it changed. What
is asked for is cut out of arrays: only the frames that are seen, and one value of those that share a pixel.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.stale import StaleMasks

UNKNOWN, ABSENT, PRESENT, STALE_ABSENT, STALE = 0, 1, 2, 3, 4
"""States of an object on a frame: no mask yet; a mask without the object; a mask that shows it; the last two
again where they are stale (`annotation.stale`)."""


class Overview:
    """Per frame: its objects, those that are known not to be there, or decided; and the least confidence."""

    def __init__(self, annotation: Annotation, stale: StaleMasks | None = None) -> None:
        """`stale`: None says that nothing is."""
        self._annotation = annotation
        self._stale_masks = stale
        self._known: dict[int, NDArray[np.bool_]] = {}
        self._shown: dict[int, NDArray[np.bool_]] = {}
        self._decided: dict[int, NDArray[np.bool_]] = {}
        self._following: dict[int, NDArray[np.bool_]] = {}  # decided by outlines of other frames
        self._stale: dict[int, NDArray[np.bool_]] = {}
        self._certainty = np.full(annotation.length, np.nan, np.float32)
        self.update(annotation.frames())

    def update(self, frames: Iterable[int]) -> None:
        """Read `frames` of the annotation again."""
        for t in frames:
            self._note(self._known, t, self._annotation.known(t))
            sure = self._annotation.confidence(t)
            self._certainty[t] = min(sure.values()) if sure else np.nan
            self._note(self._shown, t, self._annotation.ids_at(t))
            decided = self._annotation.decided(t)
            following = frozenset(i for i in decided if self._annotation.follows(t, i))
            self._note(self._decided, t, decided - following)
            self._note(self._following, t, following)
            if self._stale_masks is not None:
                self._note(self._stale, t, self._stale_masks.at(t))

    def _note(self, table: dict[int, NDArray[np.bool_]], t: int, ids: frozenset[int]) -> None:
        """Of frame `t`, that `ids` are the objects that `table` tells of."""
        for object_id in ids - table.keys():
            table[object_id] = np.zeros(self._annotation.length, bool)
        for object_id, has_object in table.items():
            has_object[t] = object_id in ids

    def runs(self, object_id: int, frames: range, per: int = 1) -> Iterator[tuple[int, int, int]]:
        """(first, last, state) of an object, over `frames`.

        `per` frames stand together; what one of them shows is seen.
        """
        state = np.zeros(len(frames), np.uint8)
        for table in (self._known, self._shown):
            if object_id in table:
                state += table[object_id][frames.start : frames.stop]
        if object_id in self._stale:
            aged = self._stale[object_id][frames.start : frames.stop] & (state != UNKNOWN)
            state[aged] += STALE - PRESENT
        starts = starts_of(frames, per)
        state = np.maximum.reduceat(state, starts - frames.start)
        cuts = [0, *(np.flatnonzero(np.diff(state)) + 1).tolist()]
        edges = [*starts[cuts].tolist(), frames.stop]
        for cut, (first, end) in zip(cuts, pairwise(edges), strict=True):
            yield first, end - 1, int(state[cut])

    def references(self, object_id: int, frames: range, per: int = 1) -> list[int]:
        """Those of `frames` on which the user decided an object; of `per` that stand together, the first."""
        return _first_of_each(self._decided.get(object_id), frames, per)

    def following(self, object_id: int, frames: range, per: int = 1) -> list[int]:
        """The same of frames on which an object follows outlines that were drawn on others."""
        return _first_of_each(self._following.get(object_id), frames, per)

    def certainty(self, frames: range, per: int = 1) -> list[tuple[int, float]]:
        """(frame, 0-1) over `frames`, the least of `per` that stand together; NaN where there is none."""
        starts = starts_of(frames, per)
        least = np.fmin.reduceat(self._certainty[frames.start : frames.stop], starts - frames.start)
        return list(zip(starts.tolist(), least.tolist(), strict=True))


def _first_of_each(flags: NDArray[np.bool_] | None, frames: range, per: int) -> list[int]:
    """Those of `frames` whose flag is set; of `per` that stand together, the first."""
    if flags is None:
        return []
    found = np.flatnonzero(flags[frames.start : frames.stop]) + frames.start
    return found[np.unique(found // per, return_index=True)[1]].tolist() if per > 1 else found.tolist()


def starts_of(frames: range, per: int) -> NDArray[np.int64]:
    """Where each group of `per` frames begins: at multiples, so that they stay the same while one pans."""
    inner = np.arange(-(-(frames.start + 1) // per) * per, frames.stop, per)
    return np.concatenate(([frames.start], inner))
