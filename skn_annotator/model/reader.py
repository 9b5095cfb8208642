"""The memory reader with spatial-constrain kernel.

Source: Qiao et al., 2021, Section 2.2, equations (1)-(11). Exact, without the T*H*W x H*W matrix in memory:
pass 1 finds the largest affinity of each query cell over blocks of memory cells, and by it the memory cells
that are read at all: keys that are trained by the masks alone differ so much that most are not. Pass 2 takes
those alone, or all cells where most are read, finds the log-sum-exp and the matched points, applies the
Gaussian kernel and adds up the readout. What the passes hand on is kept up to a bound, else computed again.
All logarithms are to base 2: torch's exp2 is several times quicker than its exp.

Each memory cell is constrained by one prior: in the paper, where every object has a memory of its own, by
that object's; where objects share their keys, by that of the object which the cell shows (its owner), or by
none on the background [choice]. So one set of matched points serves all objects, and a twin's cells stay with
the twin.

With sigma_s and sigma_g infinite it is STM's reader (Oh et al., ICCV 2019); without the prior, KMN's.
Gradients flow through the weights and the values, none through the matched points.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from skn_annotator.model.affinity import LEAST_LOG, Affinity, products_of
from skn_annotator.model.kernels import log_gaussian_kernel, matched_points

_NOWHERE = -1e4  # log2 of a weight that is none
_UNREAD = -80.0  # log2 of a weight beside which those that are added up do not change
_MANY = 0.6  # with this share of the cells read pass 2 takes all: their affinity is there [choice]
_GRAIN = 128  # memory cells: where sizes differ from frame to frame, the C library's heap grows and grows
_ROUNDING = 1e-4  # a matrix product of few cells is rounded otherwise than one of many


@dataclass(frozen=True)
class ReaderConfig:
    """The reader's choices. `similarity`: "dot" (STM, the paper) or "l2" (STCN, negative and squared)."""

    similarity: Literal["dot", "l2"] = "l2"
    sigma_g: float = 7.0
    """Of the Gaussian kernel around the matched points, in cells; infinite: none (STM)."""
    spatial_constrain: bool = True
    """Whether the prior of the last mask constrains the matched points (SKN) or not (KMN)."""
    prior_floor: float = 0.0
    """Least value of the spatial-constrain kernel, 0 as in the paper."""
    reach: float = math.inf
    """With several objects in memory, how many sigma_s from where it was each is read at most [choice].

    A lone object may come back from anywhere: there is nobody to be confused with.
    """
    renormalize: bool = True
    """Whether the kernel's weights sum to one again (KMN); the paper does not say."""
    top: int = 0
    """Each query cell reads so many memory cells at most, the most similar ones (STCN); 0: all."""

    def __post_init__(self) -> None:
        """Raises ValueError for a value that is none of these; TypeError for one that is no number."""
        if self.similarity not in ("dot", "l2"):
            raise ValueError('similarity is "dot" or "l2"')
        if not (self.sigma_g > 0 and self.reach > 0 and 0 <= self.prior_floor <= 1):
            raise ValueError("sigma_g and reach are above 0, prior_floor is 0 to 1")
        if type(self.top) is not int or self.top < 0:
            raise ValueError("top is a whole number, 0 or more")
        if not all(isinstance(each, bool) for each in (self.spatial_constrain, self.renormalize)):
            raise ValueError("spatial_constrain and renormalize are true or false")


class Matches(NamedTuple):
    """For each memory cell its best query cell: `cells` (B, THW) int64, and log2 W1 there. Of a cell that is
    not read at all, because its W is nowhere above 2^-80, cell 0 and minus infinity."""

    cells: Tensor
    log_strength: Tensor


class Norm(NamedTuple):
    """For each query cell (B, HW) the largest affinity, log2 of equation (2)'s denominator over 2 to it, and
    log2 of the least weight that is read; None: all are."""

    peak: Tensor
    log_sum: Tensor
    least: Tensor | None

    def changed(self, change: Callable[[Tensor], Tensor]) -> "Norm":
        """The same with all parts changed, as far as they are there."""
        least = None if self.least is None else change(self.least)
        return Norm(change(self.peak), change(self.log_sum), least)


class Readout(NamedTuple):
    """`value` (B, O, CV, H, W): W2^T V^M for each query cell; `matches`: the points that were matched;
    `norm`: what made weights of the affinity."""

    value: Tensor
    matches: Matches
    norm: Norm


class Weights(NamedTuple):
    """Of N memory cells on all query cells, (B, N, HW): W, W1 and W2, equations (2), (7) and (10); and the
    log2 of W, which tells apart what single precision makes 0 of."""

    w: Tensor
    w1: Tensor
    w2: Tensor
    matches: Matches
    log_w: Tensor


class _Bounds(NamedTuple):
    """Of the kernels (B, K, HW): their log2, the barriers (`_barriers`), and which cells they constrain."""

    log_kernels: Tensor
    barriers: Tensor | None
    bounded: Tensor


class MemoryReader(nn.Module):
    """Reads values of the memory for each query cell. It has no weights."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.config = config

    def forward(
        self,
        query_key: Tensor,
        memory_key: Tensor,
        memory_value: Tensor,
        kernels: Tensor,
        owner: Tensor,
        block: int | None = None,
    ) -> Readout:
        """Read.

        query_key (B, CK, H, W); memory_key (B, CK, THW); memory_value (B, O, CV, THW); kernels (B, K, H, W):
        spatial-constrain kernels; owner (B, THW) int64: which of them constrains each memory cell. `block`:
        memory cells per block; None: all at once. Raises ValueError if the memory is empty.
        """
        batch, objects, values, cells = memory_value.shape
        if not cells:
            raise ValueError("the memory is empty: memorize a frame before reading")
        grid = (query_key.shape[2], query_key.shape[3])
        rows = memory_value.flatten(1, 2).transpose(1, 2)  # B x THW x O*CV
        rows = torch.cat((rows, torch.ones_like(rows[..., :1])), 2)  # the last one adds up the weights
        bounds = self._bounds(kernels, owner)
        # half precision would move the matches
        with torch.autocast(query_key.device.type, enabled=False), products_of(memory_key):
            affinity = Affinity.of_keys(memory_key, query_key, self.config.similarity)
            bounded = bounds.bounded.any(0)
            parts = _parts(torch.ones_like(bounded), bounded, block or cells)
            peak, strongest, blocks = affinity.peaks(parts)
            affinity = affinity.under(peak)
            read = ~(strongest < _UNREAD).all(0)  # what is no number, too
            unmatched = torch.full_like(strongest, -math.inf)
            matches = Matches(torch.zeros_like(strongest, dtype=torch.int64), unmatched)
            if torch.is_grad_enabled() or int(read.sum()) < _MANY * cells:
                parts, blocks = _parts(read, bounded, block or cells), []  # or both would need room
                scored = affinity.of_blocks(parts)
            else:
                scored = ((affinity.of(p) if b is None else b, b) for p, b in zip(parts, blocks, strict=True))
            log_sum, least, kept = _norms_of_blocks(scored, self.config.top)
            total = affinity.query.new_zeros(batch, rows.shape[2], log_sum.shape[2])
            for part, scores in zip(parts, kept, strict=True):
                log_weight = (affinity.of(part) if scores is None else scores) - log_sum  # equation (2)
                found, weight = self._weigh(log_weight, least, bounds, owner, part, grid)
                matches.cells[:, part], matches.log_strength[:, part] = found
                total += rows[:, part].mT @ weight.to(rows.dtype)
        value = total[:, :-1]
        if self.config.renormalize:
            value = value / total[:, -1:].clamp_min(1e-12)
        value = value.reshape(batch, objects, values, *grid).to(memory_value.dtype)
        norm = Norm(peak, log_sum.detach(), least).changed(lambda part: part[:, 0])
        return Readout(value, matches, norm)

    @torch.no_grad()
    def weights(
        self,
        query_key: Tensor,
        memory_key: Tensor,
        kernels: Tensor,
        owner: Tensor,
        norm: Norm,
        cells: slice,
    ) -> Weights:
        """The weights that `forward` reads some memory `cells` with, as it computes them for a block.

        The other arguments are those of `forward`, for the whole memory, and the `norm` that it returned.
        """
        grid = (query_key.shape[2], query_key.shape[3])
        log_weight = self._log_weight(query_key, memory_key, norm, cells)
        least = None if norm.least is None else norm.least[:, None] - _ROUNDING
        bounds = self._bounds(kernels, owner)
        matches, w2 = self._weigh(log_weight, least, bounds, owner, cells, grid)
        w1 = log_weight + _of_owner(bounds.log_kernels, owner[:, cells])
        return Weights(log_weight.exp2(), w1.exp2(), w2, matches, log_weight)

    @torch.no_grad()
    def share(self, query_key: Tensor, memory_key: Tensor, norm: Norm) -> Tensor:
        """The sum of W, equation (2), over some memory cells, for each query cell: (B, HW), 0-1.

        query_key (B, CK, H, W); memory_key (B, CK, N): of these cells; norm: that of all cells.
        """
        return self._log_weight(query_key, memory_key, norm, slice(None)).exp2().sum(1)

    @torch.no_grad()
    def column(
        self,
        query_key: Tensor,
        memory_key: Tensor,
        kernels: Tensor,
        owner: Tensor,
        norm: Norm,
        *,
        matched: Tensor,
        cell: tuple[int, int],
    ) -> Tensor:
        """W2 of every memory cell for one query `cell` (row, column), (B, THW), made to sum to one.

        The other arguments are those of `weights`; `matched` (B, THW): the matched points that `forward`
        returned.
        """
        grid = (query_key.shape[2], query_key.shape[3])
        row, column = cell
        j = row * grid[1] + column
        asked = norm.changed(lambda part: part[:, j, None])
        log_weight = self._log_weight(
            query_key[:, :, row, column, None, None], memory_key, asked, slice(None)
        )
        log_weight = log_weight[..., 0]
        if asked.least is not None:
            log_weight = log_weight.masked_fill(log_weight < asked.least - _ROUNDING, _NOWHERE)
        bounds = self._bounds(kernels, owner)
        if bounds.barriers is not None:
            log_weight = log_weight + bounds.barriers[..., j].gather(1, owner) * bounds.bounded
        if math.isfinite(self.config.sigma_g):
            vertical, horizontal = log_gaussian_kernel(matched, grid, self.config.sigma_g)
            log_weight = log_weight + vertical[..., row] + horizontal[..., column]
        weight = log_weight.exp2()
        return weight / weight.sum(-1, keepdim=True).clamp_min(1e-12)

    @torch.no_grad()
    def similarity(self, query: Tensor, memory: Tensor) -> Tensor:
        """Equation (1) of query cells (CK, n) and memory cells (CK, N), as `Affinity` has it: (N, n)."""
        with products_of(memory):
            keys = memory[None], query[None, ..., None]
            return Affinity.of_keys(*keys, self.config.similarity).of(slice(None))[0]

    def _log_weight(self, query_key: Tensor, memory_key: Tensor, norm: Norm, cells: slice) -> Tensor:
        """log2 W (B, N, HW), equation (2), of some memory cells on the query cells that `norm` is of."""
        affinity = Affinity.of_keys(memory_key, query_key, self.config.similarity).under(norm.peak[:, None])
        return affinity.of(cells) - norm.log_sum[:, None]

    def _weigh(
        self,
        log_weight: Tensor,
        least: Tensor | None,
        bounds: _Bounds,
        owner: Tensor,
        part: slice | Tensor,
        grid: tuple[int, int],
    ) -> tuple[Matches, Tensor]:
        """Equations (7) to (10) on a block: log2 W (B, N, HW) -> matched points, and W2 (B, N, HW)."""
        owner = owner[:, part]
        near = bool(bounds.bounded[:, part].any())  # few blocks show an object: others need no prior
        prior = _of_owner(bounds.log_kernels, owner) if near else None
        matches = Matches(*matched_points(log_weight, prior))
        if least is not None:
            log_weight = log_weight.masked_fill(log_weight < least, _NOWHERE)
        if near and bounds.barriers is not None:
            log_weight = _of_owner(bounds.barriers, owner).add_(log_weight)
        return matches, self._constrain(log_weight, matches.cells, grid)

    def constrains(self, kernels: Tensor) -> Tensor:
        """The kernels that W1 is made with: `kernels`, or 1 where no prior constrains the matched points."""
        return kernels if self.config.spatial_constrain else torch.ones_like(kernels)

    def _bounds(self, kernels: Tensor, owner: Tensor) -> _Bounds:
        log_kernels = self.constrains(kernels).float().clamp_min(1e-30).flatten(2).log2()  # B x K x HW
        bounded = (log_kernels < 0).any(2).gather(1, owner)  # none for KMN, nor any without a last mask
        return _Bounds(log_kernels, self._barriers(kernels.flatten(2), owner), bounded)

    @torch.no_grad()
    def _barriers(self, kernels: Tensor, owner: Tensor) -> Tensor | None:
        """For kernels (B, K, HW): 0 within the reach of each, `_NOWHERE` beyond; None without a reach, or if
        no memory shows several objects."""
        if math.isinf(self.config.reach):
            return None
        objects = range(1, kernels.shape[1])  # the first is the background's
        several = sum(((owner == k).any(1).int() for k in objects), owner.new_zeros(len(owner))) > 1
        if not bool(several.any()):
            return None
        floor = self.config.prior_floor
        edge = floor + (1 - floor) * math.exp(-(self.config.reach**2) / 2)
        return torch.where((kernels < edge) & several[:, None, None], _NOWHERE, 0.0)

    def _constrain(self, log_weight: Tensor, cells: Tensor, grid: tuple[int, int]) -> Tensor:
        """Equations (9) and (10) on a block: log2 W (B, N, HW) and matched points (B, N) -> W2 (B, N, HW)."""
        if not math.isfinite(self.config.sigma_g):
            return log_weight.exp2()
        vertical, horizontal = log_gaussian_kernel(cells, grid, self.config.sigma_g)
        constrained = log_weight.view(*cells.shape, *grid) + vertical[..., :, None]  # B x N x H x W
        return constrained.add_(horizontal[..., None, :]).flatten(2).clamp_min_(LEAST_LOG).exp2_()


def _of_owner(log_kernels: Tensor, owner: Tensor) -> Tensor:
    """The prior of each memory cell: log2 SCK (B, K, HW) and owners (B, N) -> (B, N, HW)."""
    batch, kinds, _ = log_kernels.shape
    first = torch.arange(0, batch * kinds, kinds, device=owner.device)[:, None]
    return F.embedding(owner + first, log_kernels.flatten(0, 1))


def _parts(read: Tensor, bounded: Tensor, block: int) -> list[Tensor]:
    """The memory cells that are `read`, bool (THW), `block` at a time; first those that a prior bounds, which
    others fill up to a multiple of `_GRAIN`. Cells that are not read do so for the rest, as far as there are
    such."""
    near, rest, others = read & bounded, read & ~bounded, ~read
    first, second, unread = (each.nonzero()[:, 0] for each in (near, rest, others))
    missing = -len(first) % _GRAIN
    first, second = torch.cat((first, second[:missing])), second[missing:]
    second = torch.cat((second, unread[: -len(second) % _GRAIN]))
    return [part for each in (first, second) for part in torch.split(each, block) if len(part)]


def _norms_of_blocks(
    blocks: Iterable[tuple[Tensor, Tensor | None]], top: int
) -> tuple[Tensor, Tensor | None, list[Tensor | None]]:
    """log2 sum_i 2^affinity over blocks of an affinity that is nowhere above 0, as `Affinity.of_blocks` gives
    them -> (B, 1, HW), and those that may be kept.

    With `top` the sum is over that many cells, the most similar; between the two stands log2 of the least
    weight (B, 1, HW) among them.
    """
    sums, kept = [], []
    for scores, again in blocks:
        sums.append(scores.topk(min(top, scores.shape[1]), 1).values if top else _sum_exp(scores))
        kept.append(again)
    together = torch.cat(sums, 1)
    if not top:
        return together.sum(1, keepdim=True).log2(), None, kept
    largest = together.topk(min(top, together.shape[1]), 1).values
    norm = _sum_exp(largest).log2()
    return norm, (largest[:, -1:] - norm).detach(), kept


def _sum_exp(scores: Tensor) -> Tensor:
    """sum_i 2^scores of (B, N, HW) -> (B, 1, HW)."""
    return scores.clamp_min(LEAST_LOG).exp2_().sum(1, keepdim=True)
