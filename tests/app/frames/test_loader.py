"""The latest request wins, something is shown at once, and in between the frames around are decoded."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from skn_annotator.app.frames.loader import FrameLoader, LatestRequest, load_frames
from skn_annotator.errors import VideoError
from skn_annotator.video.surroundings import Surroundings


class Picture:
    """A frame of 4 x 6 whose pixels are its number."""

    nbytes = 4 * 6 * 3

    def __init__(self, t):
        self._t = t

    def rgb(self):
        return np.full((4, 6, 3), self._t, np.uint8)


class Source:
    """Ten frames in one group of pictures; notes what is decoded, and waits before frame `slow`."""

    path = Path("source.mp4")

    def __init__(self, slow=None, broken=None):
        self.decoded = []
        self.slow, self.broken = slow, broken
        self.go_on = threading.Event()
        self.reached = threading.Event()
        self.closed = False

    def __len__(self):
        return 10

    def run_start(self, t):
        return 0

    def run(self, t):
        for u in range(10):
            if u == self.slow:
                self.reached.set()
                self.go_on.wait(60)
            self.decoded.append(u)
            if u != self.broken:
                yield u, Picture(u)

    def close(self):
        self.closed = True


def load(source, box, room=14):
    def open_source(_, max_bytes):
        return Surroundings(source, max_bytes)

    return load_frames(Path(), box, lambda: room * Picture.nbytes, open_source)


def test_the_mailbox_holds_only_the_latest_request():
    box = LatestRequest()
    assert not box.waiting
    box.put(3)
    box.put(5)
    assert box.waiting
    assert box.take() == 5
    assert not box.waiting
    box.close()
    assert box.take() is None


def test_an_overtaken_request_is_never_answered(tmp_path):
    source, box = Source(), LatestRequest()
    frames = load(source, box)
    box.put(0)
    assert next(frames).t == 0
    box.put(4)
    box.put(7)
    assert [next(frames).t, next(frames).t] == [1, 7]
    box.close()
    assert list(frames) == []
    assert source.closed


def test_the_nearest_frame_stands_in_for_one_that_takes_a_while():
    source, box = Source(), LatestRequest()
    frames = load(source, box)
    box.put(9)
    assert next(frames).t == 0
    assert source.decoded == [0]
    assert next(frames).t == 9


def test_a_request_that_comes_meanwhile_is_answered_first():
    source, box = Source(), LatestRequest()
    frames = load(source, box)
    box.put(9)
    assert next(frames).t == 0
    box.put(2)
    assert [next(frames).t, next(frames).t] == [1, 2] or source.decoded == [0, 1, 2]
    assert 9 not in source.decoded


def test_between_requests_what_lies_around_is_decoded():
    source, box = Source(slow=9), LatestRequest()
    frames = load(source, box)
    box.put(2)
    while next(frames).t != 2:
        pass
    thread = threading.Thread(target=lambda: next(frames, None))
    thread.start()
    assert source.reached.wait(60)
    assert source.decoded == list(range(9))
    source.go_on.set()
    box.close()
    thread.join(60)


@pytest.mark.parametrize(("steps", "onward"), [((3, 4), (5, 6)), ((6, 5), (4, 3))])
def test_the_next_step_is_brought_before_it_is_asked_for(steps, onward):
    box = LatestRequest()
    frames = load(Source(), box)
    for t in steps:
        box.put(t)
        while next(frames).t != t:
            pass
    loaded = next(frames)
    assert (loaded.t, loaded.ahead, loaded.rgb[0, 0, 0]) == (onward[0], True, onward[0])
    box.put(onward[0])
    loaded = next(frames)  # not that once more: the one after it
    assert (loaded.t, loaded.ahead) == (onward[1], True)


def test_where_no_step_leads_nothing_is_brought():
    box = LatestRequest()
    frames = load(Source(), box)
    for t in (8, 9):
        box.put(t)
        while next(frames).t != t:
            pass
    box.close()
    assert list(frames) == []


def test_a_damaged_frame_is_told_and_the_next_one_still_comes():
    box = LatestRequest()
    frames = load(Source(broken=1), box)
    box.put(1)
    assert next(frames).t == 0
    loaded = next(frames)
    assert (loaded.t, loaded.rgb) == (1, None)
    assert "Frame 2" in str(loaded.error)
    box.put(2)
    assert next(frames).rgb[0, 0, 0] == 2


@pytest.fixture
def make_loader(owner):
    """Makes loaders, and ends their threads with the test."""
    loaders = []

    def make(*arguments):
        loaders.append(FrameLoader(*arguments, parent=owner))
        return loaders[-1]

    yield make
    for each in loaders:
        each.close()


def test_the_loader_brings_the_frame_to_the_gui_thread(qtbot, make_loader, clip):
    loader = make_loader(clip)
    with qtbot.waitSignal(loader.loaded, check_params_cb=lambda frame: frame.t == 3) as arrived:
        loader.request(3)
    assert arrived.args[0].rgb.shape == (48, 64, 3)


def test_after_closing_no_frame_arrives_although_one_is_in_the_queue(qtbot, make_loader, clip):
    loader, heard = make_loader(clip), []
    loader.loaded.connect(heard.append)
    loader.request(3)
    time.sleep(0.2)  # Qt's queue is not served meanwhile: the frame waits in it
    loader.close()
    qtbot.wait(20)
    assert heard == []


def test_a_source_that_cannot_be_opened_is_told(qtbot, make_loader, tmp_path):
    loader = make_loader(tmp_path / "nothing.mp4")
    with qtbot.waitSignal(loader.failed) as failed:
        loader.request(0)
    assert isinstance(failed.args[0], VideoError)


def test_another_amount_of_memory_counts_at_once(qtbot, make_loader, clip, homeless):
    loader = make_loader(clip, 12 * 48 * 64 * 3)
    with qtbot.waitSignal(loader.loaded, check_params_cb=lambda frame: frame.t == 5):
        loader.request(5)
    with qtbot.waitSignal(loader.loaded, check_params_cb=lambda frame: frame.t == 5 and not frame.ahead):
        loader.use_memory(3 * 48 * 64 * 3)  # what is shown is brought again


def test_the_amount_of_memory_is_asked_for_at_each_request():
    source, box, room = Source(), LatestRequest(), [10]
    held = []

    def open_source(_, max_bytes):
        held.append(Surroundings(source, max_bytes))
        return held[0]

    frames = load_frames(Path(), box, lambda: room[0] * Picture.nbytes, open_source)
    box.put(0)
    next(frames)
    room[0] = 3
    box.put(5)
    while next(frames).t != 5:
        pass
    assert len(held[0]._kept) == 3
