"""File, Open recent."""


def entries(menu):
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if not action.isSeparator()]


def test_what_was_open_lately_opens_again(qtbot, window, clip):
    window.close_sequence()
    first = entries(window.recent_menu)[0]
    assert first.text() == "&1  clip"
    assert first.toolTip() == str(clip)
    with qtbot.waitSignal(window.session.viewer.frame_shown):
        first.trigger()
    assert window.session.project.sequence.path == clip


def test_what_is_gone_is_not_offered(window, tmp_path):
    window.preferences.set(recent=(str(tmp_path / "gone.mp4"),))
    assert [action.text() for action in entries(window.recent_menu)] == ["Nothing yet"]


def test_it_can_be_forgotten(window):
    entries(window.recent_menu)[-1].trigger()
    assert window.settings.recent == ()
