"""What was background on the last frame, and looks as it did then, is no piece of an object.

A look-alike that nobody painted is taken for a piece of the object as soon as it looks like one: the swan
beside it raises its neck, too. But it was there before, as background. So a piece that touches nothing of the
object's last mask is looked for near its place on the last frame, and refused if it is found there outside
that mask [choice; docs/experiments.md has the figures]. A part that was missed until then is taken again
where it touches the rest: an object is one thing.

Specks are not asked about, they decide nothing; nor is what fits what is missing of the object, and may have
come out from behind a tree; nor anything of an object that is gone, that a reference shows in far pieces, or
that looks like another one that is carried (`identities` tells these apart).
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.arrays import Frame, Pixels
from skn_annotator.inference.pieces import STEP
from skn_annotator.inference.region import Region

_ALIKE = 16.0
"""So many grey levels, as the root of the mean square, differ the pixels of a piece at most that is found."""
_WAY = 6
"""So many pixels of the map it may have moved in each direction."""
_OWN = 0.1
"""With this share of it in the last mask it is the object's."""


@dataclass(frozen=True)
class OldGround:
    """A `region` of a frame as the network sees it, `tensor` (1, 3, H', W') in [0, 1], and the frame before,
    uint8 (H, W, 3) of the source."""

    region: Region
    tensor: Tensor
    frame: Frame

    def shows(self, piece: Pixels, before: Pixels) -> bool:
        """Whether the frame before has `piece` outside the last mask, `before`; both bool (H, W), map."""
        now, then = self._pictures
        x, y, width, height = cv2.boundingRect(piece.astype(np.uint8))
        left, top = max(0, x - _WAY), max(0, y - _WAY)
        around = np.s_[top : y + height + _WAY, left : x + width + _WAY]
        box = np.s_[y : y + height, x : x + width]
        own = piece[box].astype(np.float32)
        squares = cv2.matchTemplate(then[around], now[box], cv2.TM_SQDIFF, mask=own)
        row, column = np.unravel_index(int(squares.argmin()), squares.shape)
        mean = float(squares[row, column]) / (now.shape[2] * np.count_nonzero(own))
        found = before[around][row : row + height, column : column + width]
        return bool(mean < _ALIKE**2 and found[piece[box]].mean() < _OWN)

    @cached_property
    def _pictures(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """The frame and the one before on the map; made once, for all pieces."""
        return _picture(self.tensor), _picture(self.region.frame(self.frame))


def _picture(tensor: Tensor) -> npt.NDArray[np.float32]:
    """A network's frame (1, 3, H', W') in [0, 1] -> (H, W, 3) on the map, float32 in grey levels."""
    small = F.avg_pool2d(tensor.float(), STEP)[0].mul(255)
    picture: npt.NDArray[np.float32] = np.ascontiguousarray(small.permute(1, 2, 0).cpu().numpy())
    return picture
