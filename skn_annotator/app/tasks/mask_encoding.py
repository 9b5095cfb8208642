"""MaskEncoding: encodes the mask of a closed draft as PNG, in the background.

At 3840 x 2160 that takes so long that the mouse would stick. Until the PNG is there the draft is shown; who
needs the PNG earlier waits for it.
"""

from collections.abc import Callable, Generator

from PySide6.QtCore import QObject

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.arrays import Mask

ENCODED_AT_ONCE = 1920 * 1080
"""A mask of no more pixels is encoded in the GUI thread: that takes too little time to be felt."""


class MaskEncoding:
    """Encodes one mask, which is read-only from now on."""

    def __init__(self, mask: Mask, on_end: Callable[[], None], parent: QObject) -> None:
        mask.flags.writeable = False
        self._mask = mask
        self._data: bytes | None = None
        self._runner = TaskRunner(parent)
        # After an error there is no PNG: whoever wants it encodes the mask himself, and raises it again.
        self._runner.start(Task(self._encode, lambda _: None, lambda _error: on_end()))

    def wait_for_png(self) -> bytes | None:
        """The palette PNG, once it is there; None if encoding failed. The object is not used again."""
        self._runner.close()
        self._runner.deleteLater()
        return self._data

    def _encode(self) -> Generator[None, None, None]:
        self._data = encode_mask(self._mask)
        yield
