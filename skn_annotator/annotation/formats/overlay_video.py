"""A video with the masks laid over the frames, H.264 in MP4, to show and to share.

`blend` makes one picture; `OverlayWriter` hands pictures to the ffmpeg that imageio-ffmpeg brings, and hears
whether it came to the end. There is no sound, and no way back from such a video to its masks.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import cv2
import imageio_ffmpeg
import numpy as np
import numpy.typing as npt

from skn_annotator.annotation.formats.base import AnnotatedSequence, Format, Frames, Progress
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.arrays import Frame, Mask, Size
from skn_annotator.errors import FormatError, Message
from skn_annotator.palette import DAVIS_PALETTE, VOID

Colors = npt.NDArray[np.uint8]
"""RGB of each id, uint8 (256, 3)."""

_CONTAINER = ("-movflags", "+faststart")
# HD players take unmarked colours for BT.709, ffmpeg would write BT.601.
_BT709 = ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709"]


class OverlayFormat(Format):
    """Objects are seen in their colours, hidden ones not at all."""

    key = "overlay"
    name = Message("Overlay video")
    purpose = Message("An MP4 to show and to share: the masks over the frames")
    place_name = "{name}_overlay.mp4"
    suffix = ".mp4"
    is_checked = False

    def makes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Path, ...]:
        """The file."""
        return (place,)

    def notes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Message, ...]:
        """Raises FormatError if `place` does not end in .mp4."""
        require_mp4(place)
        return super().notes(place, sequence)

    def fill(self, place: Path, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Progress]:
        """Every frame, with its mask where there is one."""
        palette, shown = np.zeros((256, 3), np.uint8), np.zeros(256, np.uint8)
        for each in sequence.annotation.objects:
            palette[each.id] = each.color
            shown[each.id] = each.id if each.visible else 0
        with OverlayWriter(
            place, sequence.size, sequence.fps, sequence.stamp, sequence.opacity, palette
        ) as video:
            for t in range(sequence.length):
                mask = sequence.annotation.mask(t)
                video.write(frames(t), None if mask is None else shown[mask])
                yield Progress(t + 1, sequence.length)

    def check(self, place: Path, sequence: AnnotatedSequence) -> None:
        """Nothing: an encoder that fails says so."""


def blend(rgb: Frame, mask: Mask, opacity: float = 0.5, palette: Colors = DAVIS_PALETTE) -> Frame:
    """A copy of `rgb`, uint8 (H, W, 3), with the objects of the id map `mask`, (H, W), laid over it.

    `palette`, uint8 (256, 3), gives their colours, `opacity` how much of them is seen, 0 to 1; background and
    void stay the frame's.
    """
    covered = np.flatnonzero((mask != 0) & (mask != VOID))
    ids = mask.ravel()[covered]
    result = rgb.copy()
    pixels = result.reshape(-1, 3)
    pixels[covered] = np.rint(pixels[covered] * (1 - opacity) + palette[ids] * opacity)
    return result


def require_mp4(path: Path) -> None:
    """Raises FormatError if `path` is not named like what is written: ffmpeg goes by the ending."""
    if path.suffix.lower() != ".mp4":
        raise FormatError("{path} does not end in .mp4: choose a name that does", path=path)


class OverlayWriter:
    """Writes one overlay video; leaving the context completes the file, or by an error gives it up."""

    def __init__(
        self,
        path: Path,
        size: Size,
        fps: float,
        stamp: Stamp,
        opacity: float = 0.5,
        palette: Colors = DAVIS_PALETTE,
    ) -> None:
        """`path` is a new file, `size` (H, W) of the pictures to come. Raises OSError."""
        self._opacity, self._palette = opacity, palette
        height, width = size
        # H.264 in this form takes even sizes only: an odd one is enlarged by a copy of its last line.
        self._odd = (height % 2, width % 2)
        path.open("xb").close()  # ffmpeg would tell only in its own words
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115 -- closed where the context ends
        self._ffmpeg = subprocess.Popen(
            [
                imageio_ffmpeg.get_ffmpeg_exe(),
                *("-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"),
                *("-s", f"{width + self._odd[1]}x{height + self._odd[0]}", "-r", str(fps), "-i", "-"),
                *("-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "18", *_BT709),
                *(*_CONTAINER, "-metadata", f"comment={stamp.line()}"),
                str(path.absolute()),  # FFmpeg would take "12:30.mp4" for an address
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._messages,
            start_new_session=True,  # Ctrl-C is for us: we end it
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def __enter__(self) -> "OverlayWriter":
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

    def write(self, rgb: Frame, mask: Mask | None) -> None:
        """Add one frame, uint8 (H, W, 3), with its id map, (H, W); None: no object. Raises OSError."""
        picture = rgb if mask is None else blend(rgb, mask, self._opacity, self._palette)
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
            (line.rpartition(": ")[2].strip() for line in reversed(lines) if line.strip()), "ffmpeg"
        )
        return OSError(None, reason)
