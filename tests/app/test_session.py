"""The session: each verb one edit with one name; passes; undo; saving and opening again."""

import numpy as np
import pytest
from fakes import FakeTracker

from skn_annotator.app.editing import Scope
from skn_annotator.app.frames.loader import LoadedFrame
from skn_annotator.app.project.autosave import SaveState
from skn_annotator.errors import WeightsError
from skn_annotator.inference.plans import Direction


def paint(session, xy=(16.0, 24.0), to=None, radius=4.0, erases=False):
    assert session.begin_stroke(radius, erases)
    session.stroke_to(xy)
    if to is not None:
        session.stroke_to(to)
    session.end_draft()


def go(qtbot, session, t):
    session.seek(t)
    qtbot.waitUntil(lambda: session.shown == t)


def hear_shown(session):
    """The frames that are shown from now on."""
    shown = []
    session.frame_shown.connect(shown.append)
    return shown


def propagate(qtbot, session, direction=Direction.FORWARD):
    session.propagate(direction)
    qtbot.waitUntil(lambda: session.running is None)


def hear(session):
    heard = []
    session.noticed.connect(lambda notice: heard.append(notice.text))
    return heard


# ---- editing


def test_a_new_sequence_has_one_object_to_paint_and_nothing_to_undo(session):
    assert [o.name for o in session.annotation.objects] == ["object 1"]
    assert session.active == 1
    assert session.history.undo_name is None
    assert session.save_state is SaveState.NOTHING


def test_a_stroke_is_one_edit_and_makes_a_reference_frame(session):
    paint(session, (10.0, 10.0), (30.0, 10.0))
    assert session.history.undo_name == "Brush"
    assert session.annotation.references == {0}
    mask = session.mask(0)
    assert mask[10, 20] == 1  # between the two mouse events, too
    session.undo()
    assert session.annotation.frames() == ()
    assert session.annotation.references == frozenset()
    session.redo()
    assert np.array_equal(session.mask(0), mask)


def test_while_the_button_is_down_the_mask_shows_the_stroke_and_the_annotation_does_not(qtbot, session):
    session.begin_stroke(4, False)
    with qtbot.waitSignal(session.stroke_painted) as painted:
        session.stroke_to((20.0, 20.0))
    x0, y0, x1, y1 = painted.args[0]
    assert (x1 - x0, y1 - y0) == (8, 8)
    assert session.mask(0)[20, 20] == 1
    assert session.annotation.mask(0) is None
    session.cancel_draft()
    assert session.mask(0) is None
    assert session.history.undo_name is None


def test_the_eraser_takes_only_the_active_object(session):
    paint(session, (16.0, 24.0))
    session.add_object()
    paint(session, (32.0, 24.0))
    paint(session, (16.0, 24.0), (40.0, 24.0), radius=8, erases=True)
    assert session.history.undo_name == "Eraser"
    assert session.mask(0)[24, 16] == 1
    assert session.mask(0)[24, 32] == 0


def test_a_locked_object_is_neither_painted_nor_painted_over(session):
    paint(session, (16.0, 24.0))
    session.set_locked(1, True)
    heard = hear(session)
    assert not session.begin_stroke(4, False)
    assert "locked" in heard[-1]
    session.add_object()
    paint(session, (20.0, 24.0), radius=6)
    assert session.mask(0)[24, 16] == 1
    assert session.mask(0)[24, 24] == 2


def test_a_hidden_object_cannot_be_painted(session):
    session.set_visible(1, False)
    heard = hear(session)
    assert not session.begin_stroke(4, False)
    assert "hidden" in heard[-1]


def test_without_any_object_it_says_how_to_add_one(session):
    session.delete_object(1, Scope.EVERYWHERE)
    assert session.active is None
    heard = hear(session)
    assert not session.begin_stroke(4, False)
    assert "add one" in heard[-1]


@pytest.mark.parametrize(
    ("act", "name"),
    [
        (lambda s: s.add_object(), "Add object"),
        (lambda s: s.rename(1, "cup"), "Rename object"),
        (lambda s: s.recolor(1, (1, 2, 3)), "Colour object"),
        (lambda s: s.set_visible(1, False), "Hide object"),
        (lambda s: s.set_locked(1, True), "Lock object"),
        (lambda s: s.toggle_visible(), "Hide object"),
        (lambda s: s.toggle_locked(), "Lock object"),
        (lambda s: s.toggle_solo(1), "Show one object"),
        (lambda s: s.move_object(2, 0), "Move object"),
        (lambda s: s.shift_object(1, 1), "Move object"),
        (lambda s: s.merge(2, 1), "Merge objects"),
        (lambda s: s.exchange(2, 1), "Exchange objects"),
        (lambda s: s.delete_object(1, Scope.HERE), "Delete object on this frame"),
        (lambda s: s.delete_object(1, Scope.ONWARD), "Delete object from this frame on"),
        (lambda s: s.delete_object(1, Scope.EVERYWHERE), "Delete object"),
        (lambda s: s.toggle_reference(), "Unmark reference"),
        (lambda s: s.clear_frame(), "Clear frame"),
    ],
)
def test_each_action_is_one_edit_that_undo_takes_back_whole(session, act, name):
    paint(session, (16.0, 24.0))
    session.add_object()
    paint(session, (40.0, 24.0))
    before = (session.annotation.objects, session.annotation.references, session.annotation.mask_bytes(0))
    assert session.history.undo_name == "Brush"
    act(session)
    assert session.history.undo_name == name
    after = (session.annotation.objects, session.annotation.references, session.annotation.mask_bytes(0))
    assert after != before
    session.undo()
    assert session.history.undo_name == "Brush"
    assert before == (
        session.annotation.objects,
        session.annotation.references,
        session.annotation.mask_bytes(0),
    )


def test_an_action_that_changes_nothing_is_not_remembered(session):
    session.rename(1, "object 1")
    session.clear_frame()
    assert session.history.undo_name is None


def test_picking_chooses_the_object_under_the_mouse(session):
    paint(session, (16.0, 24.0))
    session.add_object()
    assert session.active == 2
    session.pick((16.0, 24.0))
    assert session.active == 1
    session.pick((60.0, 40.0))
    session.pick((-5.0, 400.0))
    assert session.active == 1


def test_an_object_that_is_gone_is_not_active(session):
    session.add_object()
    session.undo()
    assert session.active == 1
    session.choose(7)
    assert session.active == 1


# ---- where we are


def test_seeking_stays_inside_of_the_sequence(qtbot, session):
    go(qtbot, session, 5)
    session.step(100)
    assert session.position == 11
    session.step(-100)
    assert session.position == 0


def test_a_frame_that_comes_late_does_not_replace_the_one_that_is_wanted(qtbot, session):
    go(qtbot, session, 3)
    late = LoadedFrame(7, session.frame)
    session._on_frame(late)
    assert session.shown == 3
    session.seek(9)
    session._on_frame(late)  # while frame 9 is not there yet, what is nearer to it is shown
    assert session.shown == 7
    session._on_frame(LoadedFrame(4, session.frame))
    assert session.shown == 7
    qtbot.waitUntil(lambda: session.shown == 9)


def test_a_step_shows_the_frame_that_was_brought_before_at_once(qtbot, session):
    go(qtbot, session, 3)
    go(qtbot, session, 4)
    qtbot.waitUntil(lambda: session._ahead is not None and session._ahead.t == 5)
    shown = hear_shown(session)
    session.step(1)
    assert (session.shown, session.position, shown) == (5, 5, [5])
    qtbot.waitUntil(lambda: session._ahead.t == 6)
    assert shown == [5]  # once


def test_reference_frames_are_reached_in_both_directions(qtbot, session):
    for t in (2, 6, 9):
        go(qtbot, session, t)
        paint(session)
    go(qtbot, session, 6)
    session.seek_reference(1)
    assert session.position == 9
    session.seek_reference(1)
    assert session.position == 9
    go(qtbot, session, 6)
    session.seek_reference(-1)
    assert session.position == 2


def test_undo_goes_to_where_it_changed_something(qtbot, session):
    go(qtbot, session, 4)
    paint(session)
    go(qtbot, session, 9)
    session.undo()
    assert session.position == 4


def test_a_range_of_frames_is_chosen_in_either_order_and_inside_of_the_sequence(session, clip, qtbot):
    heard = []
    session.selection_changed.connect(lambda: heard.append(session.selection))
    session.select_range(7, 3)
    session.select_range(3, 7)
    session.select_range(-4, 200)
    session.clear_selection()
    session.clear_selection()
    assert heard == [(3, 7), (0, 11), None]
    assert session.history.undo_name is None
    session.select_range(2, 4)
    with qtbot.waitSignal(session.opened):
        session.open(clip)
    assert session.selection is None


# ---- propagation


def test_a_pass_fills_the_frames_and_is_one_step_to_undo(qtbot, session, tracker):
    paint(session)
    propagate(qtbot, session)
    assert tracker.passes == [tuple(range(12))]
    assert session.annotation.frames() == tuple(range(12))
    assert session.annotation.references == {0}
    assert session.annotation.confidence(3) == {1: pytest.approx(0.94)}
    assert session.history.undo_name == "Propagate 2-12"
    session.undo()
    assert session.annotation.frames() == (0,)
    assert session.history.undo_name == "Brush"
    session.redo()
    assert session.annotation.frames() == tuple(range(12))


def test_the_canvas_follows_the_pass_unless_the_user_goes_elsewhere(qtbot, make_session, clip):
    gated = FakeTracker(steps=0)
    session = make_session(gated, clip)
    paint(session)
    session.propagate(Direction.FORWARD)
    gated.allow(4)
    qtbot.waitUntil(lambda: session.position == 3)
    session.seek(1)
    assert not session.following
    gated.allow(4)
    qtbot.waitUntil(lambda: session.running.latest == 7)
    assert session.position == 1


def test_stop_is_at_once_and_keeps_what_arrived(qtbot, make_session, clip):
    gated = FakeTracker(steps=0)
    session = make_session(gated, clip)
    paint(session)
    session.propagate(Direction.FORWARD)
    gated.allow(5)
    qtbot.waitUntil(lambda: session.running.latest == 4)
    session.stop_pass()
    assert session.running is None
    assert session.history.undo_name == "Propagate 2-5"
    gated.allow(20)
    qtbot.wait(30)
    assert session.annotation.frames() == (0, 1, 2, 3, 4)


def test_a_paused_pass_holds_and_goes_on(qtbot, make_session, clip):
    gated = FakeTracker(steps=0)
    session = make_session(gated, clip)
    paint(session)
    session.propagate(Direction.FORWARD)
    gated.allow(3)
    qtbot.waitUntil(lambda: session.running.latest == 2)
    session.toggle_pause()
    assert session.running.paused
    gated.allow(20)
    qtbot.wait(50)
    assert session.running.latest <= 3  # the frame that was being computed may still arrive
    session.toggle_pause()
    qtbot.waitUntil(lambda: session.running is None)
    assert session.annotation.frames() == tuple(range(12))


def test_a_corrected_frame_is_never_overwritten_and_bounds_the_next_pass(qtbot, session, tracker):
    paint(session)
    propagate(qtbot, session)
    go(qtbot, session, 6)
    paint(session, (40.0, 40.0))
    corrected = session.annotation.mask_bytes(6)
    assert session.annotation.references == {0, 6}
    assert session.annotation.confidence(6) is None
    go(qtbot, session, 2)
    propagate(qtbot, session)
    assert tracker.passes[-1] == (0, 1, 2, 3, 4, 5)
    assert tracker.references[-1] == (0, 6)  # and it is in the memory
    propagate(qtbot, session, Direction.EVERYWHERE)
    assert tracker.passes[-1] == (*range(12), 6, 5, 4, 3, 2, 1)
    assert session.annotation.mask_bytes(6) == corrected


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
    masks = [session.annotation.mask_bytes(reference) for reference in painted]
    go(qtbot, session, t)
    propagate(qtbot, session, direction)
    assert tracker.passes == [order]
    assert tracker.references == [painted]  # all are in the memory
    assert [session.annotation.mask_bytes(reference) for reference in painted] == masks
    between = range(painted[0] + 1, painted[1])
    assert all(len(session.annotation.sources(between_t)) == 2 for between_t in between)
    assert session.history.undo_name.startswith("Propagate")
    session.undo()
    assert session.annotation.frames() == painted


def test_a_pass_back_from_a_corrected_frame_is_blended_with_the_one_that_came_to_it(qtbot, session):
    paint(session)
    propagate(qtbot, session)
    forward = {t: session.mask(t) for t in range(12)}
    go(qtbot, session, 10)
    paint(session, (40.0, 40.0))
    corrected = session.mask(10)
    assert session.annotation.sources(1) == session.annotation.sources(9)
    propagate(qtbot, session, Direction.BACKWARD)
    assert np.array_equal(session.mask(1), forward[1])  # beside each reference frame: what came from there
    assert np.array_equal(session.mask(9), np.roll(corrected, 1, axis=1))
    assert len(session.annotation.sources(5)) == 2
    assert session.annotation.sources(10) is None
    session.undo()
    assert len(session.annotation.sources(5)) == 1
    session.redo()
    propagate(qtbot, session, Direction.BACKWARD)  # the earlier masks came from frame 1, too: blended again
    assert np.array_equal(session.mask(1), forward[1])


def test_after_its_reference_frame_was_repainted_an_earlier_mask_has_no_say(qtbot, session):
    paint(session)
    propagate(qtbot, session)
    go(qtbot, session, 0)
    paint(session, (50.0, 10.0))  # what came from frame 1 came from another mask
    go(qtbot, session, 10)
    paint(session, (40.0, 40.0))
    propagate(qtbot, session, Direction.BACKWARD)
    assert np.array_equal(session.mask(2), np.roll(session.mask(0), 2, axis=1))
    assert len(session.annotation.sources(2)) == 1


def test_between_two_reference_frames_both_ways_comes_from_both(qtbot, session, tracker):
    paint(session)
    go(qtbot, session, 10)
    paint(session, (40.0, 40.0))
    first, last = session.mask(0), session.mask(10)
    go(qtbot, session, 4)
    propagate(qtbot, session, Direction.BOTH)
    assert tracker.passes[-1] == (*range(10), *range(10, 0, -1))
    assert session.history.undo_name == "Propagate 2-10"
    assert np.array_equal(session.mask(1), np.roll(first, 1, axis=1))
    assert np.array_equal(session.mask(9), np.roll(last, 1, axis=1))
    session.undo()
    assert session.annotation.frames() == (0, 10)


def test_one_frame_on_goes_from_the_mask_that_is_there(qtbot, session, tracker):
    paint(session)
    propagate(qtbot, session, Direction.ONE_ON)
    propagate(qtbot, session, Direction.ONE_ON)
    assert tracker.passes[-2:] == [(0, 1), (1, 2)]
    assert session.position == 2
    assert session.annotation.frames() == (0, 1, 2)
    assert session.annotation.references == {0}
    assert session.history.undo_name == "Propagate 3-3"
    propagate(qtbot, session, Direction.ONE_BACK)
    assert tracker.passes[-1] == (2, 1)
    assert session.position == 1


def test_a_selected_range_is_all_that_a_pass_over_it_changes(qtbot, session, tracker):
    heard = hear(session)
    session.propagate(Direction.RANGE)
    assert "No range is chosen" in heard[-1]
    paint(session)
    propagate(qtbot, session)
    before = {t: session.annotation.mask_bytes(t) for t in range(12)}
    go(qtbot, session, 6)
    paint(session, (40.0, 40.0))
    before[6] = session.annotation.mask_bytes(6)
    session.select_range(4, 8)
    propagate(qtbot, session, Direction.RANGE)
    assert tracker.passes[-1] == (6, 7, 8, 6, 5, 4)
    changed = {t for t in range(12) if session.annotation.mask_bytes(t) != before[t]}
    assert changed == {4, 5, 7, 8}
    assert session.history.undo_name == "Propagate 5-9"


def test_the_masks_from_before_the_last_pass_can_be_looked_at(qtbot, session):
    paint(session)
    assert session.latest_pass is None
    assert session.mask_before(3) is None
    propagate(qtbot, session)
    first = session.mask(5)
    assert session.mask_before(5) is None
    qtbot.waitUntil(lambda: session.shown == session.position)
    assert session.about_before() == "Before Propagate 2-12: no mask"
    go(qtbot, session, 0)
    assert np.array_equal(session.mask_before(0), session.mask(0))
    assert session.about_before() == "The last pass changed nothing here"
    paint(session, (40.0, 10.0))
    propagate(qtbot, session)
    assert session.latest_pass.summary == "Propagate 2-12: 11 of 11 frames changed"
    assert np.array_equal(session.mask_before(5), first)
    assert not np.array_equal(session.mask(5), first)
    qtbot.waitUntil(lambda: session.shown == session.position)
    assert session.about_before() == "Before Propagate 2-12"


def test_an_object_that_no_reference_frame_shows_is_named_and_the_others_are_carried(qtbot, session):
    heard = hear(session)
    paint(session)
    session.add_object()
    session.rename(2, "cup")
    propagate(qtbot, session)
    assert heard == ["cup is on no reference frame, so it is not carried: paint it on one"]
    assert session.annotation.present(1) == tuple(range(12))
    session.set_locked(2, True)
    propagate(qtbot, session)
    assert len(heard) == 1  # what is locked is not to be carried anew
    session.set_locked(2, False)
    session.add_object()
    propagate(qtbot, session)
    assert heard[-1] == "cup and object 3 are on no reference frame, so they are not carried"


@pytest.mark.parametrize(
    ("scope", "left"),
    [(Scope.HERE, {*range(12)} - {5}), (Scope.ONWARD, {*range(5)}), (Scope.EVERYWHERE, set())],
)
def test_where_an_object_was_deleted_no_pass_brings_it_back(qtbot, session, scope, left):
    paint(session, (16.0, 24.0))
    session.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    go(qtbot, session, 5)
    session.delete_object(2, scope)
    assert set(session.annotation.present(2)) == left
    assert session.annotation.present(1) == tuple(range(12))
    assert session.annotation.references == ({0} if scope is Scope.EVERYWHERE else {0, 5})
    go(qtbot, session, 0)
    propagate(qtbot, session)
    assert 5 not in session.annotation.present(2)
    session.undo()
    session.undo()
    assert session.annotation.present(2) == tuple(range(12))
    assert session.annotation.references == {0}


def test_look_alikes_are_exchanged_from_here_to_the_next_reference_frame(qtbot, session):
    paint(session, (16.0, 24.0))
    session.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    go(qtbot, session, 8)
    session.toggle_reference()
    go(qtbot, session, 5)
    before = {t: session.mask(t) for t in range(12)}
    session.exchange(1, 2)
    assert session.annotation.references == {0, 5, 8}
    for t in range(12):
        first, second = (2, 1) if t in (5, 6, 7) else (1, 2)
        assert np.array_equal(session.mask(t) == first, before[t] == 1)
        assert np.array_equal(session.mask(t) == second, before[t] == 2)
    session.undo()
    assert session.annotation.references == {0, 8}
    assert all(np.array_equal(session.mask(t), before[t]) for t in range(12))


def test_where_neither_object_is_there_is_nothing_to_exchange(session):
    session.add_object()
    heard = hear(session)
    session.exchange(1, 2)
    assert heard == ["Neither object 1 nor object 2 is on this frame or on those that follow"]
    assert session.history.undo_name == "Add object"


@pytest.mark.parametrize(
    "act",
    [
        lambda s: s.delete_object(1, Scope.HERE),
        lambda s: s.delete_object(1, Scope.ONWARD),
        lambda s: s.delete_object(1, Scope.EVERYWHERE),
        lambda s: s.merge(2, 1),
        lambda s: s.exchange(2, 1),
        lambda s: s.clear_frame(),
    ],
)
def test_a_locked_object_keeps_its_pixels_until_it_is_unlocked(session, act):
    paint(session)
    session.add_object()
    paint(session, xy=(50.0, 24.0))
    session.set_locked(1, True)
    before, heard = session.annotation.mask_bytes(0), hear(session)
    act(session)
    assert session.annotation.mask_bytes(0) == before
    assert session.history.undo_name == "Lock object"
    assert heard == ["object 1 is locked: unlock it in the list of objects first"]
    session.set_locked(1, False)
    act(session)
    assert session.annotation.mask_bytes(0) != before


def test_a_pass_of_the_active_object_only_leaves_the_others_alone(qtbot, session):
    paint(session, (16.0, 24.0))
    session.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    first = {t: session.mask(t) == 1 for t in range(12)}
    go(qtbot, session, 4)
    paint(session, (20.0, 40.0), (40.0, 40.0))  # object 2
    session.choose(1)
    paint(session, (16.0, 8.0))
    session.choose(2)
    session.toggle_only_active()
    propagate(qtbot, session)
    for t in range(5, 12):
        assert np.array_equal(session.mask(t) == 1, first[t])
        assert (session.mask(t)[38:42] == 2).any()
    session.toggle_only_active()
    go(qtbot, session, 4)
    propagate(qtbot, session)
    assert (session.mask(6)[6:10] == 1).any()


def test_a_locked_object_keeps_its_masks_and_the_others_are_carried_anew(qtbot, session):
    paint(session, (16.0, 24.0))
    session.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    first = {t: session.mask(t) == 1 for t in range(12)}
    go(qtbot, session, 0)
    paint(session, (16.0, 40.0))  # object 2
    session.set_locked(1, True)
    propagate(qtbot, session)
    for t in range(12):
        assert np.array_equal(session.mask(t) == 1, first[t])
    assert (session.mask(5)[36:44] == 2).any()


def test_painting_where_the_pass_has_been_ends_it_and_the_stroke_comes_after_it(qtbot, make_session, clip):
    gated = FakeTracker(steps=0)
    session = make_session(gated, clip)
    paint(session)
    session.propagate(Direction.FORWARD)
    gated.allow(6)
    qtbot.waitUntil(lambda: session.running.latest == 5)
    go(qtbot, session, 4)
    paint(session, (50.0, 40.0))
    assert session.running is None
    assert session.history.undo_name == "Brush"
    session.undo()
    assert session.history.undo_name == "Propagate 2-6"
    gated.allow(20)


def test_a_stroke_without_effect_does_not_end_the_pass(qtbot, make_session, clip):
    gated = FakeTracker(steps=0)
    session = make_session(gated, clip)
    paint(session)
    session.propagate(Direction.FORWARD)
    gated.allow(6)
    qtbot.waitUntil(lambda: session.running.latest == 5)
    go(qtbot, session, 4)
    heard = hear(session)
    paint(session, (60.0, 3.0), radius=1, erases=True)
    assert session.running is not None
    assert "only object 1" in heard[-1]
    gated.allow(20)
    qtbot.waitUntil(lambda: session.running is None)


def test_marking_a_frame_where_the_pass_has_been_ends_it_and_comes_after_it(qtbot, make_session, clip):
    gated = FakeTracker(steps=0)
    session = make_session(gated, clip)
    paint(session)
    session.propagate(Direction.FORWARD)
    gated.allow(5)
    qtbot.waitUntil(lambda: session.shown == 4)
    go(qtbot, session, 2)
    session.toggle_reference()
    assert session.running is None
    gated.allow(20)
    assert session.history.undo_name == "Mark reference"
    session.undo()
    session.undo()
    assert (session.annotation.frames(), session.annotation.references) == ((0,), {0})


def test_a_frame_under_the_brush_is_not_overwritten_when_the_pass_arrives(qtbot, make_session, clip):
    gated = FakeTracker(steps=0)
    session = make_session(gated, clip)
    paint(session)
    session.propagate(Direction.FORWARD)
    gated.allow(3)
    qtbot.waitUntil(lambda: session.running.latest == 2)
    go(qtbot, session, 5)
    assert session.begin_stroke(4, False)
    session.stroke_to((50.0, 40.0))
    gated.allow(20)
    qtbot.waitUntil(lambda: session.running is None)
    session.end_draft()
    assert set(np.unique(session.mask(5))) == {0, 1}
    assert session.mask(5)[40, 50] == 1
    assert session.annotation.references == {0, 5}
    assert session.annotation.frames() == (0, 1, 2, 3, 4, 5)


def test_painting_where_the_pass_has_not_been_lets_it_go_on_up_to_there(qtbot, make_session, clip):
    gated = FakeTracker(steps=0)
    session = make_session(gated, clip)
    paint(session)
    session.propagate(Direction.FORWARD)
    gated.allow(3)
    qtbot.waitUntil(lambda: session.running.latest == 2)
    go(qtbot, session, 8)
    paint(session, (50.0, 40.0))
    corrected = session.annotation.mask_bytes(8)
    assert session.running is not None
    gated.allow(20)
    qtbot.waitUntil(lambda: session.running is None)
    assert session.annotation.mask_bytes(8) == corrected
    assert session.annotation.frames() == (0, 1, 2, 3, 4, 5, 6, 7, 8)
    assert session.history.undo_name == "Propagate 2-8"
    session.undo()
    assert session.annotation.frames() == (0, 8)


def test_undo_ends_a_running_pass_and_takes_it_back(qtbot, make_session, clip):
    gated = FakeTracker(steps=0)
    session = make_session(gated, clip)
    paint(session)
    session.propagate(Direction.FORWARD)
    gated.allow(4)
    qtbot.waitUntil(lambda: session.running.latest == 3)
    session.undo()
    assert session.running is None
    assert session.annotation.frames() == (0,)
    gated.allow(20)


def test_a_pass_with_nothing_painted_says_what_to_do(session, tracker):
    heard = hear(session)
    session.propagate(Direction.FORWARD)
    assert "paint the objects" in heard[-1]
    session.toggle_reference()  # an empty mask
    session.propagate(Direction.FORWARD)
    assert "paint the objects" in heard[-1]
    assert tracker.passes == []


def test_an_error_in_a_pass_is_told_and_keeps_what_arrived(qtbot, make_session, clip):
    failing = FakeTracker(error=(5, WeightsError("x.safetensors is damaged: download it again")))
    session = make_session(failing, clip)
    paint(session)
    heard = hear(session)
    propagate(qtbot, session)
    assert heard == ["x.safetensors is damaged: download it again"]
    assert session.annotation.frames() == (0, 1, 2, 3, 4)
    assert session.history.undo_name == "Propagate 2-5"


def test_frames_to_check_are_those_of_least_confidence(qtbot, session):
    heard = hear(session)
    session.seek_to_check()
    assert "Nothing to check" in heard[-1]
    paint(session)
    propagate(qtbot, session)
    session.seek(0)
    session.seek_to_check()
    assert session.position == 11


def test_the_explanation_lasts_until_the_mask_is_changed(qtbot, session):
    paint(session)
    assert not session.has_explanation
    propagate(qtbot, session)
    go(qtbot, session, 3)
    assert session.has_explanation
    explanation = session.explanation()
    assert explanation.points.shape == (12, 2)
    assert explanation.kernel.shape == (3, 4)
    paint(session, (50.0, 40.0))
    assert not session.has_explanation
    assert session.explanation() is None


# ---- saving and opening


def test_it_saves_by_itself_and_opens_where_it_was_left(qtbot, session, make_session, tracker, clip):
    paint(session)
    session.add_object()
    session.rename(2, "cup")
    with qtbot.waitSignal(
        session.saving_changed, check_params_cb=lambda: session.save_state is SaveState.SAVED
    ):
        pass
    assert (clip.parent / "clip.skn" / "masks" / "00000.png").exists()
    go(qtbot, session, 7)
    session.view["canvas"] = [2.0, 3.0, 4.0]
    mask = session.annotation.mask_bytes(0)
    assert session.close() is None
    assert session.sequence is None

    again = make_session(tracker, clip)
    assert again.position == 7
    assert again.active == 2
    assert again.view["canvas"] == [2.0, 3.0, 4.0]
    assert [o.name for o in again.annotation.objects] == ["object 1", "cup"]
    assert again.annotation.mask_bytes(0) == mask
    assert again.annotation.references == {0}
    assert again.save_state is SaveState.SAVED


def test_looking_at_a_video_leaves_nothing_on_disk(qtbot, session, clip):
    go(qtbot, session, 3)
    assert session.close() is None
    assert not (clip.parent / "clip.skn").exists()


def test_a_project_that_cannot_be_written_stays_open_and_says_so(qtbot, session, clip):
    (clip.parent / "clip.skn").write_text("a file is in the way")
    heard = hear(session)
    paint(session)
    qtbot.waitUntil(lambda: session.save_state is SaveState.FAILED)
    assert "clip.skn" in heard[-1]
    error = session.close()
    assert "clip.skn" in str(error)
    assert session.sequence is not None
    assert session.annotation.references == {0}
    (clip.parent / "clip.skn").unlink()
    assert session.close() is None
    assert (clip.parent / "clip.skn" / "masks" / "00000.png").exists()


def test_a_file_that_is_no_video_leaves_open_what_was_open(qtbot, session, tmp_path):
    paint(session)
    wrong = tmp_path / "text.mp4"
    wrong.write_text("no video")
    heard = hear(session)
    session.open(wrong)
    qtbot.waitUntil(lambda: bool(heard))
    assert "text.mp4" in heard[-1]
    assert session.sequence.name == "clip"
    assert session.annotation.references == {0}


def test_opening_what_is_open_finds_what_was_not_saved_yet(qtbot, session, clip):
    session.open(clip)
    paint(session)
    qtbot.waitUntil(lambda: not session.is_opening)
    assert session.annotation.references == {0}
    paint(session, xy=(40.0, 40.0))
    qtbot.waitUntil(lambda: session.save_state is SaveState.SAVED)
    assert session.close() is None


def test_of_two_windows_on_a_video_the_second_to_save_is_told(qtbot, make_session, tracker, clip):
    first, second = make_session(tracker, clip), make_session(tracker, clip)
    paint(first)
    assert first.close() is None
    heard = hear(second)
    paint(second, xy=(40.0, 40.0))
    qtbot.waitUntil(lambda: second.save_state is SaveState.FAILED)
    assert "another window" in heard[-1]
    assert "another window" in str(second.close())
    assert second.sequence is not None


def test_a_first_mask_is_a_reference_frame_in_its_own_project(qtbot, make_session, tracker, clip, tmp_path):
    from skn_annotator.annotation.masks import encode_mask

    mask = np.zeros((48, 64), np.uint8)
    mask[8:16, 8:16], mask[8:16, 30:40] = 1, 2
    first = tmp_path / "first.png"
    first.write_bytes(encode_mask(mask))
    session = make_session(tracker, clip, first_mask=first, place=tmp_path / "elsewhere.skn")
    assert np.array_equal(session.mask(0), mask)
    assert session.annotation.references == {0}
    assert session.history.undo_name is None
    qtbot.waitUntil(lambda: session.save_state is SaveState.SAVED)
    assert (tmp_path / "elsewhere.skn" / "masks" / "00000.png").exists()
    assert not (clip.parent / "clip.skn").exists()
