"""A simulated annotator: how many corrections a clip needs until its masks are right.

The program's own measure. The first frame is given as it is in truth and carried through the clip. Then,
again and again, one frame is looked at, the worst object there is corrected, and what that makes stale is
renewed, by the plans and the passes of the window. If the object is wrong anywhere between the reference
before and the corrected frame, this stretch is carried again from both sides, as a chosen range is. After the
interactive track of DAVIS (Caelles et al., "The 2018 DAVIS Challenge on Video Object Segmentation"), but with
whole masks or clicks for scribbles, and counted in corrections, not in seconds. A frame that was right
already counts, too: it was looked at and, as all objects are right if the worst is, set as a reference frame.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import NONE, Annotation
from skn_annotator.annotation.stale import StaleMasks
from skn_annotator.app.tasks import pass_work
from skn_annotator.app.tasks.pass_work import TrackerFactory
from skn_annotator.app.tasks.planned_pass import planned_pass, request_for
from skn_annotator.arrays import Mask
from skn_annotator.evaluation.annotated_clip import AnnotatedClip
from skn_annotator.evaluation.corrections import Correct, true_mask
from skn_annotator.evaluation.frame_choices import AnnotatingProgress, FrameChoice
from skn_annotator.evaluation.metrics import boundary_f, jaccard
from skn_annotator.inference.directions import Direction
from skn_annotator.inference.plans import Plan
from skn_annotator.palette import VOID
from skn_annotator.video.frames import open_frames

GOAL = 0.85
"""The least J of every object on every frame."""
MOST = 20
"""Corrections of a clip at most."""


@dataclass(frozen=True)
class Correction:
    """What was done: which object on which frame, which J in [0, 1] it had, and with how many clicks it was
    corrected; 0: painted."""

    t: int
    object_id: int
    j: float
    clicks: int


@dataclass(frozen=True)
class AnnotatingRecord:
    """How the annotation of a clip went.

    `jf`: J&F in [0, 1] after 0, 1, ... corrections: over all objects, and all frames but the first; of two on
    one frame, which one pass follows, it rises after the second. `needed`: after how many of them every J was
    the goal at least; None: it never was.
    """

    clip: str
    corrections: tuple[Correction, ...]
    jf: tuple[float, ...]
    needed: int | None

    def jf_after(self, count: int) -> float:
        """J&F after so many corrections; it stays where nothing was left to correct."""
        return self.jf[min(count, len(self.jf) - 1)]


def annotate(
    clip: AnnotatedClip,
    make_tracker: TrackerFactory,
    choices: Mapping[str, FrameChoice],
    correct: Correct = true_mask,
    most: int = MOST,
    goal: float = GOAL,
) -> Iterator[tuple[str, AnnotatingRecord]]:
    """Annotate a clip once with each of `choices`, all from the same first pass; yields its name and how it
    went.

    Each time until every J is `goal` at least, or after `most` corrections, or where the choice knows no
    frame. Raises what a pass raises.
    """
    begun = SimulatedAnnotation(clip, make_tracker)
    begun.begin()
    for name, choose in choices.items():
        work = begun.copy()
        corrections: list[Correction] = []
        jf = [work.jf]
        while work.least < goal and len(corrections) < most:
            t = choose(work.progress())
            if t is None:
                break
            made = work.correct(t, correct, goal, most - len(corrections))
            corrections += made
            jf += [jf[-1]] * (len(made) - 1) + [work.jf]
        needed = len(corrections) if work.least >= goal else None
        yield name, AnnotatingRecord(clip.name, tuple(corrections), tuple(jf), needed)


class SimulatedAnnotation:
    """The annotation of a clip, and the scores of its masks; `annotate` says how it goes on."""

    def __init__(self, clip: AnnotatedClip, make_tracker: TrackerFactory) -> None:
        """`make_tracker` is called before each pass."""
        self._clip = clip
        self._make_tracker = make_tracker
        self._annotation = Annotation(clip.truth[0].shape, len(clip.truth))
        self._scored: dict[int, bytes | None] = {}
        self._scores: dict[tuple[int, int], tuple[float, float]] = {}  # (frame, object) -> J, F

    def begin(self) -> None:
        """Give the first frame and carry it through the clip."""
        first = np.where(self._clip.truth[0] == VOID, np.uint8(0), self._clip.truth[0])
        self._annotation.apply(edits.import_masks(self._annotation, {0: first}))
        self.carry()

    def carry(self) -> None:
        """Carry what is decided to all other frames."""
        self._carry(planned_pass(self._annotation, 0, Direction.EVERYWHERE))
        self._score()

    def copy(self) -> "SimulatedAnnotation":
        """The same once more, to go on from in another way."""
        copy = SimulatedAnnotation(self._clip, self._make_tracker)
        copy._annotation = self._annotation.copy()
        copy._scored, copy._scores = self._scored.copy(), self._scores.copy()
        return copy

    @property
    def least(self) -> float:
        """The lowest J."""
        return min(j for j, _ in self._scores.values())

    @property
    def jf(self) -> float:
        """The mean of J and F."""
        return float(np.mean(list(self._scores.values())))

    def progress(self) -> AnnotatingProgress:
        """What a choice may look at."""
        frames = range(1, self._annotation.length)
        j = {t: {i: self._scores[t, i][0] for i in self._clip.ids} for t in frames}
        undecided = {t: frozenset(self._clip.ids) - self._annotation.decided(t) for t in frames}
        return AnnotatingProgress(self._annotation, j, {t: ids for t, ids in undecided.items() if ids})

    def correct(self, t: int, correct: Correct, goal: float, most: int = MOST) -> list[Correction]:
        """Correct the worst object of frame `t` that is not decided there, and renew what follows from it.

        If it was right, all are: then the frame is set as a reference frame. An object that it had changed
        places with is decided, too, and corrected where it is not right even so, unless that were more than
        `most` corrections.
        """
        undecided = sorted(set(self._clip.ids) - self._annotation.decided(t))
        worst: int | None = min(undecided, key=lambda i: self._scores[t, i])
        wrong_before = {i: self._wrong_before(t, i, goal) for i in self._clip.ids}
        before, done = self._annotation.references, list[Correction]()
        while worst is not None and len(done) < most:
            j, _ = self._scores_of(t, worst)
            if done and j >= goal:
                break
            clicks, other = self._paint(t, worst, correct)
            done.append(Correction(t, worst, j, clicks))
            worst = other
        if done[0].j >= goal:
            self._annotation.apply(edits.decide_all(self._annotation, [t]))
        decided = self._annotation.decided(t) - before.get(t, NONE)
        renewed = StaleMasks(self._annotation).by_frame()
        for i in decided:
            for r in wrong_before[i]:
                renewed[r] = renewed.get(r, NONE) | {i}
        if renewed:
            self._carry(planned_pass(self._annotation, t, Direction.STALE, stale=renewed))
        self._score()
        return done

    def _paint(self, t: int, object_id: int, correct: Correct) -> tuple[int, int | None]:
        """Give an object its mask on frame `t`: how many clicks that took, and the object that it had changed
        places with, if there was one."""
        found = self._mask(t)
        with closing(open_frames(self._clip.path)) as frames:
            given = correct(frames[t], found == object_id, self._clip.truth[t] == object_id)
        own, free = np.uint8(object_id), np.where(found == object_id, np.uint8(0), found)
        mask = np.where(given.pixels, own, free)
        made = edits.painting(self._annotation, t, mask, object_id, "Select")
        self._annotation.apply(made.edit)
        return given.clicks, made.other

    def _wrong_before(self, t: int, object_id: int, goal: float) -> range:
        """The frames between the object's last reference and `t`, if it is wrong on one of them."""
        decided = [r for r, ids in self._annotation.references.items() if object_id in ids and r < t]
        frames = range(max(decided) + 1, t)
        return frames if any(self._scores[r, object_id][0] < goal for r in frames) else range(0)

    def _carry(self, plan: Plan) -> None:
        """Run a pass and take over what arrives."""
        request = request_for(self._annotation, self._clip.path, plan, frozenset())
        for item in pass_work.propagate(request, self._make_tracker):
            carried = item[1] if isinstance(item, tuple) else None
            if carried is not None:
                self._annotation.apply(edits.propagated(self._annotation, carried, "Propagate"))

    def _score(self) -> None:
        """Score the masks that changed; the first frame is given, so it is not scored."""
        for t in self._changed():
            for i in self._clip.ids:
                self._scores[t, i] = self._scores_of(t, i)

    def _scores_of(self, t: int, object_id: int) -> tuple[float, float]:
        """J and F of an object's mask on frame `t`, as it is now."""
        truth = self._clip.truth[t]
        void = truth == VOID
        pair = truth == object_id, self._mask(t) == object_id, void if void.any() else None
        return jaccard(*pair), boundary_f(*pair)

    def _changed(self) -> Iterator[int]:
        for t in range(1, self._annotation.length):
            data = self._annotation.mask_bytes(t)
            if t not in self._scored or self._scored[t] != data:
                self._scored[t] = data
                yield t

    def _mask(self, t: int) -> Mask:
        mask = self._annotation.mask(t)
        return np.zeros(self._annotation.size, np.uint8) if mask is None else mask
