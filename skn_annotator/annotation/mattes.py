"""Mattes: how much of each pixel belongs to the chosen objects, 0 to 1, for compositing.

A mask says yes or no; a matte has soft edges. They start from the mask, or from the network's probability,
in a band along the mask's edge, and are fitted to the edges in the picture by a guided filter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np

from skn_annotator.annotation.raster import bounds
from skn_annotator.arrays import Alpha, Frame, Mask, Pixels, Rect
from skn_annotator.guided_filter import guided_filter

EdgeProbabilities = Callable[[Frame, Mask], Mapping[int, Alpha]]
"""Frame and mask -> object id -> the network's probability of the object."""

_BAND = 80
"""The band has the frame's height over this, on either side of the edge; 6 pixels of 480."""
_EPSILON = 1e-4
"""How strong an edge in the picture has to be to count, as variance of colours of 0 to 1."""
_STEEPER = 1.2
"""The filter flattens what it fits; this puts the ends back to 0 and 1."""


class EdgeKind(Enum):
    """How the edges of a matte are found."""

    HARD = "hard"
    SOFT = "soft"
    NETWORK = "network"


@dataclass(frozen=True)
class Edge:
    """The edge of a matte: `grow` by pixels (negative: shrink), then `feather` over so many pixels."""

    kind: EdgeKind = EdgeKind.SOFT
    grow: float = 0.0
    feather: float = 0.0


def matte(
    frame: Frame,
    mask: Mask,
    objects: frozenset[int],
    edge: Edge,
    probabilities: EdgeProbabilities | None = None,
) -> Alpha:
    """The matte of `objects` together; `probabilities` are asked for where the edge is the network's."""
    alpha = np.zeros(mask.shape, np.float32)
    region = np.isin(mask, list(objects))
    box = _around(region, edge)
    if box is None:
        return alpha
    x0, y0, x1, y1 = box
    part = region[y0:y1, x0:x1]
    found = part.astype(np.float32)
    if edge.kind is not EdgeKind.HARD:
        sure = None
        if edge.kind is EdgeKind.NETWORK and probabilities is not None:
            each = probabilities(frame, mask)
            own = [each[i] for i in objects if i in each]
            sure = np.add.reduce(own)[y0:y1, x0:x1] if own else None
        found = _fitted(frame[y0:y1, x0:x1], part, sure, _band(mask.shape[0]))
    alpha[y0:y1, x0:x1] = _feathered(_grown(found, edge.grow), edge.feather)
    return alpha


def _band(height: int) -> int:
    return max(3, round(height / _BAND))


def _around(region: Pixels, edge: Edge) -> Rect | None:
    """The rectangle that the matte lies in."""
    box, (height, width) = bounds(region), region.shape
    if box is None:
        return None
    margin = 4 * _band(height) + int(abs(edge.grow) + 2 * edge.feather) + 2
    x0, y0, x1, y1 = box
    return max(0, x0 - margin), max(0, y0 - margin), min(width, x1 + margin), min(height, y1 + margin)


def _fitted(picture: Frame, region: Pixels, sure: Alpha | None, band: int) -> Alpha:
    """The matte of `region`, fitted to the edges of `picture` in a band along its own."""
    inside, outside = (_distance(part) for part in (region, ~region))
    distance = inside - outside
    if sure is None:
        sure = np.clip(0.5 + distance / 4, 0, 1)
    near = np.abs(distance) <= band
    start = np.where(near, sure, region).astype(np.float32)
    fitted = np.clip((guided_filter(picture, start, band, _EPSILON) - 0.5) * _STEEPER + 0.5, 0, 1)
    return np.where(np.abs(distance) <= 2 * band, fitted, region).astype(np.float32)


def _distance(region: Pixels) -> Alpha:
    return cv2.distanceTransform(region.astype(np.uint8), cv2.DIST_L2, 5).astype(np.float32)


def _grown(alpha: Alpha, pixels: float) -> Alpha:
    size = round(abs(pixels))
    if size == 0:
        return alpha
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * size + 1, 2 * size + 1))
    change = cv2.dilate if pixels > 0 else cv2.erode
    return change(alpha, disk).astype(np.float32)


def _feathered(alpha: Alpha, pixels: float) -> Alpha:
    if pixels <= 0:
        return alpha
    return cv2.GaussianBlur(alpha, (0, 0), pixels / 2, borderType=cv2.BORDER_REPLICATE).astype(np.float32)
