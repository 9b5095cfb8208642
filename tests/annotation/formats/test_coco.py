"""What the export writes is COCO: read back by pycocotools, and by the loader that trains on the real one."""

import json

import numpy as np
import pytest
from pycocotools import mask as run_lengths
from pycocotools.coco import COCO
from sequences import cup, export, files_in, sequence_of

from skn_annotator.annotation.formats import WantedMasks
from skn_annotator.annotation.formats.coco import CocoFormat
from skn_annotator.errors import FormatError
from skn_annotator.training.datasets.coco_instances import Coco

OBJECTS = [cup(2), cup(5), cup(7, "")]
FORMAT = CocoFormat()
SIZE = (40, 61)


def mask_of(*ids):
    mask = np.zeros(SIZE, np.uint8)
    for place, object_id in enumerate(ids):
        mask[5 : 10 + 3 * place, 12 * place : 12 * place + 10] = object_id
    return mask


MASKS = {0: mask_of(2), 2: mask_of(2, 7, 5), 3: mask_of()}
MASKS[0][39, 60] = 255


def sequence(name="two cups", masks=MASKS):
    return sequence_of(masks, OBJECTS, name=name)


def table_of(root, name="two cups"):
    return FORMAT.makes(root, sequence(name))[1]


def test_pycocotools_reads_every_mask_back(tmp_path):
    assert export(FORMAT, tmp_path, sequence()) == [(1, 3), (2, 3), (3, 3)]
    folder, table = FORMAT.makes(tmp_path, sequence())
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
    assert read.getCatIds() == [1, 2]


def test_training_reads_it_back(tmp_path):
    export(FORMAT, tmp_path, sequence("cups"))
    data = Coco(tmp_path, subset="cups")
    assert len(data) == 2  # the third frame shows nothing
    found = data.read(1, 0).mask
    for new, old in enumerate((5, 7, 2), 1):  # ids by size
        np.testing.assert_array_equal(found == new, MASKS[2] == old)


def test_the_same_export_gives_the_same_bytes(tmp_path):
    export(FORMAT, tmp_path, sequence())
    before = files_in(tmp_path)
    export(FORMAT, tmp_path, sequence())
    assert files_in(tmp_path) == before


def test_a_sequence_called_annotations_leaves_the_tables_alone(tmp_path):
    export(FORMAT, tmp_path, sequence())
    export(FORMAT, tmp_path, sequence("annotations"))
    assert all(table_of(tmp_path, name).is_file() for name in ("two cups", "annotations"))
    assert len(list((tmp_path / "annotations_").iterdir())) == 3


def test_a_run_length_is_text(tmp_path):
    export(FORMAT, tmp_path, sequence())
    content = json.loads(table_of(tmp_path).read_text())
    segmentation = content["annotations"][0]["segmentation"]
    assert segmentation["size"] == list(SIZE)
    assert run_lengths.decode(segmentation).sum() == 50


def test_what_cannot_be_exported_is_refused(tmp_path):
    with pytest.raises(FormatError, match="No mask of two cups shows an object"):
        export(FORMAT, tmp_path, sequence(masks={0: mask_of()}))
    assert not list(tmp_path.iterdir())


def test_tables_of_other_programs_are_read(tmp_path):
    """Polygons, plain run lengths, no `object_id`: objects are counted in each picture, crowds left out.

    Where two overlap, the later one lies on top."""
    square = [10, 5, 20, 5, 20, 15, 10, 15]
    runs = {"size": list(SIZE), "counts": [40 * 15, 40, SIZE[0] * SIZE[1] - 40 * 16]}
    annotations = [
        {"image_id": 9, "category_id": 1, "segmentation": [square]},
        {"image_id": 9, "category_id": 1, "segmentation": runs},
        {"image_id": 9, "category_id": 1, "segmentation": runs, "iscrowd": 1},
        {"image_id": 4, "category_id": 1, "segmentation": runs},
    ]
    images = [{"id": 9, "file_name": "deep/b.jpg"}, {"id": 4, "file_name": "elsewhere.jpg"}]
    (tmp_path / "some.json").write_text(json.dumps({"images": images, "annotations": annotations}))
    found = FORMAT.read(tmp_path / "some.json", WantedMasks("clip", ["a", "b"], SIZE))
    assert list(found.masks) == [1]
    wanted = np.zeros(SIZE, np.uint8)
    wanted[5:15, 10:20] = 1
    wanted[:, 15] = 2
    np.testing.assert_array_equal(found.masks[1](), wanted)
