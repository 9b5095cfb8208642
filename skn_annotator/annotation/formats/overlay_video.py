"""A video with the masks laid over the frames, H.264 in MP4, to show and to share.

`blend` makes one picture; `OverlayWriter` hands pictures to the ffmpeg of imageio-ffmpeg. There is no sound,
and no way back from such a video to its masks.
"""

from collections.abc import Iterator
from pathlib import Path

import cv2
import imageio_ffmpeg
import numpy as np
import numpy.typing as npt

from skn_annotator.annotation.files import put_in_place, writing
from skn_annotator.annotation.formats.base import AnnotatedSequence, Format, Frames, Progress
from skn_annotator.arrays import Frame, Mask, Size
from skn_annotator.errors import FormatError, Message
from skn_annotator.palette import DAVIS_PALETTE, VOID

Colors = npt.NDArray[np.uint8]
"""RGB of each id, uint8 (256, 3)."""

# HD players take unmarked colours for BT.709, ffmpeg would write BT.601.
_BT709 = ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709"]


class OverlayFormat(Format):
    """Objects are seen in their colours, hidden ones not at all."""

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

    def write(self, place: Path, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Progress]:
        """Every frame, with its mask where there is one."""
        palette, shown = np.zeros((256, 3), np.uint8), np.zeros(256, np.uint8)
        for each in sequence.annotation.objects:
            palette[each.id] = each.color
            shown[each.id] = each.id if each.visible else 0
        aside = place.with_name(f".{place.stem}.part.mp4")  # what was there stays until the end
        writer = OverlayWriter(aside, sequence.size, sequence.fps, sequence.opacity, palette)
        complete = False
        try:
            for t in range(sequence.length):
                mask = sequence.annotation.mask(t)
                writer.write(frames(t), None if mask is None else shown[mask])
                yield Progress(t + 1, sequence.length)
            complete = True
        finally:
            writer.close()
            with writing(place):
                if complete:
                    put_in_place(aside, place)
                aside.unlink(missing_ok=True)

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
    """Writes one overlay video; `close` completes the file."""

    def __init__(
        self,
        path: Path,
        size: Size,
        fps: float,
        opacity: float = 0.5,
        palette: Colors = DAVIS_PALETTE,
    ) -> None:
        """`size` is (H, W) of the pictures to come.

        Raises FormatError if `path` does not end in .mp4, ProjectError if it cannot be written.
        """
        require_mp4(path)
        self.path = path
        self._opacity, self._palette = opacity, palette
        height, width = size
        # H.264 in this form takes even sizes only: an odd one is enlarged by a copy of its last line.
        self._odd = (height % 2, width % 2)
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.open("wb").close()  # ffmpeg would tell only on the console
        self._ffmpeg = imageio_ffmpeg.write_frames(
            str(path.absolute()),  # FFmpeg would take "12:30.mp4" for an address
            (width + self._odd[1], height + self._odd[0]),
            fps=fps,
            quality=None,
            macro_block_size=1,
            ffmpeg_log_level="error",
            output_params=[*_BT709, "-crf", "18", "-movflags", "+faststart"],
        )
        self._ffmpeg.send(None)

    def write(self, rgb: Frame, mask: Mask | None) -> None:
        """Add one frame, uint8 (H, W, 3), with its id map, (H, W); None: no object. Raises ProjectError."""
        picture = rgb if mask is None else blend(rgb, mask, self._opacity, self._palette)
        bottom, right = self._odd
        if bottom or right:
            picture = cv2.copyMakeBorder(picture, 0, bottom, 0, right, cv2.BORDER_REPLICATE).astype(np.uint8)
        with writing(self.path):
            self._ffmpeg.send(np.ascontiguousarray(picture))

    def close(self) -> None:
        """Complete the file; nothing can be written afterwards."""
        self._ffmpeg.close()
