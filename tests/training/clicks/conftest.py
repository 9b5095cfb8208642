"""A stage of clicks on the small data root."""

import pytest


@pytest.fixture
def click_file(tmp_path):
    path = tmp_path / "clicks.toml"
    path.write_text(
        """
kind = "clicks"
steps = 4
batch = 4
warmup = 2
save_every = 2
learning_rate = 1e-3

[crop]
side = 64

[[data]]
kind = "stills"
path = "stills"
whole = 0.3

[[data]]
kind = "sequences"
path = "video"
"""
    )
    return path
