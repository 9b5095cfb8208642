"""Which propagated frame deserves a look next. A hint: the network's confidence is no proof of a mistake."""

from skn_annotator.annotation.annotation import Annotation

_APART = 10


def frame_to_check(annotation: Annotation, last: int | None = None) -> int | None:
    """The least certain frame; after `last`, the one that was told before, the next of the low points.

    They are `_APART` frames from each other at least, and up to a tenth of the propagated frames, so that
    asking again tours the worst of the video, from bad to better. None: nothing was propagated.
    """
    chosen = _low_points(annotation)
    here = chosen.index(last) if last in chosen else -1
    return chosen[(here + 1) % len(chosen)] if chosen else None


def _low_points(annotation: Annotation) -> list[int]:
    sure = {t: min(c.values()) for t in annotation.frames() if (c := annotation.confidence(t))}
    chosen: list[int] = []
    too_near: set[int] = set()
    for t in sorted(sure, key=sure.__getitem__):
        if len(chosen) >= max(1, len(sure) // 10):
            break
        if t not in too_near:
            chosen.append(t)
            too_near.update(range(t - _APART + 1, t + _APART))
    return chosen
