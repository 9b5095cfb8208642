"""Blending a pass with the masks that frames have already, between two reference frames.

After "Modular Interactive Video Object Segmentation" (MiVOS, Cheng, Tai and Tang, CVPR 2021), Section 3.3,
difference-aware fusion: a pass runs from the frame that was corrected to the next reference frame, and its
masks are blended with the earlier ones, by the relative distances to both frames and by where they differ.
MiVOS trains a network for it. Here it is arithmetic on id maps, [choice]:

- Where both masks agree, nothing changes. A pixel on which they differ gets one of the two ids that they give
  it, never a third.
- Each object is a soft map on either side: tanh(d / sigma), d the signed distance to its outline. The mean of
  both, weighted, decides: above 0 the object wins against the background, and of two objects the greater.
  So near outlines meet in between, and of masks that lie far apart the weightier one is taken whole.
- A weight is the nearness to the reference frame that the mask was carried from (both add up to 1), times the
  network's confidence, squared, which counts from 1/2 to 1: it decides in the middle, and a frame next to a
  reference frame follows that one.
- An object that one side was never shown is no matter of opinion: the other side's pixels stand. But a pass
  that comes to a frame from both ends does not carry an object to before the frame that first shows it.

An earlier mask has a say only if it was carried from the reference frame at the other end: one that came
from the same side is older, not another opinion, and is replaced.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from skn_annotator.arrays import Mask, Region
from skn_annotator.inference.step import PriorMask, Step
from skn_annotator.palette import VOID

_SOFTNESS = 1 / 120
"""sigma as a share of the frame's short side: 4 pixels at 480."""
_REACH = 4
"""Sigmas beyond which a soft map is flat."""
_LEAST = 0.5
"""A lower confidence counts as this: an object that is nowhere has 0, which does not say whether it is."""


def fused(
    steps: Iterable[Step],
    references: Collection[int],
    there: Mapping[int, PriorMask],
    guarded: frozenset[int] = frozenset(),
) -> Iterator[Step]:
    """The steps of a pass, each blended with what its frame has already; `origins` say what went into it.

    `references`: the frames that bound a pass. `there`: what each frame has when the pass comes to it; who
    takes the steps puts them in. The pixels of the objects `guarded`, and of those that the pass does not
    follow, stay as they are where a frame has a mask.
    """
    visited: set[int] = set()
    for step in steps:
        if step.reference:
            yield step
            continue
        (origin,) = step.origins
        old = there.get(step.t)
        if old is None:
            yield step
        else:
            mask = old.read()
            if step.t in visited:
                step = _without_news(step, mask, old)
            yield _fuse(step, origin, _other_end(origin, step.t, references), mask, old, guarded)
        visited.add(step.t)


def _other_end(origin: int, t: int, references: Collection[int]) -> int | None:
    """The reference frame that bounds a pass from `origin` beyond `t`."""
    if origin < t:
        return min((r for r in references if r > t), default=None)
    return max((r for r in references if r < t), default=None)


def _without_news(step: Step, there: Mask, old: PriorMask) -> Step:
    """The step without the objects that the pass, when it came from the other end, did not know yet."""
    news = step.confidence.keys() - _ids(there) - old.confidence.keys()
    confidence = {i: c for i, c in step.confidence.items() if i not in news}
    mask = _with_objects(step.mask, np.zeros_like(step.mask), news)
    return replace(step, mask=mask, confidence=confidence, logits=None)


def _fuse(
    step: Step, origin: int, far: int | None, there: Mask, old: PriorMask, guarded: frozenset[int]
) -> Step:
    """`there`: the mask of `old`."""
    known = _ids(there) | old.confidence.keys()
    kept = (known - step.confidence.keys()) | (guarded & known)
    mask = _with_objects(step.mask, there, kept)
    confidence = {i: c for i, c in step.confidence.items() if i not in kept}
    untouched = {i: c for i, c in old.confidence.items() if i in kept}
    if far is None or far not in old.origins:
        return replace(step, mask=mask, confidence=confidence | untouched, logits=None)
    other = _with_objects(there, mask, confidence.keys() - known)
    nearness = abs(far - step.t) / abs(far - origin)
    both = {i: (c, old.confidence.get(i, 0.0)) for i, c in confidence.items() if i in known}
    return replace(
        step,
        mask=blend(mask, other, nearness, both),
        confidence=confidence | untouched | _certainty(mask, other, nearness, both),
        origins=step.origins | {far},
        logits=None,
    )


def blend(
    new: Mask, old: Mask, nearness: float, confidence: Mapping[int, tuple[float, float]] | None = None
) -> Mask:
    """`new` and `old`, id maps (H, W), as one; `nearness` (0-1) is the weight of `new`.

    `confidence`: object id -> that of new and that of old; 1 where it says nothing.
    """
    differs = new != old
    if not differs.any():
        return new
    sigma = max(1.0, _SOFTNESS * min(new.shape))
    for_new = np.zeros(new.shape, np.float32)  # the mean of the id that `new` gives, less that of `old`'s
    for i in (_values(new[differs]) | _values(old[differs])) - {0}:
        contested = differs & ((new == i) | (old == i))
        around = _surroundings(contested, round(_REACH * sigma))
        ours, theirs = new[around] == i, old[around] == i
        sure, sure_before = (confidence or {}).get(i, (1.0, 1.0))
        weight = nearness * max(_LEAST, sure) ** 2
        other_weight = (1 - nearness) * max(_LEAST, sure_before) ** 2
        mean = weight * _soft(ours, sigma) + other_weight * _soft(theirs, sigma)
        mean /= weight + other_weight
        for_new[around] += mean * ours - mean * theirs
    takes_new = for_new >= 0 if nearness >= 0.5 else for_new > 0
    return np.where(differs & ~takes_new, old, new)


def _soft(area: Region, sigma: float) -> npt.NDArray[np.float32]:
    """tanh of the signed distance to the outline of `area`, in sigmas; nowhere 0."""
    inside = area.view(np.uint8)
    if not inside.any():
        return np.full(area.shape, -1, np.float32)
    signed = cv2.distanceTransform(inside, cv2.DIST_L2, 3) - cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3)
    soft: npt.NDArray[np.float32] = np.tanh(signed / np.float32(sigma))
    return soft


def _surroundings(marked: Region, margin: int) -> tuple[slice, slice]:
    """Rows and columns of the rectangle around the marked pixels, with a margin."""
    x, y, width, height = cv2.boundingRect(marked.view(np.uint8))
    return slice(max(0, y - margin), y + height + margin), slice(max(0, x - margin), x + width + margin)


def _certainty(
    new: Mask, old: Mask, nearness: float, confidence: Mapping[int, tuple[float, float]]
) -> dict[int, float]:
    """Per object the confidence of both by nearness, less the chance that the wrong one of the two was taken.

    Where they share no pixel, the other one was right as often as its weight says: half of the time in the
    middle, never beside a reference frame.
    """
    pairs = np.bincount(new.ravel().astype(np.uint16) << 8 | old.ravel(), minlength=1 << 16).reshape(256, 256)
    other = min(nearness, 1 - nearness)
    certainty = {}
    for i, (sure, sure_before) in confidence.items():
        union = int(pairs[i].sum() + pairs[:, i].sum() - pairs[i, i])
        overlap = int(pairs[i, i]) / union if union else 1.0
        certainty[i] = (nearness * sure + (1 - nearness) * sure_before) * (1 - other * (1 - overlap))
    return certainty


def _with_objects(mask: Mask, source: Mask, ids: Collection[int]) -> Mask:
    """`mask` with the objects `ids` exactly where `source` has them."""
    if not ids:
        return mask
    chosen = np.zeros(256, bool)
    chosen[list(ids)] = True
    return np.where(chosen[source], source, np.where(chosen[mask], np.uint8(0), mask))


def _ids(mask: Mask) -> set[int]:
    return _values(mask) - {0, VOID}


def _values(mask: Mask) -> set[int]:
    return set(np.flatnonzero(np.bincount(mask.ravel(), minlength=256)).tolist())
