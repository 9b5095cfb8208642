"""Import in the window: dropped, chosen in the menu, opened beside a video; one edit that undo takes back."""

from shutil import copytree

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from states import state

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.gui.dialogs.import_dialog import ImportDialog

SIZE = (48, 64)


def square(object_id, x):
    ids = np.zeros(SIZE, np.uint8)
    ids[16:32, x : x + 16] = object_id
    return ids


@pytest.fixture
def masks(tmp_path):
    """Objects 1 and 4 on frames 3 to 6."""
    folder = tmp_path / "masks"
    folder.mkdir()
    for t in range(3, 7):
        (folder / f"{t:05d}.png").write_bytes(encode_mask(square(1, 8 + t) + square(4, 40)))
    return folder


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy, at = Qt.DropAction.CopyAction, QPoint(100, 100)
    QApplication.sendEvent(window, QDragEnterEvent(at, copy, data, left, none))
    QApplication.sendEvent(window, QDropEvent(at, copy, data, left, none))


def dialog_of(qtbot, window):
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is not None)
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: not dialog.progress.isVisible())
    return dialog


def confirm(qtbot, dialog):
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)


def test_a_dropped_folder_is_imported_as_references_in_one_edit(qtbot, window, masks):
    session = window.session
    before = state(session.document.annotation)
    drop(window, masks)
    dialog = dialog_of(qtbot, window)
    assert dialog.summary.text() == "Masks: 4, objects: 2"
    assert [row.target.currentText() for row in dialog.rows] == ["\u2192 object 1", "New object"]
    confirm(qtbot, dialog)
    annotation = session.document.annotation
    assert annotation.frames() == (3, 4, 5, 6)
    np.testing.assert_array_equal(annotation.mask(5), square(1, 13) + square(4, 40))
    assert annotation.decided(5) == {1, 4}
    assert [o.name for o in annotation.objects] == ["object 1", "object 4"]
    assert session.viewer.position == 3
    assert window._status_line.doing.text() == "Import masks: 2 objects on 4 frames"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert state(annotation) == before


def test_as_propagated_masks_nothing_is_decided_and_references_stay(qtbot, window, hand, masks):
    window.session.viewer.seek(3)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 3)
    hand.drag((5.5, 5.5))
    painted = window.session.document.mask(3).copy()
    drop(window, masks)
    dialog = dialog_of(qtbot, window)
    dialog.as_propagated.click()
    confirm(qtbot, dialog)
    annotation = window.session.document.annotation
    assert annotation.references == {3: {1}}
    np.testing.assert_array_equal(annotation.mask(3) == 1, painted == 1)
    assert annotation.ids_at(4) == {1, 4}


def test_objects_and_frames_are_chosen_and_the_preview_follows(qtbot, window, masks):
    drop(window, masks)
    dialog = dialog_of(qtbot, window)
    assert dialog.preview.frame == 3
    dialog.first.setValue(1)
    assert dialog.preview.frame == 3
    dialog.preview.slider.setValue(0)
    assert dialog.preview.number.text() == "frame\u00a01"
    dialog.end.setValue(2)
    assert "left out: 2" in dialog.notes.text()
    box = dialog.rows[1].target
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert box.currentText() == "Leave out"
    confirm(qtbot, dialog)
    annotation = window.session.document.annotation
    assert annotation.frames() == (0, 1)
    np.testing.assert_array_equal(annotation.mask(1), square(1, 12))
    assert len(annotation.objects) == 1


def test_what_is_dropped_is_never_taken_for_moved(window, masks):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(masks))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    either = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    for kind in (QDragEnterEvent, QDropEvent):
        event = kind(QPoint(100, 100), either, data, left, none)
        event.setDropAction(Qt.DropAction.MoveAction)  # as file managers propose within one disk
        QApplication.sendEvent(window, event)
        assert event.isAccepted()
        assert event.dropAction() == Qt.DropAction.CopyAction


def test_choices_wait_until_there_are_masks(qtbot, window, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    for t in range(2):
        (folder / f"{t:05d}.png").write_bytes(encode_mask(square(1, 8)[:20]))
    drop(window, folder)
    dialog = dialog_of(qtbot, window)
    qtbot.waitUntil(lambda: "64 x 20" in dialog.notes.text())
    fields = (dialog.as_references, dialog.as_propagated, dialog.first, dialog.start, dialog.end, dialog.go)
    assert not any(field.isEnabled() for field in fields)
    assert not dialog.preview.slider.isEnabled()


def test_the_preview_shows_what_will_be_imported_and_the_window_goes_there(qtbot, window, masks):
    drop(window, masks)
    dialog = dialog_of(qtbot, window)
    dialog.start.setValue(6)
    assert dialog.preview.frames == [5, 6]
    assert dialog.preview.frame == 5
    drawn = dialog.preview._masks.copy()
    box = dialog.rows[1].target
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert dialog.preview._masks != drawn
    confirm(qtbot, dialog)
    assert window.session.viewer.position == 5


def test_nothing_can_be_imported_where_no_mask_comes_to_lie(qtbot, window, masks):
    drop(window, masks)
    dialog = dialog_of(qtbot, window)
    dialog.first.setValue(-20)
    assert "No mask comes to lie" in dialog.notes.text()
    assert not dialog.go.isEnabled()


def test_one_mask_goes_to_the_shown_frame(qtbot, monkeypatch, window, masks):
    window.session.viewer.seek(9)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 9)
    chosen = str(masks / "00003.png")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    window.actions_["import_file"].trigger()
    confirm(qtbot, dialog_of(qtbot, window))
    assert window.session.document.annotation.frames() == (9,)


def test_the_sequence_of_a_data_set_is_chosen(qtbot, monkeypatch, window, tmp_path):
    root = tmp_path / "DAVIS"
    for n, name in enumerate(("bear", "clip", "dog")):
        folder = root / "Annotations/480p" / name
        folder.mkdir(parents=True)
        (folder / "00002.png").write_bytes(encode_mask(square(1, 4 * n)))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(root))
    qtbot.keyClick(window.canvas, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(qtbot, window)
    assert dialog.sequence.currentText() == "clip"
    dialog.sequence.setFocus()
    qtbot.keyClick(dialog.sequence, Qt.Key.Key_Down)
    dialog.sequence.activated.emit(2)
    qtbot.waitUntil(lambda: not dialog.progress.isVisible())
    confirm(qtbot, dialog)
    np.testing.assert_array_equal(window.session.document.mask(2), square(1, 8))


def test_soft_edges_can_be_cut_and_what_cannot_be_read_is_named(qtbot, window, tmp_path):
    folder = tmp_path / "mattes"
    folder.mkdir()
    ramp = np.clip(np.arange(64) * 12 - 200, 0, 255).astype(np.uint8)
    Image.fromarray(np.tile(ramp, (48, 1))).save(folder / "00000.png")
    window.imports.show(folder)
    dialog = dialog_of(qtbot, window)
    assert "looks like a matte" in dialog.notes.text()
    assert not dialog.go.isEnabled()
    qtbot.mouseClick(dialog.cut, Qt.MouseButton.LeftButton, pos=dialog.cut.rect().center())
    qtbot.waitUntil(lambda: dialog.go.isEnabled())
    confirm(qtbot, dialog)
    assert window.session.document.annotation.ids_at(0) == {1}


@pytest.mark.parametrize("is_another_open", [False, True])
def test_a_folder_of_masks_beside_its_video_opens_the_video_and_the_dialog(
    qtbot, make_window, tracker, tmp_path, clip, is_another_open
):
    window = make_window(tracker, copytree(clip, tmp_path / "another") if is_another_open else None)
    frames, masks = tmp_path / "set/JPEGImages/480p/clip", tmp_path / "set/Annotations/480p/clip"
    frames.parent.mkdir(parents=True)
    clip.rename(frames)
    masks.mkdir(parents=True)
    (masks / "00000.png").write_bytes(encode_mask(square(1, 8)))
    window.open(masks)
    dialog = dialog_of(qtbot, window)
    assert window.session.project.sequence.path == frames
    confirm(qtbot, dialog)
    assert window.session.document.annotation.frames() == (0,)


def test_masks_beside_what_is_opened_are_offered_until_there_are_some(
    qtbot, make_window, tracker, tmp_path, clip
):
    frames, masks = tmp_path / "set/JPEGImages/480p/clip", tmp_path / "set/Annotations/480p/clip"
    frames.parent.mkdir(parents=True)
    clip.rename(frames)
    masks.mkdir(parents=True)
    (masks / "00000.png").write_bytes(encode_mask(square(1, 8)))
    window = make_window(tracker, frames)
    bar = window.message_bar
    assert "clip beside the video holds masks" in bar.text.text()
    qtbot.mouseClick(bar.offer, Qt.MouseButton.LeftButton)
    confirm(qtbot, dialog_of(qtbot, window))
    assert window.session.document.annotation.frames() == (0,)
    assert window.close()
    assert not make_window(tracker, frames).message_bar.isVisible()


def test_masks_that_are_dropped_without_their_video_are_no_frames_unless_the_user_says_so(
    qtbot, make_window, tracker, masks
):
    window = make_window(tracker)
    drop(window, masks)
    bar = window.message_bar
    assert "open their video first" in bar.text.text()
    assert window.start_page.isVisible()
    with qtbot.waitSignal(window.session.viewer.frame_shown):
        qtbot.mouseClick(bar.offer, Qt.MouseButton.LeftButton)
    assert window.session.project.sequence.path == masks


def test_a_project_that_is_dropped_on_a_video_is_opened(qtbot, make_window, window, tracker, hand, clip):
    hand.drag((5.5, 5.5))
    assert window.close()
    project, other = clip.parent / "clip.skn", clip.parent / "other"
    other.mkdir()
    for frame in sorted(clip.iterdir()):
        (other / frame.name).write_bytes(frame.read_bytes())
    again = make_window(tracker, other)
    with qtbot.waitSignal(again.session.project.opened):
        drop(again, project)
    assert again.session.project.sequence.path == clip
    assert again.findChild(ImportDialog) is None


def test_leaving_the_dialog_changes_nothing(qtbot, window, masks):
    before = state(window.session.document.annotation)
    drop(window, masks)
    dialog = dialog_of(qtbot, window)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert state(window.session.document.annotation) == before
