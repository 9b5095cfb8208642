import numpy as np
import pytest
from conftest import number_in

from skn_annotator.errors import VideoError
from skn_annotator.video.cache import FrameCache
from skn_annotator.video.frames import open_frames

SIZE = (4, 5)
FRAME_BYTES = 4 * 5 * 3


class FakeFrames:
    """100 frames with a keyframe every 20; it notes what was decoded."""

    name, path, size, fps, stems, warnings = "fake", None, SIZE, 25.0, (), ("a warning",)
    stored_size = SIZE

    def __init__(self):
        self.runs = []
        self.closed = False

    def __len__(self):
        return 100

    def run_start(self, t):
        return t - t % 20

    def read(self, first, stop):
        self.runs.append((first, stop))
        for t in range(first, stop):
            yield np.full((*SIZE, 3), t, np.uint8)

    def close(self):
        self.closed = True


@pytest.fixture
def source():
    return FakeFrames()


def test_a_frame_is_read_once(source):
    cache = FrameCache(source, 10 * FRAME_BYTES)
    assert cache[7] is cache[7]
    assert cache[7][0, 0, 0] == 7
    assert source.runs == [(7, 8)]


def test_a_step_forward_reads_one_frame(source):
    cache = FrameCache(source, 10 * FRAME_BYTES)
    for t in range(40, 45):
        assert cache[t][0, 0, 0] == t
    assert source.runs == [(t, t + 1) for t in range(40, 45)]


def test_steps_back_share_one_run_of_decoding(source):
    cache = FrameCache(source, 50 * FRAME_BYTES)
    for t in range(39, 9, -1):
        assert cache[t][0, 0, 0] == t
    assert source.runs == [(39, 40), (20, 39), (0, 20)]


def test_a_run_back_fits_in_the_memory(source):
    cache = FrameCache(source, 8 * FRAME_BYTES)
    for t in range(38, 20, -1):
        assert cache[t][0, 0, 0] == t
        assert len(cache._kept) <= 8
    assert source.runs == [(38, 39), (30, 38), (22, 30), (20, 22)]


def test_a_damaged_frame_on_the_way_back_costs_only_itself(source):
    def read(first, stop):
        for t in range(first, stop):
            if t == 25:
                raise VideoError("damaged")
            yield np.full((*SIZE, 3), t, np.uint8)

    source.read = read
    cache = FrameCache(source, 50 * FRAME_BYTES)
    for t in (30, 29, 28, 27, 26, 24, 23):
        assert cache[t][0, 0, 0] == t
    with pytest.raises(VideoError, match="damaged"):
        cache[25]


def test_the_frames_used_longest_ago_go_first(source):
    cache = FrameCache(source, 3 * FRAME_BYTES)
    for t in (10, 50, 90, 10, 70):
        cache[t]
    source.runs.clear()
    for t in (10, 90, 70, 50):
        cache[t]
    assert source.runs == [(50, 51)]


def test_one_frame_is_kept_however_small_the_memory(source):
    cache = FrameCache(source, 0)
    cache[3]
    cache[3]
    assert source.runs == [(3, 4)]


@pytest.mark.parametrize("t", [-1, 100])
def test_outside_is_an_index_error(source, t):
    with pytest.raises(IndexError, match="outside of the 100 frames of fake"):
        FrameCache(source, 1000)[t]


def test_iteration_ends(source):
    assert len(list(FrameCache(source, 1000))) == 100


def test_it_tells_what_its_source_tells_and_closes_it(source):
    cache = FrameCache(source, 1000)
    assert (cache.name, cache.size, cache.fps, cache.warnings) == ("fake", SIZE, 25.0, ("a warning",))
    cache.close()
    assert source.closed


@pytest.mark.parametrize("frames_that_fit", [1, 7, 1000])
def test_a_video_through_the_cache_is_the_video(clip, frames_that_fit):
    video = open_frames(clip, frames_that_fit * 64 * 96 * 3)
    for t in [*range(99, -1, -1), *range(100), 50, 3, 49, 48]:
        assert number_in(video[t]) == t
