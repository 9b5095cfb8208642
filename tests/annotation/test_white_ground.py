"""Masks whose ground is white are asked about; those that merely reach the edges, or say ids, are taken."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from skn_annotator.annotation.formats import WantedMasks, find_masks
from skn_annotator.annotation.mask_import import find_numbered
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.annotation.white_ground import check_ground
from skn_annotator.errors import FormatError
from skn_annotator.evaluation.evaluate import evaluate_sequence

SIZE = (24, 32)
STEMS = [f"{t:05d}" for t in range(4)]
WANTED = WantedMasks("clip", STEMS, SIZE)


def hole(x=8):
    """What lies around an object."""
    around = np.ones(SIZE, np.uint8)
    around[6:16, x : x + 10] = 0
    return around


def save(path, values, palette=None, mode=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.fromarray(np.asarray(values, np.uint8))
    if palette is not None:
        image.putpalette(palette)
    (image if mode is None else image.convert(mode)).save(path)
    return path


BLACK_FIRST, WHITE_FIRST = [0, 0, 0, 255, 255, 255], [255, 255, 255, 0, 0, 0]
EXCHANGED = {
    "gray": lambda path: save(path, 255 * hole()),
    "nearly white": lambda path: save(path, 254 * hole()),
    "one bit": lambda path: save(path, 255 * hole(), mode="1"),
    "palette, black first": lambda path: save(path, hole(), BLACK_FIRST),
    "palette, white first": lambda path: save(path, 1 - hole(), WHITE_FIRST),
}
TAKEN = {
    "an object on black": lambda path: save(path, 255 * (1 - hole())),
    "an object on three edges": lambda path: save(path, 255 * np.vstack([hole()[:23], np.zeros((1, 32))])),
    "all of the picture": lambda path: save(path, np.full(SIZE, 255)),
    "ids in gray": lambda path: save(path, hole()),
    "ids in a palette": lambda path: path.write_bytes(encode_mask(hole())),
    "void along the edges": lambda path: save(path, np.where(hole(), 255, 3)),
}


@pytest.mark.parametrize("kind", EXCHANGED)
def test_a_white_ground_is_asked_about(tmp_path, kind):
    EXCHANGED[kind](tmp_path / "mask.png")
    with pytest.raises(FormatError, match=r"mask\.png is white along all its edges .*: exchange"):
        check_ground([tmp_path / "mask.png"])
    with pytest.raises(FormatError, match="exchange black and white"):
        find_numbered(tmp_path / "mask.png", WANTED)


@pytest.mark.parametrize("kind", TAKEN)
def test_what_has_another_ground_or_says_its_ids_is_taken(tmp_path, kind):
    TAKEN[kind](tmp_path / "mask.png")
    check_ground([tmp_path / "mask.png"])


def test_a_soft_mask_on_white_is_asked_about_where_it_is_cut(tmp_path):
    soft = Image.fromarray(255 * hole()).filter(ImageFilter.GaussianBlur(0.6))
    soft.save(tmp_path / "mask.png")
    with pytest.raises(FormatError, match="white along all its edges"):
        check_ground([tmp_path / "mask.png"], cut_mattes=True)
    check_ground([tmp_path / "mask.png"])  # a matte is refused by whoever reads it


def test_an_object_that_comes_to_fill_the_picture_is_taken_as_the_first_mask_tells(tmp_path):
    for t, values in enumerate([np.zeros(SIZE), 1 - hole(), hole(), hole(3)]):
        save(tmp_path / f"{t:05d}.png", 255 * values)
    assert set(find_masks(tmp_path, WANTED).masks) == {0, 1, 2, 3}
    (tmp_path / "00001.png").unlink()
    with pytest.raises(FormatError, match=r"00002\.png is white along all its edges"):
        find_masks(tmp_path, WANTED)


def test_each_object_s_folder_is_looked_at(tmp_path):
    save(tmp_path / "1_cup" / "00000.png", 255 * (1 - hole()))
    save(tmp_path / "2_ball" / "00000.png", 255 * hole())
    with pytest.raises(FormatError, match="2_ball"):
        find_masks(tmp_path, WANTED)


def test_the_scorer_asks_instead_of_scoring_the_ground(tmp_path):
    for stem in STEMS:
        save(tmp_path / "gt" / f"{stem}.png", 1 - hole())
        save(tmp_path / "result" / f"{stem}.png", 255 * hole())
    with pytest.raises(FormatError, match="exchange black and white"):
        evaluate_sequence(tmp_path / "gt", tmp_path / "result")


def test_the_scorer_says_that_white_is_void_where_there_are_ids(tmp_path):
    for stem in STEMS:
        save(tmp_path / "gt" / f"{stem}.png", 2 * (1 - hole()))
        save(tmp_path / "result" / f"{stem}.png", 255 * (1 - hole()))
    (note,) = evaluate_sequence(tmp_path / "gt", tmp_path / "result").notes
    assert "shows nothing of object 2 on any frame" in note
