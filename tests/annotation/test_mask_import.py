"""Masks of any format are found, numbered, read and fitted to the project's objects."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.edits import add_object, import_masks, rename
from skn_annotator.annotation.formats import WantedMasks
from skn_annotator.annotation.mask_import import (
    NEW,
    ImportChoice,
    ReadMasks,
    default_targets,
    find_numbered,
    import_change,
    reading,
    sequences_at,
)
from skn_annotator.annotation.mask_places import holds_masks, masks_beside, video_of_masks
from skn_annotator.annotation.masks import decode_mask, encode_mask
from skn_annotator.errors import MatteError, SknError

SIZE = (16, 24)
STEMS = [f"{t:05d}" for t in range(6)]


def box(object_id, x=0):
    ids = np.zeros(SIZE, np.uint8)
    ids[4:12, x : x + 6] = object_id
    return ids


def write(path, mask, mode="P"):
    path.parent.mkdir(parents=True, exist_ok=True)
    if mode == "P":
        path.write_bytes(encode_mask(mask))
    else:
        Image.fromarray(mask).save(path)


def read(place, name="cups", stems=STEMS, cut=False):
    found = find_numbered(place, WantedMasks(name, stems, SIZE, cut))
    *_, last = reading(found, place.is_file())
    return last


def davis(root):
    write(root / "Annotations/480p/cups/00001.png", box(1))


def youtube_vos(root):
    write(root / "valid/Annotations/cups/00001.png", box(1))
    meta = {"videos": {"cups": {"objects": {"1": {"category": "cup", "frames": ["00001"]}}}}}
    (root / "valid/meta.json").write_text(json.dumps(meta))


def coco(root):
    (root / "annotations").mkdir(parents=True)
    outline = [[0, 4, 6, 4, 6, 12, 0, 12]]
    table = {
        "images": [{"id": 7, "file_name": "00001.jpg", "height": SIZE[0], "width": SIZE[1]}],
        "annotations": [{"id": 1, "image_id": 7, "category_id": 1, "segmentation": outline}],
        "categories": [{"id": 1, "name": "cup"}],
    }
    (root / "annotations/instances_cups.json").write_text(json.dumps(table))


def result(root):
    write(root / "cups/00001.png", box(1))


def gray(root):
    write(root / "00001.png", box(1), "L")


def binary(root):
    write(root / "1_cup left/00001.png", box(255), "L")


@pytest.mark.parametrize("make", [davis, youtube_vos, coco, result, gray, binary], ids=lambda m: m.__name__)
def test_every_kind_of_masks_is_found_and_read(tmp_path, make):
    make(tmp_path)
    found = read(tmp_path)
    assert {t: set(ids) for t, ids in found.ids.items()} == {1: {1}}
    assert holds_masks(tmp_path)


def test_one_mask_is_named_for_no_frame(tmp_path):
    write(tmp_path / "anything.png", box(3))
    found = read(tmp_path / "anything.png")
    assert (found.is_one_file, dict(found.ids)) == (True, {0: {3}})


def test_the_sequences_of_a_data_set_can_be_chosen_from(tmp_path):
    for name in ("cups", "dog"):
        write(tmp_path / "Annotations/480p" / name / "00000.png", box(1))
    assert sequences_at(tmp_path) == ("cups", "dog")
    assert sequences_at(tmp_path / "Annotations/480p/dog") == ()
    assert set(read(tmp_path, "dog").masks) == {0}


def test_masks_beyond_the_last_frame_are_found_for_a_video_that_was_cut(tmp_path):
    for n in (3, 5, 8):
        write(tmp_path / f"{n:05d}.png", box(1))
    assert set(read(tmp_path).masks) == {3, 5, 8}


def test_masks_with_names_of_their_own_are_numbered_from_the_first(tmp_path):
    for n in (100, 105, 110):
        write(tmp_path / f"matte_{n:04d}.png", box(1))
    assert set(read(tmp_path).masks) == {0, 5, 10}
    other = tmp_path / "other"
    for name in ("b", "a", "c"):
        write(other / f"{name}.png", box(1))
    assert set(read(other).masks) == {0, 1, 2}


def test_masks_of_another_size_but_the_same_shape_are_scaled(tmp_path):
    half = box(1)[::2, ::2]
    write(tmp_path / "half/00001.png", half)
    found = read(tmp_path / "half")
    np.testing.assert_array_equal(decode_mask(found.masks[1]), half.repeat(2, 0).repeat(2, 1))
    (note,) = found.notes
    assert str(note) == "The masks are 12 x 8; they are scaled to the frames' 24 x 16."


def test_masks_of_another_shape_are_refused(tmp_path):
    write(tmp_path / "wide/00001.png", box(1)[:8])
    with pytest.raises(SknError, match="24 x 8, but the frames are 24 x 16"):
        read(tmp_path / "wide")


def test_a_coco_table_of_smaller_pictures_is_scaled(tmp_path):
    image = {"id": 1, "file_name": "00001.jpg", "height": 8, "width": 12}
    square = {"image_id": 1, "object_id": 2, "segmentation": [[2, 2, 6, 2, 6, 6, 2, 6]]}
    table = tmp_path / "instances.json"
    table.write_text(json.dumps({"images": [image], "annotations": [square]}))
    found = find_numbered(table, WantedMasks("cups", STEMS, SIZE))
    *_, last = reading(found)
    mask = decode_mask(last.masks[1])
    assert (mask == 2).sum() == 64
    assert (mask[4:12, 4:12] == 2).all()
    assert len(last.notes) == 1


def test_soft_edges_are_refused_until_they_may_be_cut(tmp_path):
    ramp = np.clip(np.arange(24) * 24 - 120, 0, 255).astype(np.uint8)
    write(tmp_path / "00000.png", np.tile(ramp, (16, 1)), "L")
    with pytest.raises(MatteError):
        read(tmp_path)
    assert read(tmp_path, cut=True).objects == (1,)


@pytest.fixture
def annotation():
    """Two cups: "left" is painted on frame 0, "right" nowhere."""
    annotation = Annotation(SIZE, 6)
    for name in ("left", "right"):
        annotation.apply(add_object(annotation))
        annotation.apply(rename(annotation, annotation.objects[-1].id, name))
    annotation.apply(import_masks(annotation, {0: box(1)}))
    return annotation


def masks_of(*numbers, names=None):
    given = {n: box(2, 8) + box(1) for n in numbers}
    return ReadMasks(
        {n: encode_mask(m) for n, m in given.items()}, {n: frozenset({1, 2}) for n in numbers}, names or {}
    )


def test_objects_are_matched_by_name_and_else_by_id(annotation):
    assert default_targets(annotation, masks_of(0)) == {1: 1, 2: 2}
    assert default_targets(annotation, masks_of(0, names={1: "RIGHT", 2: "left"})) == {1: 2, 2: 1}
    assert default_targets(annotation, masks_of(0, names={1: "spoon"})) == {1: NEW, 2: 2}


def test_an_object_that_was_never_painted_takes_the_name_of_what_becomes_it(annotation):
    read = masks_of(3, names={2: "spoon"})
    annotation.apply(Edit("Unmark reference", references={0: (annotation.decided(0), frozenset())}))
    change = import_change(annotation, read, ImportChoice(default_targets(annotation, read)))
    annotation.apply(change.edit(annotation))
    assert [o.name for o in annotation.objects] == ["left", "spoon"]


def test_a_new_object_keeps_its_id_where_that_is_free(annotation):
    change = import_change(annotation, masks_of(3), ImportChoice({1: NEW, 2: 1}), "Objekt {id}")
    annotation.apply(change.edit(annotation))
    assert [(o.id, o.name) for o in annotation.objects] == [(1, "left"), (2, "right"), (3, "Objekt 3")]
    np.testing.assert_array_equal(annotation.mask(3), box(1, 8) + box(3))


def test_masks_go_to_the_frames_that_were_chosen_and_no_others(annotation):
    read = masks_of(0, 1, 2, 3)
    change = import_change(annotation, read, ImportChoice({1: 1}, shift=2, frames=(3, 99)))
    assert set(change.given) == {3, 4, 5}
    with pytest.raises(SknError, match="No mask comes to lie"):
        import_change(annotation, read, ImportChoice({1: 1}, shift=40))
    with pytest.raises(SknError, match="left out"):
        import_change(annotation, read, ImportChoice({}))


def test_masks_that_show_nothing_are_called_so(annotation):
    with pytest.raises(SknError, match="show no object"):
        import_change(annotation, ReadMasks({0: encode_mask(box(0))}, {0: frozenset()}), ImportChoice({}))


def test_when_all_ids_are_taken_it_says_so(annotation):
    full = tuple(replace(annotation.objects[0], id=i) for i in range(1, 255))
    annotation.apply(Edit("Many", objects=(annotation.objects, full)))
    with pytest.raises(SknError, match="254 objects"):
        import_change(annotation, masks_of(0), ImportChoice({1: NEW}))


def test_frames_are_not_taken_for_masks(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (*SIZE, 3), np.uint8)
    write(tmp_path / "gray/00000.png", noise[..., 0], "L")
    write(tmp_path / "colour/00000.png", noise, "RGB")
    Image.fromarray(noise).save(tmp_path / "frame.jpg")
    assert not any(holds_masks(tmp_path / name) for name in ("gray", "colour", "frame.jpg", "nothing"))


def test_the_video_beside_masks_is_found_by_its_name(tmp_path):
    (tmp_path / "cups.mp4").touch()
    (tmp_path / "cups_b.mp4").touch()
    for name in ("cups", "cups_masks", "cups_b_masks", "dog"):
        write(tmp_path / name / "00000.png", box(1))
    found = {name: video_of_masks(tmp_path / name) for name in ("cups", "cups_masks", "cups_b_masks", "dog")}
    assert masks_beside(tmp_path / "cups.mp4") == tmp_path / "cups"
    assert masks_beside(tmp_path / "cups_b.mp4") == tmp_path / "cups_b_masks"
    assert masks_beside(tmp_path / "cat.mp4") is None
    assert found == {
        "cups": tmp_path / "cups.mp4",
        "cups_masks": tmp_path / "cups.mp4",
        "cups_b_masks": tmp_path / "cups_b.mp4",
        "dog": None,
    }
    write(tmp_path / "Annotations/480p/bear/00000.png", box(1))
    (tmp_path / "JPEGImages/480p/bear").mkdir(parents=True)
    frames, masks = tmp_path / "JPEGImages/480p/bear", tmp_path / "Annotations/480p/bear"
    assert video_of_masks(masks) == frames
    assert masks_beside(frames) == masks
