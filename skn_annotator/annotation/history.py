"""Undo and redo: the edits that were made, bounded by the bytes of their masks.

A `History` survives a change of frame and a save, but is not saved itself. It applies nothing: it returns the
edit to apply.
"""

from collections import deque

from skn_annotator.annotation.annotation import Edit
from skn_annotator.annotation.edits import joined


class History:
    """A stack of edits to undo and one to redo; the oldest are forgotten when `max_bytes` is exceeded.

    The latest edit stays whatever its size: a pass over a long video can be taken back.
    """

    def __init__(self, max_bytes: int = 256 << 20) -> None:
        self.max_bytes = max_bytes
        self._done: deque[Edit] = deque()
        self._undone: list[Edit] = []

    def push(self, edit: Edit) -> None:
        """Remember `edit`, which was applied, and forget what was undone; an empty edit is ignored."""
        if edit.is_empty:
            return
        self._undone.clear()
        self._done.append(edit)
        self._forget()

    def extend(self, edit: Edit) -> None:
        """`edit`, which was applied, belongs to the latest one: both are one step."""
        if not edit.is_empty:
            latest = self._done.pop()
            self.push(joined(latest.name, [latest, edit]))

    def push_late(self, edit: Edit, beneath: bool = False) -> None:
        """Remember what was applied step by step while the user did, and undid, other things.

        What was undone stays to be made again, if it has no frame in common with `edit` and leaves the
        objects alone. `beneath`: below the latest edit, which has no frame in common with it.
        """
        if edit.is_empty:
            return
        if any(undone.objects is not None or undone.frames & edit.frames for undone in self._undone):
            self._undone.clear()
        self._done.insert(len(self._done) - beneath, edit)
        self._forget()

    def use_memory(self, max_bytes: int) -> None:
        """Set the bound to `max_bytes`, forgetting the oldest edits beyond it."""
        self.max_bytes = max_bytes
        self._forget()

    def _forget(self) -> None:
        excess = self.nbytes - self.max_bytes
        while excess > 0 and len(self._done) > 1:
            excess -= self._done.popleft().nbytes

    def undo(self) -> Edit | None:
        """The edit to apply to take the latest one back, or None."""
        if not self._done:
            return None
        edit = self._done.pop()
        self._undone.append(edit)
        return edit.inverse()

    def redo(self) -> Edit | None:
        """The edit to apply to make the latest undone one again, or None."""
        if not self._undone:
            return None
        edit = self._undone.pop()
        self._done.append(edit)
        return edit

    @property
    def latest(self) -> Edit | None:
        """The edit that `undo` would take back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Edit | None:
        """The edit that `redo` would make again."""
        return self._undone[-1] if self._undone else None

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back: "Brush", "Propagate 12-80"."""
        return self._done[-1].name if self._done else None

    @property
    def redo_name(self) -> str | None:
        """What `redo` would make again."""
        return self._undone[-1].name if self._undone else None

    @property
    def nbytes(self) -> int:
        """The bytes of the masks of all remembered edits."""
        return sum(edit.nbytes for edit in (*self._done, *self._undone))
