"""A small data root of the two kinds that training reads."""

import numpy as np
import pytest
from written import write


@pytest.fixture
def data_root(tmp_path):
    rng = np.random.default_rng(0)
    root = tmp_path / "data"
    for n in range(3):
        image = rng.integers(0, 120, (90, 120, 3), np.uint8)
        mask = np.zeros((90, 120), np.uint8)
        mask[20:60, 30:70] = 3
        mask[60:85, 80:110] = 5
        image[mask == 3] = (230, 40, 40)
        image[mask == 5] = (40, 40, 230)
        write(root / f"stills/images/{n}.jpg", root / f"stills/masks/{n}.png", image, mask)
    for t in range(8):
        image = rng.integers(0, 120, (90, 120, 3), np.uint8)
        mask = np.zeros((90, 120), np.uint8)
        mask[20:60, 10 + 6 * t : 50 + 6 * t] = 1
        image[mask == 1] = (40, 220, 40)
        name = f"walk/{t:05d}"
        write(root / f"video/JPEGImages/{name}.jpg", root / f"video/Annotations/{name}.png", image, mask)
    return root


@pytest.fixture
def stage_file(tmp_path):
    path = tmp_path / "stage.toml"
    path.write_text(
        """
network = "compact"
steps = 6
batch = 2
warmup = 2
save_every = 3
learning_rate = 1e-3

[clip]
crop = 64

[[data]]
kind = "stills"
path = "stills"

[[data]]
kind = "sequences"
path = "video"
weight = 2.0
"""
    )
    return path
