"""Another video is opened while something is done on this one: that is carried out first, and saved."""

from pathlib import Path
from shutil import copytree

import pytest
from bright_square import AREA, BOX
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

KEY = Qt.Key


@pytest.fixture
def window(make_window, tracker, clip, selectors):
    return make_window(tracker, clip, selectors)


@pytest.fixture
def other(clip):
    """Another folder of frames."""
    return Path(copytree(clip, clip.parent / "other"))


@pytest.fixture
def open_other(qtbot, window, other):
    """Opens it as far as that goes: it is read, and would be shown. What is done then was begun meanwhile."""

    def begin():
        window.session.project.open(other)
        qtbot.waitUntil(lambda: not window.session.project._opening.busy)
        assert window.session.project.sequence.name == "clip"

    return begin


@pytest.fixture
def is_shown(qtbot, window):
    """Waits until the other one is."""
    return lambda: qtbot.waitUntil(lambda: window.session.project.sequence.name == "other")


@pytest.fixture
def saved(make_window, tracker, clip):
    """What the project of the first video holds then."""
    return lambda: make_window(tracker, clip).session.document.annotation


def area(annotation, object_id=1):
    mask = annotation.mask(0)
    return 0 if mask is None else int((mask == object_id).sum())


def test_an_answer_that_is_on_its_way_is_kept_and_not_waited_for(
    window, selectors, hand, press, open_other, is_shown, saved
):
    selectors.hold()
    press(KEY.Key_K)
    hand.drag(*BOX)
    open_other()
    assert window.session.painter.selection.is_busy
    assert window.session.project.is_opening
    assert QApplication.overrideCursor().shape() == Qt.CursorShape.BusyCursor
    selectors.go_on()
    is_shown()
    assert QApplication.overrideCursor() is None
    assert area(saved()) == AREA


def test_what_waits_for_the_answer_is_carried_out_first(
    window, selectors, hand, press, open_other, is_shown, saved
):
    selectors.hold()
    press(KEY.Key_K)
    hand.drag(*BOX)
    press(KEY.Key_N)
    open_other()
    press(KEY.Key_N)  # still meant for what is seen
    selectors.go_on()
    is_shown()
    annotation = saved()
    assert (area(annotation), len(annotation.objects)) == (AREA, 3)
    assert len(window.session.document.annotation.objects) == 1


@pytest.mark.parametrize("tool", ["box", "lasso", "brush"])
def test_what_is_drawn_is_drawn_to_its_end(window, hand, open_other, is_shown, saved, tool):
    window.actions_[tool].trigger()
    hand.press(BOX[0])
    hand.move((BOX[1][0], BOX[0][1]))
    open_other()
    hand.move(BOX[1])
    hand.release(BOX[1])
    is_shown()
    assert area(saved()) > 0


def test_a_release_that_is_lost_holds_nothing_up(window, hand, open_other, is_shown):
    window.actions_["lasso"].trigger()
    hand.press(BOX[0])
    open_other()
    at = QPointF(hand.at(BOX[1]))
    none = Qt.MouseButton.NoButton  # a menu got the release
    QApplication.sendEvent(
        window.canvas,
        QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier),
    )
    is_shown()


def test_of_two_videos_the_second_is_shown(qtbot, window, hand, clip, other, open_other, is_shown):
    third = Path(copytree(clip, clip.parent / "third"))
    hand.press((10.5, 10.5))
    window.open(third)
    qtbot.waitUntil(lambda: not window.session.project._opening.busy)
    open_other()
    hand.release((12.5, 10.5))
    is_shown()


def test_of_several_things_that_are_dropped_the_first_is_opened_which_is_said(qtbot, window, other, is_shown):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (other, other.parent / "third")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(QPoint(20, 20), copy, data, left, none),
        QDropEvent(QPointF(20, 20), copy, data, left, none),
    ):
        QApplication.sendEvent(window, event)
    is_shown()
    qtbot.waitUntil(lambda: window.message_bar.isVisible())
    assert "only other was taken" in window.message_bar.text.text()


def test_the_demo_is_opened_again_while_it_is_open(qtbot, make_window, tracker, hand):
    window = make_window(tracker)
    session = window.session
    for _ in range(2):
        with qtbot.waitSignal(session.viewer.frame_shown):
            window.open_demo()
        assert len(session.document.annotation.frames()) == 1
        session.document.toggle_reference(1)
    assert not window.message_bar.text.text().endswith("stays open.")
