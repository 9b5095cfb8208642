"""Names in lists of others, and names for files of ours."""

import pytest

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.formats.binary import _folder_name as object_folder
from skn_annotator.annotation.names import folder_name, path_below
from skn_annotator.errors import FormatError


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("cups", "cups"),
        ("my clip: 1/2", "my_clip_1_2"),
        ("Tasse ☕ links", "Tasse_links"),
        ("日本", "日本"),
        ("con", "con_"),
        ("NUL.tar", "NUL.tar_"),
        ("Com1", "Com1_"),
        ("console", "console"),
        ("clip.", "clip"),
        ("...", "sequence"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_is_a_folder_on_every_system(name, folder):
    assert folder_name(name) == folder


@pytest.mark.parametrize(
    "name",
    ["../x", "a/../../x", "/etc/x", "..\\x", "C:\\x", "C:x", "\\\\server\\x", "a\0b", "", " "],
)
def test_a_name_in_a_list_leads_nowhere_else(tmp_path, name):
    with pytest.raises(FormatError, match=r"list\.txt lists .* leads out of"):
        path_below(tmp_path, name, tmp_path / "list.txt")


def test_a_name_in_a_list_that_no_file_can_have_is_refused(tmp_path):
    with pytest.raises(FormatError, match="cannot be the name of a file: File name too long"):
        path_below(tmp_path, "a" * 5000, tmp_path / "list.txt")


@pytest.mark.parametrize("name", ["bear", "sub/00001.jpg", "a..b", "日本 1"])
def test_a_name_below_the_folder_is_taken(tmp_path, name):
    assert path_below(tmp_path, name, tmp_path / "list.txt") == tmp_path / name


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("con", "1_con"),
        ("left. .", "1_left"),
        ('a<b>:"c"', "1_a_b_c"),
        ("y" * 300, "1_" + "y" * 60),
        ("?", "1"),
    ],
)
def test_an_objects_name_is_part_of_one(name, folder):
    assert object_folder(AnnotatedObject(1, name, (0, 0, 0))) == folder
