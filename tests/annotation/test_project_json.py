"""A project whose video, JSON or masks are not what they were: it opens, says so, and nothing is lost."""

import json
import shutil

import numpy as np
import pytest
from PIL import Image

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.annotation.project import Project
from skn_annotator.annotation.project_files import default_folder
from skn_annotator.errors import ProjectError

SIZE, LENGTH = (8, 10), 6
NAMES = tuple("abcdef")
DEEP = "[" * 500 + "]" * 500


def id_map(*ids):
    mask = np.zeros(SIZE, np.uint8)
    mask[0, : len(ids)] = ids
    return mask


@pytest.fixture
def clip(tmp_path):
    path = tmp_path / "clip"
    path.mkdir()
    return path


@pytest.fixture
def annotation():
    annotation = Annotation(SIZE, LENGTH)
    annotation.apply(edits.add_object(annotation, "cup"))
    for t in (1, 4):
        annotation.apply(edits.paint(annotation, t, id_map(1, *[1] * t), 1))
    return annotation


@pytest.fixture
def folder(clip, annotation):
    project = Project.create(default_folder(clip), clip, SIZE, LENGTH, "print", NAMES)
    project.save(annotation, annotation.frames(), {"position": 4})
    return project.folder


def load(folder, clip, length=LENGTH, fingerprint="print", names=NAMES):
    return Project.open(folder).load(clip, SIZE, length, fingerprint, names=names)


def change(folder, **fields):
    path = folder / "project.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_a_changed_file_of_the_same_size_and_length_opens_and_says_so(folder, clip, annotation):
    saved = load(folder, clip, fingerprint="other")
    assert saved.annotation.mask_bytes(4) == annotation.mask_bytes(4)
    assert "has changed since" in saved.warnings[0]


@pytest.mark.parametrize(
    ("names", "frames"),
    [("acdef", (3,)), ("bcdef", (0, 3)), ("abcdefg", (1, 4)), ("aXbcdef", (2, 5)), ("gabcdef", (2, 5))],
)
def test_masks_find_their_pictures_again_by_name(folder, clip, annotation, names, frames):
    project = Project.open(folder)
    saved = project.load(clip, SIZE, len(names), "other", names=tuple(names))
    assert saved.annotation.frames() == frames
    assert set(saved.annotation.references) == set(frames)
    assert saved.annotation.mask_bytes(frames[-1]) == annotation.mask_bytes(4)
    project.save(saved.annotation, (), {})
    again = load(folder, clip, len(names), "other", tuple(names))
    assert again.annotation.frames() == frames
    assert again.annotation.mask_bytes(frames[-1]) == annotation.mask_bytes(4)
    assert again.warnings == ()


def test_what_a_new_order_leaves_over_is_kept_aside(folder, clip):
    project = Project.open(folder)
    saved = project.load(clip, SIZE, 5, "other", names=tuple("acdef"))
    project.save(saved.annotation, (), {})
    assert [path.name for path in sorted(folder.glob("masks.left-out/*"))] == ["00001.png", "00004.png"]


def test_how_sure_the_network_was_of_a_mask_that_is_right_is_found_again(folder, clip, annotation):
    carried = edits.CarriedMask(2, encode_mask(id_map(1, 1)), {1: 0.7})
    annotation.apply(edits.propagated(annotation, carried, "Propagate"))
    annotation.apply(edits.decide_all(annotation, [2]))
    Project.open(folder).save(annotation, [2], {})
    found = load(folder, clip).annotation
    assert (found.confidence(2), found.approved(2)) == (None, {1: 0.7})


def test_what_the_network_gave_of_a_mask_that_was_touched_up_is_found_again(folder, clip, annotation):
    large = np.ones(SIZE, np.uint8)
    touched = large.copy()
    touched[0, 0] = 0
    carried = edits.CarriedMask(2, encode_mask(large), {1: 0.7}, {1: frozenset({5})})
    annotation.apply(edits.propagated(annotation, carried, "Propagate"))
    annotation.apply(edits.paint(annotation, 2, touched, 1))
    Project.open(folder).save(annotation, [2], {})
    found = load(folder, clip).annotation
    assert found.approved(2) == {1: pytest.approx(0.7 + 1 / 80)}
    found.apply(edits.undecide(found, [2]))
    assert (found.confidence(2), found.sources(2)) == ({1: 0.7}, {1: {5}})


def test_a_folder_with_other_pictures_is_refused(folder, clip):
    with pytest.raises(ProjectError, match="belongs to another video"):
        load(folder, clip, 3, "other", ("x", "y", "z"))


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ({"objects": [{"id": 1}]}, "objects"),
        ({"objects": [{"id": 10**400, "name": "a", "color": [1, 2, 3]}]}, "objects"),
        ({"confidence": {"1": {"1": 7}}}, "confidence"),
        ({"touched_up": {"1": [0.7]}}, "touched_up"),
        ({"objects": [{"id": 1, "name": "a", "color": [1, 2, 3], "locked": json.loads(DEEP)}]}, "objects"),
        ({"view": {"zoom": json.loads(DEEP)}}, "view"),
        ({"sources": [1]}, "sources"),
        ({"view": 3}, "view"),
        ({"contents": {"1": []}}, "contents"),
        ({"references": {"1": [999]}}, "references"),
        ({"video": None}, "video"),
    ],
)
def test_a_field_that_cannot_be_used_is_left_out_and_the_rest_opens(folder, clip, annotation, fields, lost):
    change(folder, **fields)
    written = (folder / "project.json").read_bytes()
    project = Project.open(folder)
    saved = project.load(clip, SIZE, LENGTH, "print", names=NAMES)
    assert saved.annotation.frames() == (1, 4)
    assert set(saved.annotation.references) == {1, 4}
    assert saved.annotation.mask_bytes(4) == annotation.mask_bytes(4)
    assert any(lost in str(warning) and "damaged" in str(warning) for warning in saved.warnings)
    project.save(saved.annotation, (), {})
    assert (folder / "project.damaged.json").read_bytes() == written
    assert load(folder, clip).warnings == ()


@pytest.mark.parametrize("text", ["[" * 200_000, '{"version": 1e400}', '{"version": [2]}', "\x00"])
def test_a_json_of_any_damage_opens_with_its_masks(folder, clip, text):
    (folder / "project.json").write_text(text)
    saved = load(folder, clip)
    assert saved.annotation.frames() == (1, 4)
    assert set(saved.annotation.references) == {1, 4}


def bilevel(path):
    Image.fromarray(id_map(1) > 0).save(path)


def rgb(path):
    Image.fromarray(np.stack([id_map(1)] * 3, -1)).save(path)


def cut(path):
    path.write_bytes(path.read_bytes()[:40])


def directory(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [cut, directory])
def test_one_bad_mask_is_left_out_and_never_written_over(folder, clip, annotation, damage):
    bad = folder / "masks" / "00001.png"
    damage(bad)
    project = Project.open(folder)
    saved = project.load(clip, SIZE, LENGTH, "print", names=NAMES)
    assert saved.annotation.frames() == (4,)
    assert str(bad) in str(saved.warnings[0])
    saved.annotation.apply(edits.paint(saved.annotation, 1, id_map(1), 1))
    project.save(saved.annotation, (1,), {})
    assert (folder / "masks" / "00001.png.left-out").exists()
    assert load(folder, clip).annotation.frames() == (1, 4)


@pytest.mark.parametrize("kind", [bilevel, rgb])
def test_a_mask_of_another_kind_is_read_as_ids_or_left_out(folder, clip, kind):
    kind(folder / "masks" / "00001.png")
    annotation = load(folder, clip).annotation
    assert all(annotation.mask(t).shape == SIZE for t in annotation.frames())
    assert all(annotation.mask(t).dtype == np.uint8 for t in annotation.frames())


def test_a_folder_that_moved_while_it_was_open_is_written_whole_again(folder, clip, annotation, tmp_path):
    project = Project.open(folder)
    project.load(clip, SIZE, LENGTH, "print", names=NAMES)
    shutil.move(folder, tmp_path / "elsewhere.skn")
    notes = project.save(annotation, (1,), {})
    assert "was moved or deleted" in str(notes[0])
    assert load(folder, clip).annotation.frames() == (1, 4)
    assert project.save(annotation, (1,), {}) == ()


def test_a_link_in_the_place_of_a_temporary_file_is_not_followed(folder, clip, annotation, tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("precious")
    for name in ("project.json.tmp", "masks/00001.png.tmp"):
        (folder / name).symlink_to(precious)
    project = Project.open(folder)
    project.load(clip, SIZE, LENGTH, "print", names=NAMES)
    project.save(annotation, (1, 4), {})
    assert precious.read_text() == "precious"


def test_a_project_is_of_its_own_video_while_that_is_there(folder, clip):
    other = clip.with_suffix(".mp4")
    project = Project.open(folder)
    assert project.is_of(clip)
    assert not project.is_of(other)
    clip.rmdir()
    assert Project.open(folder).is_of(other)


def test_masks_that_nobody_can_have_saved_are_not_decoded_without_end(folder, clip):
    """A header that claims 60,000 x 60,000 pixels."""
    path = folder / "masks" / "00001.png"
    data = bytearray(encode_mask(id_map(1)))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    path.write_bytes(bytes(data))
    assert load(folder, clip).annotation.frames() == (4,)
