"""`skn-import`: masks from files into a project that the window opens."""

import numpy as np
import pytest

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.project.opening import Opened, open_sequence
from skn_annotator.cli.import_masks import main


def ids(x, *objects):
    mask = np.zeros((48, 64), np.uint8)
    for n, object_id in enumerate(objects):
        mask[8:24, x + 20 * n : x + 20 * n + 10] = object_id
    return mask


@pytest.fixture
def masks(tmp_path):
    folder = tmp_path / "results" / "clip"
    folder.mkdir(parents=True)
    for t in range(4):
        (folder / f"{t:05d}.png").write_bytes(encode_mask(ids(t, 1, 2)))
    return folder


def annotation_of(clip):
    return next(o for o in open_sequence(clip) if isinstance(o, Opened)).annotation


def test_masks_become_references_of_a_project_beside_the_video(capsys, homeless, clip, masks):
    assert main([str(clip), str(masks.parent)]) == 0
    assert "masks of object 1, object 2 on 4 frames" in capsys.readouterr().out
    annotation = annotation_of(clip)
    assert annotation.references == {t: {1, 2} for t in range(4)}
    np.testing.assert_array_equal(annotation.mask(2), ids(2, 1, 2))


def test_one_frame_is_called_one_frame(capsys, homeless, clip, masks):
    assert main([str(clip), str(masks / "00000.png")]) == 0
    assert capsys.readouterr().out.endswith("masks of object 1, object 2 on 1 frame\n")


def test_what_belongs_to_no_frame_is_named(capsys, homeless, clip, masks):
    for name in ("00400", "00401", "notes"):
        (masks / f"{name}.png").write_bytes(encode_mask(ids(0, 1)))
    assert main([str(clip), str(masks)]) == 0
    out, err = capsys.readouterr()
    assert out.endswith("on 4 frames\n")
    assert err.splitlines() == [
        f"skn-import: {masks / 'notes.png'} is named like no frame and was left out.",
        "skn-import: 2 masks left out: the video has no such frames",
    ]


def test_objects_frames_and_kind_are_chosen(homeless, clip, masks):
    options = ["--object", "2=1", "--object", "1=red cup", "--first", "5", "--range", "6-7", "--propagated"]
    assert main([str(clip), str(masks), *options]) == 0
    annotation = annotation_of(clip)
    assert annotation.frames() == (5, 6)
    assert not annotation.references
    assert [(o.id, o.name) for o in annotation.objects] == [(1, "object 1"), (2, "red cup")]
    np.testing.assert_array_equal(annotation.mask(5), ids(1, 2, 1))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--object", "7=1"], "No mask shows object 7"),
        (["--object", "1=9"], "The project has no object 9"),
        (["--first", "90"], "No mask comes to lie"),
        (["--sequence", "dog"], "holds no"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    capsys, homeless, clip, masks, options, message
):
    assert main([str(clip), str(masks.parent), *options]) == 1
    assert message in capsys.readouterr().err
    assert not clip.with_suffix(".skn").exists()
