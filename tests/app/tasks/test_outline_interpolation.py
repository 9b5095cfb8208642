"""Frames between drawn outlines: filled on request, then they follow; one step of undo each."""

import threading

import numpy as np
import pytest
from states import state
from steps import go, hear, paint, propagate

from skn_annotator.annotation.followed_outlines import FollowedOutlines
from skn_annotator.app.tasks import remap
from skn_annotator.app.tasks.assistant import Combination
from skn_annotator.inference.directions import Direction

SQUARE = ((6.0, 6.0), (16.0, 6.0), (16.0, 16.0), (6.0, 16.0))


def draw(session, dx=0.0, dy=0.0, combination=Combination.REPLACE):
    corners = [(x + dx, y + dy) for x, y in SQUARE]
    session.painter.paint_polygon(corners, False, "Polygon", combination, keeps_corners=True)


def box(session, t):
    """(x0, y0, x1, y1) of object 1 on frame `t`."""
    ys, xs = np.nonzero(session.document.annotation.mask(t) == 1)
    return xs.min(), ys.min(), xs.max() + 1, ys.max() + 1


def interpolate(session):
    session.tasks.outlines.interpolate(session.viewer.position, session.painter.protected(1))


@pytest.fixture
def drawn(qtbot, session):
    """A session with the square on frame 2, and 16 pixels to the right on frame 10, which is shown."""
    go(qtbot, session, 2)
    draw(session)
    go(qtbot, session, 10)
    draw(session, 16)
    return session


@pytest.fixture
def filled(drawn):
    interpolate(drawn)
    return drawn


def test_the_second_outline_offers_to_fill_the_frames_between(qtbot, session):
    offers = []
    session.noticed.connect(lambda notice: offers.append(notice.offer))
    go(qtbot, session, 2)
    draw(session)
    assert not offers
    go(qtbot, session, 10)
    draw(session, 16)
    (offer,) = offers
    offer.do()
    assert box(session, 6) == (14, 6, 24, 16)


def test_the_frames_between_are_references_in_one_step(drawn):
    before = state(drawn.document.annotation)
    interpolate(drawn)
    annotation = drawn.document.annotation
    assert [box(drawn, t)[0] for t in range(2, 11)] == [6, 8, 10, 12, 14, 16, 18, 20, 22]
    assert all(annotation.decided(t) == {1} and annotation.follows(t, 1) for t in range(3, 10))
    assert drawn.undo_name == "Interpolate outlines"
    drawn.undo()
    assert state(annotation) == before


def test_a_pass_leaves_them_as_they_are(qtbot, filled):
    before = state(filled.document.annotation)[2]
    propagate(qtbot, filled, Direction.EVERYWHERE)
    after = state(filled.document.annotation)[2]
    assert len(after) == 12
    assert {t: after[t] for t in range(2, 11)} == before


def test_they_follow_when_a_drawn_outline_changes_in_the_same_step(filled):
    before = state(filled.document.annotation)
    draw(filled, 16, 8)
    assert box(filled, 6) == (14, 10, 24, 20)
    assert filled.undo_name == "Polygon"
    filled.undo()
    assert state(filled.document.annotation) == before
    filled.document.redo()
    assert box(filled, 6) == (14, 10, 24, 20)


def test_one_of_them_that_is_changed_is_a_drawn_one_and_the_others_bend_to_it(qtbot, filled):
    go(qtbot, filled, 6)
    draw(filled, 8, 16)
    annotation = filled.document.annotation
    assert not annotation.follows(6, 1)
    assert box(filled, 4) == (10, 14, 20, 24)
    assert box(filled, 8) == (18, 14, 28, 24)


def test_what_the_user_painted_between_stays(qtbot, drawn):
    go(qtbot, drawn, 6)
    paint(drawn, (40.0, 40.0))
    by_hand = drawn.document.annotation.mask_bytes(6)
    interpolate(drawn)
    assert drawn.document.annotation.mask_bytes(6) == by_hand
    assert box(drawn, 7) == (16, 6, 26, 16)


def test_masks_of_a_pass_give_way(qtbot, session):
    go(qtbot, session, 2)
    draw(session)
    propagate(qtbot, session)
    go(qtbot, session, 10)
    heard = hear(session)
    draw(session, 16)
    assert not heard, "masks are there already: nothing is offered"
    interpolate(session)
    assert box(session, 6) == (14, 6, 24, 16)


def test_other_objects_lose_only_what_is_covered_and_locked_ones_nothing(qtbot, drawn):
    document = drawn.document
    document.add_object()
    go(qtbot, drawn, 6)
    drawn.painter.paint_polygon([(20.0, 0.0), (30.0, 0.0), (30.0, 40.0), (20.0, 40.0)], False, "Polygon")
    document.set_locked(2, True)
    document.choose(1)
    interpolate(drawn)
    assert (document.annotation.mask(6) == 2).sum() == 400
    assert box(drawn, 6) == (14, 6, 20, 16)


def test_without_two_outlines_or_with_other_parts_a_notice_says_what_is_missing(qtbot, session):
    heard = hear(session)
    go(qtbot, session, 2)
    draw(session)
    interpolate(session)
    assert heard == [
        "Draw the outline of object 1 with the polygon tool on two frames, some frames apart; "
        "it has nothing else there"
    ]
    go(qtbot, session, 10)
    draw(session)
    draw(session, 20, combination=Combination.ADD)
    interpolate(session)
    assert heard[-1] == "The outlines of object 1 on frames\u00a03 and 11 have different numbers of parts"


def test_the_keys_for_references_go_to_drawn_outlines(filled):
    filled.viewer.seek_reference(-1)
    assert filled.viewer.position == 2
    filled.viewer.seek_reference(1)
    assert filled.viewer.position == 10


def test_a_copied_outline_is_a_drawn_one_where_it_is_pasted(qtbot, filled):
    go(qtbot, filled, 2)
    filled.tasks.clipboard.copy(2, [1])
    filled.tasks.clipboard.paste([6])
    annotation = filled.document.annotation
    assert annotation.outline(6, 1).lines == annotation.outline(2, 1).lines
    assert box(filled, 4) == (6, 6, 16, 16), "what lies between follows"
    assert filled.undo_name == "Paste masks"


def test_a_moved_object_takes_its_outline_along(qtbot, filled):
    assert filled.painter.begin_move()
    filled.painter.move_by(4, 0)
    filled.document.end_draft()
    assert filled.document.annotation.outline(10, 1).lines[0].corners[0] == (26.0, 6.0)
    assert box(filled, 6) == (16, 6, 26, 16)


@pytest.fixture
def gate(monkeypatch):
    """Changes of many masks run in the background, and wait."""
    allowed, make = threading.Semaphore(0), FollowedOutlines.make

    def made(change, masks):
        for item in make(change, masks):
            allowed.acquire(timeout=60)
            yield item

    monkeypatch.setattr(remap, "REMAPPED_AT_ONCE", 0)
    monkeypatch.setattr(FollowedOutlines, "make", made)
    yield allowed
    allowed.release(100)


def test_large_ones_follow_in_the_background_and_are_undone_with_what_they_follow(qtbot, filled, gate):
    before = state(filled.document.annotation)
    draw(filled, 16, 8)
    assert box(filled, 10) == (22, 14, 32, 24)
    assert filled.tasks.remaps.current is not None
    gate.release(100)
    qtbot.waitUntil(lambda: filled.tasks.remaps.current is None)
    assert box(filled, 6) == (14, 10, 24, 20)
    filled.undo()
    assert state(filled.document.annotation) == before


def test_undo_while_they_are_made_takes_what_they_follow(filled, gate):
    before = state(filled.document.annotation)
    draw(filled, 16, 8)
    assert filled.undo_name == "Polygon"
    filled.undo()
    assert filled.tasks.remaps.current is None
    assert state(filled.document.annotation) == before


def test_what_is_painted_meanwhile_has_a_step_of_its_own(qtbot, filled, gate):
    draw(filled, 16, 8)
    go(qtbot, filled, 0)
    paint(filled, (40.0, 40.0))
    gate.release(100)
    qtbot.waitUntil(lambda: filled.tasks.remaps.current is None)
    assert box(filled, 6) == (14, 10, 24, 20)
    assert filled.undo_name == "Interpolate outlines"
