"""Cut-outs: the chosen objects without what is behind them, for compositing programs.

    NAME_rgba/00000.png    RGBA pictures, straight alpha
    NAME_alpha.mov         a video with alpha: ProRes 4444, or QuickTime Animation
    NAME_cutout.mp4        the objects over one colour

Alpha is the matte (`annotation.mattes`), colours are the frame's: straight, not multiplied by alpha. What is
far from the objects is black. A frame without a mask is empty.
"""

from abc import abstractmethod
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from skn_annotator.annotation.formats.base import AnnotatedSequence, Format, Frames, Progress
from skn_annotator.annotation.formats.ffmpeg_writer import (
    ANIMATION,
    H264,
    H265,
    PRORES_4444,
    require_ending,
)
from skn_annotator.annotation.formats.render_options import Choice, RenderOptions, resized
from skn_annotator.annotation.formats.video_format import VideoFormat
from skn_annotator.annotation.mattes import matte
from skn_annotator.arrays import Alpha, Frame, Size
from skn_annotator.errors import FormatError, Message

_DRAWN = Choice.FRAMES | Choice.OBJECTS | Choice.HEIGHT | Choice.EDGE
_KEPT = np.ones((9, 9), np.uint8)
"""Colours are kept so far around the objects: a program that scales the picture mixes them in."""


class CutOut(NamedTuple):
    """The chosen objects of one frame: RGB (H, W, 3), and how much of each pixel is theirs."""

    rgb: Frame
    alpha: Alpha


class AlphaPicturesFormat(Format):
    """One RGBA PNG for each chosen frame."""

    key = "rgba"
    name = Message("Cut-out pictures with alpha")
    purpose = Message("RGBA PNGs of the chosen objects: for every compositing program")
    place_name = "{name}_rgba"
    is_checked = False
    choices = _DRAWN

    def makes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Path, ...]:
        """The PNGs."""
        return tuple(place / f"{sequence.stems[t]}.png" for t in sequence.chosen)

    def notes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Message, ...]:
        """Raises FormatError if no chosen object is on a chosen frame."""
        return _notes(sequence)

    def fill(self, place: Path, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Progress]:
        """The chosen frames."""
        place.mkdir(parents=True, exist_ok=True)
        for done, (t, cut_out) in enumerate(_cut_outs(sequence, frames), 1):
            rgba = np.dstack([cut_out.rgb, _bytes(cut_out.alpha)])
            picture = BytesIO()
            Image.fromarray(rgba).save(picture, "PNG", compress_level=4)
            (place / f"{sequence.stems[t]}.png").write_bytes(sequence.stamp.on_png(picture.getvalue()))
            yield Progress(done, len(sequence.chosen))

    def check(self, place: Path, sequence: AnnotatedSequence) -> None:
        """Nothing: a PNG that cannot be written says so."""


class _CutOutVideo(VideoFormat):
    """The objects without what is behind them."""

    def notes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Message, ...]:
        """Raises FormatError if no chosen object is on a chosen frame, or the place has another ending."""
        require_ending(place, self.suffix)
        return _notes(sequence)

    def pictures(self, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Frame]:
        """The cut-out of each chosen frame."""
        return (self.draw(each, sequence.options) for _, each in _cut_outs(sequence, frames))

    @abstractmethod
    def draw(self, cut_out: CutOut, options: RenderOptions) -> Frame:
        """The cut-out as one picture, uint8 (H, W, channels)."""


class AlphaVideoFormat(_CutOutVideo):
    """A video with an alpha channel."""

    key = "alpha-video"
    name = Message("Cut-out video with alpha")
    purpose = Message("ProRes 4444 of the chosen objects: for DaVinci Resolve, After Effects, Final Cut")
    place_name = "{name}_alpha.mov"
    suffix = ".mov"
    choices = _DRAWN | Choice.QUALITY
    codecs = (PRORES_4444, ANIMATION)
    channels = 4

    def draw(self, cut_out: CutOut, options: RenderOptions) -> Frame:
        """RGBA."""
        return np.dstack([cut_out.rgb, _bytes(cut_out.alpha)])


class BackdropFormat(_CutOutVideo):
    """The objects over one colour."""

    key = "cut-out"
    name = Message("Cut-out video over a colour")
    purpose = Message("An MP4 of the chosen objects over a colour: for programs that know no alpha")
    place_name = "{name}_cutout.mp4"
    suffix = ".mp4"
    choices = _DRAWN | Choice.QUALITY | Choice.BACKDROP
    codecs = (H264, H265)

    def draw(self, cut_out: CutOut, options: RenderOptions) -> Frame:
        """RGB."""
        share = cut_out.alpha[..., None]
        backdrop = np.array(options.backdrop, np.float32)
        mixed: Frame = np.rint(cut_out.rgb * share + backdrop * (1 - share)).astype(np.uint8)
        return mixed


def _notes(sequence: AnnotatedSequence) -> tuple[Message, ...]:
    shown = [t for t in sequence.chosen if sequence.ids.get(t, frozenset()) & sequence.drawn]
    if not shown:
        raise FormatError("No chosen object is on a chosen frame: choose others, or propagate first")
    empty = len(sequence.chosen) - len(shown)
    if empty == 1:
        return (Message("1 frame shows none of the objects and is empty."),)
    return (Message("{n} frames show none of the objects and are empty.", n=empty),) if empty else ()


def _cut_outs(sequence: AnnotatedSequence, frames: Frames) -> Iterator[tuple[int, CutOut]]:
    size = sequence.options.size(sequence.size)
    for t in sequence.chosen:
        mask, rgb = sequence.annotation.mask(t), frames(t)
        if mask is None:
            yield t, CutOut(np.zeros((*size, 3), np.uint8), np.zeros(size, np.float32))
            continue
        alpha = matte(rgb, mask, sequence.drawn, sequence.options.edge, sequence.probabilities)
        kept = cv2.dilate((alpha > 0).astype(np.uint8), _KEPT)
        rgb, alpha = resized(np.where(kept[..., None] > 0, rgb, np.uint8(0)), size), _resized(alpha, size)
        yield t, CutOut(rgb, alpha)


def _bytes(alpha: Alpha) -> Frame:
    rounded: Frame = np.rint(255 * alpha).astype(np.uint8)
    return rounded


def _resized(alpha: Alpha, size: Size) -> Alpha:
    if alpha.shape == size:
        return alpha
    return cv2.resize(alpha, size[::-1], interpolation=cv2.INTER_AREA).astype(np.float32)
