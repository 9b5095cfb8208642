"""Each tool, used with mouse and keys: what it does to the mask, one edit and one undo name each."""

import numpy as np
import pytest
from bright_square import wait_for
from PySide6.QtCore import Qt

SQUARE = ((10.5, 10.5), (40.5, 10.5), (40.5, 40.5), (10.5, 40.5))
RIGHT = Qt.MouseButton.RightButton


@pytest.fixture
def click(hand):
    """Press and release at a point."""
    return lambda point, button=Qt.MouseButton.LeftButton: hand.drag(point, button=button)


def take(qtbot, window, key):
    qtbot.keyClick(window.canvas, key)


def area(window, object_id=1):
    mask = window.session.document.mask(0)
    return 0 if mask is None else int((mask == object_id).sum())


def paint_square(qtbot, window, hand):
    """Object 1 on the 30 x 30 pixels of `SQUARE`."""
    take(qtbot, window, Qt.Key.Key_D)
    hand.drag(*SQUARE)
    assert window.session.document.history.undo_name == "Lasso"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (Qt.Key.Key_P, "polygon"),
        (Qt.Key.Key_D, "lasso"),
        (Qt.Key.Key_M, "magnetic"),
        (Qt.Key.Key_G, "fill"),
        (Qt.Key.Key_S, "box"),
        (Qt.Key.Key_K, "select"),
        (Qt.Key.Key_V, "move"),
    ],
)
def test_a_key_takes_the_tool_and_the_status_line_says_how_to_use_it(qtbot, window, key, name):
    take(qtbot, window, key)
    assert window.toolbox.tool.name == name
    assert [n for n in window.toolbox.tools if window.actions_[n].isChecked()] == [name]
    status = window.findChild(object, "StatusLine")
    assert status.doing.text() == window.toolbox.tool.hint
    assert status.doing.text() != "Ready"


@pytest.mark.parametrize("close", ["first corner", "double click", "enter"])
def test_a_polygon_is_closed_in_three_ways_and_is_one_edit(qtbot, window, click, close):
    take(qtbot, window, Qt.Key.Key_P)
    for corner in SQUARE:
        click(corner)
    assert window.session.document.history.undo_name is None
    if close == "first corner":
        click(SQUARE[0])
    elif close == "double click":
        click(SQUARE[-1])
    else:
        qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    assert window.session.tasks.passes.current is None  # Enter was the polygon's
    assert window.session.document.history.undo_name == "Polygon"
    assert set(window.session.document.annotation.references) == {0}
    assert area(window) == pytest.approx(900, abs=61)  # a row and a column: the mouse has whole pixels
    window.session.undo()
    assert window.session.document.history.undo_name is None


def test_backspace_takes_corners_back_one_by_one(qtbot, window, click):
    take(qtbot, window, Qt.Key.Key_P)
    for corner in (*SQUARE, (60.5, 45.5)):
        click(corner)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Backspace)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    assert area(window) == pytest.approx(900, abs=61)  # a row and a column: the mouse has whole pixels
    click(SQUARE[0])
    qtbot.keyClick(window.canvas, Qt.Key.Key_Backspace)
    assert not window.toolbox.tool.busy


def test_undo_takes_back_a_corner_while_a_polygon_is_half_drawn(qtbot, window, hand, click):
    paint_square(qtbot, window, hand)
    take(qtbot, window, Qt.Key.Key_P)
    for corner in SQUARE[:2]:
        click(corner)
    for _ in range(2):
        qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not window.toolbox.tool.busy
    assert window.session.document.history.undo_name == "Lasso"


@pytest.mark.parametrize("key", [Qt.Key.Key_P, Qt.Key.Key_M])
def test_escape_leaves_a_shape_that_is_half_drawn(qtbot, window, hand, click, key):
    take(qtbot, window, key)
    clean = window.canvas.grab().toImage()
    for corner in SQUARE[:3]:
        click(corner)
    assert window.canvas.grab().toImage() != clean
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert not window.toolbox.tool.busy
    assert window.canvas.grab().toImage() == clean
    assert window.session.document.history.undo_name is None


def test_escape_leaves_a_lasso_and_a_box(qtbot, window, hand):
    for key in (Qt.Key.Key_D, Qt.Key.Key_S):
        take(qtbot, window, key)
        hand.press(SQUARE[0])
        hand.move(SQUARE[2])
        qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
        hand.drag(SQUARE[2], button=Qt.MouseButton.MiddleButton)
        assert not window.toolbox.tool.busy
    assert window.session.document.history.undo_name is None


def test_another_frame_or_another_tool_leaves_a_half_drawn_polygon(qtbot, window, click):
    take(qtbot, window, Qt.Key.Key_P)
    click(SQUARE[0])
    qtbot.keyClick(window.canvas, Qt.Key.Key_Right)
    assert not window.toolbox.tool.busy
    qtbot.waitUntil(lambda: window.session.viewer.shown == 1)
    click(SQUARE[0])
    take(qtbot, window, Qt.Key.Key_B)
    assert not window.toolbox.tools["polygon"].busy
    assert window.session.document.history.undo_name is None


def test_the_right_button_erases_inside_of_the_line(qtbot, window, hand):
    paint_square(qtbot, window, hand)
    inner = ((20.5, 20.5), (30.5, 20.5), (30.5, 30.5), (20.5, 30.5))
    hand.drag(*inner, button=RIGHT)
    assert window.session.document.history.undo_name == "Lasso"
    assert area(window) == pytest.approx(800, abs=40)
    assert window.session.document.mask(0)[25, 25] == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_P, Qt.Key.Key_M])
def test_right_clicks_of_an_outline_tool_erase_nothing_and_with_alt_it_erases(qtbot, window, hand, key):
    paint_square(qtbot, window, hand)
    before = area(window)
    take(qtbot, window, key)
    inner = ((20.5, 20.5), (30.5, 20.5), (30.5, 30.5), (20.5, 30.5))
    for corner in inner:
        hand.drag(corner, button=RIGHT)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    assert not window.toolbox.tool.busy
    assert area(window) == before
    for corner in inner:
        hand.drag(corner, modifier=Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    assert window.session.document.mask(0)[25, 25] == 0
    assert area(window) < before


def test_alt_on_another_object_chooses_it_with_the_polygon_tool_too(qtbot, window, hand):
    paint_square(qtbot, window, hand)
    window.actions_["add_object"].trigger()
    take(qtbot, window, Qt.Key.Key_P)
    hand.drag((25.5, 25.5), modifier=Qt.KeyboardModifier.AltModifier)
    assert window.session.document.active == 1
    assert not window.toolbox.tool.busy


def test_a_rubber_band_repaints_only_where_it_is(qtbot, window, hand, click):
    take(qtbot, window, Qt.Key.Key_P)
    click((5.5, 5.5))
    hand.move((8.5, 5.5))
    qtbot.wait(20)
    painted = []
    paint = window.canvas.paintEvent
    window.canvas.paintEvent = lambda event: (painted.append(event.rect()), paint(event))
    hand.move((9.5, 6.5))
    qtbot.waitUntil(lambda: bool(painted))
    assert all(rect.width() < 6 * window.canvas.view.scale + 40 for rect in painted)


def test_fill_fills_a_closed_outline_and_the_right_button_removes_a_patch(qtbot, window, hand, click):
    paint_square(qtbot, window, hand)
    hand.drag((20.5, 20.5), (30.5, 20.5), (30.5, 30.5), (20.5, 30.5), button=RIGHT)
    take(qtbot, window, Qt.Key.Key_G)
    click((25.5, 25.5))
    assert window.session.document.history.undo_name == "Fill"
    assert area(window) == pytest.approx(900, abs=61)
    click((25.5, 25.5), RIGHT)
    assert window.session.document.history.undo_name == "Fill"
    assert area(window) == 0


def test_move_drags_the_object_under_the_mouse(qtbot, window, hand):
    paint_square(qtbot, window, hand)
    before = area(window)
    window.session.document.add_object()
    take(qtbot, window, Qt.Key.Key_V)
    hand.press((25.5, 25.5))
    hand.move((35.5, 28.5))
    assert window.session.document.annotation.mask(0)[12, 12] == 1  # nothing is kept yet
    hand.drag((35.5, 28.5))
    assert window.session.document.history.undo_name == "Move"
    assert window.session.document.active == 1
    mask = window.session.document.mask(0)
    assert (mask[12, 12], mask[16, 22]) == (0, 1)
    assert area(window) == before
    window.session.undo()
    assert window.session.document.mask(0)[12, 12] == 1


def test_escape_puts_a_moved_object_back(qtbot, window, hand):
    paint_square(qtbot, window, hand)
    take(qtbot, window, Qt.Key.Key_V)
    hand.press((25.5, 25.5))
    hand.move((45.5, 25.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.session.document.history.undo_name == "Lasso"
    assert window.session.document.mask(0)[12, 12] == 1


def test_a_box_finds_the_object_in_it_and_enter_keeps_it(qtbot, window, hand):
    session = window.session
    take(qtbot, window, Qt.Key.Key_S)
    hand.drag((4.5, 12.5), (28.5, 36.5))  # round the clip's bright square: 8-24, 16-32
    assert session.painter.selection.is_open
    wait_for(qtbot, window, 256)
    assert session.document.annotation.mask(0) is None
    assert window.actions_["undo"].text() == "&Undo Box"
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    assert not session.painter.selection.is_open
    assert session.document.history.undo_name == "Select"
    expected = np.zeros((48, 64), np.uint8)
    expected[16:32, 8:24] = 1
    assert np.array_equal(session.document.annotation.mask(0), expected)


def test_strokes_refine_a_selection_and_show_at_once(qtbot, window, hand):
    session = window.session
    window.toolbox.set_radius(2)
    take(qtbot, window, Qt.Key.Key_S)
    hand.drag((4.5, 12.5), (28.5, 36.5))
    wait_for(qtbot, window, 256)
    hand.press((12.5, 24.5), RIGHT)
    assert session.document.mask(0)[24, 12] == 0
    hand.drag((12.5, 24.5), (20.5, 24.5), button=RIGHT)
    hand.drag((26.5, 14.5))
    qtbot.waitUntil(lambda: not session.painter.selection.is_busy)
    mask = session.document.mask(0)
    assert (mask[24, 16], mask[14, 26], mask[18, 10]) == (0, 1, 1)
    session.viewer.seek(3)  # whatever else is done keeps it
    assert session.document.history.undo_name == "Select"
    session.undo()
    assert session.document.history.undo_name is None


def test_escape_leaves_a_selection_and_undo_takes_it_back(qtbot, window, hand):
    session = window.session
    take(qtbot, window, Qt.Key.Key_S)
    hand.drag((4.5, 12.5), (28.5, 36.5))
    wait_for(qtbot, window, 256)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert (area(window), session.document.history.undo_name) == (0, None)
    hand.drag((4.5, 12.5), (28.5, 36.5))
    wait_for(qtbot, window, 256)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (area(window), session.document.history.redo_name) == (0, None)
    assert window.actions_["redo"].text() == "&Redo Box"


def test_a_click_is_no_box(qtbot, window, hand):
    take(qtbot, window, Qt.Key.Key_S)
    hand.drag((10.5, 10.5))
    assert not window.toolbox.tool.busy


def test_the_magnetic_lasso_keeps_to_the_edge(qtbot, window, hand, click):
    take(qtbot, window, Qt.Key.Key_M)
    tool = window.toolbox.tool
    for pin in ((9.5, 17.5), (22.5, 17.5), (22.5, 30.5), (9.5, 30.5)):
        hand.move(pin)
        click(pin)
        qtbot.waitUntil(lambda: not tool._tracing._runner.busy)
    click((9.5, 17.5))
    assert window.session.document.history.undo_name == "Magnetic lasso"
    mask = window.session.document.mask(0)
    assert mask[24, 16] == 1
    truth = np.zeros(mask.shape, bool)
    truth[16:32, 8:24] = True
    found = mask == 1
    assert (truth & found).sum() / (truth | found).sum() > 0.75


def test_a_tool_says_why_an_object_cannot_be_painted(window, qtbot, click):
    heard = []
    window.session.noticed.connect(lambda notice: heard.append(notice.text))
    window.session.document.set_locked(1, True)
    for key in (Qt.Key.Key_P, Qt.Key.Key_D, Qt.Key.Key_M, Qt.Key.Key_G, Qt.Key.Key_S, Qt.Key.Key_V):
        take(qtbot, window, key)
        click((20.5, 20.5))
        assert not window.toolbox.tool.busy
    assert len(heard) == 6
    assert all("locked" in text for text in heard)


@pytest.mark.parametrize(
    ("name", "undo"),
    [("grow", "Grow"), ("shrink", "Shrink"), ("smooth", "Smooth"), ("fill_holes", "Fill holes")],
)
def test_the_object_menu_changes_the_shape_of_the_chosen_object(qtbot, window, hand, name, undo):
    paint_square(qtbot, window, hand)
    hand.drag((20.5, 20.5), (30.5, 20.5), (30.5, 30.5), (20.5, 30.5), button=RIGHT)
    before = window.session.document.mask(0)
    window.actions_[name].trigger()
    assert window.session.document.history.undo_name == undo
    assert not np.array_equal(window.session.document.mask(0), before)


def test_a_key_copies_the_mask_to_the_next_frame(qtbot, window, hand):
    paint_square(qtbot, window, hand)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.canvas, Qt.Key.Key_Right, modifiers)
    assert window.session.viewer.position == 1
    assert np.array_equal(window.session.document.mask(1), window.session.document.mask(0))


def test_protect_is_a_switch_that_is_remembered(qtbot, window, hand):
    from skn_annotator.settings import load_settings

    paint_square(qtbot, window, hand)
    window.session.document.add_object()
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.actions_["protect"].isChecked()
    hand.drag((5.5, 5.5), (60.5, 5.5), (60.5, 45.5), (5.5, 45.5))
    assert area(window) == pytest.approx(900, abs=61)  # a row and a column: the mouse has whole pixels
    assert area(window, 2) > 900
    assert window.close()
    assert load_settings().protect_others
