import numpy as np
import pytest
from PIL import Image

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.formats.binary import export_binary
from skn_annotator.annotation.masks import read_mask
from skn_annotator.errors import ProjectError

OBJECTS = [AnnotatedObject(1, "cup left", (1, 2, 3)), AnnotatedObject(5, "a/b: <c>?", (4, 5, 6))]
MASK = np.array([[0, 1, 5], [5, 1, 255]], np.uint8)


def test_every_object_gets_a_folder_of_black_and_white_masks(tmp_path):
    masks = {0: MASK, 2: np.zeros_like(MASK)}
    progress = list(export_binary(tmp_path / "cups", OBJECTS, ["a", "b", "c"], (2, 3), masks.get))
    assert progress == [(1, 3), (2, 3), (3, 3)]
    assert sorted(p.name for p in (tmp_path / "cups").iterdir()) == ["1_cup left", "5_a b c"]
    for folder, object_id in [("1_cup left", 1), ("5_a b c", 5)]:
        files = sorted((tmp_path / "cups" / folder).iterdir())
        assert [f.name for f in files] == ["a.png", "b.png", "c.png"]
        with Image.open(files[0]) as image:
            assert image.mode == "L"
            np.testing.assert_array_equal(np.array(image), (object_id == MASK) * 255)
        np.testing.assert_array_equal(read_mask(files[0]), object_id == MASK)
        assert not read_mask(files[1]).any()


def test_an_unwritable_place_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ProjectError, match=r"file cannot be written"):
        next(export_binary(tmp_path / "file", OBJECTS, ["a"], (2, 3), {}.get))
