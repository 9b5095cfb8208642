"""MaskEncoding: encodes the mask of a closed draft as PNG, in a worker.

At 3840 x 2160 that takes so long that the mouse would stick. Until the PNG is there the draft is shown; who
needs the PNG earlier waits for it.
"""

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.tasks.worker import Worker

ENCODED_AT_ONCE = 1920 * 1080
"""A mask of no more pixels is encoded in the GUI thread: that takes too little time to be felt."""

_NICENESS = 5  # the window is painted first


class MaskEncoding(QObject):
    """Encodes one mask, which is read-only from now on."""

    finished = Signal()

    def __init__(self, mask: NDArray[np.uint8], parent: QObject | None = None) -> None:
        super().__init__(parent)
        mask.flags.writeable = False
        self._mask = mask
        self._data: bytes | None = None
        self._worker = Worker(self._encode, _NICENESS, self)
        self._worker.finished.connect(self.finished)
        self._worker.start()

    def wait_for_png(self) -> bytes | None:
        """The palette PNG, once it is there; None if encoding failed. The object is not used again."""
        self._worker.wait()
        self.blockSignals(True)  # the worker's `finished` may still be in Qt's queue
        self.deleteLater()
        return self._data

    def _encode(self) -> Generator[None, None, None]:
        self._data = encode_mask(self._mask)
        yield
