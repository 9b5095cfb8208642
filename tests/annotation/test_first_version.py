"""Projects that version 1 wrote: they open with all their masks and references, and what it wrote is kept."""

import json
import os
from contextlib import suppress
from zlib import crc32

import numpy as np
import pytest
from states import state

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.masks import encode_mask, object_checksum
from skn_annotator.annotation.project import Project

SIZE, LENGTH = (8, 10), 20


def id_map(*ids):
    mask = np.zeros(SIZE, np.uint8)
    mask[0, : len(ids)] = ids
    return mask


MASKS = {0: id_map(1), 2: id_map(2, 2), 3: id_map(1, 2)}
"""Frames 0 and 2 were reference frames, frame 3 was carried from frame 2 and from one that was changed."""


@pytest.fixture
def video(tmp_path):
    path = tmp_path / "cups.mp4"
    path.write_bytes(b"a video")
    return path


@pytest.fixture
def folder(video):
    """A project as version 1 wrote it."""
    folder = video.with_suffix(".skn")
    (folder / "masks").mkdir(parents=True)
    files = {t: encode_mask(mask) for t, mask in MASKS.items()}
    for t, data in files.items():
        (folder / "masks" / f"{t:05d}.png").write_bytes(data)
    settings = {
        "version": 1,
        "video": {
            "relative": "../cups.mp4",
            "absolute": str(video),
            "fingerprint": "print",
            "size": SIZE,
            "length": LENGTH,
        },
        "view": {"position": 3},
        "contents": {t: [crc32(data), *sorted({*MASKS[t].flat} - {0})] for t, data in files.items()},
        "objects": [
            {"id": i, "name": f"cup {i}", "color": [i, i, i], "visible": True, "locked": False}
            for i in (1, 2)
        ],
        "references": [0, 2],
        "confidence": {"3": {"1": 0.5, "2": 0.75}},
        "sources": {"3": [crc32(files[2], 2), 12345]},
    }
    (folder / "project.json").write_text(json.dumps(settings, default=int))
    return folder


def load(folder, video):
    return Project.open(folder).load(video, SIZE, LENGTH, "print")


def test_its_reference_frames_decide_all_objects(folder, video):
    saved = load(folder, video)
    annotation = saved.annotation
    assert saved.warnings == ()
    assert saved.view == {"position": 3}
    assert [o.name for o in annotation.objects] == ["cup 1", "cup 2"]
    for t, mask in MASKS.items():
        np.testing.assert_array_equal(annotation.mask(t), mask)
    assert annotation.references == {0: {1, 2}, 2: {1, 2}}
    assert annotation.confidence(3) == {1: 0.5, 2: 0.75}


def test_what_a_mask_was_carried_from_is_told_of_each_object(folder, video):
    sources = load(folder, video).annotation.sources(3)
    assert sources == {i: {object_checksum(MASKS[2], i, 2)} for i in (1, 2)}


def test_opening_writes_nothing_and_the_first_save_keeps_what_was_there(folder, video):
    old = (folder / "project.json").read_bytes()
    project = Project.open(folder)
    annotation = project.load(video, SIZE, LENGTH, "print").annotation
    assert sorted(path.name for path in folder.iterdir()) == ["masks", "project.json"]
    changed = annotation.apply(edits.paint(annotation, 3, id_map(1, 1), 1))
    project.save(annotation, changed, {})
    assert (folder / "project.v1.json").read_bytes() == old
    assert json.loads((folder / "project.json").read_text())["version"] == 2
    again = load(folder, video).annotation
    assert state(again) == state(annotation)
    assert again.references == {0: {1, 2}, 2: {1, 2}, 3: {1}}
    project.save(annotation, (), {})
    assert (folder / "project.v1.json").read_bytes() == old


@pytest.mark.parametrize("step", range(6))
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_killed_during_the_first_save_it_opens_as_the_old_or_the_new(folder, video, monkeypatch, call, step):
    old = (folder / "project.json").read_bytes()
    project = Project.open(folder)
    annotation = project.load(video, SIZE, LENGTH, "print").annotation
    changed = annotation.apply(edits.paint(annotation, 3, id_map(1, 1), 1))
    count = iter(range(100))
    module, name = (os, "fsync") if call == "fsync" else (type(folder), "replace")
    real = getattr(module, name)

    def crash(*arguments):
        if next(count) == step:
            raise KeyboardInterrupt
        return real(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(module, name, crash)
        with suppress(KeyboardInterrupt):
            project.save(annotation, changed, {})
    is_new = json.loads((folder / "project.json").read_text())["version"] == 2
    assert (folder / ("project.v1.json" if is_new else "project.json")).read_bytes() == old
    again = load(folder, video).annotation
    decided = {t: ids for t, ids in again.references.items() if t != 3}
    assert decided == {0: {1, 2}, 2: {1, 2}}
    if is_new or again.mask_bytes(3) == annotation.mask_bytes(3):  # the correction is on the disk: it counts
        assert 1 in again.references[3]
    else:
        assert 3 not in again.references
    assert again.frames() == (0, 2, 3)
    Project.open(folder).load(video, SIZE, LENGTH, "print")
    reopened = Project.open(folder)
    kept = reopened.load(video, SIZE, LENGTH, "print").annotation
    reopened.save(kept, (), {})
    assert (folder / "project.v1.json").read_bytes() == old
    assert state(load(folder, video).annotation) == state(kept)


def test_without_masks_nothing_is_a_reference(folder, video):
    for path in (folder / "masks").iterdir():
        path.unlink()
    annotation = load(folder, video).annotation
    assert annotation.references == {}
    assert [o.id for o in annotation.objects] == [1, 2]
    assert state(annotation) == state(_with_objects(annotation.objects))


def _with_objects(objects):
    annotation = Annotation(SIZE, LENGTH)
    annotation.apply(edits.Edit("objects", objects=((), objects)))
    return annotation
