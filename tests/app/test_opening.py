"""Where projects lie, and what opening finds."""

import pytest

from skn_annotator.app.opening import open_sequence, project_folder
from skn_annotator.errors import SknError, VideoError


def test_the_project_lies_beside_the_video(clip):
    assert project_folder(clip) == clip.parent / "clip.skn"


def test_or_in_the_users_folder_where_that_cannot_be_written(clip, homeless, monkeypatch, tmp_path):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    folder = project_folder(clip)
    assert tmp_path / "XDG_DATA_HOME" in folder.parents
    assert folder.name.startswith("clip-")
    assert folder != project_folder(clip.parent / "other" / "clip")


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
