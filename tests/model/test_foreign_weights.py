"""Whose weights a file holds is not asked of what is no file."""

import os
import sys

import pytest

from skn_annotator.model.foreign_weights import foreign_weights


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
def test_a_pipe_in_the_place_of_a_checkpoint_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "w.safetensors")
    assert foreign_weights(tmp_path / "w.safetensors") is None
    assert foreign_weights(tmp_path) is None
