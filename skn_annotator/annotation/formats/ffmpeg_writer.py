"""FfmpegWriter: hands pictures to the ffmpeg that imageio-ffmpeg brings, and hears whether it ends well.

There is no sound.
"""

import errno
import os
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import cv2
import imageio_ffmpeg
import numpy as np

from skn_annotator.annotation.formats.render_options import Codec, Quality
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.arrays import Frame, Size
from skn_annotator.errors import FormatError

# HD players take unmarked colours for BT.709, ffmpeg would write BT.601.
_BT709 = "-vf scale=out_color_matrix=bt709:out_range=tv -colorspace bt709"
_PIXELS = {3: "rgb24", 4: "rgba"}

_QUALITIES = (Quality.HIGH, Quality.MEDIUM, Quality.SMALL)


def _codec(
    key: str, name: str, arguments: str, option: str = "", values: Sequence[int] = (), even: bool = False
) -> Codec:
    """`values` of the `option` for each quality, the best first; none: there is only one."""
    each = {q: (option, str(value)) for q, value in zip(_QUALITIES, values, strict=False)}
    return Codec(key, name, tuple(arguments.split()), {q: each.get(q, ()) for q in _QUALITIES}, even)


_MP4 = f"-pix_fmt yuv420p {_BT709} -movflags +faststart"
_HEVC = "-c:v libx265 -x265-params log-level=error -tag:v hvc1"
_PRORES = "-c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le -alpha_bits 16 -vendor apl0"
_MARKS = f"{_BT709} -color_primaries bt709 -color_trc bt709"
H264 = _codec("h264", "H.264", f"-c:v libx264 {_MP4}", "-crf", (18, 23, 28), even=True)
H265 = _codec("h265", "H.265", f"{_HEVC} {_MP4}", "-crf", (20, 25, 30), even=True)
PRORES_4444 = _codec("prores", "ProRes 4444", f"{_PRORES} {_MARKS}", "-qscale:v", (4, 9, 16))
ANIMATION = _codec("animation", "QuickTime Animation", "-c:v qtrle -pix_fmt argb")


def require_ending(path: Path, ending: str) -> None:
    """Raises FormatError if `path` is not named like what is written: ffmpeg goes by the ending."""
    if path.suffix.lower() != ending:
        raise FormatError(
            "{path} does not end in {ending}: choose a name that does", path=path, ending=ending
        )


class FfmpegWriter:
    """Writes one video; leaving the context completes the file, an error leaves it incomplete."""

    def __init__(
        self,
        path: Path,
        size: Size,
        *,
        channels: int,
        fps: float,
        codec: Codec,
        quality: Quality,
        stamp: Stamp,
    ) -> None:
        """`path` is a new file; pictures of `size`, (H, W), with 3 or 4 `channels` come. Raises OSError."""
        height, width = size
        # An odd size is enlarged by a copy of its last line.
        self._odd = (height % 2, width % 2) if codec.even else (0, 0)
        path.open("xb").close()  # ffmpeg would tell only in its own words
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115 -- closed where the context ends
        self._ffmpeg = subprocess.Popen(
            [
                imageio_ffmpeg.get_ffmpeg_exe(),
                *("-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", _PIXELS[channels]),
                *("-s", f"{width + self._odd[1]}x{height + self._odd[0]}", "-r", str(fps), "-i", "-"),
                *codec.arguments,
                *codec.qualities[quality],
                *("-metadata", f"comment={stamp.line()}"),
                str(path.absolute()),  # FFmpeg would take "12:30.mp4" for an address
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._messages,
            start_new_session=True,  # Ctrl-C is for us: we end it
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def __enter__(self) -> "FfmpegWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._ffmpeg.kill()
        with suppress(OSError):  # of what it did not take any more
            self._input.close()
        failed = self._ffmpeg.wait() != 0
        with self._messages:
            if failed and kind is None:
                raise self._failure()

    @property
    def _input(self) -> IO[bytes]:
        assert self._ffmpeg.stdin is not None, "it was opened with a pipe"
        return self._ffmpeg.stdin

    def write(self, picture: Frame) -> None:
        """Add one picture, uint8 (H, W, channels). Raises OSError."""
        bottom, right = self._odd
        if bottom or right:
            picture = cv2.copyMakeBorder(picture, 0, bottom, 0, right, cv2.BORDER_REPLICATE).astype(np.uint8)
        try:
            self._input.write(np.ascontiguousarray(picture).data)
        except BrokenPipeError:
            self._ffmpeg.wait()
            raise self._failure() from None

    def _failure(self) -> OSError:
        """What ffmpeg said last."""
        self._messages.seek(0)
        lines = self._messages.read().decode(errors="replace").split("\n")
        reason = next(
            (line.rpartition(": ")[2].strip() for line in reversed(lines) if line.strip()), "ffmpeg was ended"
        )
        full = os.strerror(errno.ENOSPC)
        return OSError(errno.ENOSPC if reason == full else None, reason)
