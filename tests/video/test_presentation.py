"""What is shown has the shape, the orientation and the ground that a player shows."""

import av
import numpy as np
import pytest
from conftest import ffmpeg, numbered_frames
from test_video_file import X264, frame

from skn_annotator.video.presentation import over_black
from skn_annotator.video.video_file import VideoFile

TURNS = [(angle, flips) for angle in (0, 90, 180, 270) for flips in ((), ("hflip",), ("vflip",))]


@pytest.mark.parametrize(("angle", "flips"), TURNS)
@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_a_turned_or_mirrored_video_is_shown_as_a_player_shows_it(clip, tmp_path, suffix, angle, flips):
    turned, shown = tmp_path / f"turned.{suffix}", tmp_path / "shown.mkv"
    options = [option for flip in flips for option in (f"-display_{flip}",)]
    ffmpeg("-display_rotation", angle, *options, "-i", clip, "-c", "copy", turned)
    ffmpeg("-i", turned, "-frames:v", 3, "-c:v", "ffv1", "-pix_fmt", "bgr0", shown)
    file, expected = VideoFile(turned), VideoFile(shown)
    assert file.size == expected.size
    assert np.abs(frame(file, 2).astype(int) - frame(expected, 2)).max() <= 3
    assert frame(file, 2).flags.c_contiguous


@pytest.mark.parametrize(
    ("aspect", "size"), [("64/33", (64, 186)), ("1/2", (128, 96)), ("1/1", (64, 96)), ("200/199", (64, 96))]
)
def test_pixels_that_are_not_square_are_made_so_and_both_sizes_are_told(make_video, aspect, size):
    name = f"aspect_{aspect.replace('/', '_')}.mp4"
    file = VideoFile(make_video(name, *f"{X264} -vf setsar={aspect}".split(), count=3))
    assert file.size == size
    assert frame(file, 1).shape == (*size, 3)
    told = [w for w in file.warnings if "not square" in w]
    assert bool(told) == (size != (64, 96))
    if told:
        assert f"in {size[1]} x {size[0]} instead of the stored 96 x 64" in told[0]


def test_a_turned_video_of_wide_pixels_is_wide_before_it_is_turned(make_video, tmp_path):
    wide = make_video("wide.mp4", *f"{X264} -vf setsar=2/1".split(), count=3)
    turned = tmp_path / "turned.mp4"
    ffmpeg("-display_rotation", 90, "-i", wide, "-c", "copy", turned)
    assert VideoFile(turned).size == (192, 64)


TRANSPARENT = {
    "p.mov": "-c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le",
    "v.webm": "-c:v libvpx-vp9 -pix_fmt yuva420p -b:v 1M -cpu-used 8",
    "v8.webm": "-c:v libvpx -auto-alt-ref 0 -pix_fmt yuva420p -b:v 1M",
    "q.mov": "-c:v png",
    "a.apng": "-c:v apng",
}


@pytest.mark.parametrize("name", TRANSPARENT)
def test_transparent_parts_of_a_video_are_black_and_it_is_told(tmp_path, name):
    picture = np.zeros((96, 160, 4), np.uint8)
    picture[:, :80] = (200, 30, 30, 255)
    picture[:, 80:] = (20, 220, 20, 0)
    source = ["-f", "rawvideo", "-pix_fmt", "rgba", "-s", "160x96", "-r", "25", "-i", "-"]
    ffmpeg(*source, *TRANSPARENT[name].split(), tmp_path / name, data=picture.tobytes() * 3)
    file = VideoFile(tmp_path / name)
    for t in (2, 0, 1):
        assert frame(file, t)[48, 120].tolist() == [0, 0, 0]
        assert np.abs(frame(file, t)[48, 40].astype(int) - (200, 30, 30)).max() <= 3
    assert [str(w) for w in file.warnings] == [f"{name} has transparent parts: they are shown over black."]


def test_a_video_that_could_be_transparent_and_is_not_says_nothing(tmp_path):
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "96x64", "-r", "25", "-i", "-"]
    path = tmp_path / "opaque.mov"
    ffmpeg(*source, "-c:v", "qtrle", "-pix_fmt", "argb", path, data=numbered_frames(3).tobytes())
    file = VideoFile(path)
    assert file.warnings == ()
    assert np.abs(frame(file, 1).astype(int) - numbered_frames(3)[1]).max() <= 1


def test_half_transparent_is_half_as_bright():
    rgba = np.array([[[200, 100, 50, 255], [200, 100, 50, 128], [200, 100, 50, 0]]], np.uint8)
    assert over_black(rgba).tolist() == [[[200, 100, 50], [100, 50, 25], [0, 0, 0]]]


@pytest.mark.parametrize("suffix", ["mp4", "avi", "mkv"])
def test_tags_that_are_not_utf_8_do_not_matter(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    with av.open(path, "w") as container:
        container.metadata["title"] = "cafe au lait XX"
        stream = container.add_stream("mpeg4", rate=25)
        stream.height, stream.width, stream.pix_fmt = 64, 96, "yuv420p"
        for picture in numbered_frames(4):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode())
    data = path.read_bytes()
    assert b"lait XX" in data
    path.write_bytes(data.replace(b"lait XX", b"lait \xe9\xe8"))
    file = VideoFile(path)
    assert len(file) == 4
    assert frame(file, 3).shape == (64, 96, 3)
