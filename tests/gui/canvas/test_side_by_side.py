"""The frame beside the frame with its masks."""

import pytest
from PySide6.QtCore import QPoint, Qt

from skn_annotator.gui.canvas.panes import GAP, Panes
from skn_annotator.gui.look.display import Mode
from skn_annotator.settings import load_settings


@pytest.fixture
def canvas(qtbot, window):
    qtbot.keyClick(window.canvas, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    window.display.set(opacity=1.0)
    window.toolbox.set_radius(3)
    return window.canvas


def at(canvas, pane, xy):
    x, y = canvas.view.to_widget(xy)
    return QPoint(round(x) + canvas.panes.left(pane), round(y))


def drag(qtbot, canvas, pane, *points):
    left = Qt.MouseButton.LeftButton
    qtbot.mouseMove(canvas, at(canvas, pane, points[0]))
    qtbot.mousePress(canvas, left, pos=at(canvas, pane, points[0]))
    for point in points[1:]:
        qtbot.mouseMove(canvas, at(canvas, pane, point))
    qtbot.mouseRelease(canvas, left, pos=at(canvas, pane, points[-1]))


def test_both_panes_show_the_same_place(canvas):
    picture = canvas.grab().toImage()
    for xy in ((15.5, 20.5), (40.5, 40.5)):
        one, other = (picture.pixelColor(at(canvas, pane, xy)) for pane in (0, 1))
        assert one == other


def test_masks_are_in_the_right_one_only(qtbot, window, canvas):
    drag(qtbot, canvas, 0, (40.5, 10.5), (50.5, 10.5))
    qtbot.mouseMove(canvas, at(canvas, 0, (10.5, 40.5)))
    picture = canvas.grab().toImage()
    left, right = (picture.pixelColor(at(canvas, pane, (45.5, 10.5))) for pane in (0, 1))
    assert left.getRgb()[:3] == (40, 40, 40)
    assert right.getRgb()[:3] == window.session.document.active_object.color


@pytest.mark.parametrize("pane", [0, 1])
def test_painting_works_in_either(qtbot, window, canvas, pane):
    drag(qtbot, canvas, pane, (20.5, 20.5), (40.5, 20.5))
    mask = window.session.document.mask(0)
    assert (mask[20, 20:41] == 1).all()
    assert not mask[:, 50:].any()
    assert window.session.document.history.undo_name == "Brush"


def test_a_drag_stays_in_the_pane_where_it_began(qtbot, window, canvas):
    start, far = at(canvas, 0, (20.5, 20.5)), at(canvas, 1, (20.5, 20.5))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, far)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=far)
    assert window.session.document.mask(0)[20, 63] == 1


def test_the_frame_fits_its_pane_and_the_mode_is_remembered(window, canvas):
    width, _ = canvas.panes.size
    assert canvas.view.scale * 64 <= width
    assert canvas.view.x >= 0
    window.close()
    assert load_settings().view_mode == Mode.SIDE_BY_SIDE.value


def test_panes_share_the_canvas():
    panes = Panes((1002, 500), 2)
    assert panes.size == (500, 500)
    assert [panes.left(pane) for pane in (0, 1)] == [0, 500 + GAP]
    assert [panes.pane_at(x) for x in (-5, 499, 503, 2000)] == [0, 0, 1, 1]
    assert panes.inside((502 + 7, 9), 1) == (7, 9)
    assert Panes((1000, 500)).size == (1000, 500)
