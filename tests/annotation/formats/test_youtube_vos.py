"""What the export writes is YouTube-VOS: read back by hand, and by the loader that trains on the real one."""

import json

import numpy as np
import pytest
from PIL import Image
from sequences import cup, export, sequence_of

from skn_annotator.annotation.formats import WantedMasks
from skn_annotator.annotation.formats.youtube_vos import YouTubeVosFormat
from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.errors import FormatError
from skn_annotator.training.datasets.folders import YouTubeVos

OBJECTS = [cup(2, "Tasse, grün"), cup(7, "")]
FORMAT = YouTubeVosFormat()
SIZE = (40, 61)


def mask_of(*ids):
    mask = np.zeros(SIZE, np.uint8)
    for place, object_id in enumerate(ids):
        mask[5:15, 12 * place : 12 * place + 10] = object_id
    return mask


MASKS = {0: mask_of(2), 2: mask_of(2, 7), 3: mask_of()}
"""Frame 1 has no mask; object 7 comes later; frame 3 has a mask that shows nothing."""


def sequence(name="cups", masks=MASKS, length=4):
    return sequence_of(masks, OBJECTS, length, name)


def meta(root):
    return json.loads((root / "train/meta.json").read_text(encoding="utf-8"))["videos"]


def test_the_layout(tmp_path):
    assert export(FORMAT, tmp_path, sequence()) == [(1, 4), (2, 4), (3, 4), (4, 4)]
    pictures, annotations = FORMAT.makes(tmp_path, sequence())
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
    export(FORMAT, tmp_path, sequence())
    data = YouTubeVos(tmp_path)
    assert (len(data), data.length(0)) == (1, 2)  # frames without an object are not listed in meta.json
    np.testing.assert_array_equal(data.read(0, 1).mask, MASKS[2])


def test_a_second_sequence_joins_the_first_and_the_same_one_replaces_it(tmp_path):
    export(FORMAT, tmp_path, sequence("a b"))
    export(FORMAT, tmp_path, sequence())
    export(FORMAT, tmp_path, sequence("cups", {0: mask_of(7)}, 1))
    assert set(meta(tmp_path)) == {"a_b", "cups"}
    assert set(meta(tmp_path)["cups"]["objects"]) == {"7"}
    assert len(list(FORMAT.makes(tmp_path, sequence())[0].iterdir())) == 1


def test_what_cannot_be_exported_is_refused(tmp_path):
    with pytest.raises(FormatError, match="No mask of cups shows an object"):
        export(FORMAT, tmp_path, sequence(masks={0: mask_of()}))
    assert not list(tmp_path.iterdir())
    (tmp_path / "train").mkdir()
    (tmp_path / "train/meta.json").write_text("[]")
    with pytest.raises(FormatError, match=r"meta\.json is not YouTube-VOS's"):
        export(FORMAT, tmp_path, sequence())


def test_the_frames_of_the_real_set_keep_their_names(tmp_path):
    """It is annotated on every fifth frame; ids may have gaps, categories are the objects' names."""
    (tmp_path / "train/Annotations/vid").mkdir(parents=True)
    (tmp_path / "train/Annotations/vid/00005.png").write_bytes(encode_mask(MASKS[2]))
    objects = {"2": {"category": "cup", "frames": ["00005"]}, "7": {"category": "hand", "frames": ["00005"]}}
    (tmp_path / "train/meta.json").write_text(json.dumps({"videos": {"vid": {"objects": objects}}}))
    found = FORMAT.read(tmp_path, WantedMasks("vid", ["00000", "00005", "00010"], SIZE))
    assert list(found.masks) == [1]
    np.testing.assert_array_equal(found.masks[1](), MASKS[2])
    assert found.names == {2: "cup", 7: "hand"}


def test_an_export_is_read_for_frames_of_other_names_by_their_numbers(tmp_path):
    export(FORMAT, tmp_path, sequence())
    found = FORMAT.read(tmp_path, WantedMasks("cups", ["left", "right", "up", "down"], SIZE))
    assert sorted(found.masks) == [0, 2, 3]
    np.testing.assert_array_equal(found.masks[2](), MASKS[2])
