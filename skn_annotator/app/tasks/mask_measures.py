"""MaskMeasures: how large each object is on each frame, and where, for plots over time.

Masks are decoded in a thread, and only those that changed since they were measured.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.masks import decode_mask
from skn_annotator.app.document import Document
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.arrays import Mask, Point

_AT_ONCE = 32
"""So many frames are measured before the window hears of them."""


@dataclass(frozen=True)
class Measure:
    """Of one object on one frame: its pixels, and the middle of them (x, y)."""

    area: int
    center: Point


Measured = dict[int, tuple[bytes, Mapping[int, Measure]]]
"""Frame -> its mask as it was measured, and object -> measure."""


class MaskMeasures(QObject):
    """The measures of one document's masks, as far as they were asked for."""

    changed = Signal()  # more is measured

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._runner = TaskRunner(self)
        self._measured: Measured = {}
        self._is_asked_again = False  # while it measured

    def of(self, t: int) -> Mapping[int, Measure]:
        """Object -> measure on frame `t`; nothing where that is not known yet."""
        data, found = self._measured.get(t, (None, {}))
        return found if data is not None and data == self._document.annotation.mask_bytes(t) else {}

    def measure(self) -> None:
        """Measure the masks that changed, in the background."""
        self._is_asked_again = self._runner.busy
        if self._is_asked_again:
            return
        annotation = self._document.annotation
        there = ((t, annotation.mask_bytes(t)) for t in annotation.frames())
        wanted = {t: d for t, d in there if d is not None and self._measured.get(t, (None,))[0] != d}
        if wanted:
            self._runner.start(Task(lambda: _measured(wanted), self._on_item, self._on_end))

    def forget(self) -> None:
        """Forget everything: another sequence is going to be open."""
        self._runner.stop()
        self._measured = {}

    def close(self) -> None:
        """End the thread; nothing is measured any more."""
        self._runner.close()

    def _on_item(self, item: Measured) -> None:
        self._measured |= item
        self.changed.emit()

    def _on_end(self, error: Exception | None) -> None:
        if error is not None:
            raise error
        if self._is_asked_again:
            self.measure()


def measures_of(mask: Mask) -> dict[int, Measure]:
    """Object -> measure in one mask."""
    count = np.bincount(mask.ravel(), minlength=256)
    rows, columns = np.arange(mask.shape[0]), np.arange(mask.shape[1])
    found = {}
    for i in np.flatnonzero(count[1:255]) + 1:
        own = mask == i
        x = float((own.sum(0) * columns).sum() / count[i])
        y = float((own.sum(1) * rows).sum() / count[i])
        found[int(i)] = Measure(int(count[i]), (x, y))
    return found


def _measured(wanted: Mapping[int, bytes]) -> Generator[Measured, None, None]:
    found: Measured = {}
    for t, data in wanted.items():
        found[t] = (data, measures_of(decode_mask(data)))
        if len(found) == _AT_ONCE:
            yield found
            found = {}
    if found:
        yield found
