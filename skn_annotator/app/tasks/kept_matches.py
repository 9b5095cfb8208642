"""KeptMatches: what the reader matched on the latest frames of a pass, for the overlays.

Bounded, and never saved. A match counts only while its frame has the mask that the reader made.
"""

from collections import OrderedDict
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skn_annotator.app.tasks import pass_work
from skn_annotator.app.tasks.kept_readings import KeptReadings, ReadFrame

if TYPE_CHECKING:
    from skn_annotator.inference.step import Explanation, ReaderMatch

_MAX_BYTES = 96 << 20


@dataclass(frozen=True)
class MemoryFrame:
    """A memorized frame that was read; `share` (0-1) of an object's matched points came from it."""

    t: int
    share: float
    is_reference: bool


class KeptMatches:
    """Frame -> the `ReaderMatch` of its step; the oldest go when their arrays exceed `max_bytes`."""

    def __init__(self, mask_of: Callable[[int], bytes | None], max_bytes: int = _MAX_BYTES) -> None:
        """`mask_of`: the mask that a frame has now."""
        self._mask_of = mask_of
        self._max_bytes = max_bytes
        self._matches: OrderedDict[int, ReaderMatch] = OrderedDict()
        self._masks: dict[int, bytes] = {}
        self._nbytes = 0
        self._readings = KeptReadings()
        self._shares: dict[tuple[int, int], dict[int, float]] = {}  # (t, object) -> frame -> share
        self._explained: tuple[int, int, Explanation] | None = None

    def put(self, t: int, match: "ReaderMatch", mask: bytes, reading: ReadFrame | None = None) -> None:
        """Remember the match of frame `t`, which the reader made `mask` of, and all that it was made from."""
        self._drop(t)
        if reading is not None:
            self._readings.put(t, reading)
        self._matches[t], self._masks[t] = match, mask
        self._nbytes += _nbytes(match)
        while self._nbytes > self._max_bytes and len(self._matches) > 1:
            self._drop(next(iter(self._matches)))

    def clear(self) -> None:
        """Forget every frame."""
        for t in tuple(self._matches):
            self._drop(t)

    def _drop(self, t: int) -> None:
        self._readings.drop(t)
        for key in [key for key in self._shares if key[0] == t]:
            del self._shares[key]
        match = self._matches.pop(t, None)
        if match is not None:
            self._nbytes -= _nbytes(match)
            del self._masks[t]
        if self._explained is not None and self._explained[0] == t:
            self._explained = None

    def holds(self, t: int | None, object_id: int | None) -> bool:
        """True if `explanation` has something to tell; never for no frame or no object."""
        if t is None or t not in self._matches or self._masks[t] != self._mask_of(t):
            return False
        return object_id in self._matches[t].points

    def explanation(self, t: int | None, object_id: int | None) -> "Explanation | None":
        """What the reader did for one object on frame `t`; None where it did nothing or it is forgotten."""
        if t is None or object_id is None or not self.holds(t, object_id):
            return None
        if self._explained is None or self._explained[:2] != (t, object_id):
            self._explained = (t, object_id, pass_work.explain(self._matches[t], object_id))
        return self._explained[2]

    def reading(self, t: int | None, object_id: int | None) -> ReadFrame | None:
        """How frame `t` was read to find an object; None as `explanation`, and sooner forgotten."""
        return self._readings.get(t) if t is not None and self.holds(t, object_id) else None

    def reference_share(self, t: int, object_id: int, references: Container[int]) -> float | None:
        """How much (0-1) of an object's matched points on frame `t` comes from reference frames; None as
        `explanation`."""
        if not self.holds(t, object_id):
            return None
        if (t, object_id) not in self._shares:
            self._shares[t, object_id] = pass_work.frame_shares(self._matches[t], object_id)
        return sum(share for m, share in self._shares[t, object_id].items() if m in references)

    def memory_frames(self, t: int | None, object_id: int | None) -> tuple[int, ...]:
        """The frames that were read for frame `t`, in the order of the video; empty as `explanation`."""
        if t is None or not self.holds(t, object_id):
            return ()
        return tuple(sorted(set(self._matches[t].memory_frames)))

    def memory(
        self, t: int | None, object_id: int | None, references: Container[int]
    ) -> tuple[MemoryFrame, ...]:
        """`memory_frames`, and what each gave."""
        explanation = self.explanation(t, object_id)
        if explanation is None:
            return ()
        origins = explanation.origin_frames.tolist()
        frames = self.memory_frames(t, object_id)
        return tuple(MemoryFrame(m, origins.count(m) / max(1, len(origins)), m in references) for m in frames)


def _nbytes(match: "ReaderMatch") -> int:
    points = sum(array.nbytes for array in match.points.values())
    strength = sum(array.nbytes for array in match.strength.values())
    return points + strength + sum(array.nbytes for array in match.foreground.values())
