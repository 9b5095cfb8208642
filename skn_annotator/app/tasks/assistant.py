"""Assistant: what finds an object from the gestures of a selection, GrabCut or the network of clicks.

An assistant works on one picture, for one object, in a thread that is not the GUI's.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

import numpy as np

from skn_annotator.annotation import raster
from skn_annotator.annotation.assist import Scribble
from skn_annotator.arrays import Frame, Mask, Pixels

FoundRegion = tuple[Pixels, tuple[int, int]]
"""Bool (h, w), and the frame's pixel (x, y) that its first one lies on."""


class Combination(Enum):
    """What becomes of the pixels that the object has on the frame."""

    ADD = "they stay"
    REPLACE = "they go"
    INTERSECT = "of them stays what is selected"


@dataclass(frozen=True)
class Gesture:
    """One press, drag and release in a selection: a `box`, or else a `stroke`; a click is a stroke that does
    not move."""

    box: tuple[float, float, float, float] | None = None
    stroke: tuple[Scribble, ...] = ()

    @property
    def is_click(self) -> bool:
        """True of a stroke that does not move."""
        return self.box is None and all(piece.start == piece.end for piece in self.stroke)

    @property
    def adds(self) -> bool:
        """True of what lies on the object, False of a stroke beside it."""
        return self.box is not None or any(piece.inside for piece in self.stroke)


@dataclass(frozen=True)
class SelectionGround:
    """What a selection is made on: the object `object_id` called `name`, frame `t` with its picture.

    `mask`: what the frame has, writable. `protected`: ids whose pixels stay; `erasing`: those that stay where
    a stroke erases.
    """

    object_id: int
    name: str
    t: int
    frame: Frame
    mask: Mask
    protected: frozenset[int]
    erasing: frozenset[int]


@dataclass(frozen=True)
class Found:
    """All pixels of the object after some gestures. `is_empty`: nothing was selected, so they are as before.
    `is_unsure`: they are likely to need more gestures."""

    region: FoundRegion
    is_empty: bool
    is_unsure: bool = False


class Assistant(Protocol):
    """Finds what gestures select, one after the other. A state is what the gestures before have led to."""

    @property
    def paints_strokes(self) -> bool:
        """Whether a stroke decides the pixels under it; else it is a hint, followed while it is drawn."""
        ...

    def after(self, state: Any, gesture: Gesture) -> Any:
        """The state after one more gesture; `state` is None before the first."""
        ...

    def found(self, state: Any) -> Found:
        """What is selected in `state`."""
        ...


def combined(own: Pixels, selected: Pixels, combination: Combination) -> Pixels:
    """The pixels of an object that has `own` once `selected` is combined with them; bool (H, W)."""
    if combination is Combination.ADD:
        return own | selected
    return own & selected if combination is Combination.INTERSECT else selected


def cropped(pixels: Pixels) -> FoundRegion:
    """The part of `pixels`, bool (H, W), that has any."""
    rect = raster.bounds(pixels)
    if rect is None:
        return np.zeros((0, 0), bool), (0, 0)
    x0, y0, x1, y1 = rect
    return pixels[y0:y1, x0:x1].copy(), (x0, y0)
