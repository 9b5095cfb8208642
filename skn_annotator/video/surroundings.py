"""Surroundings: a cache of decoded frames around the shown one, which decides what to decode next.

A video decodes forward only, from a keyframe on, so a step back may cost a whole group of pictures. Here the
frames on both sides of the cursor are decoded before they are needed, more of them in the direction of the
last step; each side is filled up in one go when little of it is left, because every start of the decoder
costs the way from its keyframe. Frames are kept as they come from the decoder, which takes half the room of
RGB, and the farthest go first.

One call of `work` decodes one frame, so that whoever calls it can turn to a new request in between. No
threads here.
"""

from collections.abc import Iterator

from skn_annotator.arrays import Frame
from skn_annotator.errors import VideoError
from skn_annotator.video.cache import Decoded, ReadableFrames
from skn_annotator.video.video_file import undecodable

_FRONT = 0.6
"""The share of the cache for frames ahead, in the direction of the last step."""
_FRONT_UP = 0.9
"""That share on the way back where the keyframe lies farther away than there is room, as in 4K: whatever is
brought costs the same long way, so the more at a time, the fewer times one has to wait."""
_LOW = 0.6
"""A side is filled up when less than this share of it is there: early enough to be done before it is used up,
late enough for a good stretch at a time, and not for every change of direction (0.6 x 0.6 < 0.4)."""


class Surroundings:
    """The frames around a cursor that `look_at` moves; at most `max_bytes` of them, and at least three."""

    def __init__(self, frames: ReadableFrames, max_bytes: int) -> None:
        self._frames = frames
        self._max_bytes = max_bytes
        self._frame_bytes = 0  # 0 until the first frame has been decoded
        self._kept: dict[int, Decoded | VideoError] = {}
        self._cursor, self._direction = 0, 1
        self._way = 0  # frames from the keyframe to the cursor: the cost of a seek
        self._room = 3  # how many frames fit into `max_bytes`
        self._stretch = range(0)  # the frames that are being decoded now
        self._run: Iterator[tuple[int, Decoded]] | None = None
        self._next = 0  # the next frame number that the running decoder can give

    def __len__(self) -> int:
        return len(self._frames)

    def __contains__(self, t: int) -> bool:
        return t in self._kept

    def look_at(self, t: int) -> None:
        """Move the cursor to frame `t`: it is decoded first."""
        if t != self._cursor:
            self._direction = 1 if t > self._cursor else -1
        self._cursor = t
        self._way = t - self._frames.run_start(t)

    def use_memory(self, max_bytes: int) -> None:
        """Hold at most `max_bytes` from now on."""
        if max_bytes != self._max_bytes:
            self._max_bytes = max_bytes
            self._make_room(0)

    def picture(self, t: int) -> Frame:
        """Frame `t`, which is cached: RGB, uint8 (H, W, 3). Raises VideoError if it cannot be decoded."""
        kept = self._kept[t]
        if isinstance(kept, VideoError):
            raise kept
        return kept.rgb()

    def nearest(self, t: int) -> int | None:
        """The cached frame nearest to `t`, no farther than the keyframe of `t`; None if there is none."""
        limit = t - self._frames.run_start(t)
        near = [u for u, kept in self._kept.items() if not isinstance(kept, VideoError)]
        best = min(near, key=lambda u: abs(u - t), default=None)
        return best if best is not None and abs(best - t) <= limit else None

    def work(self) -> bool:
        """Decode one more frame; False if all are decoded."""
        stretch = self._plan()
        if not stretch:
            return False
        if stretch != self._stretch or self._run is None:
            self._start(stretch)
        self._advance()
        return True

    def close(self) -> None:
        """Forget the frames and release the files."""
        self._run = None
        self._kept.clear()
        self._frames.close()

    # ---- what to decode

    def _plan(self) -> range:
        """What to decode: the cursor first, then what was begun, then frames ahead, then those behind."""
        if self._cursor not in self._kept:
            return range(self._cursor, self._cursor + 1)
        begun = self._stretch
        if self._next < begun.stop and begun.stop - 1 in self._window() and begun.stop - 1 not in self._kept:
            return begun
        return self._gap(self._direction) or self._gap(-self._direction)

    def _gap(self, side: int) -> range:
        """The missing frames on a `side` (1: after the cursor), once few cached ones are left there."""
        window = self._window()
        last = window[-1] if side > 0 else window[0]
        t = self._cursor
        while t != last and t + side in self._kept:
            t += side
        if t == last or abs(t - self._cursor) > _LOW * self._reach(side):
            return range(0)
        return range(t + 1, last + 1) if side > 0 else range(last, t)

    def _reach(self, side: int) -> int:
        """How many frames are to be cached on a side."""
        share = _FRONT_UP if self._direction < 0 and self._way > self._room else _FRONT
        front = max(1, int(share * self._room))
        return front if side == self._direction else max(1, self._room - front - 1)

    def _window(self) -> range:
        first, last = self._cursor - self._reach(-1), self._cursor + self._reach(1)
        return range(max(0, first), min(len(self._frames), last + 1))

    # ---- decoding

    def _start(self, stretch: range) -> None:
        self._stretch = stretch
        first = next((t for t in stretch if t not in self._kept), stretch.start)
        key = self._frames.run_start(first)
        if self._run is None or not key <= self._next <= first:
            self._run, self._next = self._frames.run(first), key

    def _advance(self) -> None:
        assert self._run is not None, "a run was started"
        try:
            number, frame = next(self._run)
        except StopIteration:
            self._give_up(self._stretch.stop)
            self._run = None
        except VideoError as error:
            t = next((t for t in self._stretch if t >= self._next and t not in self._kept), self._next)
            self._keep(t, error)
            self._run, self._next = None, t + 1
        else:
            self._give_up(number)
            self._keep(number, frame)
            self._next = number + 1

    def _give_up(self, stop: int) -> None:
        """Note the frames before `stop` that the decoder left out: they cannot be decoded."""
        for t in range(max(self._next, self._stretch.start), min(stop, self._stretch.stop)):
            if t not in self._kept:
                self._keep(t, undecodable(self._frames.path, t))
        self._next = max(self._next, stop)

    def _keep(self, t: int, frame: Decoded | VideoError) -> None:
        """Cache a frame; the latest is never evicted at once, since it may stand in for the next one."""
        if not isinstance(frame, VideoError):
            self._frame_bytes = frame.nbytes
        self._make_room(1)
        self._kept[t] = frame

    def _make_room(self, frames: int) -> None:
        if self._frame_bytes:
            self._room = max(3, self._max_bytes // self._frame_bytes)
        while len(self._kept) + frames > self._room:
            del self._kept[max(self._kept, key=self._distance)]

    def _distance(self, t: int) -> float:
        away = t - self._cursor
        return abs(away) / self._reach(1 if away > 0 else -1)
