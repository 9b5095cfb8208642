"""Confidence: how sure the network is of an object's mask, 0 to 1: an estimate of the mask's J.

A logistic model of what a step shows (`Evidence`), calibrated on sequences whose true J is known:
`benchmarks/confidence.py` fits it to a checkpoint, whose `SKNConfig.confidence` stores it. A hint, no proof:
fusion, timeline and review use only that it lies between 0 and 1 and that higher is surer.
"""

import math
from collections.abc import Sequence

from skn_annotator.inference.evidence import Evidence

_LEFT = 0.9
"""The confidence that an object left the frame: 178 of 188 such masks were right (docs/experiments.md)."""


def confidence(evidence: Evidence, calibration: Sequence[float]) -> float:
    """An object's confidence. Where it is nowhere: 0, or `_LEFT` if it was at the border of the frame before.

    `calibration`: the scale of the mean probability's logit, a bias, and a weight for each of the further
    `terms`, which are 0 where they are left out: checkpoints of older versions have the first two only.
    """
    if not evidence.probability:
        return _LEFT if evidence.border else 0.0
    scale, bias, *weights = calibration
    logit = scale * _logit(evidence.probability, 1e-4) + bias
    logit += sum(weight * term for weight, term in zip(weights, terms(evidence), strict=False))
    return 1 / (1 + math.exp(-logit))


def terms(evidence: Evidence) -> tuple[float, ...]:
    """What is weighted beside the mean probability: shares as logits, ratios as logarithms."""
    return (
        math.log(evidence.unsure + 0.01),
        math.log(evidence.spread + 0.01),
        _softened(evidence.matched),
        _softened(evidence.reference_matched),
        *(_softened(mean) for mean in evidence.trend[:3]),
        float(evidence.border),
        _softened(evidence.recalled),
        _softened(evidence.trend.recalled),
    )


def _logit(share: float, least: float) -> float:
    share = min(max(share, least), 1 - least)
    return math.log(share / (1 - share))


def _softened(share: float) -> float:
    """A logit that stays finite, and flattens, towards 0 and 1."""
    return math.log((share + 0.02) / (1 - share + 0.02))
