"""The latest request wins, and frames are decoded ahead in between."""

import threading

import numpy as np
import pytest

from skn_annotator.app.frame_loader import FrameLoader, LatestRequest, frames_ahead, load_frames
from skn_annotator.errors import VideoError


class Source:
    """Ten frames of 4 x 6; notes what is decoded, and waits before frame `slow`."""

    def __init__(self, slow=None, broken=None):
        self.size = (4, 6)
        self.decoded = []
        self.slow, self.broken = slow, broken
        self.go_on = threading.Event()
        self.reached = threading.Event()
        self.closed = False

    def __len__(self):
        return 10

    def __getitem__(self, t):
        self.decoded.append(t)
        if t == self.slow:
            self.reached.set()
            self.go_on.wait(10)
        if t == self.broken:
            raise VideoError(f"frame {t} is damaged")
        return np.full((4, 6, 3), t, np.uint8)

    def close(self):
        self.closed = True


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


def test_an_overtaken_request_is_never_decoded(tmp_path):
    source, box = Source(), LatestRequest()
    frames = load_frames(tmp_path, box, lambda _: source)
    box.put(2)
    assert next(frames).t == 2
    box.put(4)
    box.put(7)
    assert next(frames).t == 7
    assert 4 not in source.decoded[: source.decoded.index(7)]
    box.close()
    assert list(frames) == []
    assert source.closed


@pytest.mark.parametrize(("steps", "ahead"), [((2, 3), [4, 5, 6, 7, 8, 9]), ((7, 3), [0, 1, 2])])
def test_between_requests_it_decodes_ahead_the_way_that_was_taken(tmp_path, steps, ahead):
    source, box = Source(slow=ahead[-1]), LatestRequest()
    frames = load_frames(tmp_path, box, lambda _: source)
    box.put(steps[0])
    next(frames)
    box.put(steps[1])
    next(frames)
    source.decoded.clear()
    thread = threading.Thread(target=lambda: next(frames, None))
    thread.start()
    assert source.reached.wait(10)
    assert source.decoded == ahead
    source.go_on.set()
    box.close()
    thread.join(10)


@pytest.mark.parametrize(
    ("t", "backward", "frames"),
    [(5, False, range(6, 10)), (18, False, range(19, 20)), (9, True, range(4, 9)), (8, True, range(4, 8))],
)
def test_backward_it_goes_by_blocks_that_are_decoded_forward(t, backward, frames):
    assert frames_ahead(t, length=20, count=4, backward=backward) == frames


def test_a_damaged_frame_is_told_and_the_next_one_still_comes(tmp_path):
    source, box = Source(broken=1), LatestRequest()
    frames = load_frames(tmp_path, box, lambda _: source)
    box.put(1)
    loaded = next(frames)
    assert loaded.rgb is None
    assert "frame 1" in str(loaded.error)
    box.put(2)
    assert next(frames).rgb[0, 0, 0] == 2


def test_the_loader_brings_the_frame_to_the_gui_thread(qtbot, clip):
    loader = FrameLoader(clip)
    with qtbot.waitSignal(loader.loaded) as arrived:
        loader.request(3)
    assert arrived.args[0].t == 3
    assert arrived.args[0].rgb.shape == (48, 64, 3)
    loader.close()


def test_after_closing_no_frame_arrives_although_one_is_in_the_queue(qtbot, clip):
    loader, heard = FrameLoader(clip), []
    loader.loaded.connect(heard.append)
    loader.request(3)
    loader._worker.wait(200)  # Qt's queue is not served meanwhile: the frame waits in it
    loader.close()
    qtbot.wait(20)
    assert heard == []


def test_a_source_that_cannot_be_opened_is_told(qtbot, tmp_path):
    loader = FrameLoader(tmp_path / "nothing.mp4")
    with qtbot.waitSignal(loader.failed) as failed:
        loader.request(0)
    assert isinstance(failed.args[0], VideoError)
    loader.close()
