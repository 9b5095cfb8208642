"""Worker: runs one generator in a thread of its own. The only thread class of the program.

The generator yields immutable values; each one crosses to the GUI thread as a queued signal. Between two
items the worker can be held or told to stop, so the work needs no code for either. It never touches a widget
or an Annotation.
"""

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

Work = Callable[[], Generator[Any, None, None]]


class Worker(QThread):
    """Iterates ``work()``; `finished` follows the last `yielded`, and `failed` where the work raised."""

    yielded = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Work, niceness: int = 0, parent: QObject | None = None) -> None:
        """`niceness`: how far this thread's share of the processor is below the GUI thread's, 0-19."""
        super().__init__(parent)
        self._work = work
        self._niceness = niceness
        self._gate = threading.Event()
        self._gate.set()

    def run(self) -> None:
        """Qt calls this in the new thread."""
        if self._niceness:
            self._lower_priority()
        try:
            with contextlib.closing(self._work()) as items:
                for item in items:
                    self.yielded.emit(item)
                    self._gate.wait()
                    if self.isInterruptionRequested():
                        break
        except Exception as error:
            self.failed.emit(error)

    def hold(self, held: bool) -> None:
        """Hold the work before its next item, or let it go on."""
        if held:
            self._gate.clear()
        else:
            self._gate.set()

    def stop(self) -> None:
        """Ask the work to end after the item that it is computing; does not wait."""
        self.requestInterruption()
        self._gate.set()

    def _lower_priority(self) -> None:
        """Lower this thread's share of the processor.

        On Linux a thread has a niceness of its own, which those that it starts inherit, and Qt's priorities
        do nothing; elsewhere it is the other way round.
        """
        if sys.platform != "linux":
            self.setPriority(QThread.Priority.LowPriority)
            return
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), self._niceness)
