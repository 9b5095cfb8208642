"""Recall: what the references alone would find, against what was found.

A pass reads mostly what it memorized itself a few frames ago. So a mask that went astray agrees with that
memory ever better; with the references it does not [choice; docs/experiments.md has the figures].

What is missed once would be missed for ever, too: memorized as background, it matches itself on all frames
after. So what the references say is an object is not memorized as background.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.inference.memory_bank import Entry, showing_all
from skn_annotator.inference.reading import BLOCK, Reading, keys_of, owners_of
from skn_annotator.model.affinity import LEAST_LOG
from skn_annotator.model.network import STRIDE
from skn_annotator.model.reader import MemoryReader

_NEAREST = 2
"""So many references are asked, those nearest to the frame."""
_STEP = 2
"""Every so many rows and columns of query cells are looked at."""
_LEAST = 0.3
"""A cell of which an object covers this share is its own."""
_MARGIN = 3
"""Cells that are no farther from those are looked at."""

_SURE = 0.7
"""The references are sure of an object where it has more than this share of what is read of them."""


def recalled(reading: Reading, own: Tensor) -> list[float]:
    """For each object how well its mask agrees with what the references alone find near it: the soft IoU of
    both over cells, 0-1; 1 where no reference that was read shows it.

    own: probabilities (O, H', W').
    """
    inside = F.avg_pool2d(own[None].float(), STRIDE)[0]  # O x H x W
    near = F.max_pool2d((inside > _LEAST).float(), 2 * _MARGIN + 1, 1, _MARGIN) > 0
    looked_at = torch.zeros_like(near[0])
    looked_at[::_STEP, ::_STEP] = near[:, ::_STEP, ::_STEP].any(0)
    entries = _nearest(reading)
    if not entries or not bool(looked_at.any()):
        return [1.0] * len(own)
    owner, keys = owners_of(entries, reading.channels)[0], keys_of(entries, reading.channels)[0]
    owned = owner == torch.arange(1, len(own) + 1, device=owner.device)[:, None]  # O x N
    found = _shares(reading.reader, reading.query_key[0][:, looked_at], keys, owned)  # O x n
    covers, near = inside[:, looked_at], near[:, looked_at]
    common = (torch.minimum(found, covers) * near).sum(1)
    either = (torch.maximum(found, covers) * near).sum(1)
    agreed: list[float] = torch.where(
        owned.any(1) & (either > 0), common / either.clamp_min(1e-6), 1.0
    ).tolist()
    return agreed


def contradicted(reading: Reading, owner: Tensor) -> Tensor:
    """Which cells of the frame that was read are background by their `owner` (N,), but some object's by the
    references alone; bool (N,).

    None where each object has keys of its own, and where similarities are no distances: the reader cannot be
    kept from reading cells there.
    """
    doubted = owner == 0
    entries = _nearest(reading)
    if not entries or reading.reader.config.similarity != "l2":
        return torch.zeros_like(doubted)
    keys = keys_of(entries, reading.channels)[0]
    if len(keys) > 1:
        return torch.zeros_like(doubted)
    owned = owners_of(entries, reading.channels) > 0  # 1 x N: any object's
    query = reading.query_key[0].flatten(1)[:, doubted]
    parts = [_shares(reading.reader, part, keys, owned)[0] for part in torch.split(query, BLOCK, 1)]
    doubted[doubted.clone()] = torch.cat(parts) > _SURE
    return doubted


def _nearest(reading: Reading) -> list[Entry]:
    """The references to ask: the nearest, and for an object that these do not show the nearest that does."""
    entries = sorted((e for e in reading.entries if e.knows), key=lambda e: (abs(e.t - reading.t), e.t))
    return showing_all(entries[:_NEAREST], entries[_NEAREST:], reading.ids)


def _shares(reader: MemoryReader, query: Tensor, keys: Tensor, owned: Tensor) -> Tensor:
    """The share of each object of what query cells (CK, n) read of memory cells with `keys` (1 or O, CK, N),
    without any kernel: (O, n). `owned` (O, N): whether a memory cell shows the object."""
    shares: list[Tensor] = []
    for key in keys:
        scores = reader.similarity(query, key)
        weight = scores.sub_(scores.amax(0)).clamp_min_(LEAST_LOG).exp2_()
        shares.append(owned.to(weight) @ weight / weight.sum(0))
    # with keys of its own each object is read by them
    return shares[0] if len(shares) == 1 else torch.stack([s[k] for k, s in enumerate(shares)])
