"""Which frames are decoded around the cursor, and in what order."""

from pathlib import Path

import numpy as np
import pytest
from conftest import number_in

from skn_annotator.errors import VideoError
from skn_annotator.video.frames import open_surroundings
from skn_annotator.video.surroundings import Surroundings

GROUP, LENGTH = 20, 100


class Picture:
    """One frame of ten bytes."""

    nbytes = 10

    def __init__(self, t):
        self.t = t

    def rgb(self):
        return np.full((1, 1, 3), self.t, np.uint8)


class FakeFrames:
    """100 frames, a keyframe every 20; it notes where runs start and what they decode."""

    path = Path("fake.mp4")

    def __init__(self, missing=(), broken=()):
        self.missing, self.broken = missing, broken
        self.starts, self.decoded = [], []
        self.closed = False

    def __len__(self):
        return LENGTH

    def run_start(self, t):
        return t - t % GROUP

    def run(self, t):
        self.starts.append(self.run_start(t))
        for u in range(self.run_start(t), LENGTH):
            self.decoded.append(u)
            if u in self.broken:
                raise VideoError(f"frame {u} is broken")
            if u not in self.missing:
                yield u, Picture(u)

    def close(self):
        self.closed = True


def around(frames, room=30):
    return Surroundings(frames, room * Picture.nbytes)


def kept(surroundings):
    return sorted(surroundings._kept)


def settle(surroundings, t):
    surroundings.look_at(t)
    steps = 0
    while surroundings.work():
        steps += 1
        assert steps < 1000
    return surroundings


def test_the_frame_that_is_looked_at_comes_first_and_from_its_keyframe():
    frames = FakeFrames()
    surroundings = around(frames)
    surroundings.look_at(47)
    while 47 not in surroundings:
        assert surroundings.work()
    assert frames.decoded == list(range(40, 48))
    assert surroundings.picture(47)[0, 0, 0] == 47


def test_then_what_lies_ahead_without_a_new_start_and_then_what_lies_behind():
    frames = FakeFrames()
    surroundings = settle(around(frames), 43)
    assert frames.starts == [40, 20]
    assert kept(surroundings) == list(range(32, 62))
    assert not surroundings.work()


def test_steps_forward_decode_on_and_are_ahead_of_the_cursor():
    frames = FakeFrames()
    surroundings = settle(around(frames), 0)
    for t in range(1, 80):
        assert t in surroundings
        settle(surroundings, t)
    assert frames.starts == [0]
    assert frames.decoded == list(range(frames.decoded[-1] + 1))


def test_steps_back_find_the_group_before_decoded_in_a_few_runs():
    frames = FakeFrames()
    surroundings = settle(around(frames), 90)
    frames.starts.clear()
    for t in range(89, -1, -1):
        assert t in surroundings
        settle(surroundings, t)
    assert len(frames.starts) < 12
    assert len(frames.decoded) < 4 * LENGTH


def test_turning_round_costs_nothing_at_once():
    frames = FakeFrames()
    surroundings = settle(around(frames, room=50), 50)
    for t in (51, 52, 53):
        settle(surroundings, t)
    frames.starts.clear()
    for t in (52, 53, 52, 53):
        settle(surroundings, t)
    assert frames.starts == []


@pytest.mark.parametrize("room", [3, 8, 30])
def test_there_are_never_more_than_fit(room):
    surroundings = around(FakeFrames(), room)
    for t in (0, 50, 49, 48, 47, 99, 98, 20, 21, 22):
        surroundings.look_at(t)
        for _ in range(200):
            if not surroundings.work():
                break
            assert len(kept(surroundings)) <= room
        assert t in surroundings


def test_a_new_cursor_takes_the_next_call():
    frames = FakeFrames()
    surroundings = around(frames)
    surroundings.look_at(19)
    surroundings.work()
    surroundings.look_at(80)
    surroundings.work()
    assert frames.decoded == [0, 80]
    assert 80 in surroundings


def test_a_stand_in_is_no_farther_than_the_keyframe():
    surroundings = around(FakeFrames())
    surroundings.look_at(15)
    assert surroundings.nearest(15) is None
    surroundings.work()
    assert surroundings.nearest(15) == 0
    surroundings.work()
    assert surroundings.nearest(15) == 1
    assert surroundings.nearest(25) is None


def test_a_frame_that_the_decoder_passes_over_is_an_error_of_its_own():
    surroundings = settle(around(FakeFrames(missing={50, 51})), 48)
    with pytest.raises(VideoError, match=r"Frame 51 of fake.mp4 cannot be decoded"):
        surroundings.picture(50)
    assert surroundings.picture(52)[0, 0, 0] == 52
    assert surroundings.nearest(50) in (49, 52)


def test_an_error_of_one_frame_is_told_there_and_the_others_still_come():
    frames = FakeFrames(broken={60})
    surroundings = settle(around(frames), 58)
    surroundings.look_at(60)
    surroundings.work()
    with pytest.raises(VideoError, match="frame 60 is broken"):
        surroundings.picture(60)


def test_the_end_of_the_file_ends_the_work():
    surroundings = settle(around(FakeFrames(missing=set(range(95, 100)))), 93)
    for t in range(95, 100):
        with pytest.raises(VideoError, match="cannot be decoded"):
            surroundings.picture(t)
    settle(surroundings, 99)


def test_closing_releases_the_files():
    frames = FakeFrames()
    settle(around(frames), 5).close()
    assert frames.closed


@pytest.mark.parametrize("order", [range(30), range(99, 60, -1), (50, 3, 99, 51, 0, 98)])
def test_the_pictures_of_a_file_are_its_own(clip, order):
    surroundings = open_surroundings(clip, max_bytes=20 * 64 * 96 * 2)
    for t in order:
        assert number_in(settle(surroundings, t).picture(t)) == t
    surroundings.close()


def test_with_less_memory_the_farthest_go_at_once_and_with_more_others_come():
    surroundings = settle(around(FakeFrames()), 50)
    assert len(kept(surroundings)) >= 29
    surroundings.use_memory(7 * Picture.nbytes)
    assert len(kept(surroundings)) == 7
    assert 50 in surroundings
    surroundings.use_memory(70 * Picture.nbytes)
    assert len(kept(settle(surroundings, 50))) > 30


def test_far_from_the_keyframe_more_is_brought_at_a_time_on_the_way_back():
    frames = FakeFrames()
    surroundings = around(frames, room=10)
    settle(surroundings, 78)
    settle(surroundings, 77)
    assert kept(surroundings) == list(range(69, 79))  # 71 to 80 would be the usual share
    begun = len(frames.starts)
    for t in (76, 75):
        settle(surroundings, t)
    assert len(frames.starts) == begun
    settle(surroundings, 65)
    assert kept(surroundings)[-1] >= 68  # near its keyframe it is
