"""The memory reader with spatial-constrain kernel.

Source: Qiao et al., 2021, Section 2.2, equations (1)-(11). Exact, without the T*H*W x H*W matrix in memory:
pass 1 finds the log-sum-exp of each query cell over blocks of memory cells; pass 2 computes each block again,
finds the matched points, applies the Gaussian kernel and adds up the readout. Peak memory is one block. All
logarithms are to base 2: torch's exp2 is several times quicker than its exp, above all where the result is
denormal.

Each memory cell is constrained by one prior: in the paper, where every object has a memory of its own, by
that object's; where objects share their keys, by that of the object which the cell shows (its owner), or by
none on the background [choice]. So one set of matched points serves all objects, and a twin's cells stay with
the twin.

With sigma_s and sigma_g infinite it is STM's reader (Oh et al., ICCV 2019); without the prior, KMN's.
Gradients flow through the weights and the values, none through the matched points.
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from skn_annotator.model.kernels import log_gaussian_kernel, matched_points

_NOWHERE = -1e4  # log2 of a weight that is none


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


class Matches(NamedTuple):
    """For each memory cell its best query cell: `cells` (B, THW) int64, and log2 W1 there."""

    cells: Tensor
    log_strength: Tensor


class Readout(NamedTuple):
    """`value` (B, O, CV, H, W): W2^T V^M for each query cell; `matches`: the points that were matched."""

    value: Tensor
    matches: Matches


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
        rows = memory_value.flatten(1, 2)  # B x O*CV x THW
        with torch.autocast(query_key.device.type, enabled=False):  # half precision would move the matches
            memory, query = self._similarity_factors(memory_key.float(), query_key.float().flatten(2))
            parts = [slice(start, start + (block or cells)) for start in range(0, cells, block or cells)]
            norm = _log_sum_exp(torch.cat([_log_sum_exp(memory[:, part] @ query) for part in parts], 1))
            query = torch.cat((query, -norm), 1)  # from here on the product is log W, equation (2)
            memory = torch.cat((memory, torch.ones_like(memory[:, :, :1])), 2)

            log_kernels = self._log_priors(kernels.float().flatten(2), owner)  # B x K x HW
            total = query.new_zeros(batch, rows.shape[1], query.shape[2])
            mass = query.new_zeros(batch, 1, query.shape[2])
            found = []
            for part in parts:
                log_weight = memory[:, part] @ query  # B x N x HW
                priors = _of_owner(log_kernels, owner[:, part])
                found.append(Matches(*matched_points(log_weight, priors)))
                log_weight = log_weight.masked_fill(priors == _NOWHERE, _NOWHERE)
                weight = self._constrain(log_weight, found[-1].cells, grid)
                total = total + (rows[..., part] @ weight.to(rows.dtype)).float()
                mass = mass + weight.sum(1, keepdim=True)
        if self.config.renormalize:
            total = total / mass.clamp_min(1e-12)
        matches = Matches(*(torch.cat(columns, -1) for columns in zip(*found, strict=True)))
        return Readout(total.view(batch, objects, values, *grid).to(memory_value.dtype), matches)

    @torch.no_grad()
    def _log_priors(self, kernels: Tensor, owner: Tensor) -> Tensor:
        """log2 SCK (B, K, HW), `_NOWHERE` beyond the reach; nothing but zeros for KMN."""
        if not self.config.spatial_constrain:
            return torch.zeros_like(kernels)
        log_kernels = kernels.clamp_min(1e-30).log2()
        if math.isinf(self.config.reach):
            return log_kernels
        objects = range(1, kernels.shape[1])  # the first is the background's
        several = sum(((owner == k).any(1).int() for k in objects), owner.new_zeros(len(owner))) > 1
        floor = self.config.prior_floor
        edge = floor + (1 - floor) * math.exp(-(self.config.reach**2) / 2)
        return log_kernels.masked_fill((kernels < edge) & several[:, None, None], _NOWHERE)

    def _constrain(self, log_weight: Tensor, cells: Tensor, grid: tuple[int, int]) -> Tensor:
        """Equations (9) and (10) on a block: log2 W (B, N, HW) and matched points (B, N) -> W2 (B, N, HW)."""
        if not math.isfinite(self.config.sigma_g):
            return log_weight.exp2()
        vertical, horizontal = log_gaussian_kernel(cells, grid, self.config.sigma_g)
        constrained = log_weight.view(*cells.shape, *grid) + vertical[..., :, None]  # B x N x H x W
        return constrained.add_(horizontal[..., None, :]).flatten(2).exp2_()

    def _similarity_factors(self, memory: Tensor, query: Tensor) -> tuple[Tensor, Tensor]:
        """Equation (1), over sqrt(CK) as STM does, as one matrix product.

        Keys (B, CK, THW) and (B, CK, HW) -> factors (B, THW, K) and (B, K, HW) whose product is the
        similarity over log 2, so that 2 to it is what the softmax wants.
        """
        scale = math.log2(math.e) / math.sqrt(query.shape[1])
        memory = memory.transpose(1, 2)
        if self.config.similarity == "dot":
            return memory * scale, query
        # -|k - q|^2 = 2 k.q - |k|^2 - |q|^2; the last term is the same for every i: the softmax drops it
        squared = memory.square().sum(2, keepdim=True)
        memory = torch.cat((2 * memory, -squared), 2) * scale
        return memory, torch.cat((query, torch.ones_like(query[:, :1])), 1)


def _of_owner(log_kernels: Tensor, owner: Tensor) -> Tensor:
    """The prior of each memory cell: log2 SCK (B, K, HW) and owners (B, N) -> (B, N, HW)."""
    batch, kinds, _ = log_kernels.shape
    first = torch.arange(0, batch * kinds, kinds, device=owner.device)[:, None]
    return F.embedding(owner + first, log_kernels.flatten(0, 1))


def _log_sum_exp(scores: Tensor) -> Tensor:
    """log2 sum_i 2^scores of (B, N, HW) -> (B, 1, HW); it overwrites `scores`, which spares a copy."""
    largest = scores.detach().amax(1, keepdim=True)
    return scores.sub_(largest).exp2_().sum(1, keepdim=True).log2() + largest
