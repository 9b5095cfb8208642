"""Which files of a folder are frames, and what is told of the others."""

import os

import numpy as np
import pytest
from PIL import Image

from skn_annotator.errors import VideoError
from skn_annotator.video.frames import check_place, open_frames


def save(path, value=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((4, 6, 3), value, np.uint8)).save(path)


def test_upper_case_counts_and_what_a_mac_leaves_behind_is_named(tmp_path):
    save(tmp_path / "0.PNG")
    save(tmp_path / "1.png")
    (tmp_path / "._0.PNG").write_bytes(b"\0\5\x16\7")
    (tmp_path / "cover.gif").write_bytes(b"GIF89a")
    (tmp_path / "notes.txt").write_text("no picture")
    frames = open_frames(tmp_path)
    assert frames.stems == ["0", "1"]
    assert frames.warnings == (f"Not taken as frames of {tmp_path.name}: ._0.PNG, cover.gif.",)


def test_a_pipe_a_folder_and_a_link_named_like_pictures_are_no_frames(tmp_path):
    save(tmp_path / "0.png")
    (tmp_path / "1.png").mkdir()
    os.mkfifo(tmp_path / "2.png")
    (tmp_path / "3.png").symlink_to("nothing.png")
    (tmp_path / "4.png").symlink_to("4.png")
    frames = open_frames(tmp_path)
    assert frames.stems == ["0"]
    assert str(frames.warnings[0]).endswith("1.png, 2.png, 3.png and 1 more.")


def test_a_name_that_leaves_no_room_for_its_mask_is_told_at_opening(tmp_path):
    save(tmp_path / "short.png")
    save(tmp_path / f"{'x' * 244}.png")
    with pytest.raises(VideoError, match=r"too long for its mask .*: shorten it by 14 letters"):
        open_frames(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "clip.mp4")
    with pytest.raises(VideoError, match=r"clip.mp4 is no file but a pipe or a device"):
        open_frames(tmp_path / "clip.mp4")


@pytest.mark.parametrize("name", ["x" * 5000, "x" * 300 + ".mp4", "a\0b.mp4"])
def test_a_name_that_no_file_can_have_is_one_short_sentence(tmp_path, name):
    with pytest.raises(VideoError, match=r"cannot be opened \(.*\): check its name") as error:
        check_place(tmp_path / name)
    assert len(str(error.value)) < 500


def test_a_playlist_that_names_an_address_is_refused(tmp_path):
    path = tmp_path / "list.mp4"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://192.0.2.1/a.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(VideoError, match=r"list.mp4"):
        open_frames(path)
