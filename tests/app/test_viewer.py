"""Where the viewer goes, and which picture it shows meanwhile."""

from steps import go, hear, hear_shown, paint, propagate

from skn_annotator.app.frames.loader import LoadedFrame


def test_seeking_stays_inside_of_the_sequence(qtbot, session):
    go(qtbot, session, 5)
    session.viewer.step(100)
    assert session.viewer.position == 11
    session.viewer.step(-100)
    assert session.viewer.position == 0


def test_a_frame_that_comes_late_does_not_replace_the_one_that_is_wanted(qtbot, session):
    go(qtbot, session, 3)
    late = LoadedFrame(7, session.viewer.frame)
    session.viewer._on_frame(late)
    assert session.viewer.shown == 3
    session.viewer.seek(9)
    session.viewer._on_frame(late)  # while frame 9 is not there yet, what is nearer to it is shown
    assert session.viewer.shown == 7
    session.viewer._on_frame(LoadedFrame(4, session.viewer.frame))
    assert session.viewer.shown == 7
    qtbot.waitUntil(lambda: session.viewer.shown == 9)


def test_nothing_stands_in_for_the_frame_on_which_a_sequence_is_opened(qtbot, session):
    picture, shown = session.viewer.frame, hear_shown(session)
    sequence, annotation = session.project.sequence, session.document.annotation
    session.viewer.close()
    session.viewer.open(sequence, annotation, 7)
    session.viewer._on_frame(LoadedFrame(0, picture))  # decoded on the way there
    assert session.viewer.shown is None
    qtbot.waitUntil(lambda: session.viewer.shown == 7)
    assert shown == [7]


def test_something_stands_in_once_another_frame_is_asked_for(session):
    picture = session.viewer.frame
    sequence, annotation = session.project.sequence, session.document.annotation
    session.viewer.close()
    session.viewer.open(sequence, annotation, 7)
    session.viewer.seek(9)
    session.viewer._on_frame(LoadedFrame(4, picture))
    assert session.viewer.shown == 4


def test_a_step_shows_the_frame_that_was_brought_before_at_once(qtbot, session):
    go(qtbot, session, 3)
    go(qtbot, session, 4)
    qtbot.waitUntil(lambda: session.viewer._ahead is not None and session.viewer._ahead.t == 5)
    shown = hear_shown(session)
    session.viewer.step(1)
    assert (session.viewer.shown, session.viewer.position, shown) == (5, 5, [5])
    qtbot.waitUntil(lambda: session.viewer._ahead.t == 6)
    assert shown == [5]  # once


def test_reference_frames_are_reached_in_both_directions(qtbot, session):
    for t in (2, 6, 9):
        go(qtbot, session, t)
        paint(session)
    go(qtbot, session, 6)
    session.viewer.seek_reference(1)
    assert session.viewer.position == 9
    session.viewer.seek_reference(1)
    assert session.viewer.position == 9
    go(qtbot, session, 6)
    session.viewer.seek_reference(-1)
    assert session.viewer.position == 2


def test_a_range_of_frames_is_chosen_in_either_order_and_inside_of_the_sequence(session, clip, qtbot):
    heard = []
    session.viewer.range_changed.connect(lambda: heard.append(session.viewer.chosen_range))
    session.viewer.select_range(7, 3)
    session.viewer.select_range(3, 7)
    session.viewer.select_range(-4, 200)
    session.viewer.clear_range()
    session.viewer.clear_range()
    assert heard == [(3, 7), (0, 11), None]
    assert session.document.history.undo_name is None
    session.viewer.select_range(2, 4)
    with qtbot.waitSignal(session.project.opened):
        session.project.open(clip)
    assert session.viewer.chosen_range is None


def test_the_frame_to_check_is_where_most_is_in_doubt_and_it_is_said_why(qtbot, session):
    heard = hear(session)
    session.viewer.seek_to_check()
    assert "Nothing to check" in heard[-1]
    paint(session)
    propagate(qtbot, session)
    session.viewer.seek(0)
    session.viewer.seek_to_check()
    assert session.viewer.position in range(9, 11)  # the last one is the least certain
    assert heard[-1].endswith("% certain, much the same on frames\u00a09-12")


def test_the_object_that_deserves_the_look_is_the_active_one_then(qtbot, session):
    heard = hear(session)
    paint(session)
    propagate(qtbot, session)
    session.document.add_object()
    assert session.document.active == 2
    session.viewer.seek_to_check()
    assert heard[-1].startswith("object 1: ")
    assert session.document.active == 1
