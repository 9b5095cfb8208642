"""What the network sees of a frame: the whole of it or a rectangle, scaled and filled up to whole cells.

Memory cells carry no places, and the kernels of SKN live on the grid of the frame that is segmented. So a
memory may hold cells of any region at any scale, and each frame may be looked at where its objects are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.arrays import Frame, Mask, Rect, Size
from skn_annotator.inference.step import CellGrid
from skn_annotator.model.network import STRIDE

_OUTSIDE = 12.0
"""The logit of the background outside the region that the network saw."""


@dataclass(frozen=True)
class Region:
    """A rectangle `box` of frames of the size `source`, as the network sees it, `scaled` to (H, W) pixels."""

    source: Size
    box: Rect
    scaled: Size
    device: torch.device

    @property
    def is_whole(self) -> bool:
        """True if it is the whole frame."""
        return self.box == (0, 0, self.source[1], self.source[0])

    @property
    def shape(self) -> Size:
        """(H, W) of the rectangle in pixels of the source."""
        x0, y0, x1, y1 = self.box
        return y1 - y0, x1 - x0

    @property
    def zoom(self) -> float:
        """Network pixels per pixel of the source."""
        return self.scaled[0] / self.shape[0]

    @property
    def padding(self) -> Size:
        """Rows at the bottom and columns at the right that fill up the last cells."""
        return -self.scaled[0] % STRIDE, -self.scaled[1] % STRIDE

    @property
    def padded(self) -> Size:
        """The network's frame size, (H', W')."""
        return self.scaled[0] + self.padding[0], self.scaled[1] + self.padding[1]

    @property
    def grid(self) -> CellGrid:
        """Its cells, (H, W) = (H'/16, W'/16), and where they lie on the source's frame."""
        rows, columns = self.padded[0] // STRIDE, self.padded[1] // STRIDE
        cell = STRIDE * self.shape[0] / self.scaled[0], STRIDE * self.shape[1] / self.scaled[1]
        return CellGrid((rows, columns), cell, (float(self.box[1]), float(self.box[0])))

    def frame(self, frame: Frame) -> Tensor:
        """RGB (H, W, 3) uint8 of the source -> (1, 3, H', W') float32 in [0, 1]."""
        x0, y0, x1, y1 = self.box
        pixels = np.divide(frame[y0:y1, x0:x1], 255, dtype=np.float32)
        if self.shape[0] < self.scaled[0] and self.shape[1] < self.scaled[1]:  # OpenCV is 15 times as quick
            pixels = cv2.resize(pixels, self.scaled[::-1], interpolation=cv2.INTER_LINEAR)
        tensor = self._scaled(torch.from_numpy(pixels).to(self.device).permute(2, 0, 1)[None])
        if any(self.padding):
            tensor = F.pad(tensor, (0, self.padding[1], 0, self.padding[0]), mode="replicate")
        return tensor.contiguous(memory_format=torch.channels_last)

    def masks(self, mask: Mask, ids: Sequence[int]) -> Tensor:
        """Id map (H, W) of the source -> a mask per object (1, O, H', W') float32 in [0, 1]; nothing in the
        padding."""
        x0, y0, x1, y1 = self.box
        table = torch.from_numpy(np.array(mask[y0:y1, x0:x1])).to(self.device)
        planes = self._scaled(torch.stack([(table == i).float() for i in ids])[None])
        return F.pad(planes, (0, self.padding[1], 0, self.padding[0]))

    def _scaled(self, planes: Tensor) -> Tensor:
        if planes.shape[-2:] == self.scaled:
            return planes
        planes = planes.contiguous()  # of pixels that lie channel by channel it takes half as long again
        return F.interpolate(planes, self.scaled, mode="bilinear", align_corners=False, antialias=True)

    def moved(self, planes: Tensor, region: "Region") -> Tensor:
        """Masks (1, O, h, w) of another `region` of the same source -> (1, O, H', W') of this one."""
        if region == self:
            return planes
        shrink = region.zoom / self.zoom
        if shrink > 1:  # or sampling would skip pixels
            size = [max(1, round(side / shrink)) for side in planes.shape[-2:]]
            planes = F.interpolate(planes, size, mode="bilinear", align_corners=False, antialias=True)
        lattice = self._lattice(region, self.padded)
        return F.grid_sample(planes, lattice.to(planes.dtype), padding_mode="zeros", align_corners=False)

    def moved_cells(self, cells: Tensor, region: "Region") -> Tensor:
        """Maps (1, O, C, h, w) on the cells of another `region` of the same source -> (1, O, C, H, W) of this
        one's."""
        if region == self:
            return cells
        lattice = self._lattice(region, self.grid.size)
        # in bfloat16 torch 2.13 samples numbers that were never written
        planes = cells.flatten(1, 2).float()
        moved = F.grid_sample(planes, lattice, padding_mode="zeros", align_corners=False)
        return moved.view(*cells.shape[:3], *self.grid.size).to(cells.dtype)

    def _lattice(self, region: "Region", size: Size) -> Tensor:
        """Where `size` (H, W) points spread over this region lie in another one, (1, H, W, 2) for
        `F.grid_sample`."""
        rows = _linear(self.box[1], self.zoom, self.padded[0], region.box[1], region.zoom, region.padded[0])
        own, other = self.scaled[1] / self.shape[1], region.scaled[1] / region.shape[1]
        columns = _linear(self.box[0], own, self.padded[1], region.box[0], other, region.padded[1])
        lattice = torch.empty(1, *size, 2, device=self.device)  # F.affine_grid takes ten times as long
        lattice[..., 0] = columns[0] * self._middles(size[1]) + columns[1]
        lattice[..., 1] = (rows[0] * self._middles(size[0]) + rows[1])[:, None]
        return lattice

    def _middles(self, count: int) -> Tensor:
        """The middles of `count` equal parts of the line from -1 to 1."""
        return (torch.arange(count, device=self.device) + 0.5) * (2 / count) - 1

    def inside(self, logits: Tensor) -> Tensor:
        """Merged logits (1, 1 + O, H', W'), background first -> those of the rectangle's source pixels."""
        logits = logits[:, :, : self.scaled[0], : self.scaled[1]]
        if logits.shape[-2:] != self.shape:
            logits = F.interpolate(logits, self.shape, mode="bilinear", align_corners=False)
        return logits

    def on_source(self, logits: Tensor) -> Tensor:
        """Logits of the rectangle, as `inside` gives them -> of the whole source: background outside."""
        if self.is_whole:
            return logits
        x0, y0, x1, y1 = self.box
        whole = logits.new_full((1, logits.shape[1], *self.source), -_OUTSIDE)
        whole[:, 0] = _OUTSIDE
        whole[:, :, y0:y1, x0:x1] = logits
        return whole


def _linear(
    own_start: int, own_zoom: float, own_side: int, start: int, zoom: float, side: int
) -> tuple[float, float]:
    """(a, b) of n = a n' + b: n' a place along one side of a region, n the same place along the side of
    another; both run from -1 to 1, as `F.grid_sample` counts."""
    scale = own_side / own_zoom * zoom / side
    offset = 2 * (own_start - start) * zoom / side
    return scale, scale - 1 + offset


def whole_frame(source: Size, short_side: int, device: torch.device, scale: float = 1.0) -> Region:
    """The whole frame, shrunk so that its short side has `short_side` pixels; smaller frames stay as they
    are. Then all are enlarged by `scale`."""
    factor = min(1.0, short_side / min(source)) * scale
    scaled = round(source[0] * factor), round(source[1] * factor)
    return Region(source, (0, 0, source[1], source[0]), scaled, device)


def likeliest(scores: Tensor, ids: Sequence[int]) -> Mask:
    """Logits or probabilities (1, 1 + O, H, W), background first -> id map (H, W)."""
    table = np.array([0, *ids], np.uint8)
    mask: Mask = table[_winner(scores[0]).cpu().numpy()]
    return mask


def _winner(logits: Tensor) -> Tensor:
    """Channel of the largest logit, (C, H, W) -> uint8 (H, W); torch's argmax is 100 times slower, its where
    5 times."""
    best, winner = logits[0].clone(), torch.zeros_like(logits[0], dtype=torch.uint8)
    for channel in range(1, len(logits)):
        larger = (logits[channel] > best).view(torch.uint8)
        torch.maximum(winner, larger * channel, out=winner)  # later channels have larger numbers
        torch.maximum(best, logits[channel], out=best)
    return winner
