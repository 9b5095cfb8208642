"""WeightsChoice: which weights the next pass uses: the bundled ones, or those of a checkpoint.

A file that is chosen is read in the background first; if it is no checkpoint of a network that can carry
masks, nothing changes. torch is imported there, not here.
"""

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice, Offer, notice_of
from skn_annotator.app.tasks.pass_work import NetworkTracker, TrackerFactory
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.app.tasks.torch_import import load_torch
from skn_annotator.errors import SknError


class WeightsChoice(QObject):
    """Sets the weights of the factory that passes get their network from."""

    changed = Signal()  # passes use other weights from now on
    refused = Signal(object)  # SknError: what the file is that was chosen; passes use what they used
    noticed = Signal(object)  # Notice

    def __init__(self, factory: Callable[[], TrackerFactory], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._factory = factory
        self._runner = TaskRunner(self)

    @property
    def path(self) -> Path | None:
        """The file that passes use; None is the bundled one."""
        network = self._factory()
        return network.weights if isinstance(network, NetworkTracker) else None

    @property
    def is_reading(self) -> bool:
        """True from the choice of a file until it is `changed` or `refused`."""
        return self._runner.busy

    def choose(self, path: Path | None) -> None:
        """Use the checkpoint `path`, once it is found to be one, or None, the bundled one, at once."""
        self._runner.stop()
        if path is None:
            self._use(None)
            return

        def end(error: Exception | None) -> None:
            if error is None:
                self._use(path)
            elif isinstance(error, SknError):
                self.refused.emit(error)
            else:
                raise error

        self._runner.start(Task(lambda: _check(path), lambda _: None, end))

    def drop(self) -> None:
        """Forget the file that is being read."""
        self._runner.stop()

    def close(self) -> None:
        """End the thread; no file can be chosen any more."""
        self._runner.close()

    def leave_missing_file(self) -> None:
        """Use the bundled weights if the file is gone that passes would have to read, and say so."""
        network = self._factory()
        if isinstance(network, NetworkTracker) and network.lacks_file:
            text = tr("The weights {path} are not there any more: the bundled ones are used")
            self.noticed.emit(Notice(text.format(path=network.weights), stays=True))
            network.use(None)

    def notice_of(self, error: Exception) -> Notice:
        """What to tell of an error that ended a pass; one that names the chosen file offers others."""
        notice = notice_of(error)
        if self.path is None or not isinstance(error, SknError):
            return notice
        if str(self.path) not in map(str, error.message.values.values()):
            return notice
        path, offer = self.path, Offer(tr("Use the bundled weights"), lambda: self.choose(None))
        return replace(notice, offer=offer, holds=lambda: self.path == path)

    def _use(self, path: Path | None) -> None:
        network = self._factory()
        if isinstance(network, NetworkTracker):
            network.use(path)
        self.changed.emit()


def _check(path: Path) -> Generator[None, None, None]:
    load_torch()
    from skn_annotator.model.checkpoints import check_checkpoint

    check_checkpoint(path)
    yield
