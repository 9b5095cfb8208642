"""A project whose video changed: what opens by itself, what is asked about, and what comes of the masks."""

import shutil

import numpy as np
import pytest
from PIL import Image
from steps import hear, paint

from skn_annotator.annotation import edits
from skn_annotator.annotation.masks import read_mask
from skn_annotator.app.project.opening import open_sequence
from skn_annotator.cli import export_masks
from skn_annotator.errors import OtherVideo

SIZE = (48, 64)


def _square():
    ids = np.zeros(SIZE, np.uint8)
    ids[16:32, 8:24] = 1
    return ids


@pytest.fixture
def project(clip, homeless):
    """The folder of a project with masks on frames 2 and 9 of 12."""
    (opened,) = open_sequence(clip)
    for t in (2, 9):
        opened.annotation.apply(edits.paint(opened.annotation, t, _square(), 1))
    opened.store.save(opened.annotation, frozenset([2, 9]), {})
    return opened.store.folder


def _resize(clip, times):
    for path in clip.iterdir():
        picture = Image.open(path)
        picture.resize((picture.width * times, picture.height * times)).save(path)


def _opened(path, **options):
    return list(open_sequence(path, **options))[-1]


def test_frames_that_were_all_renamed_keep_their_masks(clip, project):
    for path in sorted(clip.iterdir()):
        path.rename(path.with_name(f"img_{path.name}"))
    opened = _opened(clip)
    assert opened.annotation.frames() == (2, 9)
    assert "has changed since" in opened.warnings[0]
    assert len(opened.warnings) == 1


def test_frames_that_moved_take_their_masks_along(clip, project):
    (clip / "00000.png").unlink()
    shutil.copy(clip / "00011.png", clip / "00012.png")
    assert _opened(clip).annotation.frames() == (1, 8)


def test_the_mask_of_a_picture_that_was_taken_out_is_not_put_on_the_next(clip, project):
    (clip / "00009.png").unlink()
    shutil.copy(clip / "00011.png", clip / "00012.png")
    opened = _opened(clip)
    assert opened.annotation.frames() == (2,)
    assert any("00009.png" in str(warning) for warning in opened.warnings)
    opened.annotation.apply(edits.paint(opened.annotation, 9, _square(), 1))
    opened.store.save(opened.annotation, frozenset([9]), {})
    assert _opened(clip).annotation.frames() == (2, 9)
    assert (read_mask(project / "masks.left-out" / "00009.png") == _square()).all()


def test_the_mask_of_one_picture_that_was_renamed_stays_on_it(clip, project):
    (clip / "00009.png").rename(clip / "00009_new.png")
    assert _opened(clip).annotation.frames() == (2, 9)


def test_another_size_is_refused_and_opens_scaled_where_that_is_wanted(clip, project):
    _resize(clip, 2)
    with pytest.raises(OtherVideo, match=r"12 frames of 64 x 48.*12 frames of 128 x 96.*--anyway"):
        _opened(clip)
    opened = _opened(clip, anyway=True)
    assert "scaled from 64 x 48 to 128 x 96" in opened.warnings[0]
    assert np.array_equal(opened.annotation.mask(2), np.kron(_square(), np.ones((2, 2), np.uint8)))
    assert set(opened.annotation.references) == {2, 9}
    opened.store.save(opened.annotation, frozenset(), {})
    again = _opened(clip)
    assert again.warnings == ()
    assert set(again.annotation.references) == {2, 9}
    assert again.annotation.mask(9).shape == (96, 128)
    assert read_mask(project / "masks.left-out" / "00009.png").shape == SIZE


def test_a_video_file_of_another_length_is_another_video(tmp_path, homeless, clip):
    video = tmp_path / "shot.tif"
    pictures = [Image.open(path) for path in sorted(clip.iterdir())]
    pictures[0].save(video, save_all=True, append_images=pictures[1:])
    opened = _opened(video)
    for t in (2, 9):
        opened.annotation.apply(edits.paint(opened.annotation, t, _square(), 1))
    opened.store.save(opened.annotation, frozenset([2, 9]), {})
    pictures[0].save(video, save_all=True, append_images=pictures[1:6])
    with pytest.raises(OtherVideo, match="6 frames"):
        _opened(video)
    opened = _opened(video, anyway=True)
    assert opened.annotation.frames() == (2,)
    assert any("00009.png was left out" in warning for warning in opened.warnings)
    opened.store.save(opened.annotation, frozenset([2]), {})
    assert (opened.store.folder / "masks.left-out" / "00009.png").exists()


def test_the_window_s_session_asks_and_opens_where_the_answer_is_yes(
    qtbot, clip, project, make_session, tracker
):
    _resize(clip, 2)
    session = make_session(tracker)
    heard = hear(session)
    with qtbot.waitSignal(session.project.other_video) as asked:
        session.project.open(clip)
    assert "belongs to another video" in str(asked.args[0])
    assert session.project.sequence is None
    with qtbot.waitSignal(session.viewer.frame_shown):
        session.project.open_anyway()
    assert session.document.annotation.frames() == (2, 9)
    assert "scaled" in heard[-1]
    paint(session)
    assert session.project.close() is None


def test_a_command_opens_it_with_an_option(clip, project, capsys, tmp_path):
    _resize(clip, 2)
    arguments = [str(clip), str(tmp_path / "out"), "--format", "binary"]
    assert export_masks.main(arguments) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out").exists()
    assert export_masks.main([*arguments, "--anyway"]) == 0
    assert read_mask(next((tmp_path / "out").iterdir()) / "00009.png").shape == (96, 128)
