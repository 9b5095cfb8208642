"""Confidence: how sure the network is of an object's mask, 0 to 1: an estimate of the mask's J.

It is the mean probability of the mask's pixels, calibrated on sequences whose true J is known:
`benchmarks/confidence.py` fits scale and bias, `SKNConfig.confidence` stores them. A hint, no proof: fusion,
timeline and review use only that it lies between 0 and 1 and that higher is surer.
"""

from collections.abc import Sequence

from torch import Tensor


def confidences(
    probability: Tensor, ids: Sequence[int], calibration: tuple[float, float]
) -> dict[int, float]:
    """Object id -> confidence; 0 for an object that is nowhere.

    `probability`: (1, 1 + O, H', W'), background first, then the objects `ids`. `calibration`: scale and bias
    of the logit.
    """
    own = probability[0, 1:]
    won = own > 0.5
    mean = (own * won).sum((1, 2)) / won.sum((1, 2)).clamp_min(1)
    scale, bias = calibration
    calibrated = (scale * mean.logit(1e-4) + bias).sigmoid() * won.any(2).any(1)
    return dict(zip(ids, calibrated.cpu().tolist(), strict=True))
