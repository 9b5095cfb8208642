"""A video file that is replaced while it is open: one sentence, and no picture of another video."""

import numpy as np
import pytest
from PIL import Image
from steps import hear

from skn_annotator.errors import VideoError
from skn_annotator.video.replacement import WatchedFile

SMALL, LARGE = (48, 64), (96, 128)


def _write(path, size, value):
    pictures = [Image.fromarray(np.full((*size, 3), value + t, np.uint8)) for t in range(6)]
    pictures[0].save(path, format="TIFF", save_all=True, append_images=pictures[1:])


@pytest.fixture
def stack(tmp_path):
    _write(tmp_path / "shot.tif", SMALL, 40)
    return tmp_path / "shot.tif"


def _replace(stack, size):
    other = stack.with_name("other.tif")
    _write(other, size, 140)
    other.replace(stack)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_shown_frame_is_none_of_the_other_video_and_it_is_said(qtbot, make_session, tracker, stack, size):
    session = make_session(tracker, stack)
    heard = hear(session)
    _replace(stack, size)
    session.viewer.seek(4)
    qtbot.waitUntil(lambda: any("was replaced while it was open" in text for text in heard))
    assert sum("was replaced while it was open" in text for text in heard) == 1
    assert session.viewer.frame is None or session.viewer.frame.max() < 100


def test_thumbnails_are_none_of_the_other_video(qtbot, make_session, tracker, stack):
    session = make_session(tracker, stack)
    _replace(stack, SMALL)
    session.viewer.want_thumbnails([5])
    session.viewer.seek(3)
    qtbot.wait(100)
    assert session.viewer.thumbnail(5) is None


def test_what_was_moved_away_or_stays_is_no_harm(stack):
    watched = WatchedFile(stack)
    watched.check()
    stack.rename(stack.with_name("moved.tif"))
    watched.check()
    _write(stack, SMALL, 9)
    with pytest.raises(VideoError, match=r"shot\.tif was replaced while it was open"):
        watched.check()


def test_a_folder_gets_pictures_while_it_is_open(clip):
    watched = WatchedFile(clip)
    (clip / "00099.png").write_bytes((clip / "00000.png").read_bytes())
    watched.check()
