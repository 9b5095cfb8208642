"""What the panel says to do next."""

from PySide6.QtCore import Qt


def test_a_frame_says_which_objects_are_absent_on_it_by_decision(qtbot, window, hand):
    session, guide = window.session, window.side._guide
    hand.drag((16.0, 24.0))
    qtbot.keyClick(window.canvas, Qt.Key.Key_N)
    assert "Absent" not in guide.text()  # object 2 is nowhere yet
    hand.drag((40.0, 24.0))
    assert "Absent" not in guide.text()
    qtbot.keyClick(window.canvas, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: session.viewer.shown == session.document.annotation.length - 1)
    hand.drag((40.0, 24.0))
    assert "Absent" not in guide.text()  # of object 1 nothing was said
    qtbot.keyClick(window.canvas, Qt.Key.Key_R)
    assert "object 1" in guide.text()
    assert "Absent" in guide.text()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: session.viewer.shown == 0)
    assert "Absent" not in guide.text()
    qtbot.keyClick(window.canvas, Qt.Key.Key_End)
    qtbot.keyClick(window.canvas, Qt.Key.Key_R)
    assert "Absent" not in guide.text()  # no reference frame any more


def test_propagating_is_proposed_only_where_frames_are_left_to_fill(window):
    session, guide = window.session, window.side._guide
    for t in range(session.document.annotation.length):
        session.viewer.seek(t)
        session.document.toggle_reference(t)
        is_last = t == session.document.annotation.length - 1
        assert ("carry the masks forward" in guide.text()) is not is_last


def test_a_low_window_has_room_for_five_objects_and_shows_the_chosen_one(qtbot, window):
    window.resize(1280, 680)  # 1280 x 720 with the system's title bar
    for _ in range(8):
        window.session.document.add_object()
    rows = window.side.objects
    view = rows.viewport()

    def seen():
        places = [(i, rows.row(i).visibleRegion().boundingRect().height()) for i in range(1, 10)]
        return [i for i, height in places if height == rows.row(i).height()]

    qtbot.waitUntil(lambda: len(seen()) >= 5 and 9 in seen())
    window.session.document.choose(2)
    qtbot.waitUntil(lambda: 2 in seen())
    qtbot.keyClick(window.canvas, Qt.Key.Key_F2)
    editor = rows.row(2).editor
    assert editor.hasFocus() or editor.isVisible()
    assert view.rect().contains(editor.mapTo(view, editor.rect().center()))
