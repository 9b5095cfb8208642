"""Display: which parts of a frame are drawn, and how. Canvas, panels and menus share it; undo ignores it."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Signal


class Mode(Enum):
    """How frame and masks are put together."""

    OVERLAY = "overlay"
    OUTLINE = "outline"
    MASK = "mask"
    CUT_OUT = "cut_out"
    SIDE_BY_SIDE = "side_by_side"


@dataclass(frozen=True)
class Look:
    """The switches. `opacity` 0-1 of the masks' fill."""

    masks: bool = True
    mode: Mode = Mode.OVERLAY
    opacity: float = 0.5
    kernel: bool = False
    points: bool = False
    before: bool = False  # the masks from before the last pass
    from_frame: int | None = None  # only the matched points that came from this memory frame


class Display(QObject):
    """Holds the current `Look` and emits `changed` when it changes."""

    changed = Signal()

    def __init__(self, look: Look | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look or Look()

    def set(self, **changes: Any) -> None:
        """Change some switches: ``display.set(kernel=True)``."""
        look = replace(self.look, **changes)
        if look != self.look:
            self.look = look
            self.changed.emit()
