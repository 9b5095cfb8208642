"""Which propagated frame deserves a look next. A hint: the network's confidence is no proof of a mistake."""

from skn_annotator.annotation.annotation import Annotation

_APART = 10


def frame_to_check(annotation: Annotation, position: int) -> int | None:
    """The next low point of confidence after `position`, going round; None where nothing was propagated.

    Low points are taken from the least certain frame on, `_APART` frames from each other at least,
    up to a tenth of the propagated frames, so that asking again tours the worst of the video.
    """
    sure = {t: min(c.values()) for t in annotation.frames() if (c := annotation.confidence(t))}
    chosen: list[int] = []
    for t in sorted(sure, key=sure.__getitem__):
        if len(chosen) >= max(1, len(sure) // 10):
            break
        if all(abs(t - other) >= _APART for other in chosen):
            chosen.append(t)
    later = [t for t in chosen if t > position]
    return min(later or chosen, default=None)
