"""Builds the application around one window and runs it."""

import os
import signal
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from skn_annotator.app.language import use_language
from skn_annotator.app.notice import Notice
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.pass_work import TrackerFactory
from skn_annotator.gui import crash
from skn_annotator.gui.look import apply_theme, follow_system, scheme_called
from skn_annotator.gui.main_window import MainWindow
from skn_annotator.gui.preferences import unusable_text
from skn_annotator.gui.scale_proposal import scale_proposal
from skn_annotator.resources import resource
from skn_annotator.settings import log_file, read_settings


def run_window(make_tracker: TrackerFactory, source: Path | None, demo: bool, anyway: bool) -> int:
    """Show the window, open `source` or the demo, and return the exit status.

    `anyway`: open a project though its video has another size or length.
    """
    stop = _StopSignals()
    settings, unusable = read_settings()
    if settings.scale != 1.0:
        os.environ.setdefault("QT_SCALE_FACTOR", str(settings.scale))  # Qt reads it once, before all else
    app = QApplication(sys.argv[:1])
    app.setApplicationName("SKN Annotator")
    app.setDesktopFileName("skn-annotator")
    app.setWindowIcon(QIcon(str(resource("icons/app.svg"))))
    apply_theme(app, scheme_called(settings.theme))
    follow_system(app)
    use_language(app, settings.language)
    window = MainWindow(Session(make_tracker, app), settings)
    crash.install(log_file(), window)
    window.closed.connect(partial(_leave_threads, window.session))
    window.show()
    if demo:
        window.open_demo()
    elif source is not None:
        window.open(source, anyway)
    is_opening = demo or source is not None
    _leave_missing_weights(window, is_opening)
    proposal = None if demo else scale_proposal(window)  # the demo has a hint of its own
    if proposal is not None:
        _show_notice(window, proposal, again=is_opening)
    if unusable:
        _show_notice(window, Notice(unusable_text(unusable), stays=True), again=is_opening)
    wake = QTimer(interval=250)  # Python sees signals only while it runs: wake it
    wake.timeout.connect(lambda: window.close() if stop.came() else None)
    wake.start()
    return app.exec()


def _leave_threads(session: Session) -> None:
    """End the process where threads compute what nobody waits for any more: a step of a pass, or the import
    of torch, which takes seconds and cannot be stopped."""
    if session.only_computes:
        os._exit(0)


class _StopSignals:
    """Ctrl-C, and the system's wish that the program ends. They are noted and not raised: Qt would swallow an
    exception from one of its events, and the program would not end.
    """

    def __init__(self) -> None:
        self._count = 0
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note)

    def came(self) -> bool:
        """Whether one came since this was asked last."""
        count, self._count = self._count, 0
        return count > 0

    def _note(self, *_: object) -> None:
        self._count += 1


def _leave_missing_weights(window: MainWindow, is_opening: bool) -> None:
    """Say that the weights are gone, and use the bundled ones: now, or when what `is_opening` is open, since
    that hides earlier messages."""
    leave = window.session.tasks.weights.leave_missing_file
    if is_opening:
        window.session.project.opened.connect(leave, Qt.ConnectionType.SingleShotConnection)
    else:
        leave()


def _show_notice(window: MainWindow, notice: Notice, again: bool) -> None:
    """Show `notice` now, and `again` once what is being opened is open, since that hides earlier messages."""
    show = partial(window.session.noticed.emit, notice)
    show()
    if again:
        window.session.project.opened.connect(show, Qt.ConnectionType.SingleShotConnection)
