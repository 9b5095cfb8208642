"""Pictures that are deep, damaged, too large, or several in one file."""

import errno
import struct
import zlib

import cv2
import numpy as np
import pytest
from PIL import Image

from skn_annotator.errors import UnreadableFrame, VideoError
from skn_annotator.video import picture
from skn_annotator.video.frames import open_frames, open_surroundings

GRAY = np.linspace(0, 255, 60).astype(np.uint8).reshape(6, 10)


def folder(path, pictures, suffix="png"):
    path.mkdir()
    for t, pixels in enumerate(pictures):
        Image.fromarray(pixels).save(path / f"{t:05d}.{suffix}")
    return path


DEEP = {
    "16 bits": (GRAY.astype(np.uint16) * 257, None),
    "12 bits in 16": (GRAY.astype(np.uint16) * 16, "4095"),
    "8 bits in 16": (GRAY.astype(np.uint16), "255"),
    "floats to 1": (GRAY.astype(np.float32) / 255, "1"),
    "floats to 255": (GRAY.astype(np.float32), "255"),
}


@pytest.mark.parametrize("kind", DEEP)
def test_deep_pictures_are_seen_as_they_are_and_it_is_told(tmp_path, kind):
    pixels, white = DEEP[kind]
    frames = open_frames(folder(tmp_path / "deep", [pixels] * 3, "tif"))
    np.testing.assert_allclose(frames[1][..., 0].astype(int), GRAY, atol=1)
    told = [f"The pictures of deep have more than 8 bits: {white} is shown as white."] if white else []
    assert list(frames.warnings) == told


def test_a_dark_picture_is_as_dark_beside_bright_ones(tmp_path):
    dark, bright = np.full((4, 6), 300, np.uint16), np.full((4, 6), 60000, np.uint16)
    frames = open_frames(folder(tmp_path / "deep", [dark, bright]))
    assert [int(frames[t].max()) for t in (0, 1)] == [300 >> 8, 60000 >> 8]


def test_coloured_pictures_of_12_bits_in_16_keep_their_colours(tmp_path):
    (tmp_path / "deep").mkdir()
    colour = np.zeros((4, 6, 3), np.uint16)
    colour[:] = (16 * 200, 16 * 100, 16 * 255)  # blue, green, red
    cv2.imwrite(str(tmp_path / "deep" / "0.png"), colour)
    frames = open_frames(tmp_path / "deep")
    assert frames[0][0, 0].tolist() == [255, 100, 200]


def tiff(path, values):
    """A TIFF of 32 bits without a sign, which Pillow does not write."""
    height, width = values.shape
    pixels = values.astype("<u4").tobytes()
    tags = {256: width, 257: height, 258: 32, 259: 1, 262: 1, 273: 8, 277: 1, 278: height}
    tags |= {279: len(pixels), 339: 1}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    start = b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels
    path.write_bytes(start + struct.pack("<H", len(tags)) + entries + bytes(4))


@pytest.mark.parametrize("bits", [12, 31, 32])
def test_numbers_without_a_sign_do_not_turn_over(tmp_path, bits):
    values = np.tile(np.linspace(0, 2**bits - 1, 64), (8, 1))
    tiff(tmp_path / "00000.tif", values)
    shown = open_frames(tmp_path)[0][..., 0].astype(int)
    assert np.abs(shown - values / (2**bits - 1) * 255).max() <= 1.5


def test_what_is_no_number_is_black(tmp_path):
    pixels = np.array([[np.nan, np.inf, 0.5, -1.0]], np.float32)
    frames = open_frames(folder(tmp_path / "deep", [pixels], "tif"))
    assert frames[0][0, :, 0].tolist() == [0, 0, 128, 0]


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_colours_for_print_are_shown_as_colours(tmp_path, suffix):
    print_red = Image.new("RGB", (16, 16), (230, 20, 20)).convert("CMYK")
    print_red.save(tmp_path / f"0.{suffix}")
    red, green, blue = open_frames(tmp_path)[0][8, 8].astype(int)
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize("suffix", ["png", "webp", "tif"])
def test_several_pictures_in_one_file_are_its_frames(tmp_path, suffix):
    pages = [Image.fromarray(np.full((8, 12, 3), 40 * t, np.uint8)) for t in range(6)]
    path = tmp_path / f"stack.{suffix}"
    options = {} if suffix == "tif" else {"duration": 40}
    pages[0].save(path, save_all=True, append_images=pages[1:], **options)
    frames = open_frames(path)
    assert (len(frames), frames.size, frames.name) == (6, (8, 12), "stack")
    assert frames.fps == (24 if suffix == "tif" else 25)
    for t in (5, 0, 3, 4, 2, 1, 5):
        assert abs(int(frames[t][0, 0, 0]) - 40 * t) < 5
    alone = open_frames(tmp_path)
    assert len(alone) == 1
    assert f"only the first is shown (stack.{suffix})" in alone.warnings[0]


def test_a_deep_stack_has_one_white_for_all_pages(tmp_path):
    pages = [Image.fromarray(np.full((8, 12), 1000 * t, np.uint16)) for t in range(5)]
    pages[0].save(tmp_path / "cells.tif", save_all=True, append_images=pages[1:])
    frames = open_frames(tmp_path / "cells.tif")
    assert [int(frames[t].max()) for t in range(5)] == [1000 * t >> 4 for t in range(5)]
    assert "4095 is shown as white" in frames.warnings[0]


def test_only_the_picture_that_cannot_be_read_is_blank(tmp_path):
    path = folder(tmp_path / "seq", [np.full((6, 10, 3), 20 * t, np.uint8) for t in range(12)])
    (path / "00000.png").write_bytes(b"")
    (path / "00003.png").write_bytes(b"no picture")
    frames, around = open_frames(path), open_surroundings(path, 64 << 20)
    assert frames.warnings == ("Cannot be read, so that their frames stay blank: 00000.png, 00003.png.",)
    around.look_at(1)
    while around.work():
        pass
    for t in range(12):
        if t in (0, 3):
            with pytest.raises(VideoError, match=rf"{t:05d}.png cannot be read as a picture"):
                around.picture(t)
            with pytest.raises(VideoError, match=rf"{t:05d}.png cannot be read as a picture"):
                frames[t]
        else:
            assert around.picture(t)[0, 0, 0] == frames[t][0, 0, 0] == 20 * t


@pytest.mark.parametrize("odd", ["00000.jpg", "cover.jpg"])
def test_a_picture_of_another_size_is_told_at_opening(tmp_path, odd):
    path = folder(tmp_path / "seq", [np.zeros((6, 10, 3), np.uint8)] * 8, "jpg")
    Image.new("RGB", (40, 24)).save(path / odd)
    count = "8 of 9" if odd == "cover.jpg" else "7 of 8"
    with pytest.raises(VideoError, match=rf"{odd} is 40 x 24, but {count} pictures are 10 x 6"):
        open_frames(path)


def bomb(width, height):
    """A PNG of a few bytes whose header promises `width` x `height`."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(10_000, 10_000), (100_000, 100_000), (2_000_000_000, 2)])
def test_a_picture_that_would_fill_the_memory_is_one_sentence(tmp_path, size):
    (tmp_path / "0.png").write_bytes(bomb(*size))
    with pytest.raises(VideoError, match=r"0.png (is larger than 89 million pixels|cannot be read)"):
        open_frames(tmp_path)


def test_another_picture_put_in_its_place_is_told_and_the_others_come(tmp_path):
    path = folder(tmp_path / "seq", [np.full((6, 10, 3), 20 * t, np.uint8) for t in range(4)])
    frames = open_frames(path)
    Image.new("RGB", (40, 24)).save(path / "00002.png")
    (path / "00003.png").unlink()
    with pytest.raises(VideoError, match=r"00002.png is 40 x 24, but the first frame is 10 x 6"):
        frames[2]
    with pytest.raises(VideoError, match=r"00003.png cannot be read"):
        frames[3]
    assert frames[1][0, 0, 0] == 20


def test_how_fast_pictures_are_played_can_be_set(tmp_path):
    path = folder(tmp_path / "seq", [np.zeros((6, 10, 3), np.uint8)] * 2)
    assert open_frames(path).fps == 24
    assert open_frames(path, fps=12.5).fps == 12.5


@pytest.mark.parametrize(
    ("greatest", "are_floats", "white"),
    # the second would come out black with less
    [(300, False, 1023), (70000, False, (1 << 17) - 1), (0.9, True, 1), (1e12, True, 1e12)],
)
def test_white_is_the_least_depth_that_holds_all(greatest, are_floats, white):
    found = [picture.Values(each, are_floats, False) for each in (greatest / 9, greatest)]
    assert picture.white_for(found) == white


def test_deep_pictures_after_ordinary_ones_are_seen_as_they_are(tmp_path):
    path = folder(tmp_path / "seq", [GRAY, GRAY.astype(np.uint16) * 16, GRAY.astype(np.uint16) * 16])
    frames = open_frames(path)
    for t in range(3):
        np.testing.assert_allclose(frames[t][..., 0].astype(int), GRAY, atol=1)
    assert "4095 is shown as white" in frames.warnings[0]


@pytest.mark.parametrize("kind", [np.float32, np.int32])
def test_what_is_below_zero_is_told(tmp_path, kind):
    pixels = np.array([[-500, 0, 1000, 800]], kind)
    frames = open_frames(folder(tmp_path / "depth", [pixels], "tif"))
    assert frames.warnings[-1] == "Some pictures of depth go below zero: that is shown as black."
    assert frames[0][0, :2, 0].tolist() == [0, 0]


def test_a_picture_that_may_not_be_read_is_not_called_damaged(tmp_path, monkeypatch):
    frames = open_frames(folder(tmp_path / "pictures", [GRAY, GRAY]))
    opened = Image.open

    def refuse(path, *given):
        if "00001" in str(path):
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *given)

    monkeypatch.setattr(Image, "open", refuse)
    with pytest.raises(UnreadableFrame, match=r"00001\.png cannot be read: you have no permission"):
        frames[1]
