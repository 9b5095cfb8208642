"""What somebody's picture means as a mask: ids, one object in black and white, or a matte."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.errors import FormatError
from skn_annotator.palette import DAVIS_PALETTE

SIZE = (96, 160)


def drawn(kind="ellipse"):
    """A white object on black, mode L."""
    image = Image.new("L", SIZE[::-1])
    pen = ImageDraw.Draw(image)
    if kind == "square":
        pen.rectangle([30, 30, 70, 60], fill=255)
    elif kind == "ellipse":
        pen.ellipse([30, 20, 110, 80], fill=255)
    else:
        for i in range(30):
            pen.line([(80, 50), (80 + int(60 * np.cos(i)), 50 + int(45 * np.sin(i)))], fill=255)
    return image


OBJECT = np.array(drawn()) > 0


def read(tmp_path, image, name="mask.png", *, cut_mattes=False, white_is_void=False, **options):
    image.save(tmp_path / name, **options)
    return read_mask(tmp_path / name, cut_mattes=cut_mattes, white_is_void=white_is_void)


def picture(values, palette=None):
    image = Image.fromarray(np.asarray(values, np.uint8))
    if palette is not None:
        image.putpalette(palette)
    return image


@pytest.mark.parametrize("kind", ["square", "ellipse", "hair"])
@pytest.mark.parametrize("blur", [0.4, 0.7, 1.2, 3, 8])
def test_soft_edges_are_a_matte_and_cut_at_one_half_when_asked(tmp_path, kind, blur):
    soft = drawn(kind).filter(ImageFilter.GaussianBlur(blur))
    grays = len(set(np.unique(np.array(soft)).tolist()) - {0, 255})
    with pytest.raises(FormatError, match=rf"looks like a matte: it has {grays} grays .*\(--cut-mattes\)"):
        read(tmp_path, soft)
    np.testing.assert_array_equal(read(tmp_path, soft, cut_mattes=True), np.array(soft) > 127)


@pytest.mark.parametrize("kind", ["square", "ellipse"])
@pytest.mark.parametrize("quality", [50, 75, 90, 98])
def test_a_jpeg_is_a_matte(tmp_path, kind, quality):
    """So it is when somebody saved the JPEG as PNG again."""
    with pytest.raises(FormatError, match=r"mask\.jpg looks like a matte: it has \d+ grays"):
        read(tmp_path, drawn(kind), "mask.jpg", quality=quality)
    whole = read(tmp_path, drawn(kind), "mask.jpg", quality=quality, cut_mattes=True)
    np.testing.assert_array_equal(whole, np.array(drawn(kind)) > 0)
    with Image.open(tmp_path / "mask.jpg") as jpeg:
        if quality < 98:
            with pytest.raises(FormatError, match="looks like a matte"):
                read(tmp_path, jpeg.copy())
        np.testing.assert_array_equal(read(tmp_path, jpeg.copy(), cut_mattes=True), whole)


def test_a_trimap_and_a_wide_blur_are_mattes(tmp_path):
    white = np.uint8(255) * OBJECT
    trimap = white.copy()
    kernel = np.ones((7, 7))
    trimap[(cv2.dilate(white, kernel) - cv2.erode(white, kernel)) > 0] = 128
    for values in (trimap, drawn("square").filter(ImageFilter.GaussianBlur(30))):
        with pytest.raises(FormatError, match="looks like a matte"):
            read(tmp_path, picture(values))


@pytest.mark.parametrize("colors", [None, 16])
def test_a_matte_in_a_palette_is_one_too(tmp_path, colors):
    soft = drawn().filter(ImageFilter.GaussianBlur(1.2))
    image = soft.convert("P") if colors is None else soft.quantize(colors)
    with pytest.raises(FormatError, match="looks like a matte"):
        read(tmp_path, image)
    np.testing.assert_array_equal(read(tmp_path, image, cut_mattes=True), np.array(soft) > 127)


@pytest.mark.parametrize("cut_mattes", [False, True])
def test_ids_stay_ids_in_gray_as_in_colours(tmp_path, cut_mattes):
    ids = np.zeros(SIZE, np.uint8)
    for i in range(1, 11):
        row, column = 8 * (i // 2), 40 * (i % 2) + 3
        ids[row : row + 6, column : column + 17] = i
    ids[80:, 100:] = 255
    thin = np.zeros(SIZE, np.uint8)
    for i in range(1, 9):
        cv2.line(thin, (5, 10 * i), (150, 10 * i + 5), i, 1)
    cells = (np.arange(SIZE[0])[:, None] // 8) * 20 + np.arange(SIZE[1]) // 8
    cells[::8], cells[:, ::8] = 0, 0
    for values in (ids, thin, cells.clip(0, 200), np.where(ids == 1, 38, np.where(ids == 2, 75, 0))):
        for palette in (None, DAVIS_PALETTE.tobytes()):
            image = picture(values, palette)
            np.testing.assert_array_equal(read(tmp_path, image, cut_mattes=cut_mattes), values)


@pytest.mark.parametrize(("black", "white"), [(0, 255), (0, 254), (0, 250), (0, 1)])
def test_black_and_white_is_object_1(tmp_path, black, white):
    np.testing.assert_array_equal(read(tmp_path, picture(np.where(OBJECT, white, black))), OBJECT)


def test_white_alone_is_void_where_other_masks_have_ids(tmp_path):
    image = picture(255 * OBJECT)
    assert object_ids(read(tmp_path, image, white_is_void=True)) == ()
    assert (read(tmp_path, picture(np.full(SIZE, 255))) == 1).all()


@pytest.mark.parametrize("ground", [1, 5, 40])
def test_a_mask_without_background_is_asked_about(tmp_path, ground):
    image = picture(np.where(OBJECT, 255, ground))
    with pytest.raises(FormatError, match=rf"holds {ground} and 255, and no 0, which is the background"):
        read(tmp_path, image)
    np.testing.assert_array_equal(read(tmp_path, image, cut_mattes=True), OBJECT)


def test_of_a_palette_with_white_first_the_white_is_the_object(tmp_path):
    """As every program shows it."""
    np.testing.assert_array_equal(read(tmp_path, picture(~OBJECT, [255, 255, 255, 0, 0, 0])), OBJECT)
    np.testing.assert_array_equal(read(tmp_path, picture(OBJECT, [0, 0, 0, 255, 255, 255])), OBJECT)


def test_a_white_ground_with_coloured_objects_stays_ground(tmp_path):
    values = OBJECT + 2 * (np.array(drawn("square")) > 0)
    palette = [255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255]
    np.testing.assert_array_equal(read(tmp_path, picture(values, palette)), values)


def test_black_that_is_not_first_among_colours_is_asked_about(tmp_path):
    values = np.where(OBJECT, 0, 1)
    values[0, :9] = 2
    with pytest.raises(
        FormatError, match="shows black where the value is 1, but the background's value is 0"
    ):
        read(tmp_path, picture(values, [200, 30, 30, 0, 0, 0, 30, 200, 30]))


@pytest.mark.parametrize("white", [65535, 16383, 4095, 1023])
def test_black_and_white_of_any_depth_is_object_1_where_it_is_cut(tmp_path, white):
    deep = Image.fromarray(OBJECT.astype(np.uint16) * white)
    with pytest.raises(FormatError, match="16 or more bits"):
        read(tmp_path, deep)
    np.testing.assert_array_equal(read(tmp_path, deep, cut_mattes=True), OBJECT)


@pytest.mark.parametrize("times", [1, 257])
def test_ids_in_16_bits_stay_ids_where_mattes_are_cut(tmp_path, times):
    ids = OBJECT + 2 * (np.array(drawn("square")) > 0) * ~OBJECT
    deep = Image.fromarray(ids.astype(np.uint16) * times)
    np.testing.assert_array_equal(read(tmp_path, deep, cut_mattes=True), ids)


@pytest.mark.parametrize("white", [1, 255])
def test_floats_are_asked_about_and_cut_at_one_half(tmp_path, white):
    soft = np.array(drawn().filter(ImageFilter.GaussianBlur(1.2)), np.float32) / 255 * white
    soft[0, 0] = np.nan
    with pytest.raises(FormatError, match=r"mask\.tif has 16 or more bits"):
        read(tmp_path, Image.fromarray(soft), "mask.tif")
    np.testing.assert_array_equal(
        read(tmp_path, Image.fromarray(soft), "mask.tif", cut_mattes=True), soft > white / 2
    )


def test_mattes_of_16_bits_and_in_three_equal_channels_are_cut(tmp_path):
    deep = Image.fromarray(np.array(drawn(), np.uint16) * 257)
    for image in (deep, Image.merge("RGB", [drawn()] * 3)):
        with pytest.raises(FormatError):
            read(tmp_path, image)
        np.testing.assert_array_equal(read(tmp_path, image, cut_mattes=True), OBJECT)
    with pytest.raises(FormatError, match="colour"):
        read(tmp_path, Image.merge("RGB", [drawn(), drawn("square"), drawn()]), cut_mattes=True)
