"""The story of the demo with the bundled network: one thing goes wrong, `C` leads there, a box mends it.

The clip is carried until that is in full view, and mended from where it began. The truth is rendered small.
"""

from contextlib import closing
from itertools import islice

import cv2
import numpy as np
import pytest
from demo_scene import demo_scene

import skn_annotator as skn
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.edits import import_masks, paint, propagated
from skn_annotator.annotation.masks import read_mask
from skn_annotator.app.review import suggestion
from skn_annotator.app.tasks.pass_work import NetworkTracker, Stage, propagate
from skn_annotator.app.tasks.planned_pass import planned_pass, request_for
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.inference.directions import Direction
from skn_annotator.resources import demo_clip, demo_mask

SIZE, SMALL = (480, 854), (120, 214)
LAST = 55
NEAR, FAR, BLUE = 1, 2, 3
RIGHT = 0.85  # of J


@pytest.fixture(scope="module")
def truth():
    return [ids for _, ids in islice(demo_scene(SMALL, oversample=1), LAST + 1)]


@pytest.fixture(scope="module")
def frames():
    with closing(skn.open_frames(demo_clip())) as opened:
        yield opened


def carry(annotation, tracker, first, last):
    planned = planned_pass(annotation, first, Direction.RANGE, (first, last))
    for arrived in propagate(request_for(annotation, demo_clip(), planned, frozenset()), tracker):
        if not isinstance(arrived, Stage) and arrived[1] is not None:
            annotation.apply(propagated(annotation, arrived[1], "Propagate"))


def scores(annotation, truth):
    """(frames, objects): J of what is painted, at the size of the truth."""
    found = [
        cv2.resize(annotation.mask(t), SMALL[::-1], interpolation=cv2.INTER_NEAREST) for t in range(LAST + 1)
    ]
    return np.array(
        [[jaccard(ids == i, mask == i) for i in (NEAR, FAR)] for ids, mask in zip(truth, found, strict=True)]
    )


def boxed(frames, truth, t):
    """What a box round the nearer ball of frame `t` selects."""
    rows, columns = (np.flatnonzero((truth[t] == NEAR).any(axis)) * 4 for axis in (1, 0))
    return skn.select(frames[t], (columns[0] - 4, rows[0] - 8, columns[-1] + 12, rows[-1] + 12))


def test_one_ball_is_taken_along_where_c_leads_and_a_box_there_mends_it(frames, truth):
    tracker = NetworkTracker(device="cpu")
    annotation = Annotation(SIZE, len(frames))
    annotation.apply(import_masks(annotation, {0: read_mask(demo_mask(), SIZE)}))
    carry(annotation, tracker, 0, LAST)
    first = scores(annotation, truth)
    hidden = [not (ids == BLUE).any() for ids in truth]
    assert first[hidden].min() > RIGHT
    assert first[:, 1].min() > RIGHT
    wrong = np.flatnonzero(first[:, 0] < RIGHT)
    found = suggestion(annotation)
    assert found.object_id == NEAR
    assert found.t in wrong

    mask = annotation.mask(found.t).copy()
    mask[mask == NEAR] = 0
    mask[boxed(frames, truth, found.t)] = NEAR
    annotation.apply(paint(annotation, found.t, mask, NEAR))
    carry(annotation, tracker, int(wrong[0]) - 2, LAST)
    assert scores(annotation, truth).min() > RIGHT
