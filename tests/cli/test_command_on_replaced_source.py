"""``skn-propagate`` on a video in whose place another file is put while it runs: one sentence."""

import av
import numpy as np
import pytest
from PIL import Image
from stand_still import StandStill

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.cli import propagate

SIZE, LENGTH = (64, 96), 12


def video(path, shade):
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.height, stream.width, stream.pix_fmt = *SIZE, "yuv420p"
        for t in range(LENGTH):
            picture = av.VideoFrame.from_ndarray(np.full((*SIZE, 3), shade * t, np.uint8), "rgb24")
            for packet in stream.encode(picture):
                container.mux(packet)
        container.mux(stream.encode(None))


def stack(path, shade):
    pages = [Image.fromarray(np.full((*SIZE, 3), shade * t, np.uint8)) for t in range(LENGTH)]
    pages[0].save(path, save_all=True, append_images=pages[1:])


class Interrupted(StandStill):
    """Calls `replace` after five frames."""

    def __init__(self, replace):
        super().__init__()
        self._replace = replace

    def propagate(self, *arguments):
        for count, step in enumerate(super().propagate(*arguments)):
            if count == 5:
                self._replace()
            yield step


@pytest.mark.parametrize(("name", "make"), [("clip.mp4", video), ("clip.tif", stack)])
def test_another_file_in_its_place_ends_the_pass_in_a_sentence(tmp_path, capsys, monkeypatch, name, make):
    clip, other = tmp_path / name, tmp_path / f"other_{name}"
    make(clip, 3)
    make(other, 9)
    mask = np.zeros(SIZE, np.uint8)
    mask[8:40, 8:40] = 1
    (tmp_path / "first.png").write_bytes(encode_mask(mask))
    tracker = Interrupted(lambda: other.replace(clip))
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: tracker)
    arguments = [str(clip), "--masks", str(tmp_path / "first.png"), "--output", str(tmp_path / "results")]
    assert propagate.main(arguments) == 1
    error = [line for line in capsys.readouterr().err.splitlines() if "skn-propagate:" in line][-1]
    assert f"{clip} was replaced while it was open" in error
    assert 5 <= len(list((tmp_path / "results" / "clip").iterdir())) < LENGTH
