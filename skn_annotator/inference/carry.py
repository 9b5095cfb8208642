"""A pass over a whole video from masks that are given, with its steps blended where two of them meet.

What `skn-propagate`, `skn-batch` and a script run; the window's pass goes through a document instead
(`app.tasks.pass_work`).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from skn_annotator.arrays import Mask
from skn_annotator.inference.fusion import fused
from skn_annotator.inference.held_frames import Frames
from skn_annotator.inference.plans import Plan, cover, decisions
from skn_annotator.inference.step import PriorMask, Step


class Carries(Protocol):
    """What is needed of a tracker, plain or with augmentation."""

    def propagate(self, frames: Frames, masks: Mapping[int, Mask], plan: Plan) -> Iterator[Step]:
        """One `Step` for each start and each frame of the stretches of `plan`."""
        ...


def plan_for(masks: Mapping[int, Mask], length: int, step: int = 1) -> Plan:
    """The plan over every `step`-th of `length` frames; each of `masks` decides all objects."""
    return cover(range(0, length, step), decisions(masks))


def carry(
    tracker: Carries,
    frames: Frames,
    masks: Mapping[int, Mask],
    plan: Plan,
    keep: Callable[[Step], Callable[[], Mask]],
) -> Iterator[Step]:
    """The steps of `plan`, those of references among them, each blended with what its frame has already.

    A frame between two of `masks` comes twice; what comes last is right. `keep` stores a step's mask until
    then, and returns what reads it again, which is let go once no step needs it: an hour has 100,000. Raises
    as `Tracker.propagate` does.
    """
    there = {t: PriorMask(lambda mask=mask: mask, {}) for t, mask in masks.items()}  # type: ignore[misc]
    visits = Counter(t for stretch in plan.stretches for t in stretch)
    for step in fused(tracker.propagate(frames, masks, plan), plan.given, there):
        visits[step.t] -= 1
        if not step.reference:
            prior = PriorMask(keep(step), step.confidence, step.origins)
            if visits[step.t]:
                there[step.t] = prior
            else:
                there.pop(step.t, None)
        yield step
