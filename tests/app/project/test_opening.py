"""Where projects lie, and what opening finds."""

import contextlib
import os
from pathlib import Path

import av
import numpy as np
import pytest

from skn_annotator.annotation.edits import paint
from skn_annotator.annotation.formats.overlay_video import OverlayWriter
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.app.project.opening import Opened, open_sequence, project_folder
from skn_annotator.errors import SknError, VideoError
from skn_annotator.video.frames import open_frames


def test_the_project_lies_beside_the_video(clip):
    assert project_folder(clip) == clip.parent / "clip.skn"


def test_or_in_the_users_folder_where_that_cannot_be_written(clip, homeless, monkeypatch, tmp_path):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    folder = project_folder(clip)
    assert tmp_path / "XDG_DATA_HOME" in folder.parents
    assert folder.name.startswith("clip-")
    assert folder != project_folder(clip.parent / "other" / "clip")
    (opened,) = open_sequence(clip)
    assert [str(each) for each in opened.warnings] == [
        f"{tmp_path} cannot be written: what you do is saved in {folder}."
    ]
    opened.store.save(opened.annotation, frozenset(), {})
    (again,) = open_sequence(clip)
    assert again.warnings == ()  # it was said


def test_what_is_opened_is_described(clip):
    (opened,) = open_sequence(clip)
    sequence = opened.sequence
    assert (sequence.name, sequence.size, sequence.length, sequence.fps) == ("clip", (48, 64), 12, 24.0)
    assert sequence.stems[3] == "00003"
    assert not opened.store.exists


def test_a_project_folder_opens_its_video(clip, tmp_path):
    (opened,) = open_sequence(clip, place=tmp_path / "p.skn")
    opened.store.save(opened.annotation, frozenset(), {"position": 3})
    (again,) = open_sequence(tmp_path / "p.skn")
    assert again.sequence.path == clip
    assert again.view["position"] == 3
    assert again.store.exists


def test_a_path_that_does_not_exist_is_an_error_of_the_user(tmp_path):
    with pytest.raises(VideoError, match=r"nothing\.mp4"):
        list(open_sequence(tmp_path / "nothing.mp4"))


def test_a_first_mask_of_another_size_is_an_error_of_the_user(clip, tmp_path):
    from PIL import Image

    wrong = tmp_path / "wrong.png"
    Image.new("L", (10, 10)).save(wrong)
    with pytest.raises(SknError, match=r"wrong\.png"):
        list(open_sequence(clip, first_mask=wrong))


def test_on_windows_it_is_tried_whether_a_folder_can_be_written(clip, homeless, monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    before = sorted(clip.parent.iterdir())
    assert project_folder(clip) == clip.parent / "clip.skn"
    assert sorted(clip.parent.iterdir()) == before

    def refuse(self, exist_ok):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    assert project_folder(clip).parent != clip.parent


@pytest.mark.parametrize("name", [b"12:30", b"caf\xe9", "Kätzchen 日本".encode(), b"a%05d b"])
def test_any_name_can_be_opened_saved_and_opened_again(clip, name, monkeypatch):
    """Also with a colon, which FFmpeg takes for an address, and with bytes that are no text."""
    with OverlayWriter(clip.parent / "video.mp4", (48, 64), 24, Stamp(clip)) as writer:
        for _ in range(5):
            writer.write(np.zeros((48, 64, 3), np.uint8), None)
    monkeypatch.chdir(clip.parent)
    video = clip.parent / os.fsdecode(name + b".mp4")
    (clip.parent / "video.mp4").rename(video)
    with contextlib.closing(open_frames(Path(video.name))) as frames:
        assert len(frames) == 5
    (opened,) = [item for item in open_sequence(video) if isinstance(item, Opened)]
    opened.annotation.apply(paint(opened.annotation, 2, np.ones((48, 64), np.uint8), 1))
    opened.store.save(opened.annotation, frozenset([2]), {})
    (again,) = [item for item in open_sequence(opened.store.folder) if isinstance(item, Opened)]
    assert again.sequence.path == video
    assert set(again.annotation.references) == {2}


def test_an_overlay_video_may_be_called_like_an_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with OverlayWriter(Path("12:30.mp4"), (48, 64), 24, Stamp(tmp_path)) as writer:
        writer.write(np.zeros((48, 64, 3), np.uint8), None)
    assert (tmp_path / "12:30.mp4").stat().st_size > 500


def test_sources_of_one_stem_have_projects_of_their_own(clip):
    """clip.mp4, clip.mov and the folder clip lie side by side."""
    movie = clip.with_suffix(".mp4")
    for name in (movie, clip.with_suffix(".mov")):
        with av.open(str(name), "w") as container:
            stream = container.add_stream("mpeg4", rate=24)
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
            for _ in range(3):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8))))
            container.mux(stream.encode())
    folders = []
    for path in (movie, clip.with_suffix(".mov"), clip):
        *_, opened = open_sequence(path)
        assert opened.annotation.frames() == ()
        assert opened.warnings == ()
        opened.annotation.apply(paint(opened.annotation, 0, np.ones((48, 64), np.uint8), 1))
        opened.store.save(opened.annotation, frozenset([0]), {})
        folders.append(opened.store.folder.name)
        *_, again = open_sequence(path)
        assert again.store.folder == opened.store.folder
        assert again.annotation.frames() == (0,)
    assert folders == ["clip.skn", "clip.mov.skn", "clip.frames.skn"]
