"""Reading: all that the network was given to find the objects of one frame, and what its reader made of it.

A pass hands one out with each step. It shares its tensors with the memory bank, so that it costs a pass
nothing to make; what a view of it shows is computed when it is asked for, by the functions that the reader
calls.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from skn_annotator.arrays import CellMap, Frame, Mask
from skn_annotator.inference.fine_edges import with_fine_edges
from skn_annotator.inference.inspection import CellWeights, MemoryCell, ReaderChoice, ReadShare
from skn_annotator.inference.memory_bank import Entry
from skn_annotator.inference.region import Region
from skn_annotator.inference.step import CellGrid, ReaderMatch
from skn_annotator.inference.wholes import Wholes
from skn_annotator.model.encoders import Memory
from skn_annotator.model.kernels import log_gaussian_kernel, spatial_constrain_kernel
from skn_annotator.model.network import SKN, Expectation, affinity_of
from skn_annotator.model.reader import Matches, MemoryReader, Norm

BLOCK = 512
"""Memory cells per block of the reader: against 1620 query cells 3.3 MB. Less stays in a nearer cache, but
then the calls take longer than what they compute."""


@dataclass(frozen=True)
class Reading:
    """One frame's reading of the memory, as the network computed it."""

    t: int
    region: Region
    """What of the frame was seen."""
    ids: tuple[int, ...]
    """The objects that were looked for."""
    channels: tuple[int, ...]
    """Which objects of the memory these are."""
    entries: tuple[Entry, ...]
    """The memorized frames that were read."""
    query_key: Tensor
    """(1, CK, H, W)."""
    expected: Expectation
    """Where the objects were expected."""
    wholes: Wholes
    """What they could be."""
    sensory: Tensor | None
    """(1, O, C, H, W): the sensory memory before the frame was seen."""
    matches: Matches
    """(1, G, THW): the matched points, of the one affinity or of each object's."""
    norm: Norm
    """As `Readout` has it, (1, G, HW)."""
    network: SKN

    @property
    def reader(self) -> MemoryReader:
        """The network's own."""
        return self.network.reader

    @property
    def trained(self) -> ReaderChoice:
        """What was read with."""
        config = self.reader.config
        return ReaderChoice(config.sigma_g, config.spatial_constrain, 1.0, config.reach, len(self.entries))

    @property
    def grid(self) -> CellGrid:
        """Of the query cells."""
        return self.region.grid

    @property
    def memory_grids(self) -> tuple[tuple[int, CellGrid], ...]:
        """The memorized frames that were read, each with the grid of its cells."""
        return tuple((entry.t, entry.grid) for entry in self.entries)

    @property
    def own_bytes(self) -> int:
        """Bytes of the tensors that belong to this reading alone; those of `entries` are shared."""
        tensors = (self.query_key, self.sensory, self.expected.kernel, self.matches.cells)
        return sum(t.numel() * t.element_size() for t in tensors if t is not None)

    # ---- one memory cell, on all query cells

    @torch.inference_mode()
    def weights(self, object_id: int, cell: MemoryCell) -> CellWeights:
        """What the reader made of a memory cell, where `object_id` was looked for.

        Raises ValueError if that object was not looked for, or that frame not read.
        """
        channel = self._channel(object_id)
        key, kernels, owner = affinity_of(self.memory(), self.expected.kernel, channel)
        i = self._index(cell)
        norm = self._norm(channel)
        found = self.reader.weights(self.query_key, key, kernels, owner, norm, slice(i, i + 1))
        matched = found.matches.cells[:, 0]
        own = int(self.owner()[i])
        return CellWeights(
            origin=cell,
            owner=self.ids[own - 1] if own else 0,
            w=self._map(found.w),
            sck=self._map(self.reader.constrains(kernels)[:, int(owner[0, i])]),
            w1=self._map(found.w1),
            matched=divmod(int(matched), self.grid.size[1]),
            g=self._gaussian(matched),
            w2=self._map(found.w2),
            log_w=self._map(found.log_w * math.log10(2)),
        )

    def strongest(self, object_id: int) -> MemoryCell:
        """The memory cell of an object with the largest W1; any cell if the memory does not show it."""
        channel = self._channel(object_id)
        strength = self.matches.log_strength[0, self._affinity(channel)]
        shown = self.owner() == channel + 1
        if bool(shown.any()):
            strength = strength.masked_fill(~shown, -math.inf)
        return self._cell(int(strength.argmax()))

    # ---- one query cell, from all memory cells

    @torch.inference_mode()
    def shares(self, object_id: int, query_cell: tuple[int, int]) -> tuple[ReadShare, ...]:
        """Where the readout of a query cell (row, column) comes from: W2 of all memory cells, made to sum to
        one, per memorized frame. Raises ValueError if that object was not looked for."""
        channel = self._channel(object_id)
        column = self.reader.column(
            self.query_key,
            *affinity_of(self.memory(), self.expected.kernel, channel),
            self._norm(channel),
            matched=self.matches.cells[:, self._affinity(channel)],
            cell=query_cell,
        )
        ends = np.cumsum([grid.count for _, grid in self.memory_grids])
        parts = np.split(column[0].cpu().numpy(), ends[:-1])
        return tuple(
            ReadShare(t, grid, part.reshape(grid.size))
            for (t, grid), part in zip(self.memory_grids, parts, strict=True)
        )

    @torch.inference_mode()
    def share_of(self, places: Sequence[int]) -> CellMap:
        """For each query cell the share of W, equation (2), that lies on memory cells of the objects at
        `places` among `ids`."""
        keys = keys_of(self.entries, self.channels)
        key = keys[:, places[0] % keys.shape[1]]
        own = torch.isin(self.owner(), torch.tensor(places, device=key.device) + 1)
        return self._map(self.reader.share(self.query_key, key[..., own], self._norm(places[0]))[0])

    # ---- read otherwise

    @torch.inference_mode()
    def found_with(self, choice: ReaderChoice, frame: Frame) -> Mask:
        """The mask (H, W) of all `ids` that is found if the memory is read as `choice` says.

        `frame`: the picture, RGB (H, W, 3). Only the reader reads otherwise: the decoder sees the same prior,
        which it was trained with.
        """
        config = self.reader.config
        changed = replace(config, sigma_g=choice.sigma_g, spatial_constrain=choice.prior, reach=choice.reach)
        prior = self.expected.prior
        widened = prior._replace(sigma=prior.sigma * choice.width)
        kernel = spatial_constrain_kernel(widened, self.grid.size, config.prior_floor)
        nearest = sorted(self.entries, key=lambda entry: abs(entry.t - self.t))[: max(1, choice.frames)]
        memory = memory_of(sorted(nearest, key=lambda entry: entry.t), self.channels)
        query = self.network.encode(self.region.frame(frame).to(self.query_key.dtype))
        read = self.network.read(query.key, memory, kernel, BLOCK, MemoryReader(changed))
        logits, _ = self.network.decode(query, read.value, self.expected, self.sensory)
        logits, _ = self.wholes.kept(logits, logits.softmax(1), self.share_of)
        x0, y0, x1, y1 = self.region.box
        mask = np.zeros(self.region.source, np.uint8)
        fine = with_fine_edges(self.region, logits, logits.softmax(1), frame, self.ids)
        mask[y0:y1, x0:x1] = fine.mask
        return mask

    # ---- parts

    def memory(self) -> Memory:
        """The cells that were read, side by side."""
        return memory_of(self.entries, self.channels)

    def owner(self) -> Tensor:
        """Which object each memory cell shows, (N,): 0 background, else 1 + its place in `ids`."""
        return owners_of(self.entries, self.channels)[0]

    def decided(self) -> Tensor:
        """Whether each memory cell is of a reference frame, bool (N,)."""
        flags = [self.matches.cells.new_full((e.grid.count,), bool(e.knows)) for e in self.entries]
        return torch.cat(flags).bool()

    def match(self) -> ReaderMatch:
        """The matched points and the prior as numpy, which can be kept for long."""
        grid, prior = self.grid, self.expected.prior
        cells = self.matches.cells[0].cpu().numpy()  # (O, N): one row for all objects, or one for each
        points = np.stack(np.divmod(cells, grid.size[1]), -1).astype(np.int16)
        strength = self.matches.log_strength[0].exp2().cpu().numpy()
        shown = self.owner().cpu().numpy()
        own = {object_id: self._affinity(channel) for channel, object_id in enumerate(self.ids)}
        centers, sigmas, known = (part[0].cpu().tolist() for part in prior)
        found = zip(self.ids, centers, sigmas, known, strict=True)
        config = self.reader.config
        return ReaderMatch(
            grid=grid,
            memory=self.memory_grids,
            points={i: points[k] for i, k in own.items()},
            strength={i: strength[k] for i, k in own.items()},
            foreground={i: shown == channel for channel, i in enumerate(self.ids, 1)},
            prior={i: (*c, s) if k else None for i, c, s, k in found},
            prior_floor=config.prior_floor,
            sigma_g=config.sigma_g,
        )

    def _channel(self, object_id: int) -> int:
        return self.ids.index(object_id)

    def _affinity(self, channel: int) -> int:
        """Which of the affinities the object is read by: one serves all, or each has its own."""
        return channel % self.norm.log_sum.shape[1]

    def _norm(self, channel: int) -> Norm:
        own = self._affinity(channel)
        return self.norm.changed(lambda part: part[:, own])

    def _index(self, cell: MemoryCell) -> int:
        start = 0
        for entry in self.entries:
            if entry.t == cell.t:
                return start + cell.cell[0] * entry.grid.size[1] + cell.cell[1]
            start += entry.grid.count
        raise ValueError(f"frame {cell.t} was not read")

    def _cell(self, index: int) -> MemoryCell:
        for entry in self.entries:
            if index < entry.grid.count:
                return MemoryCell(entry.t, divmod(index, entry.grid.size[1]))
            index -= entry.grid.count
        raise ValueError("the memory has no such cell")

    def _map(self, values: Tensor) -> CellMap:
        found: CellMap = values.float().reshape(self.grid.size).cpu().numpy()
        return found

    def _gaussian(self, matched: Tensor) -> CellMap:
        if not math.isfinite(self.reader.config.sigma_g):
            return np.ones(self.grid.size, np.float32)
        vertical, horizontal = log_gaussian_kernel(matched, self.grid.size, self.reader.config.sigma_g)
        return self._map((vertical[0, :, None] + horizontal[0, None, :]).exp2())


def memory_of(entries: Sequence[Entry], channels: Sequence[int]) -> Memory:
    """Memorized frames side by side, of some objects only; the cells of the others become background."""
    value = torch.cat([entry.memory.value for entry in entries], -1)
    if len(channels) < value.shape[1]:
        value = value[:, channels]
    return Memory(keys_of(entries, channels), value, owners_of(entries, channels))


def keys_of(entries: Sequence[Entry], channels: Sequence[int]) -> Tensor:
    """The keys of `memory_of`, (1, 1 or O, CK, N), without the values: those of many objects are large."""
    key = torch.cat([entry.memory.key for entry in entries], -1)
    return key if key.shape[1] == 1 else key[:, channels]


def owners_of(entries: Sequence[Entry], channels: Sequence[int]) -> Tensor:
    """The owners (1, N) of the cells of `entries`, as they count where only `channels` are read."""
    owner = torch.cat([entry.memory.owner for entry in entries], -1)
    places = owner.new_zeros(entries[0].memory.value.shape[1] + 1)
    places[[channel + 1 for channel in channels]] = torch.arange(1, len(channels) + 1).to(places)
    return places[owner]
