"""What an output may replace, and how it gets to its place."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.annotation.output import OutputRule, broken_off, move_in, staged
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.errors import ProjectError

PNG = encode_mask(np.eye(8, dtype=np.uint8))
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")


@pytest.fixture
def video(tmp_path):
    (tmp_path / "cups.mp4").write_bytes(b"a video")
    return tmp_path / "cups.mp4"


@pytest.fixture
def ours(tmp_path, video):
    """A folder with a mask of this video."""
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "00000.png").write_bytes(Stamp(video).on_png(PNG))
    return tmp_path / "ours"


def test_what_is_not_there_and_what_is_ours_may_be_written(tmp_path, video, ours):
    (ours / ".DS_Store").write_bytes(b"of the system")
    OutputRule(video).check([tmp_path / "new", ours, ours / "00000.png"])


@pytest.mark.parametrize("overwrite", [False, True])
def test_an_input_is_never_written_to(tmp_path, video, overwrite):
    frames, mask = tmp_path / "frames", tmp_path / "first.png"
    frames.mkdir()
    (frames / "00000.jpg").write_bytes(b"a frame")
    mask.write_bytes(PNG)
    inside = tmp_path / "inside"
    inside.mkdir()
    video.replace(inside / "cups.mp4")
    rule = OutputRule(frames, (inside / "cups.mp4", mask), overwrite)
    for output in (frames, frames / "00000.jpg", mask, inside, tmp_path):
        with pytest.raises(ProjectError, match="is read here, so it is never written to"):
            rule.check([tmp_path / "new", output])


def test_no_picture_is_put_among_those_of_a_folder_that_is_read(tmp_path):
    frames = tmp_path / "frames"
    frames.mkdir()
    (frames / "00000.webp").write_bytes(b"a frame")
    with pytest.raises(ProjectError, match="frames is read here, so it is never written to"):
        OutputRule(frames).check([frames / "00000.png"])
    OutputRule(frames).check([frames / "overlay.mp4", tmp_path / "00000.png"])


def test_nothing_is_put_into_a_project(tmp_path, video):
    masks = tmp_path / "other.skn" / "masks"
    masks.mkdir(parents=True)
    rule = OutputRule(video, overwrite=True)
    for output in (masks / "00000.png", masks, masks.parent / "cups.mp4"):
        with pytest.raises(ProjectError, match=r"lies in the project .*other\.skn"):
            rule.check([output])


@needs_links
@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_links_make_no_difference(tmp_path, video, link):
    link(video, tmp_path / "other.mp4")
    with pytest.raises(ProjectError, match=r"other\.mp4 is read here"):
        OutputRule(video, overwrite=True).check([tmp_path / "other.mp4"])
    (tmp_path / "there").symlink_to(tmp_path)
    with pytest.raises(ProjectError, match="is read here"):
        OutputRule(tmp_path / "there" / "cups.mp4", overwrite=True).check([video])


def test_what_is_somebody_elses_is_replaced_only_where_that_is_allowed(tmp_path, video, ours):
    (ours / "letter.txt").write_text("of the user")
    (ours / "00001.png").write_bytes(PNG)
    (ours / "00002.png").write_bytes(Stamp(tmp_path / "dogs.mp4").on_png(PNG))
    rule = OutputRule(video)
    assert {path.name for path in rule.foreign([ours])} == {"letter.txt", "00001.png", "00002.png"}
    with pytest.raises(ProjectError, match=r"and 2 more would be replaced.*\(--overwrite\)"):
        rule.check([ours])
    with pytest.raises(ProjectError, match=r"00001\.png would be replaced, but it was not written from cups"):
        rule.check([ours / "00001.png"])
    OutputRule(video, overwrite=True).check([ours])


@needs_links
def test_a_link_to_our_own_file_is_not_ours(tmp_path, video, ours):
    (tmp_path / "link.png").symlink_to(ours / "00000.png")
    (tmp_path / "dangling.png").symlink_to(tmp_path / "nothing")
    assert len(OutputRule(video).foreign([tmp_path / "link.png", tmp_path / "dangling.png"])) == 2


def test_what_is_staged_is_gone_after_an_error_with_the_folders_that_were_new(tmp_path):
    with pytest.raises(ZeroDivisionError), staged(tmp_path / "a" / "b") as staging:
        (staging / "half").write_text("half")
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())


def test_two_jobs_never_share_a_folder_and_a_killed_one_is_found(tmp_path):
    with staged(tmp_path) as one, staged(tmp_path) as other:
        assert one != other
        assert broken_off(tmp_path) == tuple(sorted((one, other)))
    assert broken_off(tmp_path) == ()


def test_where_one_part_cannot_be_moved_the_others_are_as_they_were(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "old").write_text(name)
    with pytest.raises(ProjectError, match="cannot be written"), staged(tmp_path) as staging:
        for name in ("a", "b"):
            (staging / name).mkdir()
            (staging / name / "new").write_text(name)
        move_in(staging, tmp_path, [Path("a"), Path("b"), Path("missing")])
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "old", "old"]


@needs_links
def test_a_linked_folder_is_replaced_and_what_it_leads_to_stays(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("kept")
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    with staged(tmp_path) as staging:
        (staging / "a").mkdir()
        move_in(staging, tmp_path, [Path("a")])
    assert not (tmp_path / "a").is_symlink()
    assert (tmp_path / "elsewhere" / "kept").read_text() == "kept"
