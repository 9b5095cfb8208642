"""`skn-export` of mattes: the options of exports that draw."""

import numpy as np
import pytest
from PIL import Image

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.cli.export_masks import main


@pytest.fixture
def masks(tmp_path):
    """Objects 1 and 2 on all twelve frames of the clip."""
    folder = tmp_path / "results" / "clip"
    folder.mkdir(parents=True)
    mask = np.zeros((48, 64), np.uint8)
    mask[16:32, 8:24], mask[16:32, 40:50] = 1, 2
    for t in range(12):
        (folder / f"{t:05d}.png").write_bytes(encode_mask(mask))
    return folder


def export(clip, masks, place, *options):
    return main([str(clip), str(place), "--masks", str(masks), *options])


def test_frames_objects_size_and_edge_are_chosen(homeless, clip, masks, tmp_path):
    options = ["--format", "rgba", "--frames", "3-4", "--objects", "2", "--height", "24", "--edge", "hard"]
    assert export(clip, masks, tmp_path / "rgba", *options) == 0
    assert sorted(path.name for path in (tmp_path / "rgba").iterdir()) == ["00002.png", "00003.png"]
    with Image.open(tmp_path / "rgba" / "00002.png") as image:
        alpha = np.array(image)[..., 3]
    assert alpha.shape == (24, 32)
    assert alpha[12, 22] == 255
    assert alpha[12, 8] == 0


def test_pictures_of_many_frames_are_one_line(homeless, clip, masks, tmp_path, capsys):
    assert export(clip, masks, tmp_path / "rgba", "--format", "rgba") == 0
    assert capsys.readouterr().out == f"{tmp_path / 'rgba'}: 12 files\n"
    assert export(clip, masks, tmp_path / "few", "--format", "rgba", "--frames", "3-4") == 0
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / "few" / f"0000{t}.png") for t in (2, 3)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "rgba", "--objects", "7"], "There is no object 7: there are 1 (object 1)"),
        (["--format", "cut-out", "--codec", "prores"], "cut-out has no codec prores: h264, h265"),
        (["--format", "davis", "--frames", "3-4"], "davis takes no --frames: leave it out"),
        (["--format", "overlay", "--feather", "2"], "overlay takes no --feather: leave it out"),
    ],
)
def test_what_there_is_not_is_named(capsys, homeless, clip, masks, tmp_path, options, message):
    assert export(clip, masks, tmp_path / "out.mp4", *options) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--frames", "5-2"], ["--height", "0"], ["--backdrop", "green"]])
def test_a_wrong_option_ends_it_at_once(clip, masks, tmp_path, option):
    with pytest.raises(SystemExit):
        export(clip, masks, tmp_path / "out", "--format", "rgba", *option)
