"""The affinity of memory and query cells, equation (1), in blocks, and what it is at most.

Source: Qiao et al., "A memory reader with spatial-constrain kernel for Video Object Segmentation", 2021,
Section 2.2. All logarithms are to base 2: torch's exp2 is several times quicker than its exp.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

import torch
from torch import Tensor

LEAST_LOG = -126.0
"""log2 of the least float32 that is not denormal: exp2 takes four times as long for those."""

_KEPT_BYTES = 64 << 20  # of products that need not be computed again
_TERMS = 3  # bfloat16 numbers whose sum is a float32 one
_PRODUCTS = torch.backends.mkldnn.matmul  # type: ignore[attr-defined]
_IN_FLOAT32 = _PRODUCTS.fp32_precision


class Affinity(NamedTuple):
    """Equation (1), over sqrt(CK) as STM does, and over log 2, so that 2 to it is what the softmax wants:
    scale * memory @ query, of memory (B, THW, C) and query (B, C, HW). What is added to it has channels of
    its own, against ones: so it costs no further pass over the product."""

    memory: Tensor
    query: Tensor
    scale: float

    @classmethod
    def of_keys(cls, memory_key: Tensor, query_key: Tensor, similarity: Literal["dot", "l2"]) -> "Affinity":
        """Of keys (B, CK, THW) and (B, CK, H, W); "l2" up to what is the same for every memory cell."""
        memory, query = memory_key.float().transpose(1, 2), query_key.float().flatten(2)
        scale = math.log2(math.e) / math.sqrt(query.shape[1])
        if similarity == "dot":
            return cls(memory, query, scale)
        # -|k - q|^2 / 2 = k.q - |k|^2 / 2 - |q|^2 / 2; the last is the same for every i: the softmax drops it
        memory = torch.cat((memory, _terms(-memory.square().sum(2, keepdim=True) / 2, 2)), 2)
        query = torch.cat((query, torch.ones_like(query[:, :_TERMS])), 1)
        return cls(memory, query, 2 * scale)

    def of(self, cells: slice | Tensor) -> Tensor:
        """Of some memory cells with all query cells, (B, N, HW)."""
        nothing = self.query.new_zeros(1, 1, 1)
        return torch.baddbmm(nothing, self.memory[:, cells], self.query, beta=0, alpha=self.scale)

    def under(self, peak: Tensor) -> "Affinity":
        """The same less `peak` (B, 1, HW)."""
        query = torch.cat((self.query, _terms(-peak / self.scale, 1)), 1)
        memory = torch.cat((self.memory, torch.ones_like(self.memory[..., :_TERMS])), 2)
        return Affinity(memory, query, self.scale)

    def of_blocks(self, parts: Sequence[slice | Tensor]) -> Iterator[tuple[Tensor, Tensor | None]]:
        """`of` each of some parts of the memory cells, twice: the second one is to be kept, None where that
        would be too much, so that it has to be computed again."""
        room = _KEPT_BYTES
        for part in parts:
            scores = self.of(part)
            room -= scores.nbytes
            yield scores, scores if room >= 0 or len(parts) == 1 else None

    @torch.no_grad()
    def peaks(self, parts: Sequence[Tensor]) -> tuple[Tensor, Tensor, list[Tensor | None]]:
        """The largest of each query cell (B, 1, HW); for each memory cell (B, THW) how close to those it
        comes at most: log2 of what none of its weights is above; and each part `under` those, as far as it is
        kept. `parts`: the memory cells, each in one of them."""
        peaks, kept = [], []
        for scores, again in self.of_blocks(parts):
            peaks.append(scores.amax(1, keepdim=True))
            kept.append(again)
        peak = torch.cat(peaks, 1).amax(1, keepdim=True)
        strongest = peak.new_empty(self.memory.shape[:2])
        for part, each in zip(parts, kept, strict=True):
            strongest[:, part] = (self.of(part) if each is None else each).sub_(peak).amax(2)
        return peak, strongest, kept


@contextmanager
def products_of(keys: Tensor) -> Iterator[None]:
    """Within it the processor multiplies float32 copies of `keys` that are bfloat16 in that type: twice as
    quick, and exact, for a product of two bfloat16 numbers fits into float32, in which they are summed.

    It holds for all threads: a float32 product that another one makes meanwhile, as of the shares that a
    confidence goes by, is rounded to three digits. The networks are convolutions, which it leaves alone."""
    if keys.dtype == torch.bfloat16 and keys.device.type == "cpu":
        _PRODUCTS.fp32_precision = "bf16"
    try:
        yield
    finally:
        _PRODUCTS.fp32_precision = _IN_FLOAT32


def _terms(x: Tensor, axis: int) -> Tensor:
    """x as the sum of `_TERMS` numbers along `axis`, where it has one, each of which bfloat16 holds."""
    terms, rest = [], x
    for _ in range(_TERMS - 1):
        terms.append(rest.detach().bfloat16().float())
        rest = rest - terms[-1]
    return torch.cat((*terms, rest), axis)  # the rest has the gradient of all
