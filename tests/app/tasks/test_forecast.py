"""What a pass would change, told before it runs: the same as what it then does."""

import numpy as np
import pytest
from fakes import FakeTracker, origins, visits, wanted

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.tasks.forecast import ChangedFrames, Forecast, forecast
from skn_annotator.app.tasks.planned_pass import planned_pass
from skn_annotator.errors import SknError
from skn_annotator.inference.directions import Direction
from skn_annotator.inference.step import Step


def draw(qtbot, session, t, xy):
    """Paint the active object on a frame; the stroke is not ended."""
    session.viewer.seek(t)
    qtbot.waitUntil(lambda: session.viewer.shown == t)
    assert session.painter.begin_stroke(4, erases=False)
    session.painter.stroke_to(xy)


@pytest.fixture
def paint(qtbot, session):
    """Paints the active object on a frame."""

    def paint(t, xy=(20.5, 20.5)):
        draw(qtbot, session, t, xy)
        session.document.end_draft()

    return paint


def run(qtbot, session, direction, t=0):
    session.viewer.seek(t)
    session.tasks.propagate(direction)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)


def test_frames_without_a_mask_are_filled_and_those_with_one_replaced(qtbot, session, paint):
    paint(0)
    told = session.tasks.forecast(Direction.FORWARD)
    assert told == Forecast((1, 11), 11, 0, 0, (0,), {1: (ChangedFrames(1, 11, False),)})
    assert told.text("Forward") == (
        "Forward: frames\u00a02-12; 11 frames get their first mask; reference frame\u00a01 stays"
    )
    run(qtbot, session, Direction.FORWARD)
    paint(8)
    session.viewer.seek(3)
    told = session.tasks.forecast(Direction.FORWARD)
    assert told == Forecast((1, 7), 0, 0, 7, (0, 8), {1: (ChangedFrames(1, 7, True),)})
    assert told.text("Forward") == (
        "Forward: frames\u00a02-8; 7 masks would be replaced; reference frames\u00a01 and 9 stay"
    )


def test_what_is_half_filled_has_both_kinds(qtbot, session, paint):
    paint(0)
    session.viewer.select_range(1, 4)
    run(qtbot, session, Direction.RANGE)
    told = session.tasks.forecast(Direction.EVERYWHERE)
    assert told.lanes == {1: (ChangedFrames(1, 4, True), ChangedFrames(5, 11, False))}
    assert (told.fills, told.replaces) == (7, 4)


def test_the_range_bounds_it(qtbot, session, paint):
    paint(0)
    run(qtbot, session, Direction.FORWARD)
    session.viewer.select_range(4, 6)
    told = session.tasks.forecast(Direction.RANGE)
    assert (told.frames, told.replaces, told.references) == ((4, 6), 3, ())
    assert told.text("Chosen range") == "Chosen range: frames\u00a05-7; 3 masks would be replaced"
    session.viewer.seek(0)
    assert session.tasks.forecast(Direction.ONE_ON).text("One") == (
        "One: frame\u00a02; 1 mask would be replaced; reference frame\u00a01 stays"
    )


def test_a_pass_in_steps_changes_every_nth_frame(session, paint):
    paint(0)
    planned = planned_pass(session.document.annotation, 0, Direction.RANGE, (1, 10), 4)
    told = forecast(session.document.annotation, planned, ())
    assert told.lanes == {1: tuple(ChangedFrames(t, t, False) for t in (1, 5, 9))}
    assert told.text("Range") == (
        "Range: frames\u00a02-10 in steps of 4; 3 frames get their first mask; reference frame\u00a01 stays"
    )


def test_what_is_locked_or_not_the_active_object_keeps_its_masks(qtbot, session, paint):
    paint(0)
    session.document.add_object()
    paint(0, (44.5, 40.5))
    run(qtbot, session, Direction.FORWARD)
    session.tasks.toggle_only_active()
    told = session.tasks.forecast(Direction.FORWARD)
    assert told.lanes == {1: (), 2: (ChangedFrames(1, 11, True),)}
    session.document.set_locked(2, True)
    told = session.tasks.forecast(Direction.FORWARD)
    assert (told.fills, told.replaces) == (0, 0)
    assert (
        told.text("Forward")
        == "Forward: frames\u00a02-12; nothing would change there; reference frame\u00a01 stays"
    )


def test_a_locked_object_gets_a_mask_where_there_is_none(session, paint):
    paint(0)
    session.document.set_locked(1, True)
    assert session.tasks.forecast(Direction.FORWARD).lanes == {1: (ChangedFrames(1, 11, False),)}


def test_an_object_is_carried_from_its_own_references_through_those_of_others(session, paint):
    paint(0)
    session.document.add_object()
    paint(6, (44.5, 40.5))
    first = (ChangedFrames(1, 11, False),)
    session.viewer.seek(0)
    told = session.tasks.forecast(Direction.TO_END)
    assert told.lanes == {1: first, 2: (ChangedFrames(7, 11, False),)}
    told = session.tasks.forecast(Direction.EVERYWHERE)
    assert told.lanes == {1: first, 2: (ChangedFrames(0, 5, False), ChangedFrames(7, 11, False))}
    assert (told.fills, told.joins, told.replaces, told.references) == (10, 2, 0, (0, 6))
    session.document.toggle_reference(0)  # object 2 is absent there
    told = session.tasks.forecast(Direction.EVERYWHERE)
    assert told.lanes[2] == (ChangedFrames(7, 11, False),)


def test_an_object_added_after_a_pass_replaces_no_mask_of_the_others(qtbot, session, paint):
    paint(0)
    run(qtbot, session, Direction.FORWARD)
    session.document.add_object()
    paint(6, (44.5, 40.5))
    session.tasks.toggle_only_active()
    told = session.tasks.forecast(Direction.EVERYWHERE)
    assert told.lanes[2] == (ChangedFrames(0, 5, False), ChangedFrames(7, 11, False))
    assert told.text("Both ways") == (
        "Both ways: frames\u00a01-12; 11 masks get another object; reference frames\u00a01 and 7 stay"
    )


def test_many_reference_frames_are_counted(session, paint):
    for t in (0, 3, 6, 9):
        paint(t)
    told = session.tasks.forecast(Direction.EVERYWHERE)
    assert told.text("Whole video").endswith("; 4 reference frames stay")


def test_why_a_pass_would_not_start(session):
    error = session.tasks.forecast(Direction.FORWARD)
    assert isinstance(error, SknError)
    assert "No frame is painted yet" in str(error)


def test_what_is_half_painted_counts_and_stays_half_painted(qtbot, session):
    draw(qtbot, session, 0, (20.5, 20.5))
    told = session.tasks.forecast(Direction.FORWARD)
    assert (told.fills, told.references) == (11, (0,))
    assert session.document.draft_name == "Brush"
    assert not session.document.annotation.references


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("locked", [(), (1,)])
def test_a_pass_does_what_was_told(qtbot, make_session, clip, direction, locked):
    """Whatever the pass, each object's pixels change where that was said and nowhere else."""
    session = make_session(FakeTracker(), clip)
    session.document.add_object()
    for t, object_id, xy in ((2, 1, (20.5, 20.5)), (8, 2, (44.5, 40.5)), (8, 1, (14.5, 9.5))):
        session.document.choose(object_id)
        draw(qtbot, session, t, xy)
        session.document.end_draft()
    session.viewer.select_range(4, 9)
    run(qtbot, session, Direction.RANGE, 5)
    session.document.choose(2)
    draw(qtbot, session, 8, (50.5, 30.5))  # so that what came from here is stale
    session.document.end_draft()
    for object_id in locked:
        session.document.set_locked(object_id, True)
    session.viewer.seek(5)
    before = {t: session.document.annotation.mask(t) for t in range(12)}
    told = session.tasks.forecast(direction)
    run(qtbot, session, direction, 5)
    said = {
        object_id: {t for s in stretches for t in range(s.first, s.last + 1)}
        for object_id, stretches in told.lanes.items()
    }
    filled = [t for t in range(12) if before[t] is None and session.document.annotation.mask(t) is not None]
    assert len(filled) == told.fills
    for t in range(12):
        old, now = (
            np.zeros(session.document.annotation.size) if m is None else m
            for m in (before[t], session.document.annotation.mask(t))
        )
        for object_id in (1, 2):
            changed = not np.array_equal(old == object_id, now == object_id)
            assert not changed or t in said[object_id], (t, object_id)


class Following(FakeTracker):
    """Finds on every frame the objects that are carried there, each in a place of its own."""

    def propagate(self, frames, masks, plan):
        for stretch, t in visits(plan):
            ids = wanted(plan, stretch, t)
            if ids is None:
                yield Step(t, masks[t], {}, None, tuple(masks), 0, True)
                continue
            mask = masks[t].copy() if t in masks else np.zeros((48, 64), np.uint8)
            for i in ids:
                mask[4 * i : 4 * i + 3, 2 * t : 2 * t + 9] = i
            sure = dict.fromkeys(ids, 0.9)
            yield Step(t, mask, sure, None, tuple(masks), 0, False, origins(plan, stretch, t, ids))


@pytest.mark.parametrize("t", [0, 3, 6, 11])
@pytest.mark.parametrize("direction", Direction)
def test_objects_that_are_on_some_reference_frames_only_go_as_far_as_was_told(
    qtbot, make_session, clip, direction, t
):
    session = make_session(Following(), clip)
    session.document.add_object()
    session.document.add_object()
    for reference, object_id, xy in ((2, 1, (20, 20)), (5, 1, (20, 20)), (5, 2, (44, 40)), (8, 3, (50, 10))):
        session.document.choose(object_id)
        draw(qtbot, session, reference, xy)
        session.document.end_draft()
    session.viewer.select_range(3, 9)
    session.viewer.seek(t)
    told = session.tasks.forecast(direction)
    if isinstance(told, SknError):
        return
    run(qtbot, session, direction, t)
    said = {
        object_id: {t for s in stretches for t in range(s.first, s.last + 1)}
        for object_id, stretches in told.lanes.items()
    }
    done = {i: {t for t in range(12) if i in (session.document.annotation.confidence(t) or ())} for i in said}
    assert said == done


def test_an_hour_of_video_is_foretold_as_a_minute_is():
    length = 108_000
    annotation = Annotation((2, 2), length)
    references = dict.fromkeys(range(0, length, 5000), (frozenset(), frozenset([1])))
    mask = encode_mask(np.ones((2, 2), np.uint8))
    annotation.apply(Edit("all", dict.fromkeys(range(length), (None, mask)), references=references))
    planned = planned_pass(annotation, 0, Direction.EVERYWHERE)
    told = forecast(annotation, planned, ())
    assert told.replaces == length - len(references)
