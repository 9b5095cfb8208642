"""MaskClipboard: masks of one frame, copied to be pasted onto another one, or onto many."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.outlines import Lines
from skn_annotator.annotation.placed_masks import PlacedMasks
from skn_annotator.app.document import Document
from skn_annotator.app.language import tr, translatable
from skn_annotator.app.notice import Notice
from skn_annotator.app.tasks.remap import Remaps
from skn_annotator.app.verb_queue import in_turn


class CopiedMask(NamedTuple):
    """The palette PNG of a frame, which of its objects were copied, and the outlines that they have."""

    mask: bytes
    objects: frozenset[int]
    lines: Mapping[int, Lines]


class MaskClipboard(QObject):
    """Copies objects of one document's masks; what is pasted is a reference, in one edit."""

    changed = Signal()
    noticed = Signal(object)  # Notice

    def __init__(self, document: Document, remaps: Remaps, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.copied: CopiedMask | None = None
        self.verbs = document.verbs
        self._document = document
        self._remaps = remaps

    @in_turn
    def copy(self, t: int, object_ids: Iterable[int]) -> None:
        """Copy those of the objects that frame `t` shows; a notice says if there are none."""
        self._document.end_draft()
        annotation = self._document.annotation
        shown, data = annotation.ids_at(t) & set(object_ids), annotation.mask_bytes(t)
        if not shown or data is None:
            self.noticed.emit(Notice(tr("There is nothing to copy on this frame")))
            return
        outlines = {i: annotation.outline(t, i) for i in shown}
        lines = {i: outline.lines for i, outline in outlines.items() if outline is not None}
        self.copied = CopiedMask(data, shown, lines)
        names = ", ".join(o.name for o in annotation.objects if o.id in shown)
        self.noticed.emit(Notice(tr("Copied: {names}").format(names=names)))
        self.changed.emit()

    @in_turn
    def paste(self, frames: Iterable[int]) -> None:
        """Give the copied objects, as far as they exist, the pixels that they had; other objects keep what
        is not covered."""
        if self.copied is None:
            return
        annotation = self._document.annotation
        ids = self.copied.objects & {o.id for o in annotation.objects}
        if not ids:
            self.noticed.emit(Notice(tr("The objects that were copied are not there any more")))
        elif not self._document.any_locked(ids):
            given = dict.fromkeys(frames, self.copied.mask)
            lines = {i: lines for i, lines in self.copied.lines.items() if i in ids}
            change = PlacedMasks(translatable("Paste masks"), given, {i: i for i in ids}, lines=lines)
            self._remaps.start(change.fitted_to(annotation))

    def forget(self) -> None:
        """Another sequence is open, or none."""
        self.copied = None
        self.changed.emit()
