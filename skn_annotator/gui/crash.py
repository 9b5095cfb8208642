"""Unexpected errors are logged and shown to the user, and the window stays open."""

import datetime
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from skn_annotator import __version__
from skn_annotator.app.language import tr
from skn_annotator.gui.look import pixmap

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def install(log: Path, parent: QWidget) -> None:
    """Make `sys.excepthook` write into `log` and show the error to the user."""
    sys.excepthook = hook(log, ErrorDialog(parent).show)


def hook(log: Path, show: Callable[[str], None]) -> Hook:
    """An excepthook that writes into `log` and calls `show`. Ctrl-C is no error."""

    def handle(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        if sys.stderr is not None:  # None on Windows for a program without a console
            sys.stderr.write(text)
        written = write_down(log, text)
        show(
            f"{kind.__name__}: {error}\n\n"
            + (tr("Details are in {log}.").format(log=log) if written else text)
        )

    return handle


def write_down(log: Path, text: str) -> bool:
    """Append `text` to the log; False if that is not possible."""
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"--- {now}, version {__version__}\n{text}\n")
    except OSError:
        return False
    return True


class ErrorDialog:
    """One dialog at a time, opened after the event that failed, which may have been a paint event."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._box: QMessageBox | None = None

    def show(self, text: str) -> None:
        """Show `text`, unless an error is on the screen already."""
        if self._box is None:
            self._box = QMessageBox(QMessageBox.Icon.NoIcon, "SKN Annotator", "", parent=self._parent)
            self._box.setIconPixmap(pixmap("error", "error", 40, self._parent.devicePixelRatioF()))
            self._box.setText(tr("Something went wrong in the program."))
            self._box.setInformativeText(f"{text}\n\n" + tr("Your work is saved as you go; you can go on."))
            self._box.finished.connect(self._forget)
            QTimer.singleShot(0, self._box.open)

    def _forget(self) -> None:
        self._box = None
