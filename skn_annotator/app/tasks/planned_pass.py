"""A pass from what an annotation holds: its plan, and what its work needs of the annotation. No Qt here."""

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.edits import CarriedMask
from skn_annotator.app.tasks.pass_work import PassRequest
from skn_annotator.inference.directions import Direction, Ground, plan
from skn_annotator.inference.plans import Decision, Plan
from skn_annotator.video.replacement import OpenedSource


def planned_pass(
    annotation: Annotation,
    t: int,
    direction: Direction,
    chosen_range: tuple[int, int] | None = None,
    step: int = 1,
    stale: Mapping[int, frozenset[int]] | None = None,
) -> Plan:
    """The pass from frame `t` over what `annotation` holds now. Raises SknError as `directions.plan` does."""
    references = {r: Decision(ids, ids & annotation.ids_at(r)) for r, ids in annotation.references.items()}
    ground = Ground(t, references, annotation.length, annotation.known, chosen_range, step, stale or {})
    return plan(ground, direction)


def request_for(
    annotation: Annotation,
    path: Path,
    planned: Plan,
    protected: frozenset[int],
    opened: OpenedSource | None = None,
) -> PassRequest:
    """What a pass over the video at `path` needs of the annotation, as it is now.

    `opened`: what the video has to be still.
    """
    masks = {r: annotation.mask_bytes(r) for r in planned.given}
    return PassRequest(
        path,
        {r: data for r, data in masks.items() if data is not None},
        planned,
        _before(annotation, planned),
        protected,
        dict(annotation.references),
        opened,
    )


def _before(annotation: Annotation, planned: Plan) -> dict[int, CarriedMask]:
    """What the frames of the pass have already; those that are reached from both ends are made anew."""
    before = {}
    visits = Counter(chain.from_iterable(stretch.frames for stretch in planned.stretches))
    for t in {*visits, *planned.given}:
        mask = annotation.mask_bytes(t)
        if mask is not None:
            sources = annotation.sources(t) if visits[t] < 2 else None
            before[t] = CarriedMask(t, mask, annotation.confidence(t) or {}, sources)
    return before
