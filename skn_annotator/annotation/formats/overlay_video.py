"""A video with the masks laid over the frames, H.264 in MP4, to show and to share.

`blend` makes one picture; `OverlayWriter` hands pictures to the ffmpeg of imageio-ffmpeg. There is no sound.
"""

from pathlib import Path

import cv2
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.files import writing
from skn_annotator.errors import FormatError
from skn_annotator.palette import DAVIS_PALETTE, VOID

Array = NDArray[np.uint8]

# HD players take unmarked colours for BT.709, ffmpeg would write BT.601.
_BT709 = ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709"]


def blend(rgb: Array, mask: Array, opacity: float = 0.5, palette: Array = DAVIS_PALETTE) -> Array:
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
        raise FormatError("{path} is no name of an MP4: let it end in .mp4", path=path)


class OverlayWriter:
    """Writes one overlay video; `close` completes the file."""

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        fps: float,
        opacity: float = 0.5,
        palette: Array = DAVIS_PALETTE,
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

    def write(self, rgb: Array, mask: Array | None) -> None:
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
