"""A video file as FFmpeg opens it: the container, its one video stream, the frames of its packets.

Only the file itself is opened: a playlist that names an address on the network is refused, not waited for.
Tags that are not UTF-8 do not matter.
"""

import contextlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import av
from av.codec.context import ThreadType
from av.stream import Discard

from skn_annotator.errors import VideoError


class FramesLost(Exception):  # noqa: N818 -- not the file's error: a decoder without threads brings them
    """A decoder with several threads met a damaged frame, and may have dropped good ones with it."""


def open_container(path: Path, in_full: bool = False) -> Any:
    """The file at `path`; `in_full`: also what an MP4's edit list leaves out.

    It is named in full: FFmpeg would take "12:30.mp4" for an address.
    """
    options = {"protocol_whitelist": "file"} | ({"ignore_editlist": "1"} if in_full else {})
    return av.open(path.absolute(), metadata_errors="replace", options=options)


def only_video(container: Any) -> Any:
    """The video stream, not a cover picture; the others are not even read. VideoError if there is none."""
    chosen = container.streams.best("video")
    if chosen is None:
        raise VideoError("{path} holds no pictures, only sound or data: open a video", path=container.name)
    if chosen.codec_context is None:
        raise VideoError(
            "{path} uses a codec that is not known here: convert it to H.264", path=container.name
        )
    for stream in container.streams:
        if stream is not chosen:
            stream.discard = Discard.all
    return chosen


def decoder_of(stream: Any, threads: str) -> Any:
    """What decodes `stream`: FFmpeg's decoder, or that of libvpx where VP8 or VP9 has transparency.

    `threads`: AUTO or NONE. It has to be flushed after a seek.
    """
    decoder = stream.codec_context
    if stream.metadata.get("alpha_mode") == "1" and decoder.name in ("vp8", "vp9"):
        with_alpha = {"vp8": "libvpx", "vp9": "libvpx-vp9"}[decoder.name]
        decoder = av.CodecContext.create(with_alpha, "r")
    decoder.thread_type = threads
    return decoder


def reorders(stream: Any) -> bool:
    """True if frames may be decoded in another order than they are shown in (B-frames)."""
    return bool(stream.codec_context.has_b_frames and not stream.codec_context.codec.intra_only)


def shows(packet: Any) -> bool:
    """False for a packet that does not make a visible frame.

    Such are what an edit list leaves out, and a VP8 frame that others refer to and nobody sees (RFC 6386,
    section 9.1: show_frame).
    """
    if packet.is_discard:
        return False
    return packet.stream.codec_context.name != "vp8" or bool(bytes(packet)[0] & 0x10)


def demux(container: Any, stream: Any) -> Iterator[Any]:
    """The packets of `stream` from where the file stands; it ends where its structure is damaged."""
    with contextlib.suppress(av.InvalidDataError):
        yield from (packet for packet in container.demux(stream) if packet.size)


def decode(packets: Iterable[Any], decoder: Any) -> Iterator[Any]:
    """The frames of `packets`, in the order of display; a packet that cannot be decoded is passed over.

    Packets marked as damaged are decoded, too: most bring a whole picture. Raises FramesLost.
    """
    for packet in chain(packets, [None]):
        try:
            yield from decoder.decode(packet)
        except av.FFmpegError as error:
            if ThreadType.FRAME in decoder.thread_type:
                raise FramesLost from error
