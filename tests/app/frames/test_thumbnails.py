"""Small pictures of frames: kept, decoded on demand, bounded."""

import numpy as np
import pytest

from skn_annotator.app.frames import thumbnails
from skn_annotator.app.frames.thumbnails import WIDTH, SmallFrame, Thumbnails, small, step_of


@pytest.mark.parametrize("width", [1, 64, 160, 384, 385, 768, 854, 1280, 1920, 3840])
def test_a_thumbnail_is_narrow_and_stands_for_the_whole_frame(width):
    rgb = np.zeros((90, width, 3), np.uint8)
    rgb[:, width // 2 :] = 200
    picture = small(rgb)
    step = step_of(width)
    assert WIDTH / 2.1 < picture.shape[1] <= WIDTH or width < WIDTH
    assert picture.shape[0] == pytest.approx(90 / step, abs=1)
    assert picture[:, -1].max() == 200
    assert width == 1 or picture[:, 0].max() == 0


@pytest.fixture
def pictures(owner, clip):
    made = Thumbnails(clip, owner)
    yield made
    made.close()


def test_what_is_missing_is_decoded_once(qtbot, pictures):
    rgb = np.full((48, 64, 3), 7, np.uint8)
    pictures.keep(3, rgb)
    pictures.want([3, 5, 9])
    qtbot.waitUntil(lambda: pictures.get(9) is not None)
    assert pictures.get(3)[0, 0, 0] == 7  # not decoded again
    assert pictures.get(5)[20, 8 + 5].tolist() == [200, 180, 90]
    assert pictures.get(4) is None


def test_a_frame_that_cannot_be_decoded_is_asked_for_once(qtbot, pictures, clip):
    (clip / "00004.png").write_bytes(b"damaged")
    pictures.want([4, 5])
    qtbot.waitUntil(lambda: pictures.get(5) is not None)
    assert pictures.get(4) is None
    pictures.want([4])
    assert pictures._wanted == {"": ()}


def test_each_forgets_what_he_wanted_before_and_nothing_else(monkeypatch, pictures):
    monkeypatch.setattr(Thumbnails, "_start", lambda self: None)
    pictures.want([1, 2, 3], "memory")
    pictures.want([7], "card")
    pictures.want([8], "card")
    assert pictures._requests.take() == (8, 1, 2, 3)
    pictures.want([], "card")
    assert pictures._requests.take() == (1, 2, 3)
    pictures.want([1, 2, 3], "memory")
    assert not pictures._requests.waiting  # it was asked for


def test_a_frame_at_hand_stands_in_for_one_that_takes_a_while(qtbot, pictures):
    picture = np.full((4, 4, 3), 9, np.uint8)
    pictures._on_frame(SmallFrame(wanted=7, t=5, picture=picture))
    assert pictures.near(7) is picture
    assert pictures.near(6) is None
    assert pictures.get(7) is None
    assert pictures.get(5) is None


def test_the_oldest_go(monkeypatch, pictures):
    monkeypatch.setattr(thumbnails, "_MOST", 2)
    for t in (1, 2):
        pictures.keep(t, np.zeros((4, 4, 3), np.uint8))
    pictures.get(1)
    pictures.keep(3, np.zeros((4, 4, 3), np.uint8))
    assert [t for t in (1, 2, 3) if pictures.get(t) is not None] == [1, 3]
