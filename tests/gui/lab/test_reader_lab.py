"""The lab, with real events: it shows what the reader made of the frame on the canvas."""

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from skn_annotator.app.tasks.kept_readings import MemoryCell
from skn_annotator.gui.lab.weight_maps import values_at

Key = Qt.Key


def at(view, box, point):
    """A point of a view in pixels of its widget."""
    return view.mapFromScene(box.mapViewToScene(QPointF(*point)))


def move(qtbot, view, place):
    """The mouse moves there; offscreen, `qtbot.mouseMove` reaches no second window."""
    kind = QMouseEvent.Type.MouseMove
    none = Qt.MouseButton.NoButton
    where = QPointF(place), QPointF(view.viewport().mapToGlobal(place))
    QApplication.sendEvent(
        view.viewport(), QMouseEvent(kind, *where, none, none, Qt.KeyboardModifier.NoModifier)
    )


def memory_point(lab, t, cell):
    """The middle of a memory cell on the match view."""
    return lab.matches.places[t].to_view((16 * cell[1] + 8, 16 * cell[0] + 8))


def test_it_shows_the_strongest_memory_cell_until_another_is_chosen(window, lab):
    reading = lab.state.reading
    assert lab.state.weights.origin == reading.strongest(1)
    for image, expected in zip(
        lab.maps.images, reading.weights(1, MemoryCell(0, (1, 1))).logarithms(), strict=True
    ):
        np.testing.assert_array_equal(image.image, expected)


def test_a_click_on_a_memory_cell_shows_its_weights(qtbot, lab):
    place = at(lab.matches, lab.matches.box, memory_point(lab, 0, (2, 3)))
    qtbot.mouseClick(lab.matches.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert lab.state.weights.origin == MemoryCell(0, (2, 3))
    expected = lab.state.reading.weights(1, MemoryCell(0, (2, 3)))
    np.testing.assert_array_equal(lab.maps.images[0].image, expected.log_w)


def test_the_mouse_over_the_frame_shows_where_it_was_read_from(qtbot, lab):
    move(qtbot, lab.matches, at(lab.matches, lab.matches.box, (40, 24)))
    qtbot.waitUntil(lambda: lab.state.query_cell == (1, 2))
    (share,) = lab.state.reading.shares(1, (1, 2))
    heat = lab.matches.heats[0]
    assert heat.isVisible()
    np.testing.assert_array_equal(heat.image, share.share)
    text = lab.values.text()
    assert text.startswith(values_at(lab.state.weights, (1, 2)))
    assert text.endswith("100\u00a0% from frame\u00a01")


def test_a_map_under_the_mouse_is_gone_when_the_next_is_drawn(qtbot, lab):
    view = lab.matches
    move(qtbot, view, at(view, view.box, (40, 24)))
    qtbot.waitUntil(lambda: lab.state.query_cell == (1, 2))
    for _ in range(3):
        view.draw()
    maps = [item for item in view.scene().items() if isinstance(item, pg.ImageItem)]
    assert len(maps) == 1 + len(view.heats)  # the kernel, and where the cell was read from


def test_the_mouse_over_a_map_names_the_values_of_all(qtbot, lab):
    box = lab.maps.boxes[2]
    qtbot.waitUntil(lambda: box.sceneBoundingRect().width() > 8)
    move(qtbot, lab.maps, at(lab.maps, box, (2.5, 0.5)))
    qtbot.waitUntil(lambda: lab.state.query_cell == (0, 2))
    assert lab.values.text().startswith("Row 1, column 3:   W 0.368   SCK 1   W1 0.368   g 0.368   W2 0.135")


def test_the_mouse_over_a_memory_frame_shows_only_its_points_on_the_canvas(qtbot, window, lab):
    move(qtbot, lab.matches, at(lab.matches, lab.matches.box, memory_point(lab, 0, (0, 0))))
    qtbot.waitUntil(lambda: window.display.look.from_frame == 0)
    move(qtbot, lab.matches, at(lab.matches, lab.matches.box, (30, 30)))
    qtbot.waitUntil(lambda: window.display.look.from_frame is None)


def test_a_double_click_on_a_memory_frame_goes_there(qtbot, window, lab):
    place = at(lab.matches, lab.matches.box, memory_point(lab, 0, (1, 1)))
    viewport = lab.matches.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)  # the second press
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 0)
    qtbot.waitUntil(lambda: lab.state.t == 0)
    assert lab.state.reading is None  # a reference frame was not read


def test_keys_go_from_memory_cell_to_memory_cell(qtbot, window, lab):
    for pressed, cell in (
        (Key.Key_Right, (1, 2)),
        (Key.Key_Down, (2, 2)),
        (Key.Key_Down, (2, 2)),
        (Key.Key_Left, (2, 1)),
        (Key.Key_Up, (1, 1)),
        (Key.Key_PageDown, (1, 1)),
    ):
        qtbot.keyClick(lab.matches, pressed)
        assert lab.state.weights.origin == MemoryCell(0, cell)
    qtbot.keyClick(lab.matches, Key.Key_R)
    assert window.session.document.annotation.references == {}
    assert window.session.document.history.undo_name == "Unset reference frame"
    qtbot.keyClick(lab.matches, Key.Key_Return)
    assert window.session.viewer.position == 0


def test_a_right_click_marks_a_memory_frame_as_a_reference_or_not(qtbot, window, lab):
    place = at(lab.matches, lab.matches.box, memory_point(lab, 0, (1, 1)))
    qtbot.mouseClick(lab.matches.viewport(), Qt.MouseButton.RightButton, pos=place)
    menu = QApplication.activePopupWidget()
    texts = [action.text().replace("&", "") for action in menu.actions()]
    assert texts == ["Go to frame\u00a01", "No reference frame any more"]
    menu.actions()[1].trigger()
    menu.close()
    assert window.session.document.annotation.references == {}


def test_the_keys_of_the_window_work_in_the_lab(qtbot, window, lab):
    assert lab.windowFlags() & Qt.WindowType.Tool == Qt.WindowType.Tool
    assert lab.parent() is window


def test_a_painted_frame_says_why_nothing_is_shown(qtbot, window, hand, lab):
    hand.drag((30.5, 30.5))
    qtbot.waitUntil(lambda: lab.state.reading is None)
    assert lab.hint.text() == "No pass has been over this frame yet: propagate over it."
    assert lab.values.text() == "", "there is nothing to point at"
    assert not lab.maps.boxes[0].isVisible()


def test_while_it_is_closed_nothing_is_read(qtbot, window, lab):
    reading = lab.state.reading
    qtbot.keyClick(window.canvas, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert not window.lab.is_open
    assert not window.actions_["lab"].isChecked()
    asked = len(reading.asked)
    for t in (5, 11):
        window.session.viewer.seek(t)
        qtbot.waitUntil(lambda t=t: window.session.viewer.shown == t)
    qtbot.wait(20)
    assert len(reading.asked) == asked
    qtbot.keyClick(window.canvas, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert window.lab.is_open
    assert window.actions_["lab"].isChecked()


def test_the_weights_are_shown_on_a_logarithmic_scale_or_a_linear_one(qtbot, lab):
    maps, values = lab.maps, lab.state.weights.w
    most = float(values.max())
    assert lab.logarithmic.isChecked()
    log_w = lab.state.weights.log_w
    assert maps._bars[1].levels() == pytest.approx((min(log_w.min(), -1), log_w.max()))
    np.testing.assert_array_equal(maps.images[0].image, log_w)
    assert maps._scale.text == "log10"
    qtbot.mouseClick(lab.logarithmic, Qt.MouseButton.LeftButton, pos=QPoint(8, lab.logarithmic.height() // 2))
    assert not maps.is_logarithmic
    assert maps._bars[1].levels() == (0, most)
    assert maps._scale.text == ""
    np.testing.assert_array_equal(maps.images[0].image, values)
