"""MaskEncoding: the mask of a draft that was let go of becomes its PNG beside the GUI thread.

At 3840 x 2160 encoding takes longer than one likes to wait for the mouse. The draft stays what is seen until
its bytes are there; whoever needs them earlier waits for the rest.
"""

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.tasks.worker import Worker

AT_ONCE = 1920 * 1080
"""A mask of no more pixels than these is encoded in less time than the mouse notices."""

_NICENESS = 5  # the window is painted first


class MaskEncoding(QObject):
    """One mask, read-only from now on, on its way to its bytes."""

    settled = Signal()

    def __init__(self, mask: NDArray[np.uint8], parent: QObject | None = None) -> None:
        super().__init__(parent)
        mask.flags.writeable = False
        self._mask = mask
        self._data: bytes | None = None
        self._worker = Worker(self._encode, _NICENESS, self)
        self._worker.finished.connect(self.settled)
        self._worker.start()

    def take(self) -> bytes | None:
        """Wait for the palette PNG and return it; None if that failed. It is not used again."""
        self._worker.wait()
        self.blockSignals(True)  # the word that it has settled may still be in Qt's queue
        self.deleteLater()
        return self._data

    def _encode(self) -> Generator[None, None, None]:
        self._data = encode_mask(self._mask)
        yield
