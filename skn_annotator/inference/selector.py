"""Selector: the network of clicks on one picture, from what the user says to a mask at the picture's size.

It looks closely, as RITM and FocalClick do (Sofiiuk et al., 2021; Chen et al., CVPR 2022): at the box that
the user drew, or at that of the mask so far, with a margin, at `SIDE` pixels, whatever the picture's size.
First clicks without either see the whole picture, and what is found there is then looked at closely. All of
it is seen mirrored as well, and the mean counts, as in RITM. The picture's features are kept for each place
that was looked at.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.arrays import Frame, Pixels, Rect
from skn_annotator.inference.crumbs import without_crumbs
from skn_annotator.inference.fine_edges import near_edges, unsound
from skn_annotator.inference.prompts import Click, Prompt, prompt_maps
from skn_annotator.inference.region import Region
from skn_annotator.model.click_network import ClickNetwork

SIDE = 256
"""The longer side of what the network sees, in its pixels (docs/experiments.md has 192 and 224 beside it)."""
_SHARE = 0.7
"""The longer side of the object's box over that of what the network sees."""
_SHARES = (0.45, 0.9)
"""As long as the share lies between these, what was looked at stays."""
_LEAST_SIDE = 48
"""Pixels of the picture that are looked at, at least."""
_EDGE = 1
"""How far an answer may follow the picture's edges (`near_edges`): it may be unsure over a wide strip."""
_CRUMB = 4
"""Pieces and holes that the picture's edges leave of larger ones are crumbs below so many of the pixels that
the network sees."""
_KEPT = 4
"""Places whose features are kept."""


@dataclass(frozen=True)
class Selection:
    """mask: bool (H, W) of the picture. confidence: the mean certainty of its pixels, 0.5-1; 0: it is
    empty."""

    mask: Pixels
    confidence: float


class Selector:
    """Selects objects on one picture, RGB uint8 (H, W, 3)."""

    def __init__(self, network: ClickNetwork, picture: Frame, side: int = SIDE) -> None:
        self._network = network
        self._picture = picture
        self._size = (picture.shape[0], picture.shape[1])
        self._side = side
        self._device = next(network.parameters()).device
        self._seen: dict[Rect, Tensor] = {}

    def prepare(self) -> None:
        """Compute what the first click will need."""
        self._look(self._region(self._whole))

    def select(self, prompt: Prompt) -> Selection:
        """The object that `prompt` tells of. A prompt without a click, a box and a mask selects nothing."""
        mask = prompt.mask if prompt.mask is not None and prompt.mask.any() else None
        if mask is None and not prompt.clicks and prompt.box is None:
            return Selection(np.zeros(self._size, bool), 0.0)
        if mask is None and prompt.box is None:
            found = self._ask(self._region(self._whole), prompt)
            if not found.mask.any():
                return found
            place = self._around(found.mask, prompt)
            if place == self._whole:
                return found
            return self._ask(self._region(place), replace(prompt, mask=found.mask))
        region = self._region(self._around(mask, prompt))
        found = self._ask(region, replace(prompt, mask=mask))
        if mask is None and found.mask.any():  # a box alone is asked twice: its answer is the mask so far
            found = self._ask(region, replace(prompt, mask=found.mask))
        return found

    @property
    def _whole(self) -> Rect:
        return (0, 0, self._size[1], self._size[0])

    def _around(self, mask: Pixels | None, prompt: Prompt) -> Rect:
        """Where to look: round the mask, the box and the clicks."""
        boxes = [] if mask is None else [_box_of(mask)]
        boxes += [] if prompt.box is None else [prompt.box]
        boxes += [(*click.xy, *click.xy) for click in prompt.clicks if click.inside or mask is not None]
        x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
        x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
        extent = max(x1 - x0, y1 - y0)
        for place in reversed(self._seen):
            share = extent / max(place[2] - place[0], place[3] - place[1])
            holds = place[0] <= x0 and place[1] <= y0 and x1 <= place[2] and y1 <= place[3]
            if holds and _SHARES[0] <= share <= _SHARES[1]:
                return place
        side = max(extent / _SHARE, _LEAST_SIDE)
        (left, right), (top, bottom) = (
            _span((low + high) / 2, side, most)
            for low, high, most in ((x0, x1, self._size[1]), (y0, y1, self._size[0]))
        )
        return (left, top, right, bottom)

    def _region(self, place: Rect) -> Region:
        width, height = place[2] - place[0], place[3] - place[1]
        scale = self._side / max(width, height)
        scaled = (max(16, round(height * scale)), max(16, round(width * scale)))
        return Region(self._size, place, scaled, self._device)

    @torch.inference_mode()
    def _look(self, region: Region) -> Tensor:
        if region.box not in self._seen:
            if len(self._seen) >= _KEPT:
                del self._seen[next(iter(self._seen))]
            self._seen[region.box] = self._network.look(_with_mirrored(_shrunk(self._picture, region)))
        return self._seen[region.box]

    @torch.inference_mode()
    def _ask(self, region: Region, prompt: Prompt) -> Selection:
        maps = torch.from_numpy(prompt_maps(_moved(prompt, region), region.padded))[None].to(self._device)
        straight, mirrored = self._network(self._look(region), _with_mirrored(maps))
        logits = (straight + mirrored.flip(-1))[None, : region.scaled[0], : region.scaled[1]] / 2
        x0, y0, x1, y1 = region.box
        inside = F.interpolate(logits[None], region.shape, mode="bilinear", align_corners=False)[0, 0]
        mask = np.zeros(self._size, bool)
        own = (inside > 0).cpu().numpy()
        planes = list(logits.sigmoid().cpu().numpy())
        near = near_edges(self._picture[y0:y1, x0:x1], planes, _EDGE)
        fine = near.shares[0] > 0.5
        fine[unsound(own.view(np.uint8), near.rows, near.columns, fine.view(np.uint8))] ^= True
        coarse = own.copy()
        own[near.rows, near.columns] = fine
        least = _CRUMB * own.size / (region.scaled[0] * region.scaled[1])
        mask[y0:y1, x0:x1] = without_crumbs(coarse, own, least)
        certain = logits[logits > 0].sigmoid()
        return Selection(mask, float(certain.mean()) if certain.numel() else 0.0)


def _shrunk(picture: Frame, region: Region) -> Tensor:
    """What `region.frame` gives. A side much longer than what the network sees of it is shrunk by whole
    pixels first, to twice of that at least, because that is faster (docs/measured.md)."""
    height, width = (
        side // max(1, side // (2 * seen)) for side, seen in zip(region.shape, region.scaled, strict=True)
    )
    if (height, width) == region.shape:
        return region.frame(picture)
    x0, y0, x1, y1 = region.box
    part = picture[y0:y1, x0:x1]
    small = np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    place = (0, 0, width, height)
    return Region((height, width), place, region.scaled, region.device).frame(small)


def _with_mirrored(maps: Tensor) -> Tensor:
    """maps (1, C, H, W) and, second, the same mirrored: (2, C, H, W)."""
    return torch.cat((maps, maps.flip(-1))).contiguous(memory_format=torch.channels_last)


def _box_of(mask: Pixels) -> tuple[float, float, float, float]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)


def _span(middle: float, side: float, most: int) -> tuple[int, int]:
    """`side` pixels round `middle`, moved into 0 .. `most`, all of that if it is not longer."""
    if side >= most:
        return 0, most
    start = min(max(0, round(middle - side / 2)), most - round(side))
    return start, start + round(side)


def _moved(prompt: Prompt, region: Region) -> Prompt:
    """A prompt in pixels of the picture -> in those of what the network sees of it."""
    x0, y0, x1, y1 = region.box
    scale_y, scale_x = region.scaled[0] / (y1 - y0), region.scaled[1] / (x1 - x0)

    def point(x: float, y: float) -> tuple[float, float]:
        return (x - x0) * scale_x, (y - y0) * scale_y

    clicks = [Click(point(*click.xy), click.inside) for click in prompt.clicks]
    box = None if prompt.box is None else (*point(*prompt.box[:2]), *point(*prompt.box[2:]))
    mask = None
    if prompt.mask is not None:
        height, width = region.scaled
        part = prompt.mask[y0:y1, x0:x1].astype(np.float32)
        shrunk = cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA)
        mask = np.zeros(region.padded, bool)
        mask[:height, :width] = shrunk > 0.5
    return Prompt(clicks, box, mask)
