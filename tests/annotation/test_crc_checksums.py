"""Projects whose checksums of objects are CRC-32: they open with the present ones."""

import json

import numpy as np
import pytest

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.crc_checksums import crc_checksum
from skn_annotator.annotation.masks import encode_mask, object_checksum
from skn_annotator.annotation.outlines import ClosedLine
from skn_annotator.annotation.project import Project
from skn_annotator.annotation.stale import StaleMasks

SIZE, LENGTH = (16, 40), 8
SQUARE = (ClosedLine(((2.0, 2.0), (12.0, 2.0), (12.0, 12.0), (2.0, 12.0))),)


def square(left):
    mask = np.zeros(SIZE, np.uint8)
    mask[4:12, left : left + 10] = 1
    return mask


def carried(annotation, t, *references):
    sources = {1: frozenset(annotation.checksum(r, 1) for r in references)}
    found = edits.CarriedMask(t, encode_mask(square(t)), {1: 0.5}, sources)
    return edits.propagated(annotation, found, "Pass")


@pytest.fixture
def annotation():
    annotation = Annotation(SIZE, LENGTH)
    annotation.apply(edits.add_object(annotation, "cup"))
    annotation.apply(edits.paint(annotation, 0, square(0), 1, lines=SQUARE))
    annotation.apply(edits.paint(annotation, 5, square(20), 1))
    annotation.apply(carried(annotation, 2, 0, 5))
    annotation.apply(carried(annotation, 6, 5))
    return annotation


def with_crc(settings, annotation):
    """The JSON `settings` as they were written with CRC-32 alone."""
    old = {annotation.checksum(t, 1): crc_checksum(annotation.mask(t), 1, t) for t in annotation.frames()}
    for by_object in settings["sources"].values():
        by_object["1"] = [old[each] for each in by_object["1"]]
    for by_object in settings["outlines"].values():
        by_object["1"]["checksum"] = old[by_object["1"]["checksum"]]
    return settings


@pytest.fixture
def folder(tmp_path, annotation):
    (tmp_path / "cups.mp4").write_bytes(b"a video")
    project = Project.create(tmp_path / "cups.skn", tmp_path / "cups.mp4", SIZE, LENGTH)
    project.save(annotation, annotation.frames(), {})
    table = project.folder / "project.json"
    table.write_text(json.dumps(with_crc(json.loads(table.read_text()), annotation)))
    return project.folder


def opened(folder):
    project = Project.open(folder)
    return project, project.load(folder.parent / "cups.mp4", SIZE, LENGTH).annotation


def test_a_project_from_before_knows_where_its_masks_came_from(folder, annotation):
    project, found = opened(folder)
    assert [found.sources(t) for t in (2, 6)] == [annotation.sources(t) for t in (2, 6)]
    assert StaleMasks(found).by_frame() == {}
    assert StaleMasks(found).origins(2, 1) == (0, 5)
    assert found.outline(0, 1) is not None
    project.save(found, (), {})
    saved = json.loads((folder / "project.json").read_text())
    numbers = [n for by_object in saved["sources"].values() for n in by_object["1"]]
    numbers += [by_object["1"]["checksum"] for by_object in saved["outlines"].values()]
    assert len(numbers) == 4
    assert min(numbers) >= 1 << 32, "what is written now"
    assert [opened(folder)[1].sources(t) for t in (2, 6)] == [annotation.sources(t) for t in (2, 6)]


def test_what_came_from_a_mask_that_is_another_now_is_stale_as_before(folder):
    (folder / "masks" / "00000.png").write_bytes(encode_mask(square(3)))
    _, found = opened(folder)
    assert StaleMasks(found).by_frame() == {2: frozenset([1])}
    assert found.outline(0, 1) is None


def test_two_masks_of_the_same_crc_are_told_apart():
    """CRC-32 stays the same where its polynomial is added to the bits."""
    first, second = np.zeros((2, *SIZE), np.uint8)
    line = np.zeros(40, np.uint8)
    line[:33] = [int(bit) for bit in f"{0x104C11DB7:033b}"]
    second[3] = line.reshape(5, 8)[:, ::-1].ravel()  # its bytes begin with their last bit
    assert crc_checksum(first, 1, 4) == crc_checksum(second, 1, 4)
    assert object_checksum(first, 1, 4) != object_checksum(second, 1, 4)
    assert object_checksum(first, 1, 4) != object_checksum(first, 1, 5), "of another frame"
    assert object_checksum(second, 1, 4) == object_checksum(second * 7, 7, 4), "whatever its number is"
