"""Which objects a pass lost: none of them is seen from some frame on, and nobody said that they go."""

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skn_annotator.arrays import Size
    from skn_annotator.video.frames import FrameSource

LOST = 3
"""Exit status with --strict where an object was lost."""

_CELL = 16
"""Pixels, inside the network, of a cell: what it tells apart (`model.network.STRIDE`)."""
_SIZES = (360, 480, 720, 1080, 1440, 2160)


@dataclass(frozen=True)
class LostObject:
    """Object `id`, last seen on `frame` with `area` pixels; `onward`: lost after it, not before it."""

    id: int
    frame: int
    area: int
    onward: bool

    def sentence(self, stem: str, frame_size: "Size", size: int) -> str:
        """What the user should know and try; `size`: what the network saw as the frames' short side."""
        when = f"{'after' if self.onward else 'before'} frame {self.frame + 1} ({stem}.png)"
        return f"object {self.id} is lost {when}{_remedy(sqrt(self.area), min(frame_size), size)}"


def lost_objects(
    areas: Mapping[int, Mapping[int, int]], decided: Mapping[int, Collection[int]], wanted: Sequence[int]
) -> Iterator[LostObject]:
    """The objects that are not seen on the first, or the last, of the frames `wanted`, ascending.

    `areas`: frame -> object -> pixels. `decided`: frame -> the objects that are given there. One that is
    given as absent beyond where it is seen is not lost.
    """
    for i in sorted({i for shown in areas.values() for i in shown}):
        seen = [t for t in wanted if areas.get(t, {}).get(i)] or [t for t in areas if i in areas[t]]
        first, last = seen[0], seen[-1]
        if last < wanted[-1] and not any(t > last and i in decided[t] for t in decided):
            yield LostObject(i, last, areas[last][i], True)
        if first > wanted[0] and not any(t < first and i in decided[t] for t in decided):
            yield LostObject(i, first, areas[first][i], False)


def report_lost(lost: Iterable[LostObject], frames: "FrameSource", arguments: argparse.Namespace) -> int:
    """Say which objects were lost in `frames`; returns the exit status of skn-propagate."""
    status = 0
    for each in lost:
        text = each.sentence(frames.stems[each.frame], frames.size, arguments.size)
        print(f"skn-propagate: {text}", file=sys.stderr)
        status = LOST if arguments.strict else 0
    return status


def _remedy(side: float, short_side: int, size: int) -> str:
    """`side`: of a square of the object's area, in pixels of frames whose short side is `short_side`."""
    seen_as = min(size, short_side)
    if side * seen_as / short_side >= _CELL:
        return ": if it is still to be seen there, give a mask of such a frame, too"
    larger = [s for s in (*(each for each in _SIZES if each < short_side), short_side) if s > seen_as]
    if not larger:
        return "; it is smaller than a cell of the network: give masks of more frames"
    best = next((s for s in larger if side * s / short_side >= _CELL), larger[-1])
    return f"; at this size it is smaller than a cell: try --size {best}"
