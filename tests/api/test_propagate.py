"""`skn_annotator.propagate`: from arrays and masks to one step for each frame."""

import numpy as np
import pytest
from stand_still import StandStill

import skn_annotator as skn
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.inference.fusion import blend

SIZE, LENGTH = (48, 64), 5


@pytest.fixture
def stand_still(monkeypatch):
    tracker = StandStill()
    monkeypatch.setattr("skn_annotator.api.propagate.Tracker", lambda network, size: tracker)
    monkeypatch.setattr("skn_annotator.api.propagate.load_network", lambda: None)
    return tracker


def pictures():
    return np.full((LENGTH, *SIZE, 3), 60, np.uint8)


def square(column, value=1, dtype=np.uint8):
    ids = np.zeros(SIZE, dtype)
    ids[16:32, column : column + 16] = value
    return ids


def test_arrays_and_a_mask_become_a_step_for_each_frame(stand_still):
    steps = list(skn.propagate(pictures(), {0: square(8)}))
    assert [step.t for step in steps] == list(range(LENGTH))
    assert all(np.array_equal(step.mask, square(8)) for step in steps)
    assert steps[-1].confidence == {1: 1.0}


def test_between_two_masks_the_last_step_of_a_frame_is_blended(stand_still):
    first, last = square(8), square(20)
    found = {s.t: s.mask for s in skn.propagate(list(pictures()), {0: first, 4: last})}
    assert stand_still.orders == [[0, 1, 2, 3, 4, 4, 3, 2, 1]]
    assert np.array_equal(found[2], blend(last, first, {1: 0.5}))
    assert np.array_equal(found[0], first)
    assert np.array_equal(found[4], last)


def test_only_every_nth_frame_where_a_step_is_given(stand_still):
    assert [s.t for s in skn.propagate(pictures(), {0: square(8)}, step=2)] == [0, 2, 4]


def test_masks_may_be_any_integers_and_may_be_changed_while_steps_arrive(stand_still):
    masks = {0: square(8, True, bool), 3: square(8, 1, np.int64)}
    found = {}
    for step in skn.propagate(pictures(), masks):
        found[step.t] = masks[step.t] = step.mask
    assert all(np.array_equal(mask, square(8)) and mask.dtype == np.uint8 for mask in found.values())


@pytest.mark.parametrize(
    ("frames", "masks", "message"),
    [
        (pictures(), {9: square(8)}, "frame 9, but the video has frames 0 to 4"),
        (pictures(), {0: np.ones((3, 4), np.uint8)}, "is \\(3, 4\\), the video's frames are"),
        (pictures(), {0: square(8, 300, np.int64)}, "integers from 0 to 255"),
        (pictures(), {0: square(8, 0.5, float)}, "integers from 0 to 255"),
        (pictures()[..., 0], {0: square(8)}, "RGB"),
        (pictures() / 255, {0: square(8)}, "uint8"),
        ([], {0: square(8)}, "one at least"),
    ],
)
def test_what_does_not_fit_is_said_before_anything_runs(stand_still, frames, masks, message):
    with pytest.raises(skn.SknError, match=message):
        skn.propagate(frames, masks)
    assert stand_still.orders == []


def test_masks_are_read_propagated_and_written_in_a_format(stand_still, clip, tmp_path):
    (tmp_path / "first.png").write_bytes(encode_mask(square(8)))
    frames = skn.open_frames(str(clip))
    masks = skn.read_masks(str(tmp_path / "first.png"), frames)
    masks |= {step.t: step.mask for step in skn.propagate(frames, masks)}
    made = skn.write_masks(tmp_path / "set", masks, frames, "youtube-vos", names={1: "cup"})
    assert all(path.is_dir() for path in made)
    again = skn.read_masks(tmp_path / "set", frames)
    assert again.keys() == set(range(len(frames)))
    assert all(np.array_equal(again[t], masks[t]) for t in again)
    assert '"category": "cup"' in (tmp_path / "set/train/meta.json").read_text()


def test_writing_refuses_an_unknown_format_and_masks_of_another_size(clip, tmp_path):
    frames = skn.open_frames(clip)
    with pytest.raises(skn.SknError, match="pdf is no format: choose one of davis, youtube-vos, coco"):
        skn.write_masks(tmp_path / "x", {0: square(8)}, frames, "pdf")
    with pytest.raises(skn.SknError, match="the video's frames are"):
        skn.write_masks(tmp_path / "x", {0: square(8)[:9]}, frames)
    assert not (tmp_path / "x").exists()
