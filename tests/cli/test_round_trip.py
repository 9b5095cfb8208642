"""`skn-export` writes a project, and `skn-import` makes one of it with the same masks, pixel by pixel."""

import shutil

import numpy as np
import pytest

from skn_annotator.annotation.formats import FORMATS
from skn_annotator.annotation.formats.base import Format
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.project.opening import open_sequence
from skn_annotator.cli import export_masks, import_masks

SIZE, SHOWN = (48, 64), (0, 1, 2, 5, 11)
READ = [each for each in FORMATS if type(each).read is not Format.read]
WITH_NAMES = {"youtube-vos", "coco"}


def ids(t):
    """Object 1 with a hole and a speck; object 2, gone on the last frame. DAVIS wants all in the first."""
    mask = np.zeros(SIZE, np.uint8)
    mask[8:24, 5 + t : 20 + t] = 1
    mask[12:14, 8 + t : 11 + t] = 0
    mask[40, 60] = 1
    if t < 11:
        mask[20:36, 18 + t : 30 + t] = 2
    return mask


def annotation_of(clip):
    (opened,) = open_sequence(clip)
    return opened.annotation


def shown(annotation, t):
    """The mask of frame `t`, all zero where there is none: some formats write a picture for every frame."""
    mask = annotation.mask(t)
    return np.zeros(SIZE, np.uint8) if mask is None else mask


@pytest.mark.parametrize("format_", READ, ids=lambda each: each.key)
def test_what_is_exported_is_imported_again_as_it_was(homeless, clip, tmp_path, format_):
    masks = tmp_path / "painted"
    masks.mkdir()
    for t in SHOWN:
        (masks / f"{t:05d}.png").write_bytes(encode_mask(ids(t)))
    assert import_masks.main([str(clip), str(masks)]) == 0
    before = annotation_of(clip)
    place = tmp_path / "exported"
    assert export_masks.main([str(clip), str(place), "--format", format_.key]) == 0
    shutil.move(clip.with_suffix(".skn"), tmp_path / "before.skn")
    assert import_masks.main([str(clip), str(place)]) == 0
    after = annotation_of(clip)
    for t in range(after.length):
        np.testing.assert_array_equal(shown(after, t), shown(before, t))
    assert set(after.frames()) >= set(SHOWN)
    if format_.key in WITH_NAMES:
        assert [o.name for o in after.objects] == [o.name for o in before.objects]
