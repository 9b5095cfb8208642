"""`propagate` for scripts: frames and masks in, one step for each frame out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import cast

import numpy as np
import numpy.typing as npt

from skn_annotator.annotation.masks import decode_mask, encode_mask
from skn_annotator.api.checked_masks import checked_masks
from skn_annotator.arrays import Frame, Mask, Size
from skn_annotator.errors import FormatError
from skn_annotator.inference.carry import carry, plan_for
from skn_annotator.inference.held_frames import Frames
from skn_annotator.inference.step import Step
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.network import SKN
from skn_annotator.video.frames import FrameSource


def propagate(
    frames: FrameSource | Sequence[Frame] | npt.NDArray[np.uint8],
    masks: Mapping[int, npt.ArrayLike],
    network: SKN | None = None,
    *,
    size: int = 480,
    step: int = 1,
) -> Iterator[Step]:
    """Carry `masks` through all `frames`: an iterator of steps, each computed when it is asked for.

    `frames`: of `open_frames`, or RGB arrays, uint8 (H, W, 3), of one size. `masks`: frame number, from 0, ->
    id map (H, W): 0 background, 1 to 254 objects; each decides all objects, and stays as it is. `network`: of
    `load_network`; None is the bundled one. `size`: the frames' short side inside the network, in pixels.
    `step`: only every `step`-th frame.

    A step has the frame number `t`, the `mask` (H, W), and the `confidence`, object id -> 0 to 1. It goes
    forward from the first mask, then back from the others: a frame between two masks comes twice, as it is
    reached from both; what comes last is blended of both, and the one to keep. Raises FormatError for masks
    that do not fit, OutOfMemory, VideoError.
    """
    source = _frames(frames)
    given = checked_masks(masks, len(source), source.size)
    if step < 1:
        raise ValueError(f"every {step}-th frame is none: 1 at least")
    plan = plan_for(given, len(source), step)
    return carry(Tracker(network or load_network(), size), source, given, plan, _keep)


def _frames(frames: FrameSource | Sequence[Frame] | npt.NDArray[np.uint8]) -> Frames:
    is_source = isinstance(getattr(frames, "size", None), tuple)  # an array's is a number
    return cast(FrameSource, frames) if is_source else _Arrays(cast(Sequence[Frame], frames))


class _Arrays:
    """Pictures in memory as frames."""

    def __init__(self, pictures: Sequence[Frame]) -> None:
        """Raises FormatError if they are no pictures, or not of one size."""
        self._pictures = pictures
        shapes = {picture.shape for picture in pictures}
        if len(shapes) != 1 or {picture.dtype for picture in pictures} != {np.dtype(np.uint8)}:
            raise FormatError("frames are RGB arrays, uint8 (H, W, 3), one at least and all of one size")
        (self._shape,) = shapes
        if len(self._shape) != 3 or self._shape[2] != 3:
            raise FormatError("a frame is of shape {shape}: make it RGB, (H, W, 3)", shape=self._shape)

    @property
    def size(self) -> Size:
        return self._shape[0], self._shape[1]

    def __len__(self) -> int:
        return len(self._pictures)

    def __getitem__(self, t: int) -> Frame:
        return self._pictures[t]


def _keep(step: Step) -> Callable[[], Mask]:
    """Encoded, it takes a hundredth of the memory."""
    return partial(decode_mask, encode_mask(step.mask))
