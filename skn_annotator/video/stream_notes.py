"""What the user should know of a video stream that does not go on as it begins, or is not the only one.

Where a whole file was decoded to count its frames, all of it is known. Else a few keyframes are decoded, up
to the last one: recordings of several sizes that were joined differ there.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import av
from av.stream import Disposition

from skn_annotator.errors import Message
from skn_annotator.video.container import decoder_of, demux, only_video
from skn_annotator.video.index import FrameIndex

_LOOKED_AT = (1.0, 0.5, 0.25, 0.75)
"""Where keyframes are decoded: shares of the way from the first to the last."""

_Pixels = tuple[int, int]


def stream_notes(name: str, container: Any, index: FrameIndex, first: _Pixels) -> Iterator[Message]:
    """Of the file `name`, opened anew as `container`; `first`: width and height of its first frame."""
    decoding = index.decoding
    if decoding.lost == 1:
        yield Message(
            "After frame {count}, a picture of {name} cannot be decoded: it is damaged, or another "
            "recording was joined there. Convert each recording by itself before joining them.",
            count=decoding.lost_at,
            name=name,
        )
    elif decoding.lost:
        yield Message(
            "After frame {count}, {n} pictures of {name} cannot be decoded: they are damaged, or another "
            "recording was joined there. Convert each recording by itself before joining them.",
            count=decoding.lost_at,
            n=decoding.lost,
            name=name,
        )
    videos = [each for each in container.streams.video if not each.disposition & Disposition.attached_pic]
    if len(videos) > 1:
        yield Message("{name} holds {n} videos: only one of them is shown.", name=name, n=len(videos))
    resized_at = decoding.resized_at if index.in_order else _resized_at(container, index, first)
    if resized_at > 0:
        yield Message(
            "After frame {count}, {name} goes on in another size than {size}: those frames are scaled to it.",
            count=resized_at,
            name=name,
            size="{} x {}".format(*first),
        )


def _resized_at(container: Any, index: FrameIndex, first: _Pixels) -> int:
    """The first keyframe found that is not of the size `first`; -1: none."""
    stream, last = only_video(container), len(index.groups) - 1
    sizes = _KeyframeSizes(container, stream, index)
    places = sorted({round(share * last) for share in _LOOKED_AT} - {0})
    low = 0
    for place in places:
        if sizes.of(place) in (first, None):
            low = place
            continue
        high = place
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if sizes.of(middle) in (first, None) else (low, middle)
        return index.groups[high].first
    return -1


class _KeyframeSizes:
    """Decodes single keyframes."""

    def __init__(self, container: Any, stream: Any, index: FrameIndex) -> None:
        self._container, self._stream, self._index = container, stream, index
        self._decoder = decoder_of(stream, "NONE")

    def of(self, group: int) -> _Pixels | None:
        """Width and height of the keyframe of `group`; None if it cannot be decoded by itself."""
        try:
            self._container.seek(self._index.groups[group].seek, stream=self._stream)
            self._decoder.flush_buffers()
            packet = next(demux(self._container, self._stream), None)
            if packet is None or not packet.is_keyframe:
                return None
            frames: Sequence[Any] = [*self._decoder.decode(packet), *self._decoder.decode(None)]
        except (av.FFmpegError, OSError, EOFError):
            return None
        return (frames[0].width, frames[0].height) if frames else None
