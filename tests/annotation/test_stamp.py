"""By what the program knows its own files again."""

import json
import os
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.annotation.stamp import Stamp, read_stamp

MASK = np.eye(20, 30, dtype=np.uint8)


@pytest.fixture
def stamp(tmp_path):
    return Stamp(tmp_path / "cups.mp4")


def test_a_mask_bears_it_and_is_still_a_mask(tmp_path, stamp):
    path = tmp_path / "a.png"
    path.write_bytes(stamp.on_png(encode_mask(MASK)))
    assert stamp.is_on(path)
    np.testing.assert_array_equal(read_mask(path), MASK)
    with Image.open(path) as image:
        image.load()
        assert image.text["Comment"].startswith(f"Written by SKN Annotator ({stamp.key}, ")
        assert image.text["Comment"].endswith("from cups.mp4")


@pytest.mark.parametrize("keeps_comment", [True, False])
def test_a_mask_that_another_program_saved_is_not_ours_any_more(tmp_path, stamp, keeps_comment):
    path = tmp_path / "a.png"
    path.write_bytes(stamp.on_png(encode_mask(MASK)))
    from PIL.PngImagePlugin import PngInfo

    with Image.open(path) as image:
        image.load()
        image.putpixel((5, 0), 1)
        comment = PngInfo()
        comment.add_text("Comment", image.text["Comment"])
        image.save(path, pnginfo=comment if keeps_comment else None)
    assert read_stamp(path) is None


def test_pictures_and_tables_bear_it(tmp_path, stamp):
    jpeg = BytesIO()
    Image.fromarray(MASK).save(jpeg, "JPEG", comment=stamp.line())
    (tmp_path / "a.jpg").write_bytes(jpeg.getvalue())
    before = b'{"a": "'
    (tmp_path / "a.json").write_bytes(before + stamp.line(before).encode() + b'"}')
    assert stamp.is_on(tmp_path / "a.jpg")
    assert stamp.is_on(tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text())["a"].endswith("cups.mp4")
    (tmp_path / "a.json").write_bytes((tmp_path / "a.json").read_bytes().replace(b'"a"', b'"b"'))
    assert not stamp.is_on(tmp_path / "a.json")


def test_another_source_has_another_stamp(tmp_path, stamp):
    (tmp_path / "a.png").write_bytes(stamp.on_png(encode_mask(MASK)))
    for other in ("cups.mov", "cups", "elsewhere/cups.mp4"):
        assert not Stamp(tmp_path / other).is_on(tmp_path / "a.png")


@pytest.mark.parametrize("name", ["日本.mp4", 'a"b\\c\n.mp4', "x" * 300, "\udcff.mp4"])
def test_any_name_gives_a_line_of_ascii(tmp_path, name):
    line = Stamp(Path("/nowhere") / name).line(b"")
    assert line.isascii()
    assert line.isprintable()
    assert len(line) < 150
    assert '"' not in line.partition("from")[2]


@pytest.mark.parametrize("content", [None, b"", b"text", b"Written by SKN Annotator (xyz)"])
def test_other_files_have_none(tmp_path, content):
    if content is not None:
        (tmp_path / "a").write_bytes(content)
    assert read_stamp(tmp_path / "a") is None
    assert read_stamp(tmp_path) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
def test_a_pipe_bears_no_stamp_and_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp4")
    assert read_stamp(tmp_path / "pipe.mp4") is None
