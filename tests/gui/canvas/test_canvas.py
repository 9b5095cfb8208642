"""Painting, zooming and panning with real mouse events."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from skn_annotator.app import document
from skn_annotator.settings import load_settings


def wheel(canvas, at, steps, modifier=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_dragging_paints_without_gaps_between_two_mouse_events(window, hand):
    window.toolbox.set_radius(3)
    hand.drag((10.5, 20.5), (50.5, 20.5))
    mask = window.session.document.mask(0)
    assert (mask[20, 10:51] == 1).all()
    assert window.session.document.history.undo_name == "Brush"


@pytest.mark.parametrize("at_once", [0, 1 << 30])
def test_what_was_painted_as_it_went_is_not_painted_again(qtbot, window, hand, monkeypatch, at_once):
    picture = window.canvas._mask
    drawn = []
    with monkeypatch.context() as patched:  # a plain `undo` would take back where settings go, too
        patched.setattr(document, "ENCODED_AT_ONCE", at_once)
        patched.setattr(picture, "show", lambda mask: drawn.append(mask))
        for key, path in (
            (Qt.Key.Key_B, ((10.5, 20.5), (50.5, 20.5))),
            (Qt.Key.Key_D, ((20.5, 5.5), (40.5, 5.5), (40.5, 40.5))),
            (Qt.Key.Key_E, ((30.5, 20.5), (50.5, 20.5))),
            (Qt.Key.Key_V, ((35.5, 20.5), (45.5, 25.5))),
        ):
            qtbot.keyClick(window.canvas, key)
            hand.drag(*path)
            qtbot.waitUntil(lambda: window.session.document.draft_name is None)
    assert drawn == []
    seen = picture._pixels.copy()
    window.canvas.refresh()
    assert np.array_equal(picture._pixels, seen)
    assert seen.any()


def test_the_right_button_erases(window, hand):
    hand.drag((20.5, 20.5), (40.5, 20.5))
    hand.drag((20.5, 20.5), (40.5, 20.5), button=Qt.MouseButton.RightButton)
    assert not window.session.document.mask(0).any()
    assert window.session.document.history.undo_name == "Eraser"


def test_escape_leaves_a_stroke_that_is_half_done(qtbot, window, hand):
    hand.press((20.5, 20.5))
    hand.move((40.5, 20.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    hand.drag((40.5, 20.5), button=Qt.MouseButton.MiddleButton)
    assert window.session.document.mask(0) is None
    assert window.session.document.history.undo_name is None


def test_shift_draws_a_straight_line_from_the_last_stroke(window, hand):
    window.toolbox.set_radius(2)
    hand.drag((10.5, 10.5))
    hand.drag((50.5, 40.5), modifier=Qt.KeyboardModifier.ShiftModifier)
    mask = window.session.document.mask(0)
    assert mask[25, 30] == 1
    assert mask[40, 50] == 1
    assert mask[40, 10] == 0


def test_shift_and_drag_draws_one_line_whatever_the_way(window, hand):
    window.toolbox.set_radius(1)
    hand.press((10.5, 10.5), modifier=Qt.KeyboardModifier.ShiftModifier)
    hand.move((30.5, 40.5))
    hand.drag((10.5, 10.5), (30.5, 40.5), (50.5, 10.5), modifier=Qt.KeyboardModifier.ShiftModifier)
    mask = window.session.document.mask(0)
    assert mask[10, 30] == 1
    assert mask[40, 30] == 0


def test_alt_chooses_the_object_under_the_mouse(window, hand):
    hand.drag((20.5, 20.5))
    window.session.document.add_object()
    hand.drag((20.5, 20.5), modifier=Qt.KeyboardModifier.AltModifier)
    assert window.session.document.active == 1
    assert window.session.document.history.undo_name == "Add object"


def test_the_wheel_zooms_at_the_mouse_and_f_fits_again(qtbot, window, hand):
    canvas = window.canvas
    fitted = canvas.view
    at = hand.at((50, 10))
    before = canvas.view.to_image((at.x(), at.y()))
    wheel(canvas, at, 3)
    assert canvas.view.scale == pytest.approx(fitted.scale * 1.2**3)
    assert canvas.view.to_image((at.x(), at.y())) == pytest.approx(before)
    qtbot.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.view == fitted


def test_ctrl_and_wheel_change_the_brush(window, hand):
    radius = window.toolbox.radius
    wheel(window.canvas, hand.at((20, 20)), 2, Qt.KeyboardModifier.ControlModifier)
    assert window.toolbox.radius == pytest.approx(radius * 1.1**2)


def test_the_middle_button_pans(window, hand):
    view = window.canvas.view
    start, end = hand.at((20, 20)), hand.at((30, 25))
    hand.drag((20, 20), (30, 25), button=Qt.MouseButton.MiddleButton)
    moved = window.canvas.view
    assert (moved.x - view.x, moved.y - view.y) == (end.x() - start.x(), end.y() - start.y())
    assert window.session.document.history.undo_name is None


def test_space_and_drag_pan_and_do_not_play(qtbot, window, hand):
    view = window.canvas.view
    qtbot.keyPress(window.canvas, Qt.Key.Key_Space)
    hand.drag((20, 20), (30, 25))
    qtbot.keyRelease(window.canvas, Qt.Key.Key_Space)
    assert window.canvas.view != view
    assert not window.session.viewer.playback.playing
    assert window.session.document.mask(0) is None


def test_space_alone_plays_and_stops(qtbot, window):
    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    assert window.session.viewer.playback.playing
    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    assert not window.session.viewer.playback.playing


def test_double_clicks_paint_and_only_the_middle_button_goes_to_100_percent(qtbot, window, hand):
    fitted = window.canvas.view
    qtbot.mouseDClick(window.canvas, Qt.MouseButton.LeftButton, pos=hand.at((20.5, 20.5)))
    qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=hand.at((20.5, 20.5)))
    assert window.canvas.view == fitted
    assert window.session.document.mask(0)[20, 20] == 1
    for wanted in (1.0, fitted.scale):
        qtbot.mouseDClick(window.canvas, Qt.MouseButton.MiddleButton, pos=hand.at((20, 20)))
        assert window.canvas.view.scale == pytest.approx(wanted)
        qtbot.mouseRelease(window.canvas, Qt.MouseButton.MiddleButton, pos=hand.at((20, 20)))
    assert window.canvas.view == fitted


def test_a_stroke_repaints_only_where_it_is(qtbot, window, hand):
    hand.press((10.5, 10.5))
    qtbot.wait(20)
    painted = []
    paint = window.canvas.paintEvent
    window.canvas.paintEvent = lambda event: (painted.append(event.rect()), paint(event))
    hand.move((12.5, 10.5))
    qtbot.waitUntil(lambda: bool(painted))
    ring = 2 * window.toolbox.radius * window.canvas.view.scale
    assert all(rect.width() < 2 * ring + 60 for rect in painted)
    hand.drag((12.5, 10.5))


def grab(canvas, hand, xy):
    at = hand.at(xy)
    color = canvas.grab().toImage().pixelColor(at)
    return np.array([color.red(), color.green(), color.blue()])


def test_the_mask_is_seen_on_the_frame_and_can_be_hidden(qtbot, window, hand):
    clean = grab(window.canvas, hand, (50.5, 40.5))
    hand.drag((50.5, 40.5))
    hand.move((5, 5))
    painted = grab(window.canvas, hand, (50.5, 40.5))
    assert painted[0] > clean[0] + 50  # reddish
    qtbot.keyClick(window.canvas, Qt.Key.Key_O)
    assert np.array_equal(grab(window.canvas, hand, (50.5, 40.5)), clean)


def test_overlays_of_the_reader_are_drawn_where_it_matched(qtbot, window, hand):
    hand.drag((20.5, 20.5))
    hand.move((60, 45))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None and window.session.viewer.shown == 11)
    clean = grab(window.canvas, hand, (40.0, 24.0))
    qtbot.keyClick(window.canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    warm = grab(window.canvas, hand, (40.0, 24.0))
    assert warm[0] > clean[0] + 20
    qtbot.keyClick(window.canvas, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert not np.array_equal(grab(window.canvas, hand, (56.0, 40.0)), clean)
    qtbot.keyClick(window.canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.canvas, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(grab(window.canvas, hand, (40.0, 24.0)), clean)


def test_the_view_is_found_again_with_the_project(make_window, tracker, clip, window, hand):
    hand.drag((20.5, 20.5))
    window.canvas.zoom_to(6.0)
    view = window.canvas.view
    assert window.session.project.close() is None
    again = make_window(tracker, clip)
    assert again.canvas.view == view


def test_four_ways_to_look_at_frame_and_masks(qtbot, window, hand):
    hand.drag((20.5, 20.5), (50.5, 20.5))
    hand.move((60, 45))
    inside, outside = (20.5, 20.5), (5.5, 45.5)
    frame = grab(window.canvas, hand, outside)
    seen = {}
    for key, name in zip("1234", ("overlay", "outline", "mask", "cut_out"), strict=True):
        qtbot.keyClick(window.canvas, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.AltModifier)
        modes = ("overlay", "outline", "mask", "cut_out")
        assert [mode for mode in modes if window.actions_[mode].isChecked()] == [name]
        seen[name] = (grab(window.canvas, hand, inside).tolist(), grab(window.canvas, hand, outside).tolist())
    under = [200, 180, 90]  # the clip's square
    assert seen["outline"] == (under, frame.tolist())
    assert seen["cut_out"][0] == under
    assert seen["cut_out"][1] != frame.tolist()
    assert seen["mask"] == ([*window.session.document.active_object.color], [0, 0, 0])
    assert seen["overlay"][0] not in (under, seen["mask"][0])
    assert window.close()
    assert load_settings().view_mode == "cut_out"
