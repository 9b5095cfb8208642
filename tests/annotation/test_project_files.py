"""What lies in a project folder and is no project file: links, pipes, names of other frames."""

import json
import os
import sys

import numpy as np
import pytest

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.annotation.project import Project
from skn_annotator.errors import ProjectError

SIZE, LENGTH = (6, 8), 12
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")


def id_map(object_id=1):
    mask = np.zeros(SIZE, np.uint8)
    mask[2:4, 2:5] = object_id
    return mask


@pytest.fixture
def clip(tmp_path):
    path = tmp_path / "clip"
    path.mkdir()
    return path


@pytest.fixture
def folder(tmp_path, clip):
    """A project with masks on frames 1 and 4."""
    annotation = Annotation(SIZE, LENGTH)
    project = Project.create(tmp_path / "clip.skn", clip, SIZE, LENGTH)
    for t in (1, 4):
        annotation.apply(edits.paint(annotation, t, id_map(), 1))
    project.save(annotation, (1, 4), {})
    return project.folder


def opened(folder, clip):
    project = Project.open(folder)
    return project, project.load(clip, SIZE, LENGTH)


@pytest.mark.parametrize("name", ["masks", "project.json"])
def test_a_project_whose_parts_lie_elsewhere_is_not_opened(folder, clip, tmp_path, name):
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ProjectError, match=rf"{name} is a link, .* put what it leads to in its place"):
        Project.open(folder)


def test_masks_that_became_a_link_while_open_are_not_written_through_it(folder, clip, tmp_path):
    project, saved = opened(folder, clip)
    (folder / "masks").rename(tmp_path / "elsewhere")
    (folder / "masks").symlink_to(tmp_path / "elsewhere")
    before = {path: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()}
    saved.annotation.apply(edits.paint(saved.annotation, 3, id_map(), 1))
    with pytest.raises(ProjectError, match="masks is a link"):
        project.save(saved.annotation, (3,), {})
    assert {path: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()} == before


def test_a_mask_that_is_a_link_is_left_out_and_stays(folder, clip, tmp_path):
    (tmp_path / "secret.png").write_bytes(encode_mask(id_map(2)))
    link = folder / "masks" / "00003.png"
    link.symlink_to(tmp_path / "secret.png")
    project, saved = opened(folder, clip)
    assert saved.annotation.frames() == (1, 4)
    assert str(link) in str(saved.warnings[0])
    saved.annotation.apply(edits.paint(saved.annotation, 3, id_map(), 1))
    project.save(saved.annotation, (3,), {})
    assert (tmp_path / "secret.png").read_bytes() == encode_mask(id_map(2))
    assert link.read_bytes() == encode_mask(id_map())


def test_a_pipe_is_not_waited_for(folder, clip):
    os.mkfifo(folder / "masks" / "00003.png")
    _, saved = opened(folder, clip)
    assert saved.annotation.frames() == (1, 4)
    assert "00003.png was left out" in str(saved.warnings[0])
    (folder / "project.json").unlink()
    os.mkfifo(folder / "project.json")
    with pytest.raises(ProjectError, match="it is no file but a pipe or a device"):
        opened(folder, clip)


@pytest.mark.parametrize("name", ["1.png", "000001.png", "\u0661.png", "0000\u0661.png"])
def test_another_file_for_a_frame_does_not_take_its_place(folder, clip, name):
    (folder / "masks" / name).write_bytes(encode_mask(id_map(7)))
    project, saved = opened(folder, clip)
    np.testing.assert_array_equal(saved.annotation.mask(1), id_map(1))
    assert name in str(saved.warnings[0])
    project.save(saved.annotation, (1,), {})
    assert (folder / "masks" / name).read_bytes() == encode_mask(id_map(7))


def test_what_was_kept_of_one_damage_survives_the_next(folder, clip):
    for text in ("{first", "{second"):
        (folder / "project.json").write_text(text)
        project, saved = opened(folder, clip)
        project.save(saved.annotation, (), {})
    assert (folder / "project.damaged.json").read_text() == "{first"
    assert (folder / "project.damaged.json.1").read_text() == "{second"


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 2600, "a\0b"])
def test_a_video_whose_name_no_system_has_is_not_found(folder, clip, name):
    settings = json.loads((folder / "project.json").read_text())
    settings["video"]["relative"] = name
    (folder / "project.json").write_text(json.dumps(settings))
    assert Project.open(folder).video == clip
