"""Closing: what is asked before a sequence is closed, since its masks would be lost, or are not made yet; and
what is said where another one waits for that."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice, Offer
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.remap import Remap
from skn_annotator.gui import questions
from skn_annotator.gui.questions import Unfinished


class Closing(QObject):
    """Closes the sequence of a session, unless the user wants to wait or keep it open."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._awaited: Remap | None = None  # `_again` is called when this is done
        self._again: Callable[[], object] = lambda: None
        session.tasks.remaps.changed.connect(self._on_change)

    def close(self, again: Callable[[], object]) -> bool:
        """Save and close; False where that was not wanted, or where `again` is called when a change of many
        masks, such as an import, or the answer to a selection is there."""
        if self._waits(again):
            return False
        if self._session.verbs.must_wait:
            self._session.verbs.run(partial(QTimer.singleShot, 0, self, again))
            return False
        project = self._session.project
        error = project.close()
        if error is None:
            return True
        if not questions.closes_without_saving(error, self._window):
            return False
        project.discard()
        return True

    def announce_opening(self, name: str) -> None:
        """Say so if the video called `name` is shown only when a change of many masks is done."""
        tasks, project = self._session.tasks, self._session.project
        running = tasks.remaps.current
        if running is None:
            return
        text = tr("{video} is opened when “{name}” is done").format(video=name, name=running.name)
        offer = Offer(tr("Do not open"), project.stop_opening)
        self._session.noticed.emit(
            Notice(
                text,
                stays=True,
                offer=offer,
                holds=lambda: project.is_opening and tasks.remaps.current is running,
            )
        )

    def _waits(self, again: Callable[[], object]) -> bool:
        """Whether closing has to wait for a change that is being made, or is given up for it."""
        remaps = self._session.tasks.remaps
        running, self._awaited = remaps.current, None
        if running is None or running.is_complete:
            return False
        answer = questions.unfinished_change(running.name, self._window)
        if answer is Unfinished.KEEP_OPEN:
            return True
        if answer is Unfinished.GIVE_UP or remaps.current is not running:  # or it ended while that was asked
            return False
        self._awaited, self._again = running, again
        self._announce(running)
        return True

    def _announce(self, running: Remap) -> None:
        text = tr("This is closed when “{name}” is done").format(name=running.name)
        offer = Offer(tr("Keep open"), self._keep_open)
        self._session.noticed.emit(
            Notice(text, stays=True, offer=offer, holds=lambda: self._awaited is running)
        )

    def _keep_open(self) -> None:
        self._awaited = None

    def _on_change(self) -> None:
        awaited = self._awaited
        if awaited is not None and self._session.tasks.remaps.current is not awaited:
            self._awaited = None
            if awaited.is_complete:  # or the user stopped it, and goes on with something else
                QTimer.singleShot(0, self, self._again)
