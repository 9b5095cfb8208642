"""The document: each verb is one edit with one name, and undo takes it back."""

import numpy as np
import pytest
from steps import go, hear, paint

from skn_annotator.annotation import edits
from skn_annotator.annotation.edits import CarriedMask
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.draft import Trial
from skn_annotator.app.project.autosave import SaveState
from skn_annotator.app.tasks.remap import Scope


def test_a_new_sequence_has_one_object_to_paint_and_nothing_to_undo(session):
    assert [o.name for o in session.document.annotation.objects] == ["object 1"]
    assert session.document.active == 1
    assert session.document.history.undo_name is None
    assert session.project.save_state is SaveState.NOTHING


def test_undo_and_redo_of_an_object_bring_back_which_one_is_painted(session):
    document = session.document
    document.add_object()
    document.add_object()
    document.choose(2)
    document.add_object()
    assert document.active == 4
    session.undo()
    assert document.active == 2  # not the first one
    document.redo()
    assert document.active == 4
    session.tasks.remaps.delete_object(4, Scope.EVERYWHERE)
    assert document.active == 2
    document.move_object(3, 0)
    assert document.active == 2
    session.undo()
    session.undo()
    assert document.active == 4


def test_a_stroke_is_one_edit_and_decides_the_painted_object(session):
    paint(session, (10.0, 10.0), (30.0, 10.0))
    assert session.document.history.undo_name == "Brush"
    assert set(session.document.annotation.references) == {0}
    mask = session.document.mask(0)
    assert mask[10, 20] == 1  # between the two mouse events, too
    session.undo()
    assert session.document.annotation.frames() == ()
    assert session.document.annotation.references == {}
    session.document.redo()
    assert np.array_equal(session.document.mask(0), mask)


def test_while_the_button_is_down_the_mask_shows_the_stroke_and_the_annotation_does_not(qtbot, session):
    session.painter.begin_stroke(4, False)
    with qtbot.waitSignal(session.painter.stroke_painted) as painted:
        session.painter.stroke_to((20.0, 20.0))
    x0, y0, x1, y1 = painted.args[0]
    assert (x1 - x0, y1 - y0) == (8, 8)
    assert session.document.mask(0)[20, 20] == 1
    assert session.document.annotation.mask(0) is None
    session.document.cancel_draft()
    assert session.document.mask(0) is None
    assert session.document.history.undo_name is None


@pytest.mark.parametrize(
    ("act", "name"),
    [
        (lambda s: s.document.add_object(), "Add object"),
        (lambda s: s.document.rename(1, "cup"), "Rename object"),
        (lambda s: s.document.recolor(1, (1, 2, 3)), "Colour object"),
        (lambda s: s.document.set_visible(1, False), "Hide object"),
        (lambda s: s.document.set_locked(1, True), "Lock object"),
        (lambda s: s.document.toggle_visible(), "Hide object"),
        (lambda s: s.document.toggle_locked(), "Lock object"),
        (lambda s: s.document.toggle_solo(1), "Show one object"),
        (lambda s: s.document.move_object(2, 0), "Move object"),
        (lambda s: s.document.shift_object(1, 1), "Move object"),
        (lambda s: s.tasks.remaps.merge(2, 1), "Merge objects"),
        (lambda s: s.tasks.remaps.exchange(2, 1), "Exchange objects"),
        (lambda s: s.document.declare_absent(1, 0), "Object absent here"),
        (lambda s: s.tasks.remaps.delete_object(1, Scope.ONWARD), "Delete object from this frame on"),
        (lambda s: s.tasks.remaps.delete_object(1, Scope.EVERYWHERE), "Delete object"),
        (lambda s: s.document.toggle_reference(s.viewer.position), "Unset reference frame"),
        (lambda s: s.document.clear_frame(s.viewer.position), "Clear frame"),
    ],
)
def test_each_action_is_one_edit_that_undo_takes_back_whole(session, act, name):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    paint(session, (40.0, 24.0))
    before = (
        session.document.annotation.objects,
        session.document.annotation.references,
        session.document.annotation.mask_bytes(0),
    )
    assert session.document.history.undo_name == "Brush"
    act(session)
    assert session.document.history.undo_name == name
    after = (
        session.document.annotation.objects,
        session.document.annotation.references,
        session.document.annotation.mask_bytes(0),
    )
    assert after != before
    session.undo()
    assert session.document.history.undo_name == "Brush"
    assert before == (
        session.document.annotation.objects,
        session.document.annotation.references,
        session.document.annotation.mask_bytes(0),
    )


def test_a_frame_that_is_right_decides_every_object_and_again_gives_it_back(session):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    assert not session.document.is_right(0)
    session.document.toggle_reference(0)
    assert session.document.annotation.references == {0: {1, 2}}
    assert session.document.is_right(0)
    session.document.toggle_reference(0)
    assert session.document.annotation.references == {}
    session.document.toggle_reference(7)
    assert session.document.annotation.references == {7: {1, 2}}
    assert not session.document.mask(7).any()


def test_painting_a_second_object_leaves_the_first_one_undecided(qtbot, session):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    go(qtbot, session, 5)
    paint(session, (40.0, 24.0))
    assert session.document.annotation.references == {0: {1}, 5: {2}}


def test_an_object_whose_mask_another_one_had_gets_that_ones_and_it_is_said(session):
    document, notices = session.document, []
    session.noticed.connect(notices.append)
    document.add_object()
    mask = np.zeros(document.annotation.size, np.uint8)
    mask[4:14, 4:14], mask[4:14, 24:34] = 1, 2
    document.apply(
        edits.propagated(document.annotation, CarriedMask(3, encode_mask(mask), {1: 0.5, 2: 0.5}), "")
    )
    draft = Trial(3, mask.copy(), 1, "Move")
    document.begin_draft(draft)
    draft.retry(lambda new: stamp(new, 1, np.s_[4:14, 24:34]))
    document.end_draft()
    found = document.mask(3)
    assert (found[4:14, 4:14] == 2).all()
    assert (found[4:14, 24:34] == 1).all()
    assert document.annotation.references[3] == {1, 2}
    (notice,) = notices
    assert (
        notice.text
        == "object 1 and object 2 seem to have changed places: object 2 got what object 1 had here"
    )
    assert not notice.is_outdated
    notice.offer.do()
    assert notice.is_outdated
    np.testing.assert_array_equal(document.mask(3), mask)


def test_who_adds_to_one_of_two_that_may_have_changed_places_is_offered_to_exchange_them(session):
    document, notices = session.document, []
    document.add_object()
    mask = np.zeros(document.annotation.size, np.uint8)
    mask[4:14, 4:14], mask[4:14, 24:34] = 1, 2
    document.choose(1)
    carried = CarriedMask(3, encode_mask(mask), {1: 0.5, 2: 0.5})
    document.apply(edits.propagated(document.annotation, carried, ""))
    document.noticed.connect(notices.append)
    draft = Trial(3, mask.copy(), 1, "Select")
    document.begin_draft(draft)
    draft.retry(lambda new: add(new, 1, np.s_[4:14, 24:34]))
    document.end_draft()
    both = document.mask(3).copy()
    assert (both[4:14, 4:14] == 1).all(), "to add is to add"
    (notice,) = notices
    assert notice.text.startswith("object 1 has all of object 2 here")
    assert notice.offer.text == "Exchange"
    assert notice.stays
    notice.offer.do()
    assert notice.is_outdated
    assert document.history.undo_name == "Exchange objects"
    found = document.mask(3)
    assert ((found[4:14, 4:14] == 2) & (found[4:14, 24:34] == 1)).all()
    document.undo()
    np.testing.assert_array_equal(document.mask(3), both)
    document.undo()
    np.testing.assert_array_equal(document.mask(3), mask)


def add(mask, object_id, place):
    """The object at a place, too; all may look different."""
    mask[place] = object_id
    return 0, 0, *mask.shape[::-1]


def stamp(mask, object_id, place):
    """The object exactly at a place; all may look different."""
    mask[mask == object_id] = 0
    mask[place] = object_id
    return 0, 0, *mask.shape[::-1]


def test_an_action_that_changes_nothing_is_not_remembered(session):
    session.document.rename(1, "object 1")
    session.document.clear_frame(session.viewer.position)
    assert session.document.history.undo_name is None


def test_an_object_that_is_gone_is_not_active(session):
    session.document.add_object()
    session.undo()
    assert session.document.active == 1
    session.document.choose(7)
    assert session.document.active == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda s: s.document.declare_absent(1, 0),
        lambda s: s.tasks.remaps.delete_object(1, Scope.ONWARD),
        lambda s: s.tasks.remaps.delete_object(1, Scope.EVERYWHERE),
        lambda s: s.tasks.remaps.merge(2, 1),
        lambda s: s.tasks.remaps.exchange(2, 1),
        lambda s: s.document.clear_frame(s.viewer.position),
    ],
)
def test_a_locked_object_keeps_its_pixels_until_it_is_unlocked(session, act):
    paint(session)
    session.document.add_object()
    paint(session, xy=(50.0, 24.0))
    session.document.set_locked(1, True)
    before, heard = session.document.annotation.mask_bytes(0), hear(session)
    act(session)
    assert session.document.annotation.mask_bytes(0) == before
    assert session.document.history.undo_name == "Lock object"
    assert heard == ["object 1 is locked: unlock it in the list of objects first"]
    session.document.set_locked(1, False)
    act(session)
    assert session.document.annotation.mask_bytes(0) != before
