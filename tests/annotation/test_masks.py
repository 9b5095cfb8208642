import errno
import os
import zlib

import numpy as np
import pytest
from PIL import Image

from skn_annotator.annotation.masks import decode_mask, encode_mask, object_ids, read_mask
from skn_annotator.errors import FormatError
from skn_annotator.palette import DAVIS_PALETTE


@pytest.fixture
def mask():
    mask = np.zeros((37, 53), np.uint8)
    mask[3:20, 5:30] = 1
    mask[10:30, 20:50] = 7
    mask[0, 0] = 254
    return mask


def test_a_mask_survives_its_encoding(mask):
    decoded = decode_mask(encode_mask(mask))
    np.testing.assert_array_equal(decoded, mask)
    assert decoded.dtype == np.uint8
    assert decoded.flags.writeable


def test_every_value_survives():
    mask = np.arange(256, dtype=np.uint8).reshape(16, 16)
    np.testing.assert_array_equal(decode_mask(encode_mask(mask)), mask)


def test_a_part_of_a_larger_array_is_encoded(mask):
    np.testing.assert_array_equal(decode_mask(encode_mask(mask[5:25, 10:40])), mask[5:25, 10:40])


def test_the_file_is_a_palette_png_with_the_colours_of_davis(mask, tmp_path):
    path = tmp_path / "mask.png"
    path.write_bytes(encode_mask(mask))
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert image.mode == "P"
        np.testing.assert_array_equal(np.array(image.getpalette()).reshape(-1, 3), DAVIS_PALETTE)


def test_object_ids_leave_out_background_and_void(mask):
    mask[36, 52] = 255
    assert object_ids(mask) == (1, 7, 254)
    assert object_ids(np.zeros_like(mask)) == ()


@pytest.mark.parametrize("mode", ["P", "L"])
def test_read_mask_takes_palette_and_gray_images(mask, mode, tmp_path):
    image = Image.fromarray(mask)
    if mode == "P":
        image.putpalette(bytes(range(256)) * 3)
    image.save(tmp_path / "mask.png")
    np.testing.assert_array_equal(read_mask(tmp_path / "mask.png", (37, 53)), mask)


@pytest.mark.parametrize("mode", ["P", "L", "1"])
def test_a_binary_mask_becomes_object_one(mode, tmp_path):
    mask = np.zeros((20, 30), np.uint8)
    mask[5:9, 5:9] = 255
    image = Image.fromarray(mask)
    if mode == "P":
        image.putpalette(DAVIS_PALETTE.tobytes())
    if mode == "1":
        image = image.convert("1")
    image.save(tmp_path / "mask.png")
    np.testing.assert_array_equal(read_mask(tmp_path / "mask.png"), mask // 255)


def test_void_stays_void_beside_objects(mask, tmp_path):
    mask[36, 52] = 255
    (tmp_path / "mask.png").write_bytes(encode_mask(mask))
    assert read_mask(tmp_path / "mask.png")[36, 52] == 255


def test_a_path_may_be_text(mask, tmp_path):
    (tmp_path / "mask.png").write_bytes(encode_mask(mask))
    np.testing.assert_array_equal(read_mask(str(tmp_path / "mask.png")), mask)


def test_an_empty_mask_is_a_mask(tmp_path):
    (tmp_path / "mask.png").write_bytes(encode_mask(np.zeros((4, 6), np.uint8)))
    assert not read_mask(tmp_path / "mask.png").any()


def test_a_palette_of_few_colours_is_read(tmp_path):
    mask = np.array([[0, 1, 2], [2, 1, 0]], np.uint8)
    image = Image.fromarray(mask)
    image.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0])
    image.save(tmp_path / "mask.png", bits=2)
    np.testing.assert_array_equal(read_mask(tmp_path / "mask.png"), mask)


def test_a_wrong_size_is_refused_with_both_sizes(mask, tmp_path):
    (tmp_path / "mask.png").write_bytes(encode_mask(mask))
    with pytest.raises(FormatError, match=r"mask.png is 53 x 37, but the frames are 54 x 37"):
        read_mask(tmp_path / "mask.png", (37, 54))


@pytest.mark.parametrize(
    ("mode", "words"), [("RGB", "colour"), ("RGBA", "colour"), ("LA", "colour"), ("I;16", "16 or more bits")]
)
def test_images_that_hold_no_ids_are_refused(mode, words, tmp_path):
    Image.new(mode, (5, 4)).save(tmp_path / "mask.png")
    with pytest.raises(FormatError, match=rf"mask.png.*{words}"):
        read_mask(tmp_path / "mask.png")


@pytest.mark.parametrize(
    "chunk",
    [b"\0\0\0\0gAMA", b"\0\0\0\3eXIfabc", b"\0\0\0\1tRNS\5", b"\xff\xff\xff\xffzTXt", b"\0\0\0\2pHYsab"],
)
def test_a_damaged_chunk_is_one_sentence_or_nothing(mask, tmp_path, chunk):
    data = encode_mask(mask)
    body = chunk + zlib.crc32(chunk[4:]).to_bytes(4, "big")
    (tmp_path / "mask.png").write_bytes(data[:33] + body + data[33:])
    try:
        np.testing.assert_array_equal(read_mask(tmp_path / "mask.png"), mask)
    except FormatError as error:
        assert "mask.png cannot be read" in str(error)


def _png(width, height, *chunks):
    header = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x03\0\0\0"
    parts = [header, *chunks, b"PLTE" + bytes(768), b"IDAT" + zlib.compress(bytes(100)), b"IEND"]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (len(part) - 4).to_bytes(4, "big") + part + zlib.crc32(part).to_bytes(4, "big") for part in parts
    )


def test_bombs_do_not_go_off(tmp_path):
    bomb = b"zTXtk\0\0" + zlib.compress(bytes(200_000_000), 9)
    for data, words in (
        (_png(60_000, 60_000), "cannot be read"),
        (_png(6, 4, bomb), "cannot be read"),
        (_png(6000, 6000), "is 6000 x 6000, but the frames are 6 x 4"),
    ):
        (tmp_path / "mask.png").write_bytes(data)
        with pytest.raises(FormatError, match=words) as raised:
            read_mask(tmp_path / "mask.png", (4, 6))
        assert "\n" not in str(raised.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs")
def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "mask.png")
    for path in (tmp_path / "mask.png", tmp_path):
        with pytest.raises(FormatError, match="is not a file"):
            read_mask(path)


def test_a_mask_that_lies_where_the_frames_stand_is_told_to_turn(mask, tmp_path):
    """A camera's frames are turned as it noted; a mask that was made from the pixels alone is not."""
    (tmp_path / "mask.png").write_bytes(encode_mask(mask))
    with pytest.raises(
        FormatError, match=r"53 x 37, but the frames are 37 x 53, turned as .*turn the mask by"
    ):
        read_mask(tmp_path / "mask.png", (53, 37))


def test_a_mask_with_a_cameras_note_is_turned_as_frames_are(mask, tmp_path):
    image = Image.fromarray(mask)
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    image.save(tmp_path / "mask.png", exif=exif)
    np.testing.assert_array_equal(read_mask(tmp_path / "mask.png", (53, 37)), np.rot90(mask, -1))


def test_what_is_no_image_is_refused(mask, tmp_path):
    (tmp_path / "text.png").write_text("not an image")
    (tmp_path / "half.png").write_bytes(encode_mask(mask)[:100])
    for name, words in [("text.png", "not an image"), ("half.png", ""), ("none.png", "does not exist")]:
        with pytest.raises(FormatError, match=rf"{name}.*{words}"):
            read_mask(tmp_path / name)


def test_a_mask_that_may_not_be_read_is_not_called_a_wrong_picture(tmp_path, monkeypatch):
    path = tmp_path / "mask.png"
    path.write_bytes(encode_mask(np.ones((4, 6), np.uint8)))

    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Image, "open", refuse)
    with pytest.raises(FormatError, match="you have no permission to read it; ask its owner") as error:
        read_mask(path, (4, 6))
    assert "save it as" not in str(error.value)
