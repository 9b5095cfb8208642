"""The memory reader with spatial-constrain kernel.

Source: Qiao et al., 2021, Section 2.2, equations (1)-(11). Exact, without the T*H*W x H*W matrix in memory:
pass 1 finds the log-sum-exp of each query cell over blocks of memory cells; pass 2 computes each block again,
finds the matched points, applies the Gaussian kernel and adds up the readout. Peak memory is one block.

With sigma_s and sigma_g infinite it is STM's reader (Oh et al., ICCV 2019); without the prior, KMN's.
Gradients flow through the weights and the values, none through the matched points.
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import torch
from torch import Tensor, nn

from skn_annotator.model.kernels import gaussian_kernel, matched_points


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
    renormalize: bool = True
    """Whether the kernel's weights sum to one again (KMN); the paper does not say."""


class Matches(NamedTuple):
    """For each object and memory cell its best query cell: `cells` (B, O, THW) int64, and log W1 there."""

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
        kernel: Tensor,
        block: int | None = None,
    ) -> Readout:
        """Read.

        query_key (B, CK, H, W); memory_key (B, CK, THW); memory_value (B, O, CV, THW); kernel (B, O, H, W):
        the spatial-constrain kernel of each object. `block`: memory cells per block; None: all at once
        (training).
        """
        batch, objects, values, cells = memory_value.shape
        grid = (query_key.shape[2], query_key.shape[3])
        query = query_key.flatten(2)  # B x CK x HW
        step = block or max(cells, 1)
        blocks = range(0, cells, step)
        norm = self._log_normalizer(query, memory_key, blocks, step)
        log_kernel = kernel.float().flatten(2).clamp_min(1e-30).log()  # B x O x HW
        if not self.config.spatial_constrain:
            log_kernel = torch.zeros_like(log_kernel)

        total = query.new_zeros(batch, objects, values, query.shape[2], dtype=torch.float32)
        mass = query.new_zeros(batch, objects, 1, query.shape[2], dtype=torch.float32)
        indices, strengths = [], []
        for start in blocks:
            part = slice(start, start + step)
            log_weight = self._similarity(query, memory_key[:, :, part]) - norm  # B x N x HW
            with torch.no_grad():
                index, strength = matched_points(log_weight[:, None], log_kernel[:, :, None])  # B x O x N
            weight = log_weight.exp()[:, None]  # B x 1 x N x HW
            if math.isfinite(self.config.sigma_g):
                weight = weight * gaussian_kernel(index, grid, self.config.sigma_g).flatten(
                    3
                )  # B x O x N x HW
            value = memory_value[..., part]
            total = total + torch.matmul(value, weight.expand(-1, objects, -1, -1).to(value.dtype)).float()
            mass = mass + weight.sum(2, keepdim=True)
            indices.append(index)
            strengths.append(strength)
        if self.config.renormalize:
            total = total / mass.clamp_min(1e-12)
        matches = Matches(torch.cat(indices, -1), torch.cat(strengths, -1))
        return Readout(total.view(batch, objects, values, *grid).to(memory_value.dtype), matches)

    def _similarity(self, query: Tensor, memory: Tensor) -> Tensor:
        """Equation (1), over sqrt(CK) as STM does: float32 (B, N, HW) for memory keys (B, CK, N)."""
        scale = 1 / math.sqrt(query.shape[1])
        with torch.autocast(query.device.type, enabled=False):  # half precision would move the matched points
            dot = torch.matmul(memory.float().transpose(1, 2), query.float())
        if self.config.similarity == "dot":
            return dot * scale
        squared = memory.float().square().sum(1)  # B x N; |q|^2 is the same for every i: the softmax drops it
        return (2 * dot - squared[:, :, None]) * scale

    def _log_normalizer(self, query: Tensor, memory: Tensor, blocks: range, step: int) -> Tensor:
        """Equation (2): the log of the softmax's denominator over all memory cells, (B, 1, HW)."""
        norm = None
        for start in blocks:
            part = torch.logsumexp(
                self._similarity(query, memory[:, :, start : start + step]), 1, keepdim=True
            )
            norm = part if norm is None else torch.logaddexp(norm, part)
        if norm is None:
            raise ValueError("the memory is empty: memorize a frame before reading")
        return norm
