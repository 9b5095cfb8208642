"""A video with the masks laid over the frames, H.264 in MP4, to show and to share.

`blend` makes one picture, `OverlayWriter` a video of them. There is no sound, and no way back from such a
video to its masks.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from skn_annotator.annotation.formats.base import AnnotatedSequence, Frames
from skn_annotator.annotation.formats.ffmpeg_writer import H264, H265, FfmpegWriter
from skn_annotator.annotation.formats.render_options import Choice, Quality, resized
from skn_annotator.annotation.formats.video_format import VideoFormat
from skn_annotator.annotation.masks import scaled
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.arrays import Colors, Frame, Mask, Size
from skn_annotator.errors import Message
from skn_annotator.palette import DAVIS_PALETTE, VOID


class OverlayFormat(VideoFormat):
    """Objects are seen in their colours, hidden ones not at all."""

    key = "overlay"
    name = Message("Overlay video")
    purpose = Message("An MP4 to show and to share: the masks over the frames")
    place_name = "{name}_overlay.mp4"
    suffix = ".mp4"
    choices = Choice.FRAMES | Choice.OBJECTS | Choice.HEIGHT | Choice.QUALITY
    codecs = (H264, H265)

    def pictures(self, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Frame]:
        """Every chosen frame, with its mask where there is one."""
        palette, shown = np.zeros((256, 3), np.uint8), np.zeros(256, np.uint8)
        for each in sequence.annotation.objects:
            palette[each.id] = each.color
            shown[each.id] = each.id if each.id in sequence.drawn else 0
        size = sequence.options.size(sequence.size)
        for t in sequence.chosen:
            mask, rgb = sequence.annotation.mask(t), resized(frames(t), size)
            small = None if mask is None else scaled(shown[mask], size)
            yield rgb if small is None else blend(rgb, small, sequence.opacity, palette)


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


class OverlayWriter:
    """Writes one overlay video; leaving the context completes the file, an error leaves it incomplete."""

    def __init__(self, path: Path, size: Size, fps: float, stamp: Stamp, opacity: float = 0.5) -> None:
        """`path` is a new file, `size` (H, W) of the pictures to come. Raises OSError."""
        self._opacity = opacity
        self._video = FfmpegWriter(
            path, size, channels=3, fps=fps, codec=H264, quality=Quality.HIGH, stamp=stamp
        )

    def __enter__(self) -> "OverlayWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._video.__exit__(kind, *rest)

    def write(self, rgb: Frame, mask: Mask | None) -> None:
        """Add one frame, uint8 (H, W, 3), with its id map, (H, W); None: no object. Raises OSError."""
        self._video.write(rgb if mask is None else blend(rgb, mask, self._opacity))
