import numpy as np
from PIL import Image
from sequences import cup, export, sequence_of

from skn_annotator.annotation.formats import WantedMasks
from skn_annotator.annotation.formats.binary import BinaryFormat
from skn_annotator.annotation.masks import read_mask

OBJECTS = [cup(1, "cup left"), cup(5, "a/b: <c>?")]
MASK = np.array([[0, 1, 5], [5, 1, 255]], np.uint8)


def test_every_object_gets_a_folder_of_black_and_white_masks(tmp_path):
    sequence = sequence_of({0: MASK, 2: np.zeros_like(MASK)}, OBJECTS, stems=["a", "b", "c"])
    assert export(BinaryFormat(), tmp_path / "cups", sequence) == [(1, 3), (2, 3), (3, 3)]
    assert sorted(p.name for p in (tmp_path / "cups").iterdir()) == ["1_cup_left", "5_a_b_c"]
    for folder, object_id in [("1_cup_left", 1), ("5_a_b_c", 5)]:
        files = sorted((tmp_path / "cups" / folder).iterdir())
        assert [f.name for f in files] == ["a.png", "b.png", "c.png"]
        with Image.open(files[0]) as image:
            assert image.mode == "L"
            np.testing.assert_array_equal(np.array(image), (object_id == MASK) * 255)
        np.testing.assert_array_equal(read_mask(files[0]), object_id == MASK)
        assert not read_mask(files[1]).any()


def test_folders_of_objects_are_read_together(tmp_path):
    for folder, column in (("2_hand", 1), ("7", 0), ("300_no id", 2), ("notes", 2)):
        (tmp_path / folder).mkdir()
        mask = np.zeros((2, 3), np.uint8)
        mask[:, column : column + 2] = 255
        Image.fromarray(mask).save(tmp_path / folder / "b.png")
    found = BinaryFormat().read(tmp_path, WantedMasks("cups", ["a", "b"], (2, 3)))
    assert found.names == {2: "hand"}
    assert list(found.masks) == [1]
    np.testing.assert_array_equal(found.masks[1](), [[7, 7, 2], [7, 7, 2]])
