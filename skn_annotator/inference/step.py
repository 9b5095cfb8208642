"""What propagation takes and hands out, in numpy and plain values only: nothing here needs torch.

Cells are (row, column) on the grid of stride-16 features; image points are (x, y) in pixels of the source
frame.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from skn_annotator.arrays import Mask, Size

if TYPE_CHECKING:
    from torch import Tensor

    from skn_annotator.inference.evidence import Evidence
    from skn_annotator.inference.reading import Reading


@dataclass(frozen=True)
class CellGrid:
    """Where a grid of cells lies on the source's frame: (rows, columns), pixels per cell (dy, dx), and the
    upper left corner (y, x)."""

    size: Size
    cell: tuple[float, float]
    origin: tuple[float, float] = (0.0, 0.0)

    def points(self, cells: npt.NDArray[np.integer | np.floating]) -> npt.NDArray[np.float32]:
        """The middles of cells (N, 2) (row, column) as image points (N, 2) (x, y)."""
        corner, size = np.asarray(self.origin, np.float32), np.asarray(self.cell, np.float32)
        return np.ascontiguousarray((corner + (cells.astype(np.float32) + 0.5) * size)[:, ::-1])

    @property
    def count(self) -> int:
        """The number of cells."""
        return self.size[0] * self.size[1]

    @property
    def area(self) -> tuple[float, float, float, float]:
        """(x0, y0, x1, y1) of all cells on the source's frame, in pixels."""
        (y, x), (dy, dx), (rows, columns) = self.origin, self.cell, self.size
        return x, y, x + columns * dx, y + rows * dy


@dataclass(frozen=True)
class ReaderMatch:
    """What the reader computed for one frame: matched points and prior of each object (SKN, Section 2.2).

    The N memory cells are those of `memory`, one memorized frame after the other, row by row. The mappings go
    by object id.
    """

    grid: CellGrid
    """Of the frame that was read."""
    memory: tuple[tuple[int, CellGrid], ...]
    """The memorized frames that were read, each with its grid."""
    points: Mapping[int, npt.NDArray[np.int16]]
    """(N, 2): the (row, column) of the query cell that matches each memory cell best, equation (8)."""
    strength: Mapping[int, npt.NDArray[np.float32]]
    """(N,): W1 there, equation (7), 0-1; 0 where the memory cell was not read, and so matches no point."""
    foreground: Mapping[int, npt.NDArray[np.bool_]]
    """(N,): whether the memory cell lies on the object."""
    prior: Mapping[int, tuple[float, float, float] | None]
    """(row, column, sigma_s) in cells, equations (4) and (5); None: the object had no last mask."""
    prior_floor: float
    """Least value of the spatial-constrain kernel."""
    sigma_g: float
    """Of the Gaussian kernel, in cells."""

    @property
    def memory_frames(self) -> tuple[int, ...]:
        """The memorized frames that were read."""
        return tuple(t for t, _ in self.memory)


class Doubt(Enum):
    """What speaks against an object's mask; of all that its confidence goes by, what lowers it most."""

    UNCLEAR = "many pixels have a probability near one half, or had of late"
    MATCHED_ELSEWHERE = "what was memorized of it matches places outside the mask"
    REFERENCES_ELSEWHERE = "what was decided of it matches places outside the mask"
    NOT_RECALLED = "its references alone find something else near the mask"
    AT_BORDER = "the frame's border cuts it"
    EXCHANGED = "its motion did not explain its mask once: it may have changed places with a look-alike"


@dataclass(frozen=True)
class Step:
    """One frame of a pass."""

    t: int
    mask: Mask
    """At the source's size."""
    confidence: Mapping[int, float]
    """Per object id, 0-1: how sure the network is of the object's mask."""
    match: ReaderMatch | None
    """None where nothing was read, as on a reference frame."""
    memory_frames: tuple[int, ...]
    """The frames that the memory bank holds after this step."""
    memory_bytes: int
    reference: bool
    """Whether the frame is left as it is: all that was asked for is given there."""
    origins: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Object id -> the frames with references that its mask was carried from; of those that were carried."""
    logits: "Tensor | None" = None
    """(1, 1 + O, H, W) at the source's size, background first, then the objects of `ids`: what the mask was
    chosen from. None where nothing was read, and once the mask was changed."""
    ids: tuple[int, ...] = ()
    reading: "Reading | None" = None
    """How the memory was read to find all objects together; None where nothing was."""
    evidence: "Mapping[int, Evidence]" = field(default_factory=dict)
    """Per object id, what its confidence was computed from; nothing where nothing was read."""
    doubts: Mapping[int, Doubt] = field(default_factory=dict)
    """Per object id, what lowers its confidence most; only where something does so by much."""


@dataclass(frozen=True)
class PriorMask:
    """The mask that a frame had before a pass reached it.

    `read`: decodes the mask, (H, W). `confidence`: of the objects that were carried there. `origins`: object
    id -> the frames with references that it was carried from, as far as these still are what they were.
    """

    read: Callable[[], Mask]
    confidence: Mapping[int, float]
    origins: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Explanation:
    """What a view draws of one object's `ReaderMatch`; N matched points, strongest first."""

    kernel: npt.NDArray[np.float32]
    """(H, W) over the query cells, 0-1: the spatial-constrain kernel, equation (6)."""
    area: tuple[float, float, float, float]
    """(x0, y0, x1, y1): the rectangle of this frame that the query cells cover, in pixels."""
    points: npt.NDArray[np.float32]
    """(N, 2) image (x, y): the matched points in this frame."""
    origins: npt.NDArray[np.float32]
    """(N, 2) image (x, y): the memory cells that they were matched to."""
    origin_frames: npt.NDArray[np.int32]
    """(N,): the memorized frame of each origin."""
    strength: npt.NDArray[np.float32]
    """(N,) 0-1, over the strongest."""
    center: tuple[float, float] | None
    """r, equation (4), as image (x, y); None without a prior."""
    spread: tuple[float, float]
    """sigma_s, equation (5), in pixels of the image along x and y."""
