"""Every message with a button goes when what it offers is done, or makes no sense any more."""

import numpy as np
import pytest
from fakes import FakeTracker
from PySide6.QtCore import Qt

from skn_annotator.annotation.masks import encode_mask

CTRL, NO_KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
KEY = Qt.Key
SQUARE = ((10.5, 10.5), (30.5, 10.5), (30.5, 30.5), (10.5, 30.5))


@pytest.fixture
def press(qtbot, window):
    return lambda key, modifier=NO_KEY: qtbot.keyClick(window.canvas, key, modifier)


@pytest.fixture
def at(qtbot, window, press):
    """Goes to a frame by keys."""

    def go(t):
        viewer = window.session.viewer
        while viewer.position != t:
            press(KEY.Key_Right if viewer.position < t else KEY.Key_Left)
        qtbot.waitUntil(lambda: viewer.shown == t)

    return go


@pytest.fixture
def open_outline(window, hand, press, at):
    """Three corners wait on frame 1; frame 2 is seen, and a message leads back."""
    press(KEY.Key_P)
    for corner in SQUARE[:3]:
        hand.drag(corner)
    at(1)
    assert window.message_bar.offer.text() == "Go back"


def is_offered(window):
    return window.message_bar.isVisible()


@pytest.mark.usefixtures("open_outline")
def test_the_way_back_to_an_outline_is_offered_until_the_user_went_there(window, at):
    at(2)
    assert is_offered(window)
    at(0)
    assert not is_offered(window)
    assert window.toolbox.tool.busy


@pytest.mark.usefixtures("open_outline")
def test_the_way_back_is_not_offered_to_an_outline_of_another_video(qtbot, window):
    window.close_sequence()
    assert not is_offered(window)


@pytest.fixture
def two_outlines(window, hand, press, at):
    """The same outline on frames 1 and 9: a message offers to fill what lies between."""
    press(KEY.Key_P)
    for t in (0, 8):
        at(t)
        for corner in SQUARE:
            hand.drag(corner)
        press(KEY.Key_Return)
    assert window.message_bar.offer.text() == "Interpolate"


def by_key(window, hand, press, at):
    press(KEY.Key_I)


def by_undo(window, hand, press, at):
    press(KEY.Key_Z, CTRL)


def by_a_stroke_between(window, hand, press, at):
    at(4)
    press(KEY.Key_B)
    window.session.painter.begin_stroke(3.0, False)
    window.session.painter.stroke_to((20.0, 20.0))
    window.session.document.end_draft()


def by_another_object(window, hand, press, at):
    window.actions_["add_object"].trigger()


@pytest.mark.usefixtures("two_outlines")
@pytest.mark.parametrize("ends", [by_key, by_undo, by_a_stroke_between, by_another_object])
def test_interpolation_is_offered_until_nothing_can_be_filled(window, hand, press, at, ends):
    at(6)
    assert is_offered(window)
    ends(window, hand, press, at)
    assert not is_offered(window)


@pytest.fixture
def ended_pass(qtbot, make_window, clip):
    """A pass that a stroke on its way ended: a message offers to go on."""
    tracker = FakeTracker(steps=0)
    window = make_window(tracker, clip)
    paint(window.session, (20.0, 20.0))
    window.actions_["forward"].trigger()
    tracker.allow(6)
    passes = window.session.tasks.passes
    qtbot.waitUntil(lambda: passes.current is not None and passes.current.latest == 5)
    qtbot.keyClick(window.canvas, KEY.Key_Left)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 4)
    paint(window.session, (40.0, 40.0))
    tracker.allow(60)
    assert passes.current is None
    assert window.message_bar.offer.text() == "Propagate on"
    return window


def paint(session, xy):
    session.painter.begin_stroke(3.0, False)
    session.painter.stroke_to(xy)
    session.document.end_draft()


def test_propagating_on_is_offered_until_a_pass_is_started(qtbot, ended_pass):
    ended_pass.actions_["forward"].trigger()
    assert not is_offered(ended_pass)
    qtbot.waitUntil(lambda: ended_pass.session.tasks.passes.current is None)
    assert not is_offered(ended_pass)


def test_propagating_on_goes_on_from_the_correction_wherever_the_user_looks(qtbot, ended_pass):
    session = ended_pass.session
    session.viewer.seek(0)
    qtbot.waitUntil(lambda: session.viewer.shown == 0)
    assert is_offered(ended_pass)
    qtbot.mouseClick(ended_pass.message_bar.offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    assert session.document.annotation.frames() == tuple(range(12))
    assert session.tasks.passes.latest.plan.stretches[0].start == 4


def test_propagating_on_is_not_offered_when_nothing_is_left_to_start_from(ended_pass):
    session = ended_pass.session
    while session.undo_name is not None:
        session.undo()
    assert not is_offered(ended_pass)


def test_undo_of_a_kept_selection_is_offered_until_something_else_is_done(qtbot, window, hand, press, at):
    press(KEY.Key_S)
    hand.drag((4.5, 12.5), (28.5, 36.5))
    selection = window.session.painter.selection
    qtbot.waitUntil(lambda: selection.is_open and not selection.is_busy)
    at(1)
    assert window.message_bar.offer.text() == "Undo"
    press(KEY.Key_Z, CTRL)
    assert not is_offered(window)


def test_an_import_is_offered_until_there_are_masks(qtbot, make_window, tracker, tmp_path, clip):
    frames, masks = tmp_path / "set/JPEGImages/clip", tmp_path / "set/Annotations/clip"
    frames.parent.mkdir(parents=True)
    clip.rename(frames)
    masks.mkdir(parents=True)
    (masks / "00000.png").write_bytes(encode_mask(np.ones((48, 64), np.uint8)))
    window = make_window(tracker, frames)
    assert window.message_bar.offer.text() == "Import…"
    paint(window.session, (20.0, 20.0))
    assert not is_offered(window)


def test_the_message_of_waiting_outlines_leads_there_and_goes_with_the_last_of_them(
    qtbot, window, hand, press, make_window, clip
):
    press(KEY.Key_P)
    for corner in SQUARE[:3]:
        hand.drag(corner)
    assert window.close()
    again = make_window(FakeTracker(), clip)
    assert "wait in their tools" in again.message_bar.text.text()
    again.session.viewer.seek(5)
    qtbot.mouseClick(again.message_bar.offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: again.toolbox.tool.busy)
    assert again.toolbox.tool.name == "polygon"
    assert again.session.viewer.position == 0
    assert not is_offered(again)
