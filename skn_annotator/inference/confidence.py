"""Confidence: how sure the network is of an object's mask, 0 to 1: an estimate of the mask's J.

A logistic model of what a step shows (`Evidence`), calibrated on sequences whose true J is known:
`benchmarks/confidence.py` fits it to a checkpoint, whose `SKNConfig.confidence` stores it. A hint, no proof:
fusion, timeline and review use only that it lies between 0 and 1 and that higher is surer.
"""

import math
from collections.abc import Sequence

from skn_annotator.inference.evidence import Evidence, Trend
from skn_annotator.inference.step import Doubt

_LEFT = 0.9
"""The confidence that an object left the frame: 178 of 188 such masks were right (docs/experiments.md)."""

_LOWERED = 0.5
"""What lowers the logit of the confidence by less is not named: as from 0.85 to 0.77. With the weights before
these, 527 of 533 masks with a J below 0.7 had a doubt, 311 of 489 up to 0.9, and 109 of 526 above that (25
clips that nothing was fitted to)."""
_GOOD = Evidence(0.98, 0.04, 5.22, 0.87, 0.84, 0.75, Trend(0.07, 0.85, 0.77), False)
"""What is seen of masks with a J above 0.9 (medians that `benchmarks/confidence.py` prints): what lies below
it speaks against a mask."""


def confidence(evidence: Evidence, calibration: Sequence[float]) -> float:
    """An object's confidence. Where it is nowhere: 0, or `_LEFT` if it was at the border of the frame before.

    `calibration`: the scale of the mean probability's logit, a bias, and a weight for each of the further
    `terms`; checkpoints of older versions have the first two only, or all but the last term. One with another
    number of weights was fitted to other terms: then the mean probability counts as it is.
    """
    if not evidence.probability:
        return _LEFT if evidence.border else 0.0
    scale, bias, *weights = _usable(calibration)
    logit = bias + sum(w * each for w, each in zip((scale, *weights), _inputs(evidence), strict=False))
    return 1 / (1 + math.exp(-logit))


def terms(evidence: Evidence) -> tuple[float, ...]:
    """What is weighted beside the mean probability: shares as logits, ratios as logarithms."""
    return (
        math.log(evidence.unsure + 0.01),
        math.log(evidence.spread + 0.01),
        _softened(evidence.matched),
        _softened(evidence.reference_matched),
        math.log(evidence.trend.around + 0.02),
        _softened(evidence.trend.reference_matched),
        float(evidence.border),
        _softened(evidence.recalled),
        _softened(evidence.trend.recalled),
        math.log(evidence.trend.by_motion + 0.05),
    )


_CAUSES = (
    Doubt.UNCLEAR,  # the mean probability
    Doubt.UNCLEAR,
    Doubt.UNCLEAR,
    Doubt.MATCHED_ELSEWHERE,
    Doubt.REFERENCES_ELSEWHERE,
    Doubt.UNCLEAR,
    Doubt.REFERENCES_ELSEWHERE,
    Doubt.AT_BORDER,
    Doubt.NOT_RECALLED,
    Doubt.NOT_RECALLED,
    Doubt.EXCHANGED,
)
"""What a low mean probability speaks of, and each of `terms`."""


def doubt(evidence: Evidence, calibration: Sequence[float]) -> Doubt | None:
    """What lowers the confidence most, against that of a good mask; None: nothing does by much, or the object
    is nowhere."""
    if not evidence.probability:
        return None
    scale, _, *weights = _usable(calibration)
    lowered = dict.fromkeys(Doubt, 0.0)
    seen, good = _inputs(evidence), _inputs(_GOOD)
    for cause, weight, here, there in zip(_CAUSES, (scale, *weights), seen, good, strict=False):
        lowered[cause] += weight * (there - here)
    most = max(lowered, key=lowered.__getitem__)
    return most if lowered[most] >= _LOWERED else None


def _usable(calibration: Sequence[float]) -> Sequence[float]:
    return calibration if len(calibration) in (2, len(_CAUSES), 1 + len(_CAUSES)) else (1.0, 0.0)


def _inputs(evidence: Evidence) -> tuple[float, ...]:
    """All that is weighted: the logit of the mean probability, and the further terms."""
    return (_logit(evidence.probability, 1e-4), *terms(evidence))


def _logit(share: float, least: float) -> float:
    share = min(max(share, least), 1 - least)
    return math.log(share / (1 - share))


def _softened(share: float) -> float:
    """A logit that stays finite, and flattens, towards 0 and 1."""
    return math.log((share + 0.02) / (1 - share + 0.02))
