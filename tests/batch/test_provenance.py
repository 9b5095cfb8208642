"""What results were made from: what counts, and what does not."""

import os
import shutil

import pytest
from small_clips import write_clip

from skn_annotator.batch.provenance import provenance
from skn_annotator.errors import SknError
from skn_annotator.resources import default_weights

OPTIONS = {"size": 480, "step": 1, "device": "cpu", "report": None}


@pytest.fixture
def clip(tmp_path):
    write_clip(tmp_path / "bear", 30)
    return tmp_path / "bear"


def of(clip, masks=None, weights=None, **options):
    masks = masks or clip.with_name("bear.png")
    return provenance(clip, masks, weights or default_weights(), {**OPTIONS, **options})


def test_what_lies_elsewhere_and_is_computed_elsewhere_is_the_same(clip, tmp_path):
    before = of(clip)
    moved = tmp_path / "other" / "bear"
    shutil.copytree(clip, moved)
    os.utime(moved / "00000.png", (1, 1))
    shutil.copy(clip.with_name("bear.png"), moved.with_name("bear.png"))
    assert of(moved, device="cuda:1", report="page.html") == before


def test_another_source_mask_network_or_setting_is_not(clip, tmp_path):
    before = of(clip)
    assert of(clip, size=360) != before
    other = tmp_path / "other.safetensors"
    other.write_bytes(b"x")
    assert of(clip, weights=other) != before
    (clip / "00003.png").write_bytes((clip / "00002.png").read_bytes())
    assert of(clip) != before


def test_of_a_folder_of_masks_all_count_and_of_a_data_set_those_of_the_sequence(clip, tmp_path):
    png = clip.with_name("bear.png").read_bytes()
    for name in ("bear", "camel"):
        (tmp_path / "set/Annotations/480p" / name).mkdir(parents=True)
        (tmp_path / "set/Annotations/480p" / name / "00000.png").write_bytes(png)
    before = of(clip, tmp_path / "set")
    (tmp_path / "set/Annotations/480p/camel/00001.png").write_bytes(png)
    assert of(clip, tmp_path / "set") == before
    (tmp_path / "set/Annotations/480p/bear/00001.png").write_bytes(png)
    assert of(clip, tmp_path / "set") != before
    folder = tmp_path / "set/Annotations/480p/bear"
    before = of(clip, folder)
    (folder / "00002.png").write_bytes(png)
    assert of(clip, folder) != before


def test_what_is_not_there_is_an_error_of_the_user(clip, tmp_path):
    with pytest.raises(SknError, match="nothing does not exist"):
        of(tmp_path / "nothing", clip.with_name("bear.png"))
    with pytest.raises(SknError, match=r"nothing\.png cannot be read"):
        of(clip, tmp_path / "nothing.png")
