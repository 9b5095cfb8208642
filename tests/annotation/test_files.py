"""Files in one piece, also where another program looks at them."""

import sys
from pathlib import Path

import pytest

from skn_annotator.annotation import files
from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.files import put_in_place, replace_files
from skn_annotator.annotation.formats.binary import _folder_name as object_folder
from skn_annotator.annotation.names import folder_name, path_below
from skn_annotator.errors import FormatError


@pytest.fixture
def scanned(monkeypatch):
    """Windows, where a scanner reads every file that is replaced, for a moment: so many attempts fail."""
    left = [2]
    replace = Path.replace

    def refuse(self, target):
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "The process cannot access the file")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(files.time, "sleep", lambda _: None)
    return left


def test_a_file_that_another_program_reads_is_replaced_a_moment_later(tmp_path, scanned, monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    (tmp_path / "mask.png").write_bytes(b"old")
    replace_files({tmp_path / "mask.png": b"new"})
    assert (tmp_path / "mask.png").read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [tmp_path / "mask.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_nothing_is_written_through_a_link(tmp_path, monkeypatch):
    """Temporary files have names that nobody can foresee; if one did, its link is not followed."""
    (tmp_path / "outside").write_bytes(b"precious")
    for name in ("a.png.tmp", ".fixed.tmp"):
        (tmp_path / name).symlink_to(tmp_path / "outside")
    replace_files({tmp_path / "a.png": b"new"})
    monkeypatch.setattr(files, "token_hex", lambda _: "fixed")
    with pytest.raises(FileExistsError):
        replace_files({tmp_path / "b.png": b"new"})
    (tmp_path / "c.png").symlink_to(tmp_path / "outside")
    monkeypatch.undo()
    replace_files({tmp_path / "c.png": b"new"})
    assert (tmp_path / "outside").read_bytes() == b"precious"
    assert (tmp_path / ".fixed.tmp").is_symlink()
    assert not (tmp_path / "c.png").is_symlink()


def test_but_not_for_ever(tmp_path, scanned, monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    scanned[0] = 100
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "a", tmp_path / "b")
    assert 90 < scanned[0] < 98


def test_elsewhere_no_permission_is_none_at_once(tmp_path, scanned):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "a", tmp_path / "b")
    assert scanned[0] == 1


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


@pytest.mark.parametrize("name", ["bear", "sub/00001.jpg", "a..b", "日本 1"])
def test_a_name_below_the_folder_is_taken(tmp_path, name):
    assert path_below(tmp_path, name, tmp_path / "list.txt") == tmp_path / name


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("con", "1_con"),
        ("left. .", "1_left"),
        ('a<b>:"c"', "1_a b c"),
        ("y" * 300, "1_" + "y" * 60),
        ("?", "1"),
    ],
)
def test_an_objects_name_is_part_of_one(name, folder):
    assert object_folder(AnnotatedObject(1, name, (0, 0, 0))) == folder
