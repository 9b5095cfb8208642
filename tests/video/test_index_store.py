"""What was counted once is not counted again."""

import os
import shutil

import numpy as np
import pytest
from conftest import number_in
from test_video_file import KINDS, frame

from skn_annotator.settings import counts_folder
from skn_annotator.video import frame_counter
from skn_annotator.video.frame_counter import index_frames
from skn_annotator.video.frames import opening_frames
from skn_annotator.video.index_store import Counted, recall, remember
from skn_annotator.video.video_file import VideoFile

COUNTED = Counted(np.array([0, 40, 80]), np.array([[0, -1, 48]]), None)


@pytest.fixture
def read_through(monkeypatch):
    """Which containers were read through; everything counts as long."""
    seen, read = [], frame_counter._read_through
    monkeypatch.setattr(frame_counter, "_LONG", -1.0)
    monkeypatch.setattr(frame_counter, "_REPORT_EVERY", 0.0)
    monkeypatch.setattr(frame_counter, "_read_through", lambda *a: seen.append(a) or read(*a))
    return seen


@pytest.mark.parametrize("kind", ["Matroska", "AVI, MPEG-4", "hidden frames", "transport stream"])
def test_the_second_time_nothing_is_read_through_and_all_is_as_before(make_video, read_through, kind):
    path = make_video(KINDS[kind][0], *KINDS[kind][1].split())
    first = index_frames(path)
    reads = len(read_through)
    second = index_frames(path)
    assert len(read_through) == reads
    assert second.groups == first.groups
    assert second.expected == first.expected
    np.testing.assert_array_equal(second.times, first.times)
    file = VideoFile(path)
    assert [number_in(frame(file, t)) for t in (99, 0, 57)] == [99, 0, 57]


def test_a_video_that_was_changed_is_counted_again(make_video, tmp_path, read_through):
    path = tmp_path / "copy.mkv"
    shutil.copy(make_video(KINDS["Matroska"][0], *KINDS["Matroska"][1].split()), path)
    index_frames(path)
    os.utime(path, (1, 1))
    index_frames(path)
    assert len(read_through) == 2


def test_what_is_damaged_or_cannot_be_written_is_passed_over(clip, monkeypatch, tmp_path):
    assert recall(clip) is None
    remember(clip, COUNTED)
    assert recall(clip).shown.tolist() == [0, 40, 80]
    (file,) = counts_folder().glob("*.npz")
    file.write_bytes(file.read_bytes()[:50])
    assert recall(clip) is None
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    remember(clip, COUNTED)
    assert recall(clip) is None


def test_the_oldest_files_go(monkeypatch, tmp_path):
    monkeypatch.setattr("skn_annotator.video.index_store._MOST", 2)
    for t in range(4):
        video = tmp_path / f"{t}.mkv"
        video.write_bytes(b"")
        remember(video, COUNTED)
    assert len(list(counts_folder().glob("*.npz"))) == 2
    assert recall(video) is not None


def test_an_avi_without_reordered_frames_is_read_and_not_decoded(make_video, monkeypatch):
    monkeypatch.setattr(frame_counter, "_decode_through", lambda *_: pytest.fail("it need not be decoded"))
    path = make_video("forward.avi", *["-c:v", "mpeg4", "-g", "30", "-bf", "0", "-q:v", "3"])
    file = VideoFile(path)
    assert [number_in(f) for f in file.read(0, 100)] == list(range(100))
    assert [number_in(frame(file, t)) for t in (99, 31, 29)] == [99, 31, 29]


def test_while_a_file_is_counted_its_first_picture_is_there(make_video, read_through):
    opening = opening_frames(make_video(KINDS["Matroska"][0], *KINDS["Matroska"][1].split()))
    glimpse = next(opening)
    assert number_in(glimpse.rgb) == 0
    shares = [glimpse.share]
    while True:
        try:
            shares.append(next(opening).share)
        except StopIteration as end:
            frames = end.value
            break
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1
    assert len(frames) == 100
    frames.close()


def test_a_file_that_lists_its_frames_needs_no_glimpse(clip):
    with pytest.raises(StopIteration) as end:
        next(opening_frames(clip))
    assert len(end.value.value) == 100
