"""Opening, saving as one goes, closing, and opening again."""

import shutil

import numpy as np
from steps import go, hear, paint, propagate

from skn_annotator.annotation.masks import decode_mask
from skn_annotator.annotation.project import Project
from skn_annotator.app.project import autosave
from skn_annotator.app.project.autosave import SaveState
from skn_annotator.inference.directions import Direction


def test_it_saves_by_itself_and_opens_where_it_was_left(qtbot, session, make_session, tracker, clip):
    paint(session)
    session.document.add_object()
    session.document.rename(2, "cup")
    with qtbot.waitSignal(
        session.project.saving_changed, check_params_cb=lambda: session.project.save_state is SaveState.SAVED
    ):
        pass
    assert (clip.parent / "clip.skn" / "masks" / "00000.png").exists()
    go(qtbot, session, 7)
    session.project.view["canvas"] = [2.0, 3.0, 4.0]
    mask = session.document.annotation.mask_bytes(0)
    assert session.project.close() is None
    assert session.project.sequence is None

    again = make_session(tracker, clip)
    assert again.viewer.position == 7
    assert again.document.active == 2
    assert again.project.view["canvas"] == [2.0, 3.0, 4.0]
    assert [o.name for o in again.document.annotation.objects] == ["object 1", "cup"]
    assert again.document.annotation.mask_bytes(0) == mask
    assert set(again.document.annotation.references) == {0}
    assert again.project.save_state is SaveState.SAVED


def test_looking_at_a_video_leaves_nothing_on_disk(qtbot, session, clip):
    go(qtbot, session, 3)
    assert session.project.close() is None
    assert not (clip.parent / "clip.skn").exists()


def test_a_project_that_cannot_be_written_stays_open_and_says_so(qtbot, session, clip):
    (clip.parent / "clip.skn").write_text("a file is in the way")
    heard = hear(session)
    paint(session)
    qtbot.waitUntil(lambda: session.project.save_state is SaveState.FAILED)
    assert "clip.skn" in heard[-1]
    error = session.project.close()
    assert "clip.skn" in str(error)
    assert session.project.sequence is not None
    assert set(session.document.annotation.references) == {0}
    (clip.parent / "clip.skn").unlink()
    assert session.project.close() is None
    assert (clip.parent / "clip.skn" / "masks" / "00000.png").exists()


def test_a_file_that_is_no_video_leaves_open_what_was_open(qtbot, session, tmp_path):
    paint(session)
    wrong = tmp_path / "text.mp4"
    wrong.write_text("no video")
    heard = hear(session)
    session.project.open(wrong)
    qtbot.waitUntil(lambda: bool(heard))
    assert "text.mp4" in heard[-1]
    assert session.project.sequence.name == "clip"
    assert set(session.document.annotation.references) == {0}


def test_opening_what_is_open_finds_what_was_not_saved_yet(qtbot, session, clip):
    session.project.open(clip)
    paint(session)
    qtbot.waitUntil(lambda: not session.project.is_opening and session.viewer.frame is not None)
    assert set(session.document.annotation.references) == {0}
    paint(session, xy=(40.0, 40.0))
    qtbot.waitUntil(lambda: session.project.save_state is SaveState.SAVED)
    assert session.project.close() is None


def test_of_two_windows_on_a_video_the_second_to_save_is_told(qtbot, make_session, tracker, clip):
    first, second = make_session(tracker, clip), make_session(tracker, clip)
    paint(first)
    assert first.project.close() is None
    heard = hear(second)
    paint(second, xy=(40.0, 40.0))
    qtbot.waitUntil(lambda: second.project.save_state is SaveState.FAILED)
    assert "another window" in heard[-1]
    assert "another window" in str(second.project.close())
    assert second.project.sequence is not None


def test_a_first_mask_is_a_reference_frame_in_its_own_project(qtbot, make_session, tracker, clip, tmp_path):
    from skn_annotator.annotation.masks import encode_mask

    mask = np.zeros((48, 64), np.uint8)
    mask[8:16, 8:16], mask[8:16, 30:40] = 1, 2
    first = tmp_path / "first.png"
    first.write_bytes(encode_mask(mask))
    session = make_session(tracker, clip, first_mask=first, place=tmp_path / "elsewhere.skn")
    assert np.array_equal(session.document.mask(0), mask)
    assert set(session.document.annotation.references) == {0}
    assert session.document.history.undo_name is None
    qtbot.waitUntil(lambda: session.project.save_state is SaveState.SAVED)
    assert (tmp_path / "elsewhere.skn" / "masks" / "00000.png").exists()
    assert not (clip.parent / "clip.skn").exists()


def saved_mask(clip, t):
    try:
        return decode_mask((clip.parent / "clip.skn" / "masks" / f"{t:05d}.png").read_bytes())
    except FileNotFoundError:  # it may be taken away at any moment
        return None


def test_a_held_stroke_is_saved_and_one_that_is_dropped_is_taken_out(qtbot, session, clip):
    session.painter.begin_stroke(4, False)
    session.painter.stroke_to((20.0, 20.0))
    qtbot.waitUntil(lambda: saved_mask(clip, 0) is not None)
    assert saved_mask(clip, 0)[20, 20] == 1
    assert session.document.draft is not None
    session.painter.stroke_to((30.0, 20.0))
    qtbot.waitUntil(lambda: saved_mask(clip, 0)[20, 29] == 1)
    session.document.cancel_draft()
    qtbot.waitUntil(lambda: saved_mask(clip, 0) is None)
    assert session.document.annotation.references == {}


def test_what_a_kill_leaves_of_a_held_stroke_opens_as_the_user_s(qtbot, session, clip):
    session.painter.begin_stroke(4, False)
    session.painter.stroke_to((20.0, 20.0))
    qtbot.waitUntil(lambda: session.project.save_state is SaveState.SAVED)
    copy = clip.parent / "copy.skn"
    shutil.copytree(clip.parent / "clip.skn", copy)  # the disk as it is at this moment
    project = Project.open(copy)
    opened = project.load(clip, session.document.annotation.size, session.document.annotation.length)
    assert opened.annotation.mask(0)[20, 20] == 1
    assert 0 in opened.annotation.references


def test_a_pass_begins_with_a_save(qtbot, session, clip, monkeypatch):
    """Loading the network holds the interpreter for longer than a second on a slow machine."""
    monkeypatch.setattr(autosave, "_DELAY_MS", 60_000)
    paint(session)
    session.tasks.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: saved_mask(clip, 0) is not None)
    session.tasks.stop()


def test_an_action_that_is_dropped_before_it_painted_makes_no_project(qtbot, session, clip):
    session.painter.begin_stroke(4, False)
    session.document.cancel_draft()
    assert session.project.save_state is SaveState.NOTHING


def test_masks_that_were_deleted_while_they_were_open_are_written_again(qtbot, session, clip):
    paint(session)
    qtbot.waitUntil(lambda: session.project.save_state is SaveState.SAVED)
    shutil.rmtree(clip.with_name("clip.skn") / "masks")
    go(qtbot, session, 3)
    paint(session)
    assert session.project.close() is None
    files = sorted(path.name for path in (clip.with_name("clip.skn") / "masks").iterdir())
    assert files == ["00000.png", "00003.png"]


def test_a_video_that_was_renamed_finds_its_project(qtbot, session, make_session, tracker, clip):
    paint(session)
    mask = session.document.annotation.mask_bytes(0)
    assert session.project.close() is None
    again = make_session(tracker, clip.rename(clip.with_name("final_cut")))
    assert again.project.folder == clip.with_name("clip.skn")
    assert again.document.annotation.mask_bytes(0) == mask


def test_the_project_of_a_video_that_is_still_there_is_not_that_of_its_copy(
    session, make_session, tracker, clip
):
    paint(session)
    assert session.project.close() is None
    copy = make_session(tracker, shutil.copytree(clip, clip.with_name("copy")))
    assert copy.project.folder == clip.with_name("copy.skn")
    assert copy.document.annotation.frames() == ()


def test_a_video_that_was_moved_while_it_was_open_is_told_by_a_pass(qtbot, session, clip):
    paint(session)
    clip.rename(clip.with_name("moved"))
    heard = hear(session)
    propagate(qtbot, session)
    assert heard == [f"{clip} was moved or deleted while it was open: put it back, then try again"]
