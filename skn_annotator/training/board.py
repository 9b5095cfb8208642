"""TensorBoard: the figures of a run as curves, and pictures to look at. Optional (the extra ``train``).

Every picture shows frames with the true masks laid over them, and below or beside them with the masks that
the network found. Without TensorBoard installed nothing is written; the CSV files of the run folder have all
figures.
"""

import logging
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
from torch import Tensor

from skn_annotator.annotation.formats.overlay_video import blend
from skn_annotator.arrays import Frame, Mask
from skn_annotator.training.validation import Sample

_log = logging.getLogger(__name__)

_SHORT_SIDE = 240
"""Pixels of a frame on a picture at most: a long run makes thousands of them."""
_SAMPLES = 8


class Board:
    """Writes event files into `folder`."""

    def __init__(self, folder: Path, start: int) -> None:
        """`start`: the step that the run goes on with; what was written beyond it is taken back."""
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError:
            self._writer = None
            _log.warning(
                "TensorBoard is not installed (pip install 'skn-annotator[train]'): only CSV is written"
            )
        else:
            self._writer = SummaryWriter(str(folder), purge_step=start)

    def figures(self, step: int, group: str, row: Mapping[str, float]) -> None:
        """One point of each curve ``group/name``."""
        if self._writer is not None:
            for name, value in row.items():
                self._writer.add_scalar(f"{group}/{name}", value, step)

    def clip(self, step: int, frames: Tensor, masks: Tensor, logits: list[Tensor]) -> None:
        """A clip: frames (T, 3, S, S) in [0, 1], true masks (T, S, S), logits (1 + O, S, S) of frames 1.."""
        if self._writer is not None:
            pixels = (frames * 255).byte().permute(0, 2, 3, 1).cpu().numpy()
            truth = masks.byte().cpu().numpy()
            found = [truth[0], *(frame.argmax(0).byte().cpu().numpy() for frame in logits)]
            self._picture(step, "training/clip", _sheet(list(pixels), list(truth), found))

    def samples(self, step: int, samples: Mapping[str, Sample]) -> None:
        """A frame of each of the first few sequences that were validated on."""
        if self._writer is not None:
            for name, sample in islice(samples.items(), _SAMPLES):
                image, truth = sample.picture.image, sample.picture.mask
                self._picture(step, f"validation/{name}", _sheet([image], [truth], [sample.found]))

    def close(self) -> None:
        """Write what is still in memory."""
        if self._writer is not None:
            self._writer.close()

    def _picture(self, step: int, name: str, picture: Frame) -> None:
        assert self._writer is not None
        self._writer.add_image(name, picture, step, dataformats="HWC")
        self._writer.flush()


def _sheet(frames: list[Frame], truth: list[Mask], found: list[Mask]) -> Frame:
    """Frames side by side, (2 H, T W, 3): with the true masks above, with those that were found below."""
    rows = [
        np.concatenate([_small(blend(frame, mask)) for frame, mask in zip(frames, masks, strict=True)], 1)
        for masks in (truth, found)
    ]
    return np.concatenate(rows)


def _small(picture: Frame) -> Frame:
    height, width = picture.shape[:2]
    factor = min(1.0, _SHORT_SIDE / min(height, width))
    size = (round(width * factor), round(height * factor))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
