"""What a file looks like that is no checkpoint; and nothing is asked of what is no file."""

import os
import sys

import cv2
import numpy as np
import pytest

from skn_annotator.errors import WeightsError
from skn_annotator.model.checkpoints import check_checkpoint
from skn_annotator.model.foreign_weights import foreign_weights
from skn_annotator.resources import default_weights, demo_clip

BLACK = np.zeros((8, 8, 3), np.uint8)


def picture(kind):
    return cv2.imencode(kind, BLACK)[1].tobytes()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "it is an empty file"),
        ("Gewichte für später\n".encode(), "it is a text"),
        (("ü" * 400).encode()[:-1], "it is a text"),
        (b"x" + ("ü" * 400).encode(), "it is a text"),
        (picture(".png"), "it is a picture"),
        (picture(".jpg"), "it is a picture"),
        (picture(".webp"), "it is a picture"),
        (demo_clip().read_bytes()[:4096], "it is a video"),
        (b"PK\x03\x04" + bytes(60), "it is a ZIP archive"),
        (b"\x89HDF\r\n\x1a\n" + bytes(60), "it is an HDF5 file"),
        (default_weights().read_bytes()[:100_000], "it is damaged"),
        (bytes(range(128, 256)), "it is damaged"),
    ],
)
def test_a_file_that_is_no_checkpoint_is_called_what_it_looks_like(tmp_path, content, sentence):
    path = tmp_path / "w.safetensors"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=sentence):
        check_checkpoint(path)


def test_a_checkpoint_passes_the_check():
    check_checkpoint(default_weights())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
def test_a_pipe_in_the_place_of_a_checkpoint_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "w.safetensors")
    assert foreign_weights(tmp_path / "w.safetensors") is None
    assert foreign_weights(tmp_path) is None
