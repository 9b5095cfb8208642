"""Files in one piece, also where another program looks at them."""

from pathlib import Path

import pytest

from skn_annotator.annotation import files
from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.files import put_in_place, replace_files
from skn_annotator.annotation.formats.binary import _folder_name as object_folder
from skn_annotator.annotation.formats.staging import folder_name


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
