"""ClickAssistant: clicks, scribbles or a box, from which the network of clicks finds an object.

Where the object has pixels on the frame already, clicks that add to them mend them: what they do not touch
stays. A box, and clicks that replace or intersect, select anew.
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import hypot

import numpy as np

from skn_annotator.annotation.assist import Scribble
from skn_annotator.app.tasks.assistant import (
    Combination,
    Found,
    Gesture,
    SelectionGround,
    combined,
    cropped,
)
from skn_annotator.app.tasks.picture_selectors import SelectsOnPictures
from skn_annotator.arrays import Frame, Pixels, Point
from skn_annotator.inference.prompts import Click, Prompt

_UNSURE = 0.87
"""Below this confidence a selection is likely to need more clicks (docs/measured.md has the numbers)."""
_MOST = 8
"""Clicks along one scribble."""
_SPACING = 1 / 40
"""Between these, at least, over the picture's longer side."""


@dataclass(frozen=True)
class ClickState:
    """What the network was asked, what it found, and the pixels of the object with that."""

    prompt: Prompt
    found: Pixels
    confidence: float
    pixels: Pixels


class ClickAssistant:
    """Scribbles are hints, clicks along them."""

    paints_strokes = False

    def __init__(
        self, selectors: SelectsOnPictures, ground: SelectionGround, combination: Combination
    ) -> None:
        self._selectors = selectors
        self._frame: Frame = ground.frame
        self._own: Pixels = ground.mask == ground.object_id
        self._combination = combination
        self._has_own = bool(self._own.any())

    def after(self, state: ClickState | None, gesture: Gesture) -> ClickState:
        """The state after one more gesture; the network sees what is selected so far."""
        mends = self._has_own and self._combination is Combination.ADD
        clicks = clicks_along(gesture.stroke, max(self._frame.shape[:2]) * _SPACING)
        if state is None:
            prompt = Prompt(clicks, gesture.box, self._own if mends and gesture.box is None else None)
        else:
            so_far = state.pixels if mends else state.found
            prompt = Prompt((*state.prompt.clicks, *clicks), state.prompt.box, so_far)
        found, confidence = self._selectors.select(self._frame, prompt)
        if mends and gesture.box is None:
            from skn_annotator.inference.mended import mended

            pixels = mended(self._own if state is None else state.pixels, found, clicks)
        else:
            pixels = combined(self._own, found, self._combination)
        return ClickState(prompt, found, confidence, pixels)

    def found(self, state: ClickState) -> Found:
        """The object's pixels, and whether the network is unsure of them."""
        if not state.found.any():
            return Found(cropped(self._own), True)
        return Found(cropped(state.pixels), False, state.confidence < _UNSURE)


def clicks_along(stroke: tuple[Scribble, ...], spacing: float) -> tuple[Click, ...]:
    """Clicks from the start of a stroke to its end, at least `spacing` pixels apart; one if it is short."""
    if not stroke:
        return ()
    points: list[Point] = [stroke[0].start, *(piece.end for piece in stroke)]
    steps = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    along = list(accumulate(steps, initial=0.0))
    count = min(_MOST, 1 + int(along[-1] / spacing))
    wanted = np.linspace(0, along[-1], count)
    xs, ys = (np.interp(wanted, along, [point[axis] for point in points]) for axis in (0, 1))
    return tuple(Click((float(x), float(y)), stroke[0].inside) for x, y in zip(xs, ys, strict=True))
