"""What a user chooses for pictures and videos that are drawn: frames, objects, size, edges, quality."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, Flag, auto

import cv2
import numpy as np

from skn_annotator.annotation.mattes import Edge
from skn_annotator.arrays import Color, Frame, Size


class Quality(Enum):
    """How much of a video is kept, against how large its file gets."""

    HIGH = "high"
    MEDIUM = "medium"
    SMALL = "small"


class Choice(Flag):
    """What can be chosen for a format."""

    NONE = 0
    FRAMES = auto()
    OBJECTS = auto()
    HEIGHT = auto()
    EDGE = auto()
    QUALITY = auto()
    BACKDROP = auto()


@dataclass(frozen=True)
class Codec:
    """How ffmpeg encodes: its arguments, and those of each quality."""

    key: str
    """What commands call it: "prores"."""
    name: str
    """As people call it: "ProRes 4444"."""
    arguments: tuple[str, ...]
    qualities: Mapping[Quality, tuple[str, ...]]
    even: bool = False
    """Whether it takes only even sizes."""


@dataclass(frozen=True)
class RenderOptions:
    """What the user chose; a format uses the options that its `choices` and `codecs` name."""

    frames: tuple[int, int] | None = None
    """First and last frame; None: all."""
    objects: frozenset[int] | None = None
    """The objects that are drawn; None: the visible ones."""
    height: int | None = None
    """Of what is written, in pixels; None: as the frames."""
    edge: Edge = field(default_factory=Edge)
    codec: str = ""
    """The key of one of the format's `codecs`; "" is the first."""
    quality: Quality = Quality.HIGH
    backdrop: Color = (0, 177, 64)
    """The colour behind objects that are cut out, RGB 0-255."""

    def size(self, size: Size) -> Size:
        """(H, W) of what is written, of frames of `size`; never larger."""
        height, width = size
        if self.height is None or self.height >= height:
            return size
        return self.height, max(1, round(width * self.height / height))


def resized(picture: Frame, size: Size) -> Frame:
    """`picture`, (H, W, C) uint8, made smaller to `size`, (H, W)."""
    if picture.shape[:2] == size:
        return picture
    return cv2.resize(picture, size[::-1], interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
