"""What the window shows of what is held over it, before it is dropped."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from skn_annotator.app.project.droppable import Droppable, what_lies_at
from skn_annotator.resources import demo_clip

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def masks(tmp_path):
    folder = tmp_path / "masks"
    folder.mkdir()
    Image.fromarray(np.eye(48, 64, dtype=np.uint8)).save(folder / "00000.png")
    return folder


@pytest.fixture
def notes(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a video")
    return path


class Drag:
    """Files, or what else `data` holds, that are held over a window."""

    def __init__(self, window, *paths, data=None):
        self.window, self.data = window, data or QMimeData()
        if data is None:
            self.data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self.event = QDragEnterEvent(QPoint(50, 50), COPY, self.data, LEFT, PLAIN)
        QApplication.sendEvent(window, self.event)
        if self.event.isAccepted():  # or Qt sends nothing more
            self.event = QDragMoveEvent(QPoint(50, 50), COPY, self.data, LEFT, PLAIN)
            QApplication.sendEvent(window, self.event)

    @property
    def texts(self):
        hint = self.window.findChild(object, "DropHint")
        return (hint.text.text(), hint.under.text()) if hint.isVisible() else None

    def leave(self):
        QApplication.sendEvent(self.window, QDragLeaveEvent())

    def drop(self):
        QApplication.sendEvent(self.window, QDropEvent(QPoint(50, 50), COPY, self.data, LEFT, PLAIN))


@pytest.fixture
def hold():
    """Holds files over a window; each drag before has left it then, and the last one has at the end."""
    drags = []

    def hold_next(*arguments, **options):
        if drags:
            drags[-1].leave()
        drags.append(Drag(*arguments, **options))
        return drags[-1]

    yield hold_next
    drags[-1].leave()


def test_a_video_over_an_empty_window(qtbot, make_window, tracker, clip, hold):
    window = make_window(tracker)
    drag = hold(window, clip)
    assert drag.event.isAccepted()
    assert drag.texts == ("Drop to open the frames in clip", "")
    assert window.findChild(object, "DropHint").geometry() == window.rect()
    drag.leave()
    qtbot.waitUntil(lambda: drag.texts is None)
    drag = hold(window, clip, demo_clip())
    assert drag.texts[1] == "Only the first of 2 files or folders is taken"
    with qtbot.waitSignal(window.session.viewer.frame_shown):
        drag.drop()
    assert drag.texts is None


def test_what_is_open_and_would_be_closed_is_named(window, hold):
    assert hold(window, demo_clip()).texts == ("Drop to open twins.mp4", "clip is saved and closed")


def test_masks_are_imported_into_what_is_open(window, masks, hold):
    drag = hold(window, masks)
    assert drag.event.isAccepted()
    assert drag.texts == ("Drop to import the masks of masks", "")


def test_masks_whose_video_is_not_open(make_window, tracker, masks, hold):
    window = make_window(tracker)
    assert hold(window, masks).texts[0].startswith("masks holds masks: open their video first")
    masks.parent.joinpath("mask.mp4").touch()
    masks.rename(masks.parent / "mask_all")
    window = make_window(tracker)
    drag = hold(window, masks.parent / "mask_all")
    assert drag.texts[0] == "Drop to open mask.mp4 and import the masks of mask_all"


def test_what_cannot_be_opened_is_refused(qtbot, window, notes, tmp_path, hold):
    empty = tmp_path / "empty"
    empty.mkdir()
    for path, reason in (
        (notes, "It is no video"),
        (empty, "It holds no frames"),
        (Path("/gone"), "It is no"),
    ):
        drag = hold(window, path)
        assert not drag.event.isAccepted()
        assert drag.texts[0] == f"{path.name} cannot be opened"
        assert drag.texts[1].startswith(reason)
        drag.leave()
        qtbot.waitUntil(lambda drag=drag: drag.texts is None)
    far = QMimeData()
    far.setUrls([QUrl("https://example.org/clip.mp4")])
    assert hold(window, data=far).texts == ("Only files on this computer can be opened", "")


def test_a_text_is_not_for_the_window(window, hold):
    data = QMimeData()
    data.setText("hello")
    drag = hold(window, data=data)
    assert not drag.event.isAccepted()
    assert drag.texts is None


def test_from_one_part_of_the_window_to_the_next_it_is_judged_once(qtbot, window, clip, notes, hold):
    drag = hold(window, notes)
    notes.unlink()
    drag.leave()
    again = hold(window, notes)
    assert again.texts == ("notes.txt cannot be opened", "It is no video, no picture and no mask")
    again.leave()
    qtbot.waitUntil(lambda: again.texts is None)
    assert hold(window, clip).texts[0] == "Drop to open the frames in clip"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("clip.txt", demo_clip(), Droppable.VIDEO),  # its first bytes are a video's
        ("broken.mp4", b"not a video", Droppable.VIDEO),  # opening it says what is wrong
        ("unknown", bytes(range(256)), Droppable.VIDEO),
        ("unknown", b"a text\n" * 9, Droppable.NOTHING),
        ("song.mp3", b"ID3" + bytes(99), Droppable.NOTHING),
        ("boxes.json", b"{}", Droppable.MASKS),
    ],
)
def test_what_a_file_is_by_a_glance(tmp_path, name, content, kind):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    assert what_lies_at(path) is kind


def test_what_a_folder_is_by_a_glance(clip, tmp_path):
    (tmp_path / "clip.skn" / "masks").mkdir(parents=True)
    assert what_lies_at(tmp_path / "clip.skn") is Droppable.PROJECT
    assert what_lies_at(clip) is Droppable.PICTURES
