"""What holds of every format: the walk over `FORMATS`."""

import dataclasses
import json

import numpy as np
import pytest
from PIL import Image
from sequences import cup, export, files_in, picture, sequence_of

from skn_annotator.annotation.formats import FORMATS, Format, WantedMasks
from skn_annotator.annotation.formats.coco import CocoFormat
from skn_annotator.annotation.formats.youtube_vos import YouTubeVosFormat
from skn_annotator.errors import FormatError, ProjectError

SIZE = (24, 32)
IDS = {0: (1, 2), 1: (1,), 2: (), 3: (2,)}


def mask(t):
    ids = np.zeros(SIZE, np.uint8)
    for column, object_id in enumerate(IDS[t]):
        ids[4:20, 8 * column : 8 * column + 6] = object_id
    return ids


MASKS = {t: mask(t) for t in IDS}


@pytest.fixture
def sequence():
    return sequence_of(MASKS, [cup(1, "cup left"), cup(2, "hand")])


def by_name(formats):
    return pytest.mark.parametrize("format_", formats, ids=lambda each: each.name)


every_format = by_name(FORMATS)
every_checked_folder = by_name([each for each in FORMATS if each.is_checked and not each.suffix])
"""One that writes a single file has a check of its own, and a test of that."""
every_read = by_name([each for each in FORMATS if type(each).read is not Format.read])


def place_of(format_, folder):
    return folder / format_.place_name.format(name="cups")


@every_format
def test_an_export_makes_what_it_said_and_passes_its_check(format_, tmp_path, sequence):
    place = place_of(format_, tmp_path)
    assert not any(path.exists() for path in format_.makes(place, sequence))
    progress = export(format_, place, sequence)
    assert progress == [(n + 1, 4) for n in range(4)]
    assert all(path.exists() for path in format_.makes(place, sequence))
    format_.check(place, sequence)
    assert not list(tmp_path.rglob(".*"))


@every_format
def test_names_that_are_no_utf_8_are_exported_too(format_, tmp_path):
    """Of a file that an older system named in Latin-1, and of an object that has its name of a folder."""
    objects = [cup(1, "caf\udce9"), cup(2, "th\udce9")]
    sequence = dataclasses.replace(sequence_of(MASKS, objects), name="caf\udce9")
    place = place_of(format_, tmp_path)
    export(format_, place, sequence)
    format_.check(place, sequence)
    export(format_, place, sequence)  # it knows its own


@every_format
def test_a_cancelled_export_leaves_what_was_there(format_, tmp_path, sequence):
    place = place_of(format_, tmp_path)
    export(format_, place, sequence)
    before = files_in(tmp_path)
    running = format_.write(place, sequence, lambda t: picture(sequence)(t + 5))
    next(running)
    running.close()
    assert files_in(tmp_path) == before


@every_read
def test_what_was_written_is_read_back(format_, tmp_path, sequence):
    place = place_of(format_, tmp_path)
    assert not format_.holds(place, "cups")
    export(format_, place, sequence)
    assert format_.holds(place, "cups")
    found = format_.read(place, WantedMasks("cups", sequence.stems, SIZE))
    assert sorted(found.masks) == [0, 1, 2, 3]
    for t, read in found.masks.items():
        np.testing.assert_array_equal(read(), MASKS[t])
    assert found.names in ({}, {1: "cup left", 2: "hand"})


@every_read
def test_frames_of_other_names_are_not_found(format_, tmp_path, sequence):
    place = place_of(format_, tmp_path)
    export(format_, place, sequence)
    with pytest.raises(FormatError):
        format_.read(place, WantedMasks("dogs", ["x", "y"], SIZE))


@by_name([each for each in FORMATS if type(each).read is Format.read])
def test_a_format_that_is_only_written_says_so(format_, tmp_path):
    with pytest.raises(FormatError, match=f"x cannot be read as masks: {format_.name} is only written"):
        format_.read(tmp_path / "x", WantedMasks("cups", ["00000"], SIZE))


@every_format
def test_a_place_that_cannot_be_written_is_named(format_, tmp_path, sequence):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ProjectError, match=r"file.* cannot be written: a file is in the way; move it"):
        export(format_, place_of(format_, tmp_path / "file"), sequence)


@every_checked_folder
def test_a_picture_that_is_missing_is_found(format_, tmp_path, sequence):
    export(format_, tmp_path, sequence)
    next(tmp_path.rglob("*.jpg")).unlink()
    with pytest.raises(FormatError, match="Export again"):
        format_.check(tmp_path, sequence)


@by_name(
    [each for each in FORMATS if each.is_checked and not each.suffix and not isinstance(each, CocoFormat)]
)
def test_a_mask_that_differs_is_found_and_named(format_, tmp_path, sequence):
    export(format_, tmp_path, sequence)
    wrong = next(path for path in tmp_path.rglob("00001.png") if "480p" not in path.parts)
    Image.fromarray(np.full(SIZE, 2, np.uint8)).save(wrong)
    with pytest.raises(FormatError, match=r"00001\.png"):
        format_.check(tmp_path, sequence)


def test_tables_that_differ_are_found(tmp_path, sequence):
    export(CocoFormat(), tmp_path, sequence)
    table = tmp_path / "annotations/instances_cups.json"
    content = json.loads(table.read_text())
    content["annotations"].pop()
    table.write_text(json.dumps(content))
    with pytest.raises(FormatError, match="instances_cups"):
        CocoFormat().check(tmp_path, sequence)
    export(YouTubeVosFormat(), tmp_path, sequence)
    table = tmp_path / "train/meta.json"
    content = json.loads(table.read_text())
    content["videos"]["cups"]["objects"].popitem()
    for damaged in (json.dumps(content), "{"):
        table.write_text(damaged)
        with pytest.raises(FormatError, match=r"meta\.json"):
            YouTubeVosFormat().check(tmp_path, sequence)
