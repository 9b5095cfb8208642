"""Passes: which masks they change, what they leave, and how they end."""

import numpy as np
import pytest
from fakes import FakeTracker
from steps import go, hear, paint, propagate

from skn_annotator.errors import WeightsError
from skn_annotator.inference.directions import Direction


def test_a_pass_fills_the_frames_and_is_one_step_to_undo(qtbot, session, tracker):
    paint(session)
    propagate(qtbot, session)
    assert tracker.passes == [tuple(range(12))]
    assert session.document.annotation.frames() == tuple(range(12))
    assert set(session.document.annotation.references) == {0}
    assert session.document.annotation.confidence(3) == {1: pytest.approx(0.94)}
    assert session.document.history.undo_name == "Propagate 2-12"
    session.undo()
    assert session.document.annotation.frames() == (0,)
    assert session.document.history.undo_name == "Brush"
    session.document.redo()
    assert session.document.annotation.frames() == tuple(range(12))


def test_stop_is_at_once_and_keeps_what_arrived(qtbot, start_pass):
    session, gated = start_pass(5)
    session.tasks.passes.stop()
    assert session.tasks.passes.current is None
    assert session.document.history.undo_name == "Propagate 2-5"
    gated.allow(20)
    qtbot.wait(30)
    assert session.document.annotation.frames() == (0, 1, 2, 3, 4)


@pytest.mark.parametrize("t", [2, 5])
def test_a_correction_on_its_way_ends_a_pass_and_offers_to_go_on(qtbot, start_pass, t):
    session, gated = start_pass(5)
    notices = []
    session.noticed.connect(notices.append)
    session.tasks.stop_following()
    go(qtbot, session, t)
    paint(session, (40.0, 40.0))
    gated.allow(40)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    (notice,) = notices
    assert notice.text.startswith("The pass ended, since masks that it goes by were changed")
    notice.offer.do()
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    assert session.document.annotation.frames() == tuple(range(12))
    assert session.document.annotation.mask(11).any()


def test_a_pass_that_made_nothing_yet_says_of_no_masks_that_they_stay(qtbot, start_pass):
    session, _ = start_pass(1)
    notices = []
    session.noticed.connect(notices.append)
    session.undo()
    (notice,) = notices
    assert notice.text == "The pass ended, since masks that it goes by were changed"
    assert not notice.holds(), "nothing is left to propagate"


def test_a_paused_pass_holds_and_goes_on(qtbot, start_pass):
    session, gated = start_pass(3)
    session.tasks.passes.toggle_pause()
    assert session.tasks.passes.current.paused
    gated.allow(20)
    qtbot.wait(50)
    assert session.tasks.passes.current.latest <= 3  # the frame that was being computed may still arrive
    session.tasks.passes.toggle_pause()
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    assert session.document.annotation.frames() == tuple(range(12))


def test_a_corrected_frame_is_never_overwritten_and_bounds_the_next_pass(qtbot, session, tracker):
    paint(session)
    propagate(qtbot, session)
    go(qtbot, session, 6)
    paint(session, (40.0, 40.0))
    corrected = session.document.annotation.mask_bytes(6)
    assert set(session.document.annotation.references) == {0, 6}
    assert session.document.annotation.confidence(6) is None
    go(qtbot, session, 2)
    propagate(qtbot, session)
    assert tracker.passes[-1] == (0, 1, 2, 3, 4, 5)
    assert tracker.references[-1] == (0, 6)  # and it is in the memory
    propagate(qtbot, session, Direction.EVERYWHERE)
    assert tracker.passes[-1] == (*range(12), 6, 5, 4, 3, 2, 1)
    assert session.document.annotation.mask_bytes(6) == corrected


@pytest.mark.parametrize(
    ("t", "direction", "order"),
    [
        (4, Direction.TO_END, (*range(3, 12), 8, 7, 6, 5, 4)),
        (10, Direction.TO_START, (*range(10, -1, -1), 3, 4, 5, 6, 7, 8, 9)),
    ],
)
def test_a_pass_to_an_end_goes_on_over_reference_frames_and_leaves_them(
    qtbot, session, tracker, t, direction, order
):
    painted = (3, 8) if direction is Direction.TO_END else (3, 10)
    for reference, xy in zip(painted, ((10.0, 20.0), (40.0, 40.0)), strict=True):
        go(qtbot, session, reference)
        paint(session, xy)
    masks = [session.document.annotation.mask_bytes(reference) for reference in painted]
    go(qtbot, session, t)
    propagate(qtbot, session, direction)
    assert tracker.passes == [order]
    assert tracker.references == [painted]  # all are in the memory
    assert [session.document.annotation.mask_bytes(reference) for reference in painted] == masks
    between = range(painted[0] + 1, painted[1])
    assert all(len(session.document.annotation.sources(between_t)[1]) == 2 for between_t in between)
    assert session.document.history.undo_name.startswith("Propagate")
    session.undo()
    assert session.document.annotation.frames() == painted


def test_a_pass_back_from_a_corrected_frame_is_blended_with_the_one_that_came_to_it(qtbot, session):
    paint(session)
    propagate(qtbot, session)
    forward = {t: session.document.mask(t) for t in range(12)}
    go(qtbot, session, 10)
    paint(session, (40.0, 40.0))
    corrected = session.document.mask(10)
    assert session.document.annotation.sources(1) == session.document.annotation.sources(9)
    propagate(qtbot, session, Direction.BACKWARD)
    assert np.array_equal(
        session.document.mask(1), forward[1]
    )  # beside each reference frame: what came from there
    assert np.array_equal(session.document.mask(9), np.roll(corrected, 1, axis=1))
    assert len(session.document.annotation.sources(5)[1]) == 2
    assert session.document.annotation.sources(10) is None
    session.undo()
    assert len(session.document.annotation.sources(5)[1]) == 1
    session.document.redo()
    propagate(qtbot, session, Direction.BACKWARD)  # the earlier masks came from frame 1, too: blended again
    assert np.array_equal(session.document.mask(1), forward[1])


def test_after_its_reference_frame_was_repainted_an_earlier_mask_has_no_say(qtbot, session):
    paint(session)
    propagate(qtbot, session)
    go(qtbot, session, 0)
    paint(session, (50.0, 10.0))  # what came from frame 1 came from another mask
    go(qtbot, session, 10)
    paint(session, (40.0, 40.0))
    propagate(qtbot, session, Direction.BACKWARD)
    assert np.array_equal(session.document.mask(2), np.roll(session.document.mask(0), 2, axis=1))
    assert len(session.document.annotation.sources(2)[1]) == 1


def test_between_two_reference_frames_both_ways_comes_from_both(qtbot, session, tracker):
    paint(session)
    go(qtbot, session, 10)
    paint(session, (40.0, 40.0))
    first, last = session.document.mask(0), session.document.mask(10)
    go(qtbot, session, 4)
    propagate(qtbot, session, Direction.BOTH)
    assert tracker.passes[-1] == (*range(10), *range(10, 0, -1))
    assert session.document.history.undo_name == "Propagate 2-10"
    assert np.array_equal(session.document.mask(1), np.roll(first, 1, axis=1))
    assert np.array_equal(session.document.mask(9), np.roll(last, 1, axis=1))
    session.undo()
    assert session.document.annotation.frames() == (0, 10)


def test_one_frame_on_goes_from_the_mask_that_is_there(qtbot, session, tracker):
    paint(session)
    propagate(qtbot, session, Direction.ONE_ON)
    propagate(qtbot, session, Direction.ONE_ON)
    assert tracker.passes[-2:] == [(0, 1), (1, 2)]
    assert session.viewer.position == 2
    assert session.document.annotation.frames() == (0, 1, 2)
    assert set(session.document.annotation.references) == {0}
    assert session.document.history.undo_name == "Propagate 3"
    propagate(qtbot, session, Direction.ONE_BACK)
    assert tracker.passes[-1] == (2, 1)
    assert session.viewer.position == 1


def test_a_range_pass_in_steps_leaves_what_lies_between_as_it_is(qtbot, session, tracker):
    paint(session)
    session.tasks.use_range_step(4)
    session.viewer.select_range(0, 11)
    propagate(qtbot, session, Direction.RANGE)
    assert tracker.passes[-1] == (0, 4, 8)
    assert session.document.annotation.frames() == (0, 4, 8)
    session.document.declare_absent(1, 6)
    before = session.document.annotation.mask_bytes(6)
    propagate(qtbot, session, Direction.RANGE)
    assert session.document.annotation.mask_bytes(6) == before
    propagate(qtbot, session, Direction.FORWARD)  # of the range alone
    assert tracker.passes[-1] == (6, 7, 8, 9, 10, 11)


def test_a_pass_over_a_frame_where_another_object_is_decided_changes_the_others_there(qtbot, session):
    paint(session)
    session.document.add_object()
    paint(session, (40.0, 40.0))
    go(qtbot, session, 6)
    paint(session, (20.0, 40.0))  # object 2
    second = session.document.mask(6) == 2
    go(qtbot, session, 0)
    propagate(qtbot, session)
    mask = session.document.mask(6)
    assert np.array_equal(mask == 2, second)
    assert np.array_equal(mask == 1, np.roll(session.document.mask(0) == 1, 6, axis=1))
    assert set(session.document.annotation.confidence(6)) == {1}
    assert set(session.document.annotation.sources(6)) == {1}
    assert session.document.annotation.references == {0: {1, 2}, 6: {2}}
    assert session.document.annotation.frames() == tuple(range(12))
    session.undo()
    assert np.array_equal(session.document.mask(6), second * np.uint8(2))


def test_a_second_objects_reference_does_not_declare_the_first_one_absent(qtbot, session):
    paint(session)
    propagate(qtbot, session)
    first = {t: session.document.mask(t) == 1 for t in range(12)}
    session.document.add_object()
    go(qtbot, session, 6)
    paint(session, (40.0, 45.0))
    propagate(qtbot, session, Direction.BACKWARD)
    propagate(qtbot, session, Direction.FORWARD)
    assert all(np.array_equal(session.document.mask(t) == 1, first[t]) for t in range(12))
    assert session.document.annotation.present(2) == tuple(range(12))


def test_after_a_correction_of_one_object_the_others_go_on_from_what_they_have_there(qtbot, session):
    paint(session)
    session.document.add_object()
    paint(session, (40.0, 40.0))
    propagate(qtbot, session)
    sources = session.document.annotation.sources(9)
    go(qtbot, session, 6)
    paint(session, (20.0, 40.0))
    propagate(qtbot, session)
    assert session.document.annotation.sources(9)[1] == sources[1]  # still from frame 1
    assert session.document.annotation.sources(9)[2] != sources[2]
    assert session.document.annotation.references == {0: {1, 2}, 6: {2}}


def test_a_selected_range_is_all_that_a_pass_over_it_changes(qtbot, session, tracker):
    heard = hear(session)
    session.tasks.propagate(Direction.RANGE)
    assert "No range is chosen" in heard[-1]
    paint(session)
    propagate(qtbot, session)
    before = {t: session.document.annotation.mask_bytes(t) for t in range(12)}
    go(qtbot, session, 6)
    paint(session, (40.0, 40.0))
    before[6] = session.document.annotation.mask_bytes(6)
    session.viewer.select_range(4, 8)
    propagate(qtbot, session, Direction.RANGE)
    assert tracker.passes[-1] == (6, 7, 8, 6, 5, 4)
    changed = {t for t in range(12) if session.document.annotation.mask_bytes(t) != before[t]}
    assert changed == {4, 5, 7, 8}
    assert session.document.history.undo_name == "Propagate 5-9"


def test_an_object_that_no_reference_frame_shows_is_named_and_the_others_are_carried(qtbot, session):
    heard = hear(session)
    paint(session)
    session.document.add_object()
    session.document.rename(2, "cup")
    propagate(qtbot, session)
    assert heard == ["cup is on no reference frame, so it is not propagated: paint it on one"]
    assert session.document.annotation.present(1) == tuple(range(12))
    session.document.set_locked(2, True)
    propagate(qtbot, session)
    assert len(heard) == 1  # what is locked is not to be carried anew
    session.document.set_locked(2, False)
    session.document.add_object()
    propagate(qtbot, session)
    assert heard[-1] == "cup and object 3 are on no reference frame, so they are not propagated"


def test_a_pass_of_the_active_object_only_leaves_the_others_alone(qtbot, session):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    first = {t: session.document.mask(t) == 1 for t in range(12)}
    go(qtbot, session, 4)
    paint(session, (20.0, 40.0), (40.0, 40.0))  # object 2
    session.document.choose(1)
    paint(session, (16.0, 8.0))
    session.document.choose(2)
    session.tasks.toggle_only_active()
    propagate(qtbot, session)
    for t in range(5, 12):
        assert np.array_equal(session.document.mask(t) == 1, first[t])
        assert (session.document.mask(t)[38:42] == 2).any()
    session.tasks.toggle_only_active()
    go(qtbot, session, 4)
    propagate(qtbot, session)
    assert (session.document.mask(6)[6:10] == 1).any()


def test_a_locked_object_keeps_its_masks_and_the_others_are_carried_anew(qtbot, session):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    first = {t: session.document.mask(t) == 1 for t in range(12)}
    go(qtbot, session, 0)
    paint(session, (16.0, 40.0))  # object 2
    session.document.set_locked(1, True)
    propagate(qtbot, session)
    for t in range(12):
        assert np.array_equal(session.document.mask(t) == 1, first[t])
    assert (session.document.mask(5)[36:44] == 2).any()


def test_a_pass_with_nothing_painted_says_what_to_do(session, tracker):
    heard = hear(session)
    session.tasks.propagate(Direction.FORWARD)
    assert "paint the objects" in heard[-1]
    session.document.toggle_reference(session.viewer.position)  # an empty mask
    session.tasks.propagate(Direction.FORWARD)
    assert "paint the objects" in heard[-1]
    assert tracker.passes == []


def test_an_error_in_a_pass_is_told_and_keeps_what_arrived(qtbot, make_session, clip):
    failing = FakeTracker(error=(5, WeightsError("x.safetensors is damaged: download it again")))
    session = make_session(failing, clip)
    paint(session)
    heard = hear(session)
    propagate(qtbot, session)
    assert heard == ["x.safetensors is damaged: download it again"]
    assert session.document.annotation.frames() == (0, 1, 2, 3, 4)
    assert session.document.history.undo_name == "Propagate 2-5"
