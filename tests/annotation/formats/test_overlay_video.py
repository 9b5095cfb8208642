import subprocess
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from sequences import cup, export, sequence_of

from skn_annotator.annotation.formats.overlay_video import OverlayFormat, OverlayWriter, blend
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.errors import FormatError, ProjectError
from skn_annotator.palette import DAVIS_PALETTE

STAMP = Stamp(Path("/nowhere/cups.mp4"))


def test_blend_mixes_objects_and_leaves_the_rest():
    rgb = np.full((2, 3, 3), 100, np.uint8)
    mask = np.array([[0, 1, 2], [255, 0, 0]], np.uint8)
    result = blend(rgb, mask, 0.25)
    np.testing.assert_array_equal(result[0, 1], np.rint(75 + 0.25 * DAVIS_PALETTE[1].astype(float)))
    np.testing.assert_array_equal(result[0, 2], np.rint(75 + 0.25 * DAVIS_PALETTE[2].astype(float)))
    np.testing.assert_array_equal(result[mask % 255 == 0], 100)
    assert (rgb == 100).all()


@pytest.mark.parametrize(("opacity", "color"), [(0, (100, 100, 100)), (1, (9, 8, 7))])
def test_the_opacity_goes_from_the_frame_to_the_colour(opacity, color):
    palette = np.full((256, 3), (9, 8, 7), np.uint8)
    result = blend(np.full((1, 1, 3), 100, np.uint8), np.ones((1, 1), np.uint8), opacity, palette)
    np.testing.assert_array_equal(result[0, 0], color)


@pytest.mark.parametrize("size", [(64, 96), (65, 97)])
def test_a_written_video_shows_the_masks(tmp_path, size):
    path = tmp_path / "overlay.mp4"
    rgb = np.full((*size, 3), (40, 90, 160), np.uint8)
    mask = np.zeros(size, np.uint8)
    mask[20:50, 30:70] = 1
    with OverlayWriter(path, size, 12.5, STAMP, opacity=1.0) as writer:
        for t in range(5):
            writer.write(rgb, mask if t % 2 else None)
    assert STAMP.is_on(path)
    with av.open(path) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert float(stream.average_rate) == 12.5
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
    assert len(frames) == 5
    assert frames[0].shape == (size[0] + size[0] % 2, size[1] + size[1] % 2, 3)
    for t, frame in enumerate(frames):
        np.testing.assert_allclose(frame[-1, -1], (40, 90, 160), atol=6)
        np.testing.assert_allclose(frame[35, 50], (128, 0, 0) if t % 2 else (40, 90, 160), atol=6)


def test_hidden_objects_are_not_seen_and_others_have_their_colour(tmp_path):
    mask = np.zeros((64, 96), np.uint8)
    mask[:, :40], mask[:, 56:] = 1, 2
    objects = [replace(cup(1), color=(250, 40, 10)), replace(cup(2), visible=False)]
    export(OverlayFormat(), tmp_path / "o.mp4", sequence_of({0: mask}, objects, opacity=1.0))
    with av.open(tmp_path / "o.mp4") as container:
        frame = next(container.decode(container.streams.video[0])).to_ndarray(format="rgb24")
    np.testing.assert_allclose(frame[32, 20], (250, 40, 10), atol=6)
    np.testing.assert_allclose(frame[32, 76], (0, 100, 200), atol=6)


def test_another_ending_is_refused_and_what_has_that_name_stays(tmp_path):
    (tmp_path / "overlay.txt").write_text("of the user")
    sequence = sequence_of({0: np.ones((4, 6), np.uint8)})
    with pytest.raises(FormatError, match=r"overlay.txt does not end in .mp4: choose a name that does"):
        export(OverlayFormat(), tmp_path / "overlay.txt", sequence)
    assert (tmp_path / "overlay.txt").read_text() == "of the user"


def test_an_error_on_the_way_ends_the_encoder_and_keeps_its_reason(tmp_path):
    with (
        pytest.raises(ZeroDivisionError),
        OverlayWriter(tmp_path / "overlay.mp4", (64, 96), 25, STAMP) as writer,
    ):
        writer.write(np.zeros((64, 96, 3), np.uint8), None)
        raise ZeroDivisionError
    assert writer._video._ffmpeg.poll() is not None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_told_in_one_line_and_nothing_stays(tmp_path, monkeypatch):
    """The encoder alone sees it, mostly after the last picture."""
    run = subprocess.Popen
    args_of = {"-movflags": "-f", "+faststart": "matroska"}

    def full(args, **more):
        return run([*(args_of.get(each, each) for each in args[:-1]), "/dev/full"], **more)

    monkeypatch.setattr(subprocess, "Popen", full)
    sequence = sequence_of({0: np.ones((64, 96), np.uint8)}, length=3)
    with pytest.raises(ProjectError, match=r"cannot be written: the disk is full; free some space"):
        export(OverlayFormat(), tmp_path / "new" / "overlay.mp4", sequence)
    assert not list(tmp_path.iterdir())
