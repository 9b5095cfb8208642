import json
import os
import sys
import threading
from pathlib import Path

import filelock  # noqa: F401 -- while the system is still what it is
import numpy as np
import pytest
from states import state

from skn_annotator.annotation import edits
from skn_annotator.annotation import project as project_module
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.annotation.project import Project
from skn_annotator.annotation.project_files import default_folder, is_project
from skn_annotator.errors import ProjectError
from skn_annotator.files import replace_files

SIZE, LENGTH = (8, 10), 20


def id_map(*ids):
    mask = np.zeros(SIZE, np.uint8)
    mask[0, : len(ids)] = ids
    return mask


@pytest.fixture
def video(tmp_path):
    path = tmp_path / "clips" / "cups.mp4"
    path.parent.mkdir()
    path.write_bytes(b"a video")
    return path


@pytest.fixture
def annotation():
    annotation = Annotation(SIZE, LENGTH)
    annotation.apply(edits.add_object(annotation, "linke Tasse ☕"))
    annotation.apply(edits.recolor(annotation, 1, (9, 8, 7)))
    annotation.apply(edits.set_locked(annotation, 1, True))
    annotation.apply(edits.paint(annotation, 2, id_map(1), 1))
    carried = edits.propagated(
        annotation, edits.CarriedMask(3, encode_mask(id_map(1)), {1: 1 / 3}, {1: frozenset([7, 9])}), "Pass"
    )
    annotation.apply(carried)
    return annotation


@pytest.fixture
def folder(video, annotation):
    folder = default_folder(video)
    project = Project.create(folder, video, SIZE, LENGTH, "print")
    project.save(annotation, annotation.frames(), {"frame": 3, "zoom": 1.5})
    return folder


def load(folder, video, **changes):
    identity = {"size": SIZE, "length": LENGTH, "fingerprint": "print"} | changes
    return Project.open(folder).load(video, **identity)


def test_a_project_lies_beside_its_video(video, tmp_path):
    assert default_folder(video) == tmp_path / "clips" / "cups.skn"
    assert default_folder(tmp_path / "clips") == tmp_path / "clips.skn"


def test_what_was_saved_is_loaded(folder, video, annotation):
    saved = load(folder, video)
    assert state(saved.annotation) == state(annotation)
    assert saved.view == {"frame": 3, "zoom": 1.5}
    assert saved.warnings == ()
    assert Project.open(folder).video == video


def test_only_the_frames_that_changed_are_written(folder, video, annotation):
    (folder / "masks" / "00002.png").write_bytes(encode_mask(id_map(7)))
    project = Project.open(folder)
    project.load(video, SIZE, LENGTH)
    changed = annotation.apply(edits.paint(annotation, 5, id_map(1), 1))
    changed |= annotation.apply(edits.clear_frame(annotation, 3))
    project.save(annotation, changed, {})
    assert sorted(p.name for p in (folder / "masks").iterdir()) == ["00002.png", "00005.png"]
    assert (folder / "masks" / "00002.png").read_bytes() == encode_mask(id_map(7))
    assert sorted(p.name for p in folder.iterdir()) == ["masks", "project.json"]


def test_many_frames_are_saved_with_few_files_open(folder, video):
    annotation = Annotation(SIZE, 300)
    annotation.apply(edits.import_masks(annotation, {t: id_map(1) for t in range(300)}))
    project = Project.create(folder.with_name("long.skn"), video, SIZE, 300)
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (150, limits[1]))
    try:
        project.save(annotation, annotation.frames(), {})
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert Project.open(project.folder).load(video, SIZE, 300).annotation.frames() == tuple(range(300))


def test_a_project_moves_together_with_its_video(folder, video, tmp_path):
    (tmp_path / "clips").rename(tmp_path / "elsewhere")
    moved = tmp_path / "elsewhere" / "cups.skn"
    assert Project.open(moved).video == tmp_path / "elsewhere" / "cups.mp4"


def test_a_project_that_moves_alone_still_finds_its_video(folder, video, tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    moved = folder.rename(tmp_path / "deep" / "er" / "cups.skn")
    assert Project.open(moved).video == video


def test_a_video_that_is_gone_is_named(folder, video):
    video.unlink()
    with pytest.raises(ProjectError, match=r"cups.mp4 was moved or deleted"):
        _ = Project.open(folder).video


@pytest.mark.parametrize("step", range(8))
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_crash_at_any_step_leaves_old_or_new_masks(folder, video, annotation, monkeypatch, call, step):
    old = {t: annotation.mask_bytes(t) for t in annotation.frames()}
    changed = annotation.apply(edits.add_object(annotation, "second"))
    for t, ids in [(2, (1, 2)), (3, (2, 2)), (4, (2,))]:
        changed |= annotation.apply(edits.paint(annotation, t, id_map(*ids), 1))
    new = {t: annotation.mask_bytes(t) for t in annotation.frames()}
    project = Project.open(folder)
    project.load(video, SIZE, LENGTH)
    calls = iter(range(100))
    owner = {"fsync": os, "replace": Path}[call]
    real = getattr(owner, call)

    def crash(*args):
        if next(calls) == step:
            raise OSError(28, "No space left on device")
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(owner, call, crash)
        if step < 4:
            with pytest.raises(ProjectError, match=r"cups.skn cannot be written: the disk is full"):
                project.save(annotation, changed, {})
        else:
            project.save(annotation, changed, {})
    saved = load(folder, video).annotation
    assert set(old) <= set(saved.frames())
    for t in saved.frames():
        assert saved.mask_bytes(t) in (old.get(t), new[t])
        assert saved.ids_at(t) <= {o.id for o in saved.objects}
    assert saved.objects[0] == annotation.objects[0]
    project.save(annotation, changed, {})
    assert state(load(folder, video).annotation) == state(annotation)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"version": 2, "video": 3}',
        '{"version": "x"}',
        '{"version": 2}',
        '{"version": 2, "video": {}, "objects": []}',
    ],
)
def test_masks_outlive_a_damaged_json(folder, video, annotation, text):
    (folder / "project.json").write_text(text)
    with pytest.raises(ProjectError, match=r"project.json is damaged: open the video"):
        _ = Project.open(folder).video
    project = Project.open(folder)
    saved = project.load(video, SIZE, LENGTH, "print")
    assert saved.annotation.frames() == (2, 3)
    assert set(saved.annotation.references) == {2, 3}
    assert [o.id for o in saved.annotation.objects] == [1]
    assert "project.json is damaged" in saved.warnings[0]
    project.save(saved.annotation, (), {})
    assert load(folder, video).warnings == ()


def test_the_listing_is_the_truth_for_which_masks_exist(folder, video):
    (folder / "masks" / "00002.png").unlink()
    (folder / "masks" / "00007.png").write_bytes(encode_mask(id_map(1)))
    saved = load(folder, video)
    assert saved.annotation.frames() == (3, 7)


def test_masks_that_are_gone_are_named_once(folder, video):
    (folder / "masks" / "00002.png").unlink()
    (warning,) = load(folder, video).warnings
    assert "The mask of frame 3 is not in" in warning
    project = Project.open(folder)
    project.save(project.load(video, SIZE, LENGTH).annotation, (), {})
    assert load(folder, video).warnings == ()


def test_a_mask_that_the_json_does_not_know_is_the_user_s(folder, video):
    """The program was killed between the mask and the JSON: no pass may overwrite the correction."""
    (folder / "masks" / "00007.png").write_bytes(encode_mask(id_map(1)))
    (folder / "masks" / "00003.png").write_bytes(encode_mask(id_map(0, 1)))
    saved = load(folder, video)
    assert dict(saved.annotation.references) == {2: {1}, 3: {1}, 7: {1}}
    assert "frames 4, 8 were saved: they are kept" in saved.warnings[0]
    project = Project.open(folder)
    project.save(project.load(video, SIZE, LENGTH).annotation, (), {})
    assert load(folder, video).warnings == ()


def test_files_that_are_no_masks_of_the_video_are_left_out(folder, video):
    masks = folder / "masks"
    (masks / "00005.png").write_bytes(encode_mask(np.zeros((3, 3), np.uint8)))
    (masks / "00006.png").write_text("no image")
    (masks / "00007.png").write_bytes(encode_mask(np.eye(*SIZE, dtype=np.uint8))[:-30])
    (masks / "00099.png").write_bytes(encode_mask(id_map(1)))
    (masks / "notes.png").write_bytes(encode_mask(id_map(1)))
    (masks / "00008.png.tmp").write_text("left by a crash")
    saved = load(folder, video)
    assert saved.annotation.frames() == (2, 3)
    assert [w.split(" was left out")[0][-9:] for w in saved.warnings] == [
        "00005.png", "00006.png", "00007.png", "notes.png", "00099.png",
    ]  # fmt: skip


def test_opening_decodes_no_mask_that_is_as_it_was_saved(folder, video, monkeypatch):
    decoded = []
    monkeypatch.setattr(
        project_module, "read_mask", lambda path, size: decoded.append(path) or real(path, size)
    )
    real = read_mask
    saved = load(folder, video)
    assert saved.annotation.present(1) == (2, 3)
    assert decoded == []
    changed = encode_mask(id_map(1, 5))
    (folder / "masks" / "00003.png").write_bytes(changed)
    saved = load(folder, video)
    assert decoded == [folder / "masks" / "00003.png"]
    assert saved.annotation.ids_at(3) == {1, 5}
    assert [o.id for o in saved.annotation.objects] == [1, 5]


@pytest.mark.parametrize("change", [{"size": (8, 11)}, {"length": 21}])
def test_another_video_is_refused(folder, video, change):
    with pytest.raises(ProjectError, match=r"cups.skn belongs to another video .*20 frames of 10 x 8"):
        load(folder, video, **change)


def test_a_newer_version_is_refused(folder):
    settings = json.loads((folder / "project.json").read_text())
    (folder / "project.json").write_text(json.dumps(settings | {"version": 3}))
    with pytest.raises(ProjectError, match=r"newer version: update"):
        Project.open(folder)


def test_a_folder_that_is_no_project_is_refused(tmp_path):
    assert not is_project(tmp_path)
    with pytest.raises(ProjectError, match="is not a project"):
        Project.open(tmp_path)


def test_a_project_is_not_made_over_another(folder, video):
    with pytest.raises(ProjectError, match="was saved from another window"):
        Project.create(folder, video, SIZE, LENGTH)


def test_a_first_save_that_failed_is_in_the_way_of_none(video, tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    place = tmp_path / "new.skn"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ProjectError, match="the disk is full"):
            Project.create(place, video, SIZE, LENGTH)
    assert not place.exists()
    Project.create(place, video, SIZE, LENGTH)
    assert is_project(place)


def test_what_another_window_saved_is_not_written_over(folder, video, annotation):
    mine, other = Project.open(folder), Project.open(folder)
    for project in (mine, other):
        project.load(video, SIZE, LENGTH, "print")
    mine.save(annotation, (), {"frame": 4})
    mine.save(annotation, (), {"frame": 5})
    with pytest.raises(ProjectError, match=r"cups.skn was saved from another window.*open it again"):
        other.save(Annotation(SIZE, LENGTH), [2], {})
    assert state(load(folder, video).annotation) == state(annotation)
    assert load(folder, video).view == {"frame": 5}


@pytest.mark.parametrize("system", [sys.platform, "win32"])
def test_of_two_that_save_at_the_same_time_one_is_told(folder, annotation, video, monkeypatch, system):
    """On Windows by a library's lock, which works here as it does there; folders are not locked there."""
    monkeypatch.setattr("sys.platform", system)
    mine, other = Project.open(folder), Project.open(folder)
    for project in (mine, other):
        project.load(video, SIZE, LENGTH, "print")
    told = []

    def save_other():
        try:
            other.save(Annotation(SIZE, LENGTH), [2], {"frame": 7})
        except ProjectError as error:
            told.append(str(error))

    def meanwhile(contents):
        """What `mine` writes; the other begins before it is written."""
        monkeypatch.setattr("skn_annotator.annotation.project.replace_files", replace_files)
        thread.start()
        thread.join(0.3)  # it would be done by then, if it did not wait
        replace_files(contents)

    thread = threading.Thread(target=save_other)
    monkeypatch.setattr("skn_annotator.annotation.project.replace_files", meanwhile)
    mine.save(annotation, (), {"frame": 4})
    thread.join()
    assert "was saved from another window" in told[0]
    assert load(folder, video).view == {"frame": 4}
    assert state(load(folder, video).annotation) == state(annotation)


def test_an_unwritable_place_is_named(video, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ProjectError, match=r"file.cups.skn cannot be written: a file is in the way"):
        Project.create(tmp_path / "file" / "cups.skn", video, SIZE, LENGTH)
