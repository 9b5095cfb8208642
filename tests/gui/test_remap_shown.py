"""What the window shows and takes while masks are rewritten in the background."""

import threading
from pathlib import Path
from shutil import copytree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QProgressBar

from skn_annotator.annotation.remapping import Remapping
from skn_annotator.app.tasks import remap
from skn_annotator.gui.dialogs.export_dialog import ExportDialog
from skn_annotator.gui.timeline.transport import Transport
from skn_annotator.inference.directions import Direction


@pytest.fixture
def allowed(monkeypatch):
    """Every change is large; it waits for a release of this before each mask."""
    allowed = threading.Semaphore(0)

    make = Remapping.make

    def gated(*args):
        for item in make(*args):
            allowed.acquire(timeout=60)
            yield item

    monkeypatch.setattr(remap, "REMAPPED_AT_ONCE", 0)
    monkeypatch.setattr(remap, "_SIGNAL_EVERY", 0.0)
    monkeypatch.setattr(Remapping, "make", gated)
    yield allowed
    allowed.release(100)


@pytest.fixture
def merging(qtbot, window, hand, allowed):
    """A window that merges object 2 into object 1, three of twelve frames done."""
    hand.drag((20.5, 20.5))
    window.actions_["add_object"].trigger()
    hand.drag((40.5, 30.5))
    session = window.session
    session.tasks.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    row = window.side.objects.row(2)
    row.merge_menu().actions()[0].trigger()
    allowed.release(3)
    qtbot.waitUntil(
        lambda: session.tasks.remaps.current is not None and session.tasks.remaps.current.done == 3
    )
    return window


def seen(widget, kind):
    return [part for part in widget.findChildren(kind) if part.isVisible()]


def test_the_window_says_what_is_being_done_and_how_far_it_is(qtbot, merging, allowed):
    transport = merging.findChild(Transport)
    assert "3 of 12 frames" in [label.text() for label in seen(transport, QLabel)]
    (progress,) = seen(transport, QProgressBar)
    assert (progress.value(), progress.maximum()) == (3, 12)
    assert merging._status_line.doing.text() == "Merge objects"
    assert merging._status_line.pace.text().endswith("left")
    assert merging.actions_["undo"].text() == "&Undo Merge objects"
    assert merging.actions_["stop"].isEnabled()
    assert not merging.actions_["pause"].isEnabled()
    allowed.release(100)
    qtbot.waitUntil(lambda: merging.session.tasks.remaps.current is None)
    assert seen(transport, QProgressBar) == []
    assert merging._status_line.doing.text() == "Merge objects: 12 frames changed"
    assert merging._status_line.pace.text() == ""
    assert not merging.actions_["stop"].isEnabled()
    assert merging.actions_["undo"].text() == "&Undo Merge objects"


def test_escape_leaves_it(qtbot, merging):
    merging.session.viewer.select_range(2, 4)
    merging.timeline.setFocus()
    qtbot.keyClick(merging.timeline, Qt.Key.Key_Escape)
    assert merging.session.tasks.remaps.current is None
    assert [o.id for o in merging.session.document.annotation.objects] == [1, 2]
    assert merging.session.viewer.chosen_range == (2, 4)


def test_the_user_looks_round_and_paints_meanwhile(qtbot, merging, hand, allowed):
    qtbot.keyClick(merging.canvas, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: merging.session.viewer.shown == 10)
    hand.drag((50.5, 40.5))
    assert merging.session.document.history.undo_name == "Brush"
    allowed.release(100)
    qtbot.waitUntil(lambda: merging.session.tasks.remaps.current is None)
    assert merging.session.document.mask(10)[40, 50] == 1
    assert merging.session.document.history.undo_name == "Merge objects"


@pytest.mark.parametrize("name", ["forward", "export"])
def test_no_pass_and_no_export_beside_it(merging, name):
    merging.actions_[name].trigger()
    assert merging.session.tasks.passes.current is None
    assert merging.findChild(ExportDialog) is None
    assert merging.message_bar.isVisible()
    assert "not done yet" in " ".join(label.text() for label in merging.message_bar.findChildren(QLabel))


def answer(monkeypatch, text, meanwhile=lambda: None):
    """Answers questions with the button called `text`; the list of what was asked."""
    asked = []

    def ask(self):
        asked.append(f"{self.text()}: {self.informativeText()}")
        meanwhile()

    def clicked(self):
        return next(button for button in self.buttons() if button.text() == text)

    monkeypatch.setattr(QMessageBox, "exec", ask)
    monkeypatch.setattr(QMessageBox, "clickedButton", clicked)
    return asked


def test_closing_the_window_meanwhile_asks_and_may_keep_it_open(qtbot, merging, monkeypatch, allowed):
    asked = answer(monkeypatch, "Keep open")
    assert not merging.close()
    assert asked == ["“Merge objects” is not done yet: Closed now, it changes no mask."]
    allowed.release(100)
    qtbot.waitUntil(lambda: merging.session.tasks.remaps.current is None)
    qtbot.wait(20)
    assert merging.isVisible()
    assert merging.session.document.history.undo_name == "Merge objects"


@pytest.mark.parametrize("close", ["close", "close_sequence"])
def test_what_is_closed_when_the_change_is_done_has_it(
    qtbot, merging, monkeypatch, allowed, make_window, tracker, clip, close
):
    answer(monkeypatch, "Close when it is done")
    getattr(merging, close)()
    assert merging.session.project.sequence is not None
    allowed.release(100)
    qtbot.waitUntil(lambda: merging.session.project.sequence is None)
    assert merging.isVisible() == (close == "close_sequence")
    again = make_window(tracker, clip).session
    assert [o.id for o in again.document.annotation.objects] == [1]


def test_who_stops_the_change_after_all_keeps_the_window(qtbot, merging, monkeypatch, allowed):
    answer(monkeypatch, "Close when it is done")
    assert not merging.close()
    merging.actions_["stop"].trigger()
    qtbot.wait(20)
    assert merging.isVisible()
    assert merging.session.project.sequence is not None


def test_who_waited_may_keep_the_window_open_yet(qtbot, merging, monkeypatch, allowed):
    answer(monkeypatch, "Close when it is done")
    assert not merging.close()
    bar = merging.message_bar
    assert bar.text.text() == "This is closed when “Merge objects” is done"
    qtbot.mouseClick(bar.offer, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    allowed.release(100)
    qtbot.waitUntil(lambda: merging.session.tasks.remaps.current is None)
    qtbot.wait(20)
    assert merging.isVisible()


def test_a_change_that_ends_while_the_question_is_there_is_kept(
    qtbot, merging, monkeypatch, allowed, make_window, tracker, clip
):
    def finish():
        allowed.release(100)
        qtbot.waitUntil(lambda: merging.session.tasks.remaps.current is None)

    answer(monkeypatch, "Close when it is done", finish)
    assert merging.close()
    assert [o.id for o in make_window(tracker, clip).session.document.annotation.objects] == [1]


@pytest.fixture
def other(clip):
    """Another folder of frames."""
    return Path(copytree(clip, clip.parent / "other"))


def masks_of(make_window, tracker, clip):
    return [o.id for o in make_window(tracker, clip).session.document.annotation.objects]


def test_another_video_is_opened_when_the_change_is_done_which_is_said(
    qtbot, merging, allowed, make_window, tracker, clip, other
):
    merging.open(other)
    project = merging.session.project
    assert merging.message_bar.text.text() == "other is opened when “Merge objects” is done"
    qtbot.wait(200)
    assert (project.sequence.name, project.is_opening) == ("clip", True)
    allowed.release(100)
    qtbot.waitUntil(lambda: project.sequence is not None and project.sequence.name == "other")
    assert not merging.message_bar.isVisible()
    assert masks_of(make_window, tracker, clip) == [1]


def test_who_thinks_better_of_the_other_video_keeps_this_one(qtbot, merging, allowed, other):
    merging.open(other)
    qtbot.mouseClick(merging.message_bar.offer, Qt.MouseButton.LeftButton)
    allowed.release(100)
    qtbot.waitUntil(lambda: merging.session.tasks.remaps.current is None)
    qtbot.wait(200)
    assert merging.session.project.sequence.name == "clip"
    assert not merging.message_bar.isVisible()


def test_who_stops_the_change_gets_the_other_video_at_once(qtbot, merging, make_window, tracker, clip, other):
    merging.open(other)
    merging.actions_["stop"].trigger()
    qtbot.waitUntil(lambda: merging.session.project.sequence.name == "other")
    assert masks_of(make_window, tracker, clip) == [1, 2]


def test_closing_the_window_without_it_leaves_all_as_it_was(
    qtbot, merging, monkeypatch, allowed, make_window, tracker, clip
):
    answer(monkeypatch, "Close without it", lambda: allowed.release(100))  # its thread is waited for
    before = {t: merging.session.document.annotation.mask_bytes(t) for t in range(12)}
    assert merging.close()
    again = make_window(tracker, clip).session
    assert {t: again.document.annotation.mask_bytes(t) for t in range(12)} == before
    assert [o.id for o in again.document.annotation.objects] == [1, 2]


def test_a_name_that_is_typed_for_the_object_that_goes_goes_with_it(qtbot, merging, allowed):
    row = merging.side.objects.row(2)
    row.start_rename()
    qtbot.keyClicks(row.editor, "cup")
    allowed.release(100)
    qtbot.waitUntil(lambda: merging.session.tasks.remaps.current is None)
    qtbot.wait(20)
    assert [o.name for o in merging.session.document.annotation.objects] == ["object 1"]
    assert merging.session.document.history.undo_name == "Merge objects"
