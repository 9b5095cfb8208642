"""One camera for all of a frame."""

import numpy as np

from skn_annotator.training.camera_effects import recolor, record


def frames(value=120):
    ramp = np.linspace(0, value, 48 * 48).reshape(48, 48)
    return np.repeat(np.stack((ramp, ramp[::-1], ramp.T), -1)[None], 3, 0).astype(np.uint8)


def test_recording_changes_little_and_every_frame_in_its_own_way():
    for seed in range(12):
        recorded = record(np.random.default_rng(seed), frames())
        assert recorded.shape == frames().shape
        assert recorded.dtype == np.uint8
        assert 0 < np.abs(recorded.astype(int) - frames()).mean() < 8
    assert any(
        (record(np.random.default_rng(s), frames())[0] != record(np.random.default_rng(s), frames())[1]).any()
        for s in range(5)
    )


def test_colours_keep_their_order():
    """JPEG and OpenCV have blue first: a red clip stays red."""
    red = np.zeros((2, 32, 32, 3), np.uint8)
    red[..., 0] = 200
    for seed in range(6):
        recorded = record(np.random.default_rng(seed), red).astype(int)
        assert (recorded[..., 0] > recorded[..., 2] + 120).mean() > 0.95


def test_recoloured_values_stay_within_bounds():
    for seed in range(20):
        recolored = recolor(np.random.default_rng(seed), frames(255))
        assert recolored.dtype == np.uint8
        assert np.corrcoef(recolored[0].mean(-1).ravel(), frames(255)[0].mean(-1).ravel())[0, 1] > 0.9
