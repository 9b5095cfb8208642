"""Blending a pass with the masks that frames have already, between two reference frames.

After "Modular Interactive Video Object Segmentation" (MiVOS, Cheng, Tai and Tang, CVPR 2021), Section 3.3,
difference-aware fusion: a pass runs from the frame that was corrected to the next reference, and its masks
are blended with the earlier ones, by the relative distances to both frames and by where they differ.
MiVOS trains a network for it. Here it is arithmetic on id maps, [choice]:

- Where both masks agree, nothing changes. A pixel on which they differ gets one of the two ids that they give
  it, never a third.
- Each object is a soft map on either side: tanh(d / sigma), d the signed distance to its outline. The mean of
  both, weighted, decides: above 0 the object wins against the background, and of two objects the greater.
  So near outlines meet in between, and of masks that lie far apart the weightier one is taken whole.
- A weight is the nearness to the reference frame that the mask was carried from (both add up to 1), times the
  network's confidence, squared, which counts from 1/2 to 1: it decides in the middle, and a frame next to a
  reference frame follows that one.
- An object that one side was never shown is no matter of opinion: the other side's pixels stand, where no
  object that the pass carries claims them. What is decided or protected stands in any case.

An earlier mask has a say only if it was carried from the reference frame at the other end: one that came
from the same side is older, not another opinion, and is replaced.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from skn_annotator.arrays import Mask, Pixels
from skn_annotator.inference.id_maps import ids_in, only, values_in, with_objects
from skn_annotator.inference.step import PriorMask, Step

_SOFTNESS = 1 / 120
"""sigma as a share of the frame's short side: 4 pixels at 480."""
_REACH = 4
"""Sigmas beyond which a soft map is flat."""
_LEAST = 0.5
"""A lower confidence counts as this: one that was lost has 0, which does not say whether it is there."""


def fused(
    steps: Iterable[Step],
    given: Mapping[int, Collection[int]],
    there: Mapping[int, PriorMask],
    protected: frozenset[int] = frozenset(),
) -> Iterator[Step]:
    """The steps of a pass, each blended with what its frame has already; `origins` say what went into it.

    `given`: frame -> the objects whose mask there bounds a pass, as in `Plan`. `there`: what each frame has
    when the pass comes to it; who takes the steps puts them in. The pixels of the objects `protected`, and of
    those that the pass does not carry there, stay as they are where a frame has a mask.
    """
    for step in steps:
        old = None if step.reference else there.get(step.t)
        yield step if old is None else _fuse(step, given, old.read(), old, protected)


def _fuse(
    step: Step, given: Mapping[int, Collection[int]], there: Mask, old: PriorMask, protected: frozenset[int]
) -> Step:
    """The step blended with `there`, the mask of `old`."""
    known = ids_in(there) | old.confidence.keys()
    fixed = (protected & known) | (frozenset(given.get(step.t, ())) - step.confidence.keys())
    carried = {i: c for i, c in step.confidence.items() if i not in fixed}
    ends = {i: _ends(step, i, given, old) for i in carried if i in known}
    shared = {i: (origin, far) for i, (origin, far) in ends.items() if far is not None}
    nearness = {i: abs(far - step.t) / abs(far - origin) for i, (origin, far) in shared.items()}
    both = {i: (carried[i], old.confidence.get(i, 0.0)) for i in shared}
    new = only(step.mask, carried)
    # What only this pass carries is put on both sides, so that the blend has nothing to decide about it.
    other = with_objects(only(there, shared), new, carried.keys() - shared.keys())
    mask = blend(new, other, nearness, both) if shared else new
    # Objects that the pass does not carry keep their pixels, where it claims none.
    mask = np.where(mask > 0, mask, with_objects(there, np.zeros_like(there), carried))
    untouched = {i: c for i, c in old.confidence.items() if i not in carried}
    return replace(
        step,
        mask=with_objects(mask, there, fixed),
        confidence=carried | untouched | _certainty(new, other, nearness, both),
        origins={i: frames for i, frames in old.origins.items() if i in known - carried.keys()}
        | {i: step.origins[i] | ({shared[i][1]} if i in shared else set()) for i in carried},
        logits=None,
    )


def _ends(
    step: Step, object_id: int, given: Mapping[int, Collection[int]], old: PriorMask
) -> tuple[int, int | None]:
    """Where an object was carried from; and what bounds it beyond, if the old mask came from there."""
    (origin,) = step.origins[object_id]
    bounds = [r for r, ids in given.items() if object_id in ids and (r - step.t) * (step.t - origin) > 0]
    far = min(bounds, key=lambda r: abs(r - step.t), default=None)
    return origin, far if far in old.origins.get(object_id, ()) else None


def blend(
    new: Mask,
    old: Mask,
    nearness: Mapping[int, float],
    confidence: Mapping[int, tuple[float, float]] | None = None,
) -> Mask:
    """`new` and `old`, id maps (H, W), as one.

    `nearness`: object id -> 0-1, the weight of its mask in `new`; 1 where it says nothing. `confidence`:
    object id -> that of new and that of old; 1 where it says nothing.
    """
    differs = new != old
    if not differs.any():
        return new
    sigma = max(1.0, _SOFTNESS * min(new.shape))
    for_new = np.zeros(new.shape, np.float32)  # the mean of the id that `new` gives, less that of `old`'s
    for i in (values_in(new[differs]) | values_in(old[differs])) - {0}:
        contested = differs & ((new == i) | (old == i))
        around = _surroundings(contested, round(_REACH * sigma))
        ours, theirs = new[around] == i, old[around] == i
        sure, sure_before = (confidence or {}).get(i, (1.0, 1.0))
        near = nearness.get(i, 1.0)
        weight = near * max(_LEAST, sure) ** 2
        other_weight = (1 - near) * max(_LEAST, sure_before) ** 2
        mean = weight * _soft(ours, sigma) + other_weight * _soft(theirs, sigma)
        mean /= weight + other_weight
        for_new[around] += mean * ours - mean * theirs
    # A tie goes to the nearer reference: to the same one, whichever way the pass went.
    takes_new = for_new >= 0 if all(near >= 0.5 for near in nearness.values()) else for_new > 0
    return np.where(differs & ~takes_new, old, new)


def _soft(area: Pixels, sigma: float) -> npt.NDArray[np.float32]:
    """tanh of the signed distance to the outline of `area`, in sigmas; nowhere 0."""
    inside = area.view(np.uint8)
    if not inside.any():
        return np.full(area.shape, -1, np.float32)
    signed = cv2.distanceTransform(inside, cv2.DIST_L2, 3) - cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3)
    soft: npt.NDArray[np.float32] = np.tanh(signed / np.float32(sigma))
    return soft


def _surroundings(marked: Pixels, margin: int) -> tuple[slice, slice]:
    """Rows and columns of the rectangle around the marked pixels, with a margin."""
    x, y, width, height = cv2.boundingRect(marked.view(np.uint8))
    return slice(max(0, y - margin), y + height + margin), slice(max(0, x - margin), x + width + margin)


def _certainty(
    new: Mask, old: Mask, nearness: Mapping[int, float], confidence: Mapping[int, tuple[float, float]]
) -> dict[int, float]:
    """Per object the confidence of both by nearness, less the chance that the wrong one of the two was taken.

    Where they share no pixel, the other one was right as often as its weight says: half of the time in the
    middle, never beside a reference frame.
    """
    if not confidence:
        return {}
    pairs = np.bincount(new.ravel().astype(np.uint16) << 8 | old.ravel(), minlength=1 << 16).reshape(256, 256)
    certainty = {}
    for i, (sure, sure_before) in confidence.items():
        near = nearness[i]
        union = int(pairs[i].sum() + pairs[:, i].sum() - pairs[i, i])
        overlap = int(pairs[i, i]) / union if union else 1.0
        certainty[i] = (near * sure + (1 - near) * sure_before) * (1 - min(near, 1 - near) * (1 - overlap))
    return certainty
