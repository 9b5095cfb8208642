"""The rows of a batch: of a CSV file and of a folder of pairs."""

import numpy as np
import pytest
from small_clips import write_clip

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.batch.rows import read_rows
from skn_annotator.errors import SknError


def test_a_line_is_a_video_with_its_options(tmp_path):
    (tmp_path / "list.csv").write_text(
        "\ufeffsource,masks,name,options\na.mp4,a.png,,\n"
        'sub/b.mov,/m/b,second,"--size 360 --weights ""x y"""\n'
    )
    first, second = read_rows(tmp_path / "list.csv")
    assert (first.name, first.source, first.masks) == ("a", tmp_path / "a.mp4", tmp_path / "a.png")
    assert first.options == ()
    assert (second.name, str(second.masks)) == ("second", "/m/b")
    assert second.options == ("--size", "360", "--weights", "x y")


def test_a_folder_of_pairs_has_sources_with_masks_beside_them(tmp_path):
    write_clip(tmp_path / "bear", 30)
    (tmp_path / "cups.mp4").touch()
    (tmp_path / "cups_masks").mkdir()
    (tmp_path / "alone.mp4").touch()
    (tmp_path / ".hidden").touch()
    rows = read_rows(tmp_path)
    assert [(row.name, row.source.name, row.masks.name) for row in rows] == [
        ("bear", "bear", "bear.png"),
        ("cups", "cups.mp4", "cups_masks"),
    ]


def test_what_was_made_from_a_video_beside_it_is_no_source(tmp_path):
    for name in ("cups.mp4", "cups.png", "cups.html", "cups.srt"):
        (tmp_path / name).touch()
    (tmp_path / "cups").mkdir()
    mask = Stamp(tmp_path / "cups.mp4").on_png(encode_mask(np.ones((8, 8), np.uint8)))
    (tmp_path / "cups/00000.png").write_bytes(mask)
    (row,) = read_rows(tmp_path)
    assert row.source.name == "cups.mp4"
    (tmp_path / "cups/00000.png").write_bytes(encode_mask(np.ones((8, 8), np.uint8)))
    with pytest.raises(SknError, match=r"cups and .*cups\.mp4 would both be written to cups"):
        read_rows(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has the columns none"),
        ("source\na.mp4\n", "must name source and masks"),
        ("source,masks,size\na,b,c\n", "has the columns source, masks, size"),
        ("source,masks\na.mp4\n", "line 2: it needs a source and masks"),
        ("source,masks\na,b,c\n", "line 2: it needs a source and masks, and no more cells"),
        ('source,masks,options\na,b,"--size \'"\n', "line 2: the options cannot be read"),
        ("source,masks,name\na,b,../c\n", "'../c' is no name of a folder"),
        ("source,masks\nx/a.mp4,b\ny/a.mov,b\n", "would both be written to a: give them names"),
        ("source,masks\n", "lists no video"),
    ],
)
def test_a_list_that_cannot_be_used_is_one_sentence(tmp_path, text, message):
    (tmp_path / "list.csv").write_text(text)
    with pytest.raises(SknError, match=message):
        read_rows(tmp_path / "list.csv")


def test_a_list_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(SknError, match=r"nothing\.csv cannot be read"):
        read_rows(tmp_path / "nothing.csv")
