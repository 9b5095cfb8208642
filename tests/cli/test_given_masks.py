"""Masks of a video whose pixels are not square: those of the stored size fit, in every format."""

import json
import subprocess

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image
from stand_still import StandStill

from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.api.given_masks import read_given_masks
from skn_annotator.cli import propagate
from skn_annotator.errors import FormatError
from skn_annotator.video.frames import open_frames

STORED, SHOWN = (96, 128), (96, 248)
MASK = np.zeros(STORED, np.uint8)
MASK[30:60, 20:40], MASK[5:15, 100:120] = 1, 2


@pytest.fixture
def dv(tmp_path, monkeypatch):
    """The working folder, with dv.mp4: 64/33 as wide as high."""
    monkeypatch.chdir(tmp_path)
    pictures = np.random.default_rng(0).integers(0, 255, (4, *STORED, 3), np.uint8)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", f"{STORED[1]}x{STORED[0]}", "-i", "-", "-pix_fmt", "yuv420p", "-vf", "setsar=64/33"]
    subprocess.run([*command, "dv.mp4"], input=pictures.tobytes(), check=True)
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: StandStill())
    return tmp_path


def _png(path, mask=MASK):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode_mask(mask))


def _one_png(folder):
    _png(folder / "given.png")
    return folder / "given.png"


def _numbered(folder):
    _png(folder / "given" / "00000.png")
    return folder / "given"


def _davis(folder):
    _png(folder / "set/Annotations/480p/dv/00000.png")
    return folder / "set"


def _youtube_vos(folder):
    _png(folder / "set/train/Annotations/dv/00000.png")
    (folder / "set/train/meta.json").write_text('{"videos": {"dv": {"objects": {}}}}')
    return folder / "set"


def _binary(folder):
    for i in (1, 2):
        (folder / f"set/{i}_thing").mkdir(parents=True)
        Image.fromarray(np.where(i == MASK, 255, 0).astype(np.uint8)).save(
            folder / f"set/{i}_thing/00000.png"
        )
    return folder / "set"


def _coco(folder, **size):
    table = folder / "instances.json"
    boxes = {1: (20, 30, 40, 60), 2: (100, 5, 120, 15)}
    annotations = [
        {"image_id": 1, "object_id": i, "segmentation": [[x0, y0, x1, y0, x1, y1, x0, y1]]}
        for i, (x0, y0, x1, y1) in boxes.items()
    ]
    image = {"id": 1, "file_name": "00000.jpg", **(size or {"height": STORED[0], "width": STORED[1]})}
    table.write_text(json.dumps({"images": [image], "annotations": annotations}))
    return table


PLACES = [_one_png, _numbered, _davis, _youtube_vos, _binary, _coco]


@pytest.mark.parametrize("place", PLACES)
def test_masks_of_the_stored_size_are_scaled_to_the_shown_one(dv, place):
    if place is _coco:
        pytest.importorskip("pycocotools")
    mask = read_given_masks(place(dv), open_frames(dv / "dv.mp4")).masks[0]
    assert mask.shape == SHOWN
    for i, (x0, x1, y0, y1) in {1: (20, 40, 30, 60), 2: (100, 120, 5, 15)}.items():
        rows, columns = np.nonzero(mask == i)
        assert (rows.min(), rows.max() + 1) == (y0, y1)
        assert columns.min() == pytest.approx(x0 * 64 / 33, abs=1)
        assert columns.max() + 1 == pytest.approx(x1 * 64 / 33, abs=1)


def test_the_frames_with_objects_are_counted_and_those_without(dv):
    for t in range(3):
        _png(dv / f"given/0000{t}.png", MASK * (t < 1))
    frames = open_frames(dv / "dv.mp4")
    assert (
        read_given_masks(dv / "given", frames)
        .notes[-1]
        .endswith("given shows objects 1, 2 on 1 of 4 frames, and none on 2")
    )
    assert read_given_masks(dv / "given/00000.png", frames).notes[-1].endswith("on 1 of 4 frames")


def test_masks_of_the_shown_size_stay_and_of_any_other_are_refused(dv):
    shown = np.zeros(SHOWN, np.uint8)
    shown[30:60, 50:90] = 1
    _png(dv / "shown.png", shown)
    frames = open_frames(dv / "dv.mp4")
    assert np.array_equal(read_given_masks(dv / "shown.png", frames).masks[0], shown)
    _png(dv / "other.png", MASK[:, :-1])
    with pytest.raises(FormatError, match=r"other\.png is 127 x 96, but the frames are 248 x 96"):
        read_given_masks(dv / "other.png", frames)


def test_a_coco_picture_of_another_size_is_refused_not_drawn_elsewhere(dv):
    pytest.importorskip("pycocotools")
    with pytest.raises(FormatError, match=r"its picture is of size \[192, 256\], the frame \[96, 248\]"):
        read_given_masks(_coco(dv, height=192, width=256), open_frames(dv / "dv.mp4"))


def test_the_results_and_the_overlay_are_as_a_player_shows_the_video(dv):
    import av

    assert (
        propagate.main(["dv.mp4", "--masks", str(_one_png(dv)), "--output", "out", "--overlay", "o.mp4"]) == 0
    )
    assert read_mask(dv / "out/dv/00003.png").shape == SHOWN
    with av.open("o.mp4") as overlay:
        stream = overlay.streams.video[0]
        assert (stream.height, stream.width) == SHOWN
        assert stream.sample_aspect_ratio in (None, 0, 1)


def test_the_window_and_skn_import_read_them_too(dv, monkeypatch):
    from skn_annotator.app.project.opening import open_sequence
    from skn_annotator.cli import import_masks

    monkeypatch.setenv("XDG_CONFIG_HOME", str(dv / "config"))
    assert import_masks.main(["dv.mp4", str(_numbered(dv))]) == 0
    opened = list(open_sequence(dv / "dv.mp4"))[-1]
    assert opened.sequence.stored_size == STORED
    assert opened.annotation.mask(0).shape == SHOWN
    assert opened.annotation.ids_at(0) == {1, 2}
