"""Reading exports back."""

import json

import numpy as np
import pytest
from PIL import Image

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.formats.checking import check_coco, check_davis, check_youtube_vos
from skn_annotator.annotation.formats.coco import export_coco
from skn_annotator.annotation.formats.davis import export_davis, plan_davis
from skn_annotator.annotation.formats.youtube_vos import export_youtube_vos
from skn_annotator.errors import FormatError

SIZE = (24, 32)
OBJECTS = (AnnotatedObject(1, "cup", (255, 0, 0)), AnnotatedObject(3, "hand", (0, 0, 255)))
IDS = {0: frozenset({1, 3}), 1: frozenset({1}), 2: frozenset(), 3: frozenset({3})}


def frame(t):
    return np.full((*SIZE, 3), t, np.uint8)


def mask(t):
    ids = np.zeros(SIZE, np.uint8)
    for column, object_id in enumerate(sorted(IDS[t])):
        ids[4:20, 8 * column : 8 * column + 6] = object_id
    return ids


def davis(root):
    plan = plan_davis("clip", 4, mask(0), IDS)
    list(export_davis(root, plan, frame, mask))
    return lambda: check_davis(root, plan, IDS, SIZE)


def youtube_vos(root):
    list(export_youtube_vos(root, "clip", OBJECTS, IDS, 4, frame, mask))
    return lambda: check_youtube_vos(root, "clip", IDS, 4, SIZE)


def coco(root):
    list(export_coco(root, "clip", OBJECTS, IDS, frame, mask))
    return lambda: check_coco(root, "clip", IDS)


@pytest.mark.parametrize("export", [davis, youtube_vos, coco])
def test_what_was_written_passes(tmp_path, export):
    export(tmp_path)()


@pytest.mark.parametrize("export", [davis, youtube_vos, coco])
def test_a_picture_that_is_missing_is_found(tmp_path, export):
    check = export(tmp_path)
    next(tmp_path.rglob("*.jpg")).unlink()
    with pytest.raises(FormatError, match="Export again"):
        check()


@pytest.mark.parametrize("export", [davis, youtube_vos])
def test_a_mask_that_differs_is_found_and_named(tmp_path, export):
    check = export(tmp_path)
    wrong = next(path for path in tmp_path.rglob("00001.png") if "480p" not in path.parts)
    Image.fromarray(np.full(SIZE, 2, np.uint8)).save(wrong)
    with pytest.raises(FormatError, match=r"00001\.png"):
        check()


def test_tables_that_differ_are_found(tmp_path):
    check = coco(tmp_path)
    table = tmp_path / "annotations/instances_clip.json"
    content = json.loads(table.read_text())
    content["annotations"].pop()
    table.write_text(json.dumps(content))
    with pytest.raises(FormatError, match="instances_clip"):
        check()
    check = youtube_vos(tmp_path)
    (tmp_path / "train/meta.json").write_text("{")
    with pytest.raises(FormatError, match=r"meta\.json"):
        check()
