"""The network's probability of each object at its edge, for mattes: of a mask that is there already.

The frame is memorized with its own mask, and read by itself: what comes back is the mask as the network sees
it, with the doubt that it has along the edge.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

import numpy as np

from skn_annotator.arrays import Alpha, Frame, Mask, Size
from skn_annotator.inference.plans import Plan, cover, decisions
from skn_annotator.inference.step import Step
from skn_annotator.palette import VOID


class _Tracks(Protocol):
    def propagate(self, frames: Any, masks: Mapping[int, Mask], plan: Plan) -> Iterator[Step]: ...


class TwoFrames:
    """The same frame twice, as a source of frames."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.size: Size = (frame.shape[0], frame.shape[1])

    def __len__(self) -> int:
        return 2

    def __getitem__(self, t: int) -> Frame:
        return self._frame


def edge_probabilities(tracker: _Tracks) -> Callable[[Frame, Mask], Mapping[int, Alpha]]:
    """A function: frame and mask -> object id -> probability; empty for a mask without objects."""

    def of(frame: Frame, mask: Mask) -> Mapping[int, Alpha]:
        known = np.where(mask == VOID, np.uint8(0), mask)
        if not known.any():
            return {}
        *_, step = tracker.propagate(TwoFrames(frame), {0: known}, cover(range(2), decisions({0: known})))
        if step.logits is None:
            return {}
        found = step.logits.float().softmax(1)[0].cpu().numpy()
        return dict(zip(step.ids, found[1:], strict=True))

    return of
