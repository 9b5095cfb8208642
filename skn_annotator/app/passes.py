"""One pass of propagation as the window sees it: which frames it goes over, how far it is, what it changed.

A pass starts at a reference frame and ends before the next one in its direction: reference frames bound it.
Planning is pure; `Pass` keeps the count while the steps arrive. The network's work is `inference.tracker`'s.
"""

import time
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum

from skn_annotator.annotation.annotation import Edit
from skn_annotator.annotation.edits import joined
from skn_annotator.errors import SknError


class Direction(Enum):
    """Where a pass goes, seen from the current frame."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"
    EVERYWHERE = "everywhere"


def plan(t: int, references: Collection[int], length: int, direction: Direction) -> tuple[int, ...]:
    """The frames of a pass from frame `t`, starting with the reference frame that it starts from.

    Raises SknError, with what to do, if there is no reference frame to start from or no frame to fill.
    """
    if not references:
        raise SknError("No frame is painted yet: paint the objects on this frame, then propagate")
    if direction is Direction.EVERYWHERE:
        first = min(references)
        order = (*range(first, length), *(range(first, -1, -1) if first else ()))
    elif direction is Direction.BOTH:
        start = min(references, key=lambda reference: (abs(reference - t), reference))
        order = (*_forward(start, references, length), *_backward(start, references))
    else:
        order = _one_way(t, references, length, direction)
    if set(order) <= set(references):
        raise SknError(f"Nothing to fill {_WHERE[direction]}: the next frame is a reference frame or the end")
    return order


_WHERE = {
    Direction.FORWARD: "after this frame",
    Direction.BACKWARD: "before this frame",
    Direction.BOTH: "around this frame",
    Direction.EVERYWHERE: "in this video",
}


def _one_way(t: int, references: Collection[int], length: int, direction: Direction) -> tuple[int, ...]:
    if direction is Direction.FORWARD:
        starts = [reference for reference in references if reference <= t]
        if not starts:
            raise SknError(
                f"No reference frame before frame {t + 1}: paint this frame, or propagate backward from "
                f"frame {min(references) + 1}"
            )
        return _forward(max(starts), references, length)
    starts = [reference for reference in references if reference >= t]
    if not starts:
        raise SknError(
            f"No reference frame after frame {t + 1}: paint this frame, or propagate forward from "
            f"frame {max(references) + 1}"
        )
    return _backward(min(starts), references)


def _forward(start: int, references: Collection[int], length: int) -> tuple[int, ...]:
    end = min((reference for reference in references if reference > start), default=length)
    return tuple(range(start, end))


def _backward(start: int, references: Collection[int]) -> tuple[int, ...]:
    end = max((reference for reference in references if reference < start), default=-1)
    return tuple(range(start, end, -1))


@dataclass(frozen=True)
class Pace:
    """How fast a pass goes: frames per second over the last ones, and the seconds that are left."""

    frames_per_second: float
    seconds_left: float


class Pass:
    """The pass that is running (or paused): its plan, its progress, and the edits that its steps made."""

    def __init__(self, order: tuple[int, ...], clock: Callable[[], float] = time.monotonic) -> None:
        self.order = order
        self.stage = "Starting"
        self.machine = ""  # what computes
        self.paused = False
        self.latest: int | None = None
        self.memory_frames = 0
        self.memory_bytes = 0
        self.done = 0
        self._clock = clock
        self._times: deque[float] = deque(maxlen=16)
        self._edits: list[Edit] = []
        self._delivered: set[int] = set()

    @property
    def name(self) -> str:
        """What its edit is called; frames count from 1 as everywhere in the window."""
        frames = sorted(self._delivered) or sorted(self.order)
        return f"Propagate {frames[0] + 1}-{frames[-1] + 1}"

    @property
    def total(self) -> int:
        """The number of steps."""
        return len(self.order)

    def delivered(self, t: int) -> bool:
        """True if the pass has changed frame `t`."""
        return t in self._delivered

    def add(self, t: int, edit: Edit | None) -> None:
        """Count the step of frame `t`, and the edit that it made (none on a reference frame)."""
        self.stage = ""
        self.done += 1
        self.latest = t
        self._times.append(self._clock())
        if edit is not None:
            self._edits.append(edit)
            self._delivered.add(t)

    def rest(self) -> None:
        """Forget the pace: the time until the next step was not the network's."""
        self._times.clear()

    def pace(self) -> Pace | None:
        """The pace over the last steps; None until there are two."""
        if len(self._times) < 2 or self._times[-1] <= self._times[0]:
            return None
        rate = (len(self._times) - 1) / (self._times[-1] - self._times[0])
        return Pace(rate, (self.total - self.done) / rate)

    def edit(self) -> Edit:
        """All that the pass changed, as one edit; empty if nothing arrived."""
        return joined(self.name, self._edits)
