"""Which frame is which: the numbers of a video file's frames, 0 ... n - 1 in the order of display.

The count in a file's header may be wrong, and dividing a timestamp by the frame rate is wrong wherever the
rate varies. So the packets are counted (`frame_counter`): a packet's presentation timestamp names its frame,
and the frame's number is the rank of that timestamp. Where timestamps name no frames, a frame's number is its
place in the order in which the decoder brings them from the start of the file on.

No pictures are made here; `video_file` does that.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skn_annotator.video.index_store import Counted


@dataclass(frozen=True)
class Group:
    """A group of pictures: the number of its first frame, and the timestamp that a seek to it needs.

    A container is asked for what it goes by: MP4 and Matroska for when the keyframe is shown, others for when
    it is decoded. Asked for less, they give the group before.

    Frames shown before the keyframe but decoded after it belong to the group and cannot be decoded from it.
    """

    first: int
    seek: int
    place: int
    """The byte of the file at which the keyframe begins: what tells it from another; -1 where unknown."""


class FrameIndex:
    """The frames of one stream; timestamps are in the stream's time base."""

    def __init__(self, counted: Counted) -> None:
        shown = counted.shown.tolist()
        self._numbers = {pts: t for t, pts in enumerate(shown)}
        groups = (
            Group(self._numbers[pts], seek, place)
            for pts, seek, place in counted.keys.tolist()
            if pts in self._numbers
        )
        self.groups: Sequence[Group] = sorted(groups, key=lambda group: group.first)
        if shown and (not self.groups or self.groups[0].first > 0):
            self.groups = [
                Group(0, min(shown), -1),
                *self.groups,
            ]  # a damaged start
        keyed = [group.first for group in self.groups if group.place >= 0]
        self.first_key = keyed[0] if keyed and not counted.in_order else 0
        """The first frame that is decoded from a keyframe; those before may lack what they refer to."""
        self.times = counted.shown
        """The timestamps, in any order: they tell a variable frame rate."""
        self.in_order = counted.in_order
        """True where timestamps name no frames: the decoder brings them one by one, from the first on."""
        self.damaged = counted.damaged
        """True if packets are flagged as damaged: with threads, each decoding may differ from the last."""
        self.expected = counted.expected
        """How many frames the header promises; None if it does not say."""
        self.decoding = counted.decoding

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, pts: int) -> int | None:
        """The number of the frame that is shown at `pts`; None: no frame of the sequence."""
        return self._numbers.get(pts)

    def group_of(self, t: int) -> int:
        """The place in `groups` of the group that holds frame `t`."""
        return bisect_right(self.groups, t, key=lambda group: group.first) - 1


def is_variable(times: NDArray[np.int64]) -> bool:
    """True if more than one frame in a hundred lasts over 10 % longer or shorter than the median one.

    One tick more is allowed: it is the rounding of timestamps.
    """
    durations = np.diff(np.sort(times))
    if durations.size == 0:
        return False
    median = np.median(durations)
    return bool(np.mean(np.abs(durations - median) > 0.1 * median + 1) > 0.01)
