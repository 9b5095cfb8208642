"""Cut-outs as other programs read them: PNGs by Pillow, videos by FFmpeg's decoder."""

from dataclasses import replace

import av
import numpy as np
import pytest
from PIL import Image
from sequences import cup, export, picture, sequence_of

from skn_annotator.annotation.formats.cut_outs import AlphaPicturesFormat, AlphaVideoFormat, BackdropFormat
from skn_annotator.annotation.formats.overlay_video import OverlayFormat
from skn_annotator.annotation.formats.render_options import Quality, RenderOptions
from skn_annotator.annotation.mattes import Edge, EdgeKind
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.errors import FormatError

SIZE = (49, 65)  # odd


def sequence(**options):
    """A cup on the left and one on the right of five frames; the last one shows neither."""
    mask = np.zeros(SIZE, np.uint8)
    mask[10:40, 8:28], mask[10:40, 40:60] = 1, 2
    masks = dict.fromkeys(range(4), mask) | {4: np.zeros(SIZE, np.uint8)}
    return sequence_of(masks, [cup(1, "left"), cup(2, "right")], options=RenderOptions(**options))


def decoded(path, format_="rgba"):
    with av.open(path) as container:
        return [frame.to_ndarray(format=format_) for frame in container.decode(container.streams.video[0])]


def test_pictures_have_straight_colours_and_the_matte_as_alpha(tmp_path):
    made = sequence(objects=frozenset({1}), edge=Edge(EdgeKind.HARD))
    export(AlphaPicturesFormat(), tmp_path, made)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{t:05d}.png" for t in range(5)]
    with Image.open(tmp_path / "00002.png") as image:
        assert image.mode == "RGBA"
        rgba = np.array(image)
    np.testing.assert_array_equal(rgba[..., 3], 255 * (made.annotation.mask(2) == 1))
    np.testing.assert_array_equal(rgba[20, 20, :3], picture(made)(2)[20, 20])
    assert not rgba[20, 50:60].any()
    assert Stamp(made.source).is_on(tmp_path / "00002.png")


def test_frames_and_size_are_those_that_were_chosen(tmp_path):
    made = sequence(frames=(1, 2), height=24)
    assert export(AlphaPicturesFormat(), tmp_path, made) == [(1, 2), (2, 2)]
    with Image.open(tmp_path / "00001.png") as image:
        assert image.size == (32, 24)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("codec", ["prores", "animation"])
@pytest.mark.parametrize("quality", Quality)
def test_a_video_keeps_colours_and_alpha(tmp_path, codec, quality):
    made = sequence(codec=codec, quality=quality, edge=Edge(EdgeKind.HARD))
    export(AlphaVideoFormat(), tmp_path / "cups.mov", made)
    with av.open(tmp_path / "cups.mov") as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == {"prores": "prores", "animation": "qtrle"}[codec]
        assert float(stream.average_rate) == 12.5
    frames = decoded(tmp_path / "cups.mov")
    assert len(frames) == 5
    assert frames[2].shape[:2] == SIZE
    np.testing.assert_allclose(frames[2][..., 3], 255 * (made.annotation.mask(2) > 0), atol=6)
    np.testing.assert_allclose(frames[2][20, 20, :3], picture(made)(2)[20, 20], atol=8)
    assert not frames[4][..., 3].any()
    assert Stamp(made.source).is_on(tmp_path / "cups.mov")


@pytest.mark.parametrize("codec", ["h264", "h265"])
def test_over_a_colour_only_the_chosen_objects_are_seen(tmp_path, codec):
    made = sequence(codec=codec, backdrop=(20, 40, 200), objects=frozenset({2}), edge=Edge(EdgeKind.HARD))
    export(BackdropFormat(), tmp_path / "cups.mp4", made)
    frames = decoded(tmp_path / "cups.mp4", "rgb24")
    np.testing.assert_allclose(frames[1][20, 15], (20, 40, 200), atol=12)
    np.testing.assert_allclose(frames[1][25, 50], picture(made)(1)[25, 50], atol=12)
    assert Stamp(made.source).is_on(tmp_path / "cups.mp4")


def test_an_overlay_takes_frames_objects_and_size_too(tmp_path):
    made = replace(sequence(frames=(2, 3), height=24, objects=frozenset({1}), codec="h265"), opacity=1.0)
    export(OverlayFormat(), tmp_path / "o.mp4", made)
    frames = decoded(tmp_path / "o.mp4", "rgb24")
    assert [frame.shape for frame in frames] == [(24, 32, 3)] * 2
    np.testing.assert_allclose(frames[0][12, 25], picture(made)(2)[12, 25], atol=14)


def test_smaller_files_are_smaller(tmp_path):
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 256, (*SIZE, 3), np.uint8)
    sizes = []
    for quality in Quality:
        path = tmp_path / f"{quality.value}.mov"
        export(AlphaVideoFormat(), path, sequence(quality=quality), lambda _: noise)
        sizes.append(path.stat().st_size)
    assert sizes[0] > sizes[1] > sizes[2]


def test_what_shows_nothing_is_refused_and_empty_frames_are_counted(tmp_path):
    with pytest.raises(FormatError, match="No chosen object is on a chosen frame"):
        AlphaPicturesFormat().notes(tmp_path, sequence(frames=(4, 4)))
    with pytest.raises(FormatError, match="No chosen object"):
        BackdropFormat().notes(tmp_path / "x.mp4", sequence(objects=frozenset()))
    (note,) = AlphaVideoFormat().notes(tmp_path / "x.mov", sequence())
    assert note == "1 frame shows none of the objects and is empty."
    with pytest.raises(FormatError, match=r"does not end in \.mov"):
        AlphaVideoFormat().notes(tmp_path / "x.mp4", sequence())
