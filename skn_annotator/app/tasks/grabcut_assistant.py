"""GrabCutAssistant: from a box and strokes GrabCut finds what differs in colour from its surroundings."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from skn_annotator.annotation import raster
from skn_annotator.annotation.assist import Cut, GrabCut, Scribble
from skn_annotator.app.tasks.assistant import (
    Combination,
    Found,
    Gesture,
    SelectionGround,
    combined,
    cropped,
)
from skn_annotator.arrays import Pixels


@dataclass(frozen=True)
class CutState:
    """What GrabCut found, and the strokes that were painted."""

    cut: Cut
    strokes: tuple[Scribble, ...] = ()


class GrabCutAssistant:
    """The first gesture is the box; the pixels under a stroke are as it says."""

    paints_strokes = True

    def __init__(self, ground: SelectionGround, combination: Combination) -> None:
        self._frame = ground.frame
        self._own: Pixels = ground.mask == ground.object_id
        self._combination = combination
        self._grab: GrabCut | None = None

    def after(self, state: CutState | None, gesture: Gesture) -> CutState:
        """The state after the box, or after one more stroke."""
        if state is None:
            assert gesture.box is not None, "the box comes first"
            x0, y0, x1, y1 = gesture.box
            self._grab = GrabCut(self._frame, (floor(x0), floor(y0), ceil(x1), ceil(y1)))
            return CutState(self._grab.first())
        assert self._grab is not None, "the box came first"
        return CutState(self._grab.refined(state.cut, gesture.stroke), state.strokes + gesture.stroke)

    def found(self, state: CutState) -> Found:
        """The object's pixels combined with what was found, and the strokes over them."""
        assert self._grab is not None, "the box came first"
        pixels = self._own.copy()
        if not state.cut.is_empty or any(piece.inside for piece in state.strokes):
            region, (x, y) = self._grab.region(state.cut)
            selected = np.zeros_like(self._own)
            selected[y : y + region.shape[0], x : x + region.shape[1]] = region
            pixels = combined(self._own, selected, self._combination)
        painted = pixels.view(np.uint8)
        for piece in state.strokes:
            raster.paint_stroke(painted, piece.start, piece.end, piece.radius, int(piece.inside))
        return Found(cropped(pixels), state.cut.is_empty)
