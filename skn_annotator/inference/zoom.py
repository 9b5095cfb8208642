"""Where to look next: the region around the last masks, enlarged as far as the work of a whole frame allows.

The network sees an object best at the sizes that it was trained on; a small one, seen larger, keeps its parts
[choice; the paper looks at whole frames]. A region has about as many pixels inside the network as the whole
frame, so it costs the same. It changes its size in steps and grows with reluctance: masks flicker where the
scale does.
"""

from dataclasses import dataclass
from math import ceil, floor, log, sqrt

import torch
from torch import Tensor

from skn_annotator.arrays import Rect
from skn_annotator.inference.region import Region
from skn_annotator.model.network import STRIDE


@dataclass(frozen=True)
class ZoomSettings:
    """How far the network zooms in on objects; chosen by the trials in docs/experiments.md."""

    largest: float = 3.0
    """Network pixels per source pixel at most, for a lone object; 1: always the whole frame."""
    largest_of_several: float = 1.0
    """The same for several objects: look-alikes are mixed up more where they are seen larger than trained."""
    margin: float = 0.5
    """Room on each side of the objects' box, as a share of its longer side."""
    least_margin: int = 24
    """The least room, in pixels of the source."""
    step: float = 1.15
    """The factor from one zoom level to the next."""


@dataclass(frozen=True)
class ZoomedRegion:
    """A region, and how many steps closer than the whole frame it is; 0: the whole frame."""

    region: Region
    level: int


def next_region(
    whole: Region, last: Tensor, seen_in: Region, level: int | None, settings: ZoomSettings
) -> ZoomedRegion:
    """The view that the masks `last` (1, O, H', W') in [0, 1] of the region `seen_in` ask for.

    `level`: that of the view before; None if there was none. The whole frame where an object is nowhere.
    """
    box = box_around(last, seen_in)
    largest = settings.largest if last.shape[1] == 1 else settings.largest_of_several
    if largest <= 1 or box is None:
        return ZoomedRegion(whole, 0)
    x0, y0, x1, y1 = box
    margin = max(settings.margin * max(x1 - x0, y1 - y0), settings.least_margin)
    wanted_width = min(whole.source[1], x1 + margin) - max(0, x0 - margin)
    wanted_height = min(whole.source[0], y1 + margin) - max(0, y0 - margin)
    pixels = whole.padded[0] * whole.padded[1]
    zoom = min(sqrt(pixels / (wanted_width * wanted_height)), largest)
    found = floor(log(zoom / whole.zoom, settings.step) + 1e-6)
    # Nearer by one level only is no reason to move: the mask's size would make the view flicker, and each
    # change of scale changes the features that are compared with the memory.
    if level is not None and found == level + 1:
        found = level
    if found <= 0:
        return ZoomedRegion(whole, 0)
    zoom = whole.zoom * settings.step**found
    center = (
        (max(0, x0 - margin) + min(whole.source[1], x1 + margin)) / 2,
        (max(0, y0 - margin) + min(whole.source[0], y1 + margin)) / 2,
    )
    return ZoomedRegion(_around(whole, center, (wanted_height, wanted_width), zoom, pixels), found)


def box_around(masks: Tensor, region: Region) -> tuple[float, float, float, float] | None:
    """The box (x0, y0, x1, y1) around all masks (1, O, H', W') of `region`, in pixels of the source.

    None if one of them is empty, or there is none.
    """
    if not masks.shape[1] or not (masks[0].amax((1, 2)) > 0.5).all():
        return None
    largest = masks[0].amax(0)  # quicker than asking each pixel whether it is above one half
    rows, columns = torch.nonzero(largest.amax(1) > 0.5)[:, 0], torch.nonzero(largest.amax(0) > 0.5)[:, 0]
    dy, dx = (cell / STRIDE for cell in region.grid.cell)
    x0, y0 = region.box[:2]
    return (
        x0 + int(columns[0]) * dx,
        y0 + int(rows[0]) * dy,
        x0 + (int(columns[-1]) + 1) * dx,
        y0 + (int(rows[-1]) + 1) * dy,
    )


def _around(
    whole: Region, center: tuple[float, float], wanted: tuple[float, float], zoom: float, pixels: int
) -> Region:
    """The region of `pixels` network pixels around `center` (x, y) that holds `wanted` (H, W).

    It stays on the frame.
    """
    height, width = whole.source
    columns = min(width, sqrt(pixels * wanted[1] / wanted[0]) / zoom)
    rows = min(height, pixels / zoom**2 / columns)
    columns = max(min(width, pixels / zoom**2 / rows), wanted[1])
    rows = max(rows, wanted[0])
    left = min(max(0.0, center[0] - columns / 2), width - columns)
    top = min(max(0.0, center[1] - rows / 2), height - rows)
    box: Rect = (int(left), int(top), min(width, ceil(left + columns)), min(height, ceil(top + rows)))
    scaled = (_whole_cells((box[3] - box[1]) * zoom), _whole_cells((box[2] - box[0]) * zoom))
    return Region(whole.source, box, scaled, whole.device)


def _whole_cells(pixels: float) -> int:
    return max(1, round(pixels / STRIDE)) * STRIDE


def is_cut(masks: Tensor, region: Region) -> bool:
    """Whether a mask (1, O, H', W') of `region` touches a side of it that is not a side of the frame.

    If so, the object may go on out there.
    """
    height, width = region.source
    x0, y0, x1, y1 = region.box
    sides = (
        (x0 > 0, masks[..., 0]),
        (x1 < width, masks[..., region.scaled[1] - 1]),
        (y0 > 0, masks[..., 0, :]),
        (y1 < height, masks[..., region.scaled[0] - 1, :]),
    )
    return any(inner and bool((side > 0.5).any()) for inner, side in sides)
