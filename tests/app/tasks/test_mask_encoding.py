"""A large mask is encoded beside the GUI thread; nothing of it is lost, whatever is done meanwhile."""

import numpy as np
import pytest

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app import document
from skn_annotator.app.tasks import mask_encoding


@pytest.fixture(autouse=True)
def every_mask_is_large(monkeypatch):
    monkeypatch.setattr(document, "ENCODED_AT_ONCE", 0)


def stroke(session, xy=(20, 20)):
    """A stroke that was just let go of; nothing else has happened yet."""
    assert session.painter.begin_stroke(5, erases=False)
    session.painter.stroke_to(xy)
    session.document.end_draft_in_background()


def settled(session):
    return session.document.draft_name is None


def test_what_was_let_go_of_is_seen_at_once_and_becomes_one_edit(qtbot, session):
    stroke(session)
    assert session.document.mask(0)[20, 20] == 1
    assert (session.document.draft_name, session.document.history.undo_name) == ("Brush", None)
    qtbot.waitUntil(lambda: settled(session))
    assert session.document.history.undo_name == "Brush"
    assert set(session.document.annotation.references) == {0}
    assert session.document.annotation.mask_bytes(0) == encode_mask(session.document.mask(0))
    session.undo()
    assert session.document.annotation.mask_bytes(0) is None
    assert session.document.history.undo_name is None


def test_undo_right_after_takes_it_back_and_redo_brings_it_again(session):
    stroke(session)
    session.undo()
    assert session.document.mask(0) is None
    session.document.redo()
    assert session.document.mask(0)[20, 20] == 1


def test_two_strokes_in_a_row_are_two_edits(qtbot, session):
    stroke(session, (20, 20))
    stroke(session, (40, 20))
    assert session.document.draft_name == "Brush"
    qtbot.waitUntil(lambda: settled(session))
    session.undo()
    assert (session.document.mask(0)[20, 20], session.document.mask(0)[20, 40]) == (1, 0)


def test_word_of_the_stroke_before_does_not_end_the_next_one(qtbot, session):
    stroke(session)
    assert session.painter.begin_stroke(5, erases=False)
    qtbot.wait(50)  # the news that the first one is encoded is in Qt's queue
    session.painter.stroke_to((40, 20))
    assert session.document.draft_name == "Brush"
    session.document.cancel_draft()
    assert (session.document.mask(0)[20, 20], session.document.mask(0)[20, 40]) == (1, 0)


def test_taking_another_tool_does_not_forget_it(session):
    stroke(session)
    session.document.cancel_draft()
    assert session.document.history.undo_name == "Brush"


def test_closing_right_after_saves_it(qtbot, make_session, session, clip):
    stroke(session)
    assert session.project.close() is None
    again = make_session(None, clip)
    assert again.document.mask(0)[20, 20] == 1
    assert set(again.document.annotation.references) == {0}


def test_going_on_right_after_keeps_it_on_its_frame(qtbot, session):
    stroke(session)
    session.viewer.seek(3)
    qtbot.waitUntil(lambda: session.viewer.shown == 3)
    assert (session.document.annotation.frames(), set(session.document.annotation.references)) == ((0,), {0})


def test_a_stroke_that_changes_nothing_leaves_no_edit(qtbot, session):
    session.painter.begin_stroke(5, erases=True)
    session.document.end_draft_in_background()
    qtbot.waitUntil(lambda: settled(session))
    assert session.document.history.undo_name is None
    assert session.document.mask(0) is None


def test_where_encoding_fails_the_mask_is_encoded_again(qtbot, session, monkeypatch):
    def fail(_):
        raise MemoryError

    monkeypatch.setattr(mask_encoding, "encode_mask", fail)
    stroke(session)
    qtbot.waitUntil(lambda: settled(session))
    assert session.document.mask(0)[20, 20] == 1


def test_a_mask_that_was_let_go_of_cannot_be_changed(session):
    stroke(session)
    with pytest.raises(ValueError, match="read-only"):
        session.painter.stroke_to((40, 20))


def test_the_mask_that_was_painted_is_not_decoded_again(qtbot, session):
    stroke(session)
    painted = session.document.mask(0)
    qtbot.waitUntil(lambda: settled(session))
    assert session.document.mask(0) is painted
    assert np.array_equal(painted, session.document.annotation.copy().mask(0))
