"""What a user says about one object: clicks, a box, the mask so far; and the maps that show it to the
network.

The maps are those of RITM (Sofiiuk et al., 2021, Section 3.1): disks of a fixed radius for clicks, the mask
so far as it is. A box is a filled rectangle [choice].
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from skn_annotator.arrays import Pixels, Point, Size

DISK = 5
"""The radius of a click's disk, in pixels of what the network sees."""


@dataclass(frozen=True)
class Click:
    """A point (x, y) of the object, or with `inside` False one that does not belong to it."""

    xy: Point
    inside: bool = True


@dataclass(frozen=True)
class Prompt:
    """Clicks in the order they came, a box (x0, y0, x1, y1), and the mask so far, bool (H, W)."""

    clicks: Sequence[Click] = ()
    box: tuple[float, float, float, float] | None = None
    mask: Pixels | None = None


def prompt_maps(prompt: Prompt, size: Size) -> NDArray[np.float32]:
    """A prompt in pixels of a picture of `size` (H, W) -> its maps, (4, H, W) of zeros and ones."""
    maps = np.zeros((4, *size), np.uint8)
    for click in prompt.clicks:
        center = (int(click.xy[0]), int(click.xy[1]))
        cv2.circle(maps[0 if click.inside else 1], center, DISK, 1, cv2.FILLED)
    if prompt.box is not None:
        x0, y0, x1, y1 = (round(side) for side in prompt.box)
        maps[2, max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = 1
    if prompt.mask is not None:
        maps[3] = prompt.mask
    return maps.astype(np.float32)
