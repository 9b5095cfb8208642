"""Test-time augmentation: the mean over passes through mirrored and enlarged frames (SKN, Section 4.1).

Every view is a pass of its own, with a memory of its own; they go through the frames side by side and only
their probabilities meet. The paper says "flip and multi-scale" and no more: scales 1 and 1.25, each also
mirrored, are our choice. It takes as many times as long as there are views, and as much memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch

from skn_annotator.arrays import Frame, Mask
from skn_annotator.inference.held_frames import Frames, HeldFrames
from skn_annotator.inference.id_maps import only
from skn_annotator.inference.plans import Plan
from skn_annotator.inference.region import likeliest
from skn_annotator.inference.step import Step
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.network import SKN

SCALES = (1.0, 1.25)


class AugmentedTracker:
    """What `Tracker` is, slower and surer. Confidence and matched points are those of the plain view."""

    def __init__(self, network: SKN, size: int = 480, scales: Sequence[float] = SCALES) -> None:
        """`size`: as for `Tracker`; `scales`: of the views, the first one is the plain view."""
        self.device = next(network.parameters()).device
        self.trackers = [Tracker(network, size, scale=scale) for scale in scales]

    def propagate(self, frames: Frames, masks: Mapping[int, Mask], plan: Plan) -> Iterator[Step]:
        """As `Tracker.propagate`."""
        frames = HeldFrames(frames)
        mirrored = {t: np.ascontiguousarray(mask[:, ::-1]) for t, mask in masks.items()}
        passes = [tracker.propagate(frames, masks, plan) for tracker in self.trackers]
        passes += [tracker.propagate(_Mirrored(frames), mirrored, plan) for tracker in self.trackers]
        for views in zip(*passes, strict=True):
            step = _merged(views[: len(self.trackers)], views[len(self.trackers) :])
            if step.t in plan.given and not step.reference:
                given = only(masks[step.t], plan.given[step.t])
                step = replace(step, mask=np.where(given > 0, given, step.mask))
            yield step


@torch.inference_mode()
def _merged(straight: Sequence[Step], mirrored: Sequence[Step]) -> Step:
    """The step of the first view, with the mask that all views find together."""
    step = straight[0]
    found = [view.logits.softmax(1) for view in straight if view.logits is not None]
    found += [view.logits.softmax(1).flip(-1) for view in mirrored if view.logits is not None]
    if step.logits is None:
        return step
    mask = likeliest(torch.stack(found).mean(0), step.ids)
    return replace(step, mask=only(mask, step.confidence), logits=None)


class _Mirrored:
    """Frames with left and right exchanged."""

    def __init__(self, frames: Frames) -> None:
        self.size, self._frames = frames.size, frames

    def __len__(self) -> int:
        return len(self._frames)

    def __getitem__(self, t: int) -> Frame:
        return np.ascontiguousarray(self._frames[t][:, ::-1])
