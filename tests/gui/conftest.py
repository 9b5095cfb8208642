"""A whole window on the clip, driven by real events."""

import pytest
from hand import Hand
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from skn_annotator.gui.look.theme import apply_theme
from skn_annotator.gui.main_window import MainWindow


@pytest.fixture(scope="session")
def themed(qapp):
    """The program's look."""
    apply_theme(qapp)


@pytest.fixture
def make_window(qtbot, themed, make_session, fakes):
    """Opens windows of 1200 x 800, with a dark theme, and closes them."""
    windows = []

    def make(tracker, path=None, selectors=None):
        window = MainWindow(make_session(tracker, selectors=selectors))
        window.resize(1200, 800)
        windows.append(window)
        with qtbot.waitExposed(window):
            window.show()
        if path is not None:
            with qtbot.waitSignal(window.session.viewer.frame_shown):
                window.open(path)
        return window

    yield make
    fakes.go_on()
    for window in windows:
        window.session.project.discard()
        window.close()
        window.deleteLater()  # or every change of theme would dress all windows that there were
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(make_window, tracker, clip):
    """A window on the clip."""
    return make_window(tracker, clip)


@pytest.fixture
def hand(qtbot, window):
    """The mouse of `window`."""
    return Hand(qtbot, window.canvas)
