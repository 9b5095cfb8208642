"""Which files of a folder are masks."""

import pytest

from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.errors import FormatError


def test_pngs_count_in_any_case_and_in_natural_order(tmp_path):
    for name in ("img_10.png", "img_2.PNG", "img_1.png"):
        (tmp_path / name).write_bytes(b"")
    found = masks_in(tmp_path)
    assert list(found.masks) == ["img_1", "img_2", "img_10"]
    assert found.masks["img_2"].name == "img_2.PNG"
    assert found.note == ()


def test_what_is_passed_over_is_named(tmp_path):
    for name in ("a.png", "a.PNG", "._a.png", "b.jpg", "notes.txt", ".DS_Store"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "c.png").mkdir()
    found = masks_in(tmp_path)
    assert found.masks == {"a": tmp_path / "a.png"}
    (note,) = found.note
    assert note.startswith("3 files were passed over")
    assert all(name in note for name in ("a.PNG", "._a.png", "b.jpg"))


def test_where_there_is_no_folder_there_are_no_masks(tmp_path):
    assert masks_in(tmp_path / "none").masks == {}
    (tmp_path / "file").write_bytes(b"")
    assert masks_in(tmp_path / "file").masks == {}


def test_a_folder_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(FormatError, match="cannot be read: you have no permission to read it"):
        masks_in(tmp_path)
