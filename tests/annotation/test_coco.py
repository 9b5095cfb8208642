"""What the export writes is COCO: read back by pycocotools, and by the loader that trains on the real one."""

import json
import sys

import numpy as np
import pytest
from pycocotools import mask as run_lengths
from pycocotools.coco import COCO

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.formats.coco import coco_places, export_coco
from skn_annotator.annotation.masks import object_ids
from skn_annotator.errors import FormatError, ProjectError
from skn_annotator.training.datasets.coco_instances import Coco

OBJECTS = [
    AnnotatedObject(2, "cup", (1, 2, 3)),
    AnnotatedObject(5, "cup", (1, 2, 3)),
    AnnotatedObject(7, "", (4, 5, 6)),
]
SIZE = (40, 61)


def mask_of(*ids):
    mask = np.zeros(SIZE, np.uint8)
    for place, object_id in enumerate(ids):
        mask[5 : 10 + 3 * place, 12 * place : 12 * place + 10] = object_id
    return mask


MASKS = {0: mask_of(2), 2: mask_of(2, 7, 5), 3: mask_of()}
MASKS[0][39, 60] = 255


def picture(t):
    return np.full((*SIZE, 3), (10 * t, 100, 200), np.uint8)


def export(root, name="two cups", masks=MASKS):
    ids = {t: frozenset(object_ids(mask)) for t, mask in masks.items()}
    return export_coco(root, name, OBJECTS, ids, picture, masks.get)


def test_pycocotools_reads_every_mask_back(tmp_path):
    assert list(export(tmp_path)) == [(1, 3), (2, 3), (3, 3)]
    folder, table = coco_places(tmp_path, "two cups")
    assert sorted(path.name for path in folder.iterdir()) == ["00000.jpg", "00002.jpg", "00003.jpg"]
    read = COCO(str(table))
    assert [(image["frame"], image["video"]) for image in read.loadImgs(read.getImgIds())] == [
        (0, "two cups"),
        (2, "two cups"),
        (3, "two cups"),
    ]
    seen = {}
    for image in read.loadImgs(read.getImgIds()):
        assert (image["height"], image["width"]) == SIZE
        for annotation in read.loadAnns(read.getAnnIds(image["id"])):
            shown = MASKS[image["frame"]] == annotation["object_id"]
            np.testing.assert_array_equal(read.annToMask(annotation), shown)
            rows, columns = np.nonzero(shown)
            x, y, width, height = annotation["bbox"]
            assert (x, y) == (columns.min(), rows.min())
            assert (x + width, y + height) == (columns.max() + 1, rows.max() + 1)
            assert annotation["area"] == shown.sum()
            name = read.loadCats(annotation["category_id"])[0]["name"]
            seen[image["frame"], annotation["object_id"]] = name
    assert seen == {(0, 2): "cup", (2, 2): "cup", (2, 5): "cup", (2, 7): "object 7"}
    assert len(read.getCatIds()) == 2


def test_training_reads_it_back(tmp_path):
    list(export(tmp_path, "cups"))
    data = Coco(tmp_path, subset="cups")
    assert len(data) == 2  # the third frame shows nothing
    found = data.read(1, 0).mask
    for new, old in enumerate((5, 7, 2), 1):  # ids by size
        np.testing.assert_array_equal(found == new, MASKS[2] == old)


def test_the_same_export_gives_the_same_bytes_and_a_cancelled_one_nothing(tmp_path):
    list(export(tmp_path))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    list(export(tmp_path))
    running = export(tmp_path, masks={0: mask_of(7)})
    next(running)
    running.close()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_sequence_called_annotations_leaves_the_tables_alone(tmp_path):
    list(export(tmp_path))
    list(export(tmp_path, "annotations"))
    assert all(
        table.is_file() for table in (coco_places(tmp_path, name)[1] for name in ("two cups", "annotations"))
    )
    assert len(list((tmp_path / "annotations_").iterdir())) == 3


def test_a_run_length_is_text(tmp_path):
    list(export(tmp_path))
    content = json.loads(coco_places(tmp_path, "two cups")[1].read_text())
    segmentation = content["annotations"][0]["segmentation"]
    assert segmentation["size"] == list(SIZE)
    assert run_lengths.decode(segmentation).sum() == 50


def test_what_cannot_be_exported_is_refused(tmp_path, monkeypatch):
    with pytest.raises(FormatError, match="No mask of two cups shows an object"):
        next(export(tmp_path, masks={0: mask_of()}))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ProjectError, match=r"file.root cannot be written"):
        next(export(tmp_path / "file" / "root"))
    monkeypatch.setitem(sys.modules, "pycocotools", None)
    with pytest.raises(FormatError, match=r"needs pycocotools: pip install 'skn-annotator\[train\]'"):
        next(export(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
