"""What a view of the memory reader draws, in numpy and plain values only: nothing here needs torch.

Maps lie on a `CellGrid`: of the query cells, or of the cells of one memorized frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from skn_annotator.arrays import CellMap, Frame, Mask
from skn_annotator.inference.step import CellGrid

_LEAST = 1e-37
"""Kernels are cut off here before their logarithm is taken."""


@dataclass(frozen=True)
class MemoryCell:
    """One cell of the memory: the memorized frame `t`, and the (row, column) on that frame's grid."""

    t: int
    cell: tuple[int, int]


@dataclass(frozen=True)
class CellWeights:
    """What the reader made of one memory cell i: maps over the query cells j, SKN equations (2)-(10)."""

    origin: MemoryCell
    """The memory cell i."""
    owner: int
    """Id of the object that it shows, 0 background; that one's prior constrains it."""
    w: CellMap
    """W[i, j], equation (2)."""
    sck: CellMap
    """The spatial-constrain kernel of the owner, equation (6); 1 everywhere without a prior."""
    w1: CellMap
    """W1 = W * SCK, equation (7)."""
    matched: tuple[int, int]
    """m_i, equation (8): the (row, column) where W1 is largest."""
    g: CellMap
    """The Gaussian around m_i, equation (9); 1 everywhere without one."""
    w2: CellMap
    """W2 = W * g, equation (10), before it is renormalized; 0 beyond the owner's reach."""

    log_w: CellMap
    """log10 of W, also where W is smaller than any number of single precision."""

    def logarithms(self) -> tuple[CellMap, ...]:
        """As `maps`, with log10 of W, W1 and W2 in place of these; that of W2 as if there were no reach."""
        log_sck, log_g = (np.log10(np.maximum(kernel, _LEAST)) for kernel in (self.sck, self.g))
        return self.log_w, self.sck, self.log_w + log_sck, self.g, self.log_w + log_g

    def maps(self) -> tuple[CellMap, ...]:
        """W, SCK, W1, g and W2, in the order of the equations' use."""
        return self.w, self.sck, self.w1, self.g, self.w2


@dataclass(frozen=True)
class ReadShare:
    """How much of one query cell's readout comes from each cell of one memorized frame."""

    t: int
    grid: CellGrid
    share: CellMap
    """Over the cells of `grid`; over all memorized frames the shares sum to 1."""


@dataclass(frozen=True)
class ReaderChoice:
    """What of the reader can be chosen otherwise than the network was trained."""

    sigma_g: float
    """Of the Gaussian kernel, in cells; infinite: none."""
    prior: bool
    """Whether the prior constrains the matched points."""
    width: float
    """The prior's sigma_s is multiplied by this."""
    reach: float
    """How many sigma_s from where it was each of several objects is read at most; infinite: anywhere."""
    frames: int
    """So many of the memorized frames are read, those nearest in time."""


class Memorized(Protocol):
    """A memorized frame, of which many readings may be."""

    @property
    def nbytes(self) -> int:
        """Bytes of the tensors."""
        ...


class ReadFrame(Protocol):
    """What is kept of how a frame was read: `inference.reading.Reading`."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The objects that were looked for."""
        ...

    @property
    def grid(self) -> CellGrid:
        """Of the query cells."""
        ...

    @property
    def memory_grids(self) -> tuple[tuple[int, CellGrid], ...]:
        """The memorized frames that were read, each with the grid of its cells."""
        ...

    @property
    def entries(self) -> Sequence[Memorized]:
        """The same, as the memory bank holds them."""
        ...

    @property
    def own_bytes(self) -> int:
        """Bytes of what belongs to this reading alone."""
        ...

    @property
    def trained(self) -> ReaderChoice:
        """What was read with."""
        ...

    def found_with(self, choice: ReaderChoice, frame: Frame) -> Mask:
        """The mask of all `ids` that is found if the memory is read as `choice` says."""
        ...

    def strongest(self, object_id: int) -> MemoryCell:
        """The memory cell of an object with the largest W1."""
        ...

    def weights(self, object_id: int, cell: MemoryCell) -> CellWeights:
        """What the reader made of a memory cell, where `object_id` was looked for."""
        ...

    def shares(self, object_id: int, query_cell: tuple[int, int]) -> tuple[ReadShare, ...]:
        """Where the readout of a query cell (row, column) comes from."""
        ...
