"""Closer looks: small objects among others, each followed once more on its own.

Several objects are looked for in the whole frame, which hardly shows what is as small as a few cells. So each
such object has a pass of its own beside the common one, as if it were alone, which looks at it closely; its
mask is the one that this pass finds [choice; docs/experiments.md has the figures]. Look-alikes have none:
alone, one would be taken for the other.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from skn_annotator.inference.id_maps import only
from skn_annotator.inference.pass_state import PassState
from skn_annotator.inference.region import likeliest
from skn_annotator.inference.step import Step

_MOST = 4
"""So many objects are looked at closely at most, the smallest: each takes as long as a lone object."""


def looked_at_closely(state: PassState) -> list[int]:
    """The objects of a pass, by id, that are worth a closer look, the smallest first."""
    if len(state.ids) < 2:
        return []
    areas = {
        i: max(np.count_nonzero(state.masks[t] == i) for t, ids in state.shown.items() if i in ids)
        for i in state.ids
        if not state.looks_like_others(i)
    }
    small = (i for i, area in areas.items() if area <= state.hardly_seen)
    return sorted(small, key=areas.__getitem__)[:_MOST]


@torch.inference_mode()
def with_closer_looks(step: Step, closer: Sequence[Step], state: PassState) -> Step:
    """The `step` of all objects with what was found of some that were looked at closely, each in a step of
    its own. `state`: that of the common pass."""
    found = [each for each in closer if each.logits is not None and each.ids[0] in step.ids]
    memory_bytes = step.memory_bytes + sum(each.memory_bytes for each in closer)
    if step.logits is None or not found:
        return replace(step, memory_bytes=memory_bytes)
    logits = step.logits - step.logits[:, :1]  # against the background: each object's own
    for each in found:
        assert each.logits is not None
        logits[:, 1 + step.ids.index(each.ids[0])] = each.logits[:, 1] - each.logits[:, 0]
    mask = state.with_given(only(likeliest(logits, step.ids), step.confidence), step.t)
    carried = [each for each in found if each.ids[0] in step.confidence]
    anew = {i for each in carried for i in each.confidence}
    return replace(
        step,
        mask=mask,
        logits=logits,
        memory_bytes=memory_bytes,
        confidence={**step.confidence, **{i: c for each in carried for i, c in each.confidence.items()}},
        evidence={**step.evidence, **{i: e for each in carried for i, e in each.evidence.items()}},
        doubts={i: why for i, why in step.doubts.items() if i not in anew}
        | {i: why for each in carried for i, why in each.doubts.items()},
    )
