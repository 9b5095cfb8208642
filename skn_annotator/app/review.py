"""Which frames deserve a look: those of least confidence, and those that the last pass changed most.

Only a hint: a low confidence is no proof of a mistake.
"""

from collections.abc import Mapping

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.low_points import apart

_LEAST = 0.25  # of the greatest change: what is less is not worth a stop


def frame_to_check(annotation: Annotation, last: int | None = None) -> int | None:
    """The frame of least confidence; given `last`, what it returned before, the next least.

    Only a tenth of the propagated frames take turns, `APART` frames from each other at least, the least
    confident first. None if nothing was propagated.
    """
    chosen = _low_points(annotation)
    here = chosen.index(last) if last in chosen else -1
    return chosen[(here + 1) % len(chosen)] if chosen else None


def least_sure(annotation: Annotation, t: int) -> tuple[int, float]:
    """The object that `frame_to_check` chose frame `t` for, and its confidence."""
    sure = _confidences(annotation, t)
    return min(sure.items(), key=lambda each: each[1])


def most_changed(changes: Mapping[int, float]) -> list[int]:
    """The frames with the greatest of `changes`, `APART` frames from each other at least, ascending."""
    least = _LEAST * max(changes.values(), default=0.0)
    worth = sorted(
        (t for t, change in changes.items() if change > 0 and change >= least), key=lambda t: (-changes[t], t)
    )
    return sorted(apart(worth, len(worth)))


def _low_points(annotation: Annotation) -> list[int]:
    sure = {t: min(c.values()) for t in annotation.frames() if (c := _confidences(annotation, t))}
    return apart(sorted(sure, key=sure.__getitem__), max(1, len(sure) // 10))


def _confidences(annotation: Annotation, t: int) -> dict[int, float]:
    """Of the objects on frame `t`, and of those that were on the frame before: when one goes, that is worth a
    look; that it stays away is not."""
    here, before = annotation.ids_at(t), annotation.ids_at(t - 1)
    begins = annotation.mask_bytes(t - 1) is None
    known = (annotation.confidence(t) or {}).items()
    return {i: c for i, c in known if begins or i in here or i in before}
