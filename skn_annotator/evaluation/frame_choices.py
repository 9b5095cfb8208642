"""Which frame a simulated annotator corrects next: three ways to look for what is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.app.review import suggestion


@dataclass(frozen=True)
class AnnotatingProgress:
    """What has been annotated so far.

    `j`: frame -> object -> J in [0, 1] of each mask, which only `truly_worst` may know. `open`: frame -> the
    objects that are not decided there yet; only frames with any.
    """

    annotation: Annotation
    j: Mapping[int, Mapping[int, float]]
    open: Mapping[int, frozenset[int]]


FrameChoice = Callable[[AnnotatingProgress], int | None]
"""The frame to correct next, one of `AnnotatingProgress.open`; None: it knows none."""


def suggested(progress: AnnotatingProgress) -> int | None:
    """The frame that the window suggests first."""
    found = suggestion(progress.annotation)
    return None if found is None else found.t


def truly_worst(progress: AnnotatingProgress) -> int | None:
    """The frame with the mask of lowest J."""
    lowest = {t: min(progress.j[t][i] for i in ids) for t, ids in progress.open.items()}
    return min(lowest, key=lambda t: (lowest[t], t), default=None)


def evenly_spaced(progress: AnnotatingProgress) -> int | None:
    """The middle of the longest stretch without a reference; the video's end bounds one, too."""
    length = progress.annotation.length
    bounds = [*sorted(progress.annotation.references), length]
    gaps = [(b - a, a) for a, b in pairwise(bounds) if b - a > 1]
    if not gaps:
        return min(progress.open, default=None)
    gap, start = max(gaps)  # of two that are as long the later one, as what comes last is carried farthest
    return start + gap // 2


FRAME_CHOICES: Mapping[str, FrameChoice] = {
    "suggested": suggested,
    "worst": truly_worst,
    "even": evenly_spaced,
}
"""By the names that the command has for them."""
