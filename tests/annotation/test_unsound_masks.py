"""Masks that are no masks, although `project.json` has their checksums: set aside and named at opening."""

import errno
import json
import zlib

import numpy as np
import pytest

from skn_annotator.annotation import edits, project, saved_masks
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.masks import encode_mask, is_whole_png
from skn_annotator.annotation.project import Project

SIZE, LENGTH = (8, 10), 8


def id_map(width):
    mask = np.zeros(SIZE, np.uint8)
    mask[2:6, :width] = 1
    return mask


def with_chunk(data, name, change):
    """The PNG `data` whose chunk `name` is changed and has its right checksum."""
    at = data.index(name)
    length = int.from_bytes(data[at - 4 : at], "big")
    content = change(data[at + 4 : at + 4 + length])
    chunk = len(content).to_bytes(4, "big") + name + content
    return data[: at - 4] + chunk + zlib.crc32(name + content).to_bytes(4, "big") + data[at + 8 + length :]


UNSOUND = {
    "garbage": lambda data: b"garbage",
    "nothing": lambda data: b"",
    "cut": lambda data: data[: data.index(b"IDAT") + 8],
    "no header": lambda data: data[:8] + data[33:],
    "another size": lambda data: encode_mask(np.zeros((9, 10), np.uint8)),
    "rubbish behind": lambda data: data + b"rubbish",
    "no such filter": lambda data: with_chunk(data, b"IDAT", lambda _: zlib.compress(bytes([5] * 88))),
    "pixels that are none": lambda data: with_chunk(data, b"IDAT", lambda content: b"\0" * len(content)),
}


@pytest.fixture
def folder(tmp_path):
    """A project with a reference on frame 1, and masks that were carried to 2 and 3."""
    (tmp_path / "cups.mp4").write_bytes(b"a video")
    annotation = Annotation(SIZE, LENGTH)
    annotation.apply(edits.add_object(annotation))
    annotation.apply(edits.paint(annotation, 1, id_map(3), 1))
    for t in (2, 3):
        carried = edits.CarriedMask(t, encode_mask(id_map(t)), {1: 0.5})
        annotation.apply(edits.propagated(annotation, carried, "Pass"))
    made = Project.create(tmp_path / "cups.skn", tmp_path / "cups.mp4", SIZE, LENGTH)
    made.save(annotation, annotation.frames(), {})
    return made.folder


def spoil(folder, t, change):
    """Change the mask of frame `t`, and its checksum in the JSON with it."""
    path = folder / "masks" / f"{t:05d}.png"
    path.write_bytes(change(path.read_bytes()))
    settings = json.loads((folder / "project.json").read_text())
    settings["contents"][str(t)][0] = zlib.crc32(path.read_bytes())
    (folder / "project.json").write_text(json.dumps(settings))
    return path


def load(folder):
    opened = Project.open(folder)
    return opened, opened.load(folder.parent / "cups.mp4", SIZE, LENGTH)


@pytest.mark.parametrize("t", [1, 3])
@pytest.mark.parametrize("kind", set(UNSOUND) - {"rubbish behind"})
def test_a_mask_that_cannot_be_decoded_is_set_aside_and_named(folder, t, kind):
    path = spoil(folder, t, UNSOUND[kind])
    before = path.read_bytes()
    opened, saved = load(folder)
    assert [f"{t:05d}.png was left out" in str(warning) for warning in saved.warnings] == [True]
    assert t not in saved.annotation.frames()
    for other in saved.annotation.frames():
        assert saved.annotation.mask(other).shape == SIZE
    saved.annotation.apply(edits.paint(saved.annotation, t, id_map(5), 1))
    opened.save(saved.annotation, [t], {})
    assert before in [each.read_bytes() for each in (folder / "masks").glob("*left-out*")]


@pytest.mark.parametrize("kind", UNSOUND)
def test_of_many_masks_chunks_and_rows_tell(folder, monkeypatch, kind):
    monkeypatch.setattr(saved_masks, "DECODED", 0)
    spoil(folder, 3, UNSOUND[kind])
    _, saved = load(folder)
    is_readable = kind == "rubbish behind"
    assert saved.annotation.frames() == ((1, 2, 3) if is_readable else (1, 2))


def test_when_there_is_no_time_left_the_chunks_tell(folder, monkeypatch):
    monkeypatch.setattr(saved_masks, "DECODED", 0)
    monkeypatch.setattr(saved_masks, "SECONDS", 0.0)
    spoil(folder, 2, UNSOUND["cut"])
    spoil(folder, 3, UNSOUND["pixels that are none"])
    _, saved = load(folder)
    assert saved.annotation.frames() == (1, 3)


def test_what_is_written_is_whole():
    assert is_whole_png(encode_mask(id_map(4)), SIZE)
    assert is_whole_png(encode_mask(id_map(4)), SIZE, inflate=True)


def test_a_mask_that_may_not_be_read_is_set_aside_and_not_called_unsound(folder, monkeypatch):
    def refuse(path):
        if path.name == "00003.png":
            raise PermissionError(errno.EACCES, "Permission denied")
        return path.read_bytes()

    monkeypatch.setattr(project, "read_file", refuse)
    _, saved = load(folder)
    (warning,) = map(str, saved.warnings)
    assert "00003.png cannot be read: you have no permission to read it" in warning
    assert saved.annotation.frames() == (1, 2)
