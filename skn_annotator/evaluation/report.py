"""What a pass found, gathered for a report: pictures, confidence curves, and the frames to look at first.

A low confidence is a hint and no proof of a mistake. `report_page` makes a page of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.formats.overlay_video import blend
from skn_annotator.annotation.masks import scaled
from skn_annotator.app.review import doubt, tour
from skn_annotator.arrays import Colors, Frame, Mask, Size

SHEET = 24
"""Pictures on the contact sheet, at most."""
WORST = 4
"""Frames to look at, of each object, at most."""
_WIDTH = 320
_OPACITY = 0.5


@dataclass(frozen=True)
class PassResult:
    """What a report is made from; `frames` and `mask` are read for the few frames that it shows."""

    name: str
    length: int
    size: Size
    objects: Sequence[AnnotatedObject]
    confidence: Mapping[int, Mapping[int, float]]
    """Frame -> object id -> 0 to 1, of the frames that a pass reached."""
    references: frozenset[int]
    frames: Callable[[int], Frame]
    mask: Callable[[int], Mask | None]


@dataclass(frozen=True)
class MaskedPicture:
    """A frame with its masks: a JPEG, and the confidence of the object that it is shown for."""

    t: int
    jpeg: bytes
    confidence: float | None = None


@dataclass(frozen=True)
class Curve:
    """The confidence of one object, by frame; `worst`: what to look at, where a correction promises most
    first."""

    object: AnnotatedObject
    confidence: Mapping[int, float]
    worst: tuple[MaskedPicture, ...]

    @property
    def mean(self) -> float | None:
        """None if no pass carried the object anywhere."""
        return sum(self.confidence.values()) / len(self.confidence) if self.confidence else None


@dataclass(frozen=True)
class Report:
    """Everything that the page shows."""

    name: str
    length: int
    size: Size
    references: frozenset[int]
    sheet: tuple[MaskedPicture, ...]
    curves: tuple[Curve, ...]


def make_report(result: PassResult) -> Report:
    """Choose the frames to show and draw them. Raises what reading a frame or a mask raises."""
    palette = np.zeros((256, 3), np.uint8)
    for each in result.objects:
        palette[each.id] = each.color
    known = sorted({*result.confidence, *result.references}) or list(range(result.length))
    chosen = [known[n] for n in _spread(len(known), SHEET)]
    sheet = tuple(MaskedPicture(t, _jpeg(result, palette, t)) for t in chosen)
    curves = tuple(_curve(result, palette, each) for each in result.objects)
    return Report(result.name, result.length, result.size, result.references, sheet, curves)


def _spread(count: int, most: int) -> list[int]:
    """At most `most` of 0 ... count - 1, evenly, both ends among them."""
    return sorted({int(n) for n in np.linspace(0, count - 1, min(count, most)).round()})


def _curve(result: PassResult, palette: Colors, of: AnnotatedObject) -> Curve:
    sure = {t: each[of.id] for t, each in sorted(result.confidence.items()) if of.id in each}
    # Where an object was lost its confidence is 0: when it goes, that is worth a look, not that it is away.
    doubts = {t: doubt(sure[t]) for t in sure if sure[t] > 0 or sure.get(t - 1, 1.0) > 0}
    worst = [each.t for each in islice(tour({of.id: doubts}, {of.id: result.references}), WORST)]
    return Curve(of, sure, tuple(MaskedPicture(t, _jpeg(result, palette, t), sure[t]) for t in worst))


def _jpeg(result: PassResult, palette: Colors, t: int) -> bytes:
    """Frame `t` with its masks, small."""
    frame, mask = result.frames(t), result.mask(t)
    height, width = frame.shape[:2]
    small = min(_WIDTH, width), max(1, round(height * min(_WIDTH, width) / width))
    picture = cv2.resize(frame, small, interpolation=cv2.INTER_AREA).astype(np.uint8)
    if mask is not None:
        picture = blend(picture, scaled(mask, small[::-1]), _OPACITY, palette)
    _, jpeg = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 82])
    return jpeg.tobytes()
