"""KeptReadings: how the network read the latest frames of a pass, to look at it, and to read again.

A reading is far larger than the `ReaderMatch` of its frame, so fewer are kept; many share memorized frames.
The values that views of it draw are named here for the window.
"""

from collections import Counter, OrderedDict

from skn_annotator.inference.inspection import CellWeights, MemoryCell, ReaderChoice, ReadFrame, ReadShare
from skn_annotator.inference.step import CellGrid, Explanation

__all__ = [
    "CellGrid",
    "CellWeights",
    "Explanation",
    "KeptReadings",
    "MemoryCell",
    "ReadFrame",
    "ReadShare",
    "ReaderChoice",
]

_MAX_BYTES = 192 << 20


class KeptReadings:
    """Frame -> its reading; the oldest go when their arrays, each counted once, exceed `max_bytes`."""

    def __init__(self, max_bytes: int = _MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._readings: OrderedDict[int, ReadFrame] = OrderedDict()
        self._uses: Counter[int] = Counter()  # of the memorized frames, by identity
        self._nbytes = 0

    def put(self, t: int, reading: ReadFrame) -> None:
        """Remember how frame `t` was read."""
        self.drop(t)
        self._readings[t] = reading
        self._count(reading, 1)
        while self._nbytes > self._max_bytes and len(self._readings) > 1:
            self.drop(next(iter(self._readings)))

    def get(self, t: int) -> ReadFrame | None:
        """How frame `t` was read; None if that is not known any more."""
        return self._readings.get(t)

    def drop(self, t: int) -> None:
        """Forget frame `t`."""
        reading = self._readings.pop(t, None)
        if reading is not None:
            self._count(reading, -1)

    def _count(self, reading: ReadFrame, uses: int) -> None:
        self._nbytes += uses * reading.own_bytes
        for memorized in reading.entries:
            key = id(memorized)
            if self._uses[key] + max(uses, 0) == 1:  # the first use, or the last
                self._nbytes += uses * memorized.nbytes
            self._uses[key] += uses
            if not self._uses[key]:
                del self._uses[key]
