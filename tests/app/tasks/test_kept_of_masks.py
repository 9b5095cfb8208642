"""What is kept of what a pass notes of its masks: doubts, and what was not explained by motion."""

import json
from dataclasses import replace
from zlib import crc32

import numpy as np
import pytest
from fakes import FakeTracker
from steps import go, paint, propagate

from skn_annotator.annotation import edits
from skn_annotator.inference.directions import Direction
from skn_annotator.inference.evidence import Evidence, Trend
from skn_annotator.inference.step import Doubt


def test_a_doubt_lasts_until_the_mask_is_changed_and_is_back_with_it(qtbot, session, tracker):
    tracker.doubts = {1: Doubt.NOT_RECALLED}
    paint(session)
    propagate(qtbot, session)
    doubts = session.tasks.passes.notes.doubts
    assert doubts.get(3, 1) is Doubt.NOT_RECALLED
    assert doubts.get(0, 1) is None  # a reference
    assert doubts.get(3, 2) is None
    go(qtbot, session, 3)
    paint(session, (50.0, 40.0))
    assert doubts.get(3, 1) is None
    session.undo()
    assert doubts.get(3, 1) is Doubt.NOT_RECALLED


def test_a_later_pass_replaces_a_doubt(qtbot, session, tracker):
    tracker.doubts = {1: Doubt.NOT_RECALLED}
    paint(session)
    propagate(qtbot, session)
    tracker.doubts = {}
    propagate(qtbot, session)
    assert session.tasks.passes.notes.doubts.get(3, 1) is None


def test_another_sequence_has_none(qtbot, session, tracker, clip):
    tracker.doubts = {1: Doubt.NOT_RECALLED}
    paint(session)
    propagate(qtbot, session)
    session.tasks.passes.forget()
    assert session.tasks.passes.notes.doubts.get(3, 1) is None


def test_c_says_what_is_doubted(qtbot, session, tracker):
    tracker.doubts = {1: Doubt.NOT_RECALLED}
    paint(session)
    propagate(qtbot, session)
    heard = []
    session.viewer.noticed.connect(lambda notice: heard.append(notice.text))
    session.viewer.seek_to_check()
    assert "its references alone find something else here" in heard[-1]


def test_they_are_known_when_the_project_is_opened_again(qtbot, session, make_session, tracker, clip):
    tracker.doubts = {1: Doubt.NOT_RECALLED}
    paint(session)
    propagate(qtbot, session)
    assert session.project.close() is None
    again = make_session(tracker, clip)
    assert again.tasks.passes.notes.doubts.get(3, 1) is Doubt.NOT_RECALLED
    assert again.tasks.passes.notes.doubts.get(0, 1) is None
    go(qtbot, again, 3)
    paint(again, (50.0, 40.0))
    assert again.tasks.passes.notes.doubts.get(3, 1) is None


@pytest.mark.parametrize(
    "odd", [None, 3, {"x": [1, {}]}, {"1": 3}, {"1": [1, 2]}, {"1": [1, {"1": "FAR"}]}, {"1": ["x", {}]}]
)
def test_what_is_no_doubt_in_a_project_is_passed_over(session, odd):
    session.tasks.passes.notes.doubts.restore(odd)
    assert session.tasks.passes.notes.doubts.get(1, 1) is None


def test_a_doubt_of_a_newer_version_leaves_those_beside_it(session):
    annotation, doubts = session.document.annotation, session.tasks.passes.notes.doubts
    annotation.apply(edits.import_masks(annotation, {1: np.ones(annotation.size, np.uint8)}))
    doubts.restore({"1": [crc32(annotation.mask_bytes(1)), {"1": "UNCLEAR", "2": "FAR"}]})
    assert doubts.get(1, 1) is Doubt.UNCLEAR
    assert doubts.get(1, 2) is None


class Exchanges(FakeTracker):
    """Little of the object's mask was its own by its motion once; remembers what each pass knew of that."""

    def __init__(self):
        super().__init__()
        self.known = []

    def propagate(self, frames, masks, plan):
        self.known.append(plan.by_motion)
        seen = Evidence(0.98, 0.05, 5.7, 0.9, 0.8, 0.7, Trend(0.1, 0.8, 0.7, by_motion=0.1234), False)
        for step in super().propagate(frames, masks, plan):
            yield step if step.reference else replace(step, evidence={1: seen})


def test_a_pass_that_goes_on_from_another_one_knows_that_look_alikes_may_have_changed_places(
    qtbot, make_session, clip
):
    tracker = Exchanges()
    session = make_session(tracker, clip)
    paint(session)
    session.viewer.select_range(1, 4)
    propagate(qtbot, session, Direction.RANGE)
    session.viewer.select_range(5, 8)
    propagate(qtbot, session, Direction.RANGE)
    assert tracker.known == [{0: {}}, {0: {}, 4: {1: 0.1234}}]
    json.dumps(session.tasks.passes.notes.by_motion.to_save())
    assert session.project.close() is None
    again = make_session(tracker, clip)
    assert again.tasks.passes.notes.by_motion.get(4, 1) == 0.123
    again.document.toggle_reference(4)
    again.viewer.select_range(5, 8)
    propagate(qtbot, again, Direction.RANGE)
    assert tracker.known[-1][4] == {}, "the user says that it is right"


@pytest.mark.parametrize("odd", [{"1": [1, {"1": "x"}]}, {"1": [1, {"1": 7}]}, {"1": [1, {"1": None}]}])
def test_what_is_no_share_in_a_project_is_passed_over(session, odd):
    session.tasks.passes.notes.by_motion.restore(odd)
    assert session.tasks.passes.notes.by_motion.to_save() == {}
