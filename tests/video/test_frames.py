import shutil

import numpy as np
import pytest
from PIL import Image

from skn_annotator.errors import VideoError
from skn_annotator.video.frames import fingerprint, open_frames


def save_frames(folder, count=3):
    folder.mkdir()
    for t in range(count):
        Image.fromarray(np.full((4, 6, 3), t, np.uint8)).save(folder / f"{t:05d}.png")
    return folder


def test_a_file_and_a_folder_open_alike(clip, tmp_path):
    for path, count, size in [(clip, 100, (64, 96)), (save_frames(tmp_path / "bear"), 3, (4, 6))]:
        frames = open_frames(path)
        assert (len(frames), frames.size, frames.name) == (count, size, path.stem)
        assert frames[2].shape == (*size, 3)
        assert len(frames.stems) == count
        with pytest.raises(IndexError):
            frames[count]
        frames.close()


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(VideoError, match=r"nothing.mp4 does not exist"):
        open_frames(tmp_path / "nothing.mp4")


def test_a_single_picture_points_to_its_folder(tmp_path):
    folder = save_frames(tmp_path / "bear")
    with pytest.raises(VideoError, match=r"00000.png is a single picture: open the folder"):
        open_frames(folder / "00000.png")


def test_a_fingerprint_stays_when_a_file_moves_and_changes_with_its_content(clip, tmp_path):
    copy = tmp_path / "other name.mp4"
    shutil.copyfile(clip, copy)
    assert fingerprint(copy) == fingerprint(clip)
    data = copy.read_bytes()
    for changed in (data[:-1], data + b"x", b"x" + data[1:], data[:-1] + b"x"):
        copy.write_bytes(changed)
        assert fingerprint(copy) != fingerprint(clip)


def test_the_fingerprint_of_a_folder_is_that_of_its_pictures(tmp_path):
    folder = save_frames(tmp_path / "bear")
    before = fingerprint(folder)
    (folder / "notes.txt").write_text("no picture")
    moved = folder.rename(tmp_path / "elsewhere")
    assert fingerprint(moved) == before
    (moved / "00002.png").unlink()
    assert fingerprint(moved) != before
