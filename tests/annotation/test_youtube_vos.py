"""What the export writes is YouTube-VOS: read back by hand, and by the loader that trains on the real one."""

import json

import numpy as np
import pytest
from PIL import Image

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.formats.youtube_vos import export_youtube_vos, youtube_vos_folders
from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.errors import FormatError, ProjectError
from skn_annotator.training.datasets.folders import YouTubeVos

OBJECTS = [AnnotatedObject(2, "Tasse, grün", (1, 2, 3)), AnnotatedObject(7, "", (4, 5, 6))]
SIZE = (40, 61)


def mask_of(*ids):
    mask = np.zeros(SIZE, np.uint8)
    for place, object_id in enumerate(ids):
        mask[5:15, 12 * place : 12 * place + 10] = object_id
    return mask


MASKS = {0: mask_of(2), 2: mask_of(2, 7), 3: mask_of()}
"""Frame 1 has no mask; object 7 comes later; frame 3 has a mask that shows nothing."""


def picture(t):
    return np.full((*SIZE, 3), (10 * t, 100, 200), np.uint8)


def export(root, name="cups", masks=MASKS, length=4):
    ids = {t: frozenset(object_ids(mask)) for t, mask in masks.items()}
    return export_youtube_vos(root, name, OBJECTS, ids, length, picture, masks.get)


def meta(root):
    return json.loads((root / "train/meta.json").read_text(encoding="utf-8"))["videos"]


def test_the_layout(tmp_path):
    assert list(export(tmp_path)) == [(1, 4), (2, 4), (3, 4), (4, 4)]
    pictures, annotations = youtube_vos_folders(tmp_path, "cups")
    assert sorted(path.name for path in pictures.iterdir()) == [f"{t:05d}.jpg" for t in range(4)]
    assert sorted(path.name for path in annotations.iterdir()) == ["00000.png", "00002.png", "00003.png"]
    np.testing.assert_array_equal(read_mask(annotations / "00002.png"), MASKS[2])
    with Image.open(annotations / "00000.png") as image:
        assert image.mode == "P"
    with Image.open(pictures / "00002.jpg") as image:
        assert image.size == SIZE[::-1]
        assert np.abs(np.asarray(image).astype(int) - (20, 100, 200)).max() <= 4
    assert meta(tmp_path) == {
        "cups": {
            "objects": {
                "2": {"category": "Tasse, grün", "frames": ["00000", "00002"]},
                "7": {"category": "object 7", "frames": ["00002"]},
            }
        }
    }
    assert not list(tmp_path.glob(".*"))


def test_training_reads_it_back(tmp_path):
    list(export(tmp_path))
    data = YouTubeVos(tmp_path)
    assert (len(data), data.length(0)) == (1, 2)  # frames without an object are not listed in meta.json
    np.testing.assert_array_equal(data.read(0, 1).mask, MASKS[2])


def test_a_second_sequence_joins_the_first_and_the_same_one_replaces_it(tmp_path):
    list(export(tmp_path, "a b"))
    list(export(tmp_path, "cups"))
    list(export(tmp_path, "cups", {0: mask_of(7)}, length=1))
    assert set(meta(tmp_path)) == {"a_b", "cups"}
    assert set(meta(tmp_path)["cups"]["objects"]) == {"7"}
    assert len(list(youtube_vos_folders(tmp_path, "cups")[0].iterdir())) == 1


def test_a_cancelled_export_leaves_nothing(tmp_path):
    list(export(tmp_path))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    running = export(tmp_path, masks={0: mask_of(7)})
    next(running)
    running.close()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_cannot_be_exported_is_refused(tmp_path):
    with pytest.raises(FormatError, match="No mask of cups shows an object"):
        next(export(tmp_path, masks={0: mask_of()}))
    assert not list(tmp_path.iterdir())
    (tmp_path / "train").mkdir()
    (tmp_path / "train/meta.json").write_text("[]")
    with pytest.raises(FormatError, match=r"meta\.json is not YouTube-VOS's"):
        next(export(tmp_path))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ProjectError, match=r"file.root cannot be written"):
        next(export(tmp_path / "file" / "root"))
