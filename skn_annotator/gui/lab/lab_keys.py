"""The keys of the match view, while it has the keyboard: which memory cell they go to."""

from PySide6.QtCore import Qt

from skn_annotator.app.language import translatable
from skn_annotator.app.tasks.kept_readings import CellGrid, MemoryCell

LAB_KEYS: tuple[tuple[str, str], ...] = (
    (translatable("The memory cell beside it"), translatable("Arrows")),
    (translatable("Another memory frame"), translatable("Page up, Page down")),
    (translatable("Go to that frame"), translatable("Enter")),
    (translatable("Make that frame a reference frame, or not"), "R"),
)
"""What they do, as the shortcut sheet shows them."""

_Key = Qt.Key
_STEPS = {
    _Key.Key_Left: (0, -1),
    _Key.Key_Right: (0, 1),
    _Key.Key_Up: (-1, 0),
    _Key.Key_Down: (1, 0),
}
_FRAMES = {_Key.Key_PageUp: -1, _Key.Key_PageDown: 1}
OPENING = (_Key.Key_Return, _Key.Key_Enter)
MARKING = _Key.Key_R


def is_own(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """True for the keys of this module, without Ctrl, Alt or Shift."""
    plain = not modifiers & ~Qt.KeyboardModifier.KeypadModifier
    return plain and key in (*_STEPS, *_FRAMES, *OPENING, MARKING)


def moved_by(key: int, cell: MemoryCell, memory: tuple[tuple[int, CellGrid], ...]) -> MemoryCell | None:
    """The memory cell that a key goes to from `cell`; None if there is none, or the key goes nowhere."""
    grids = dict(memory)
    frames = list(grids)
    if key in _FRAMES:
        place = frames.index(cell.t) + _FRAMES[_Key(key)]
        if not 0 <= place < len(frames):
            return None
        rows, columns = grids[frames[place]].size
        return MemoryCell(frames[place], (min(cell.cell[0], rows - 1), min(cell.cell[1], columns - 1)))
    if key not in _STEPS:
        return None
    down, right = _STEPS[_Key(key)]
    row, column = cell.cell[0] + down, cell.cell[1] + right
    rows, columns = grids[cell.t].size
    return MemoryCell(cell.t, (row, column)) if 0 <= row < rows and 0 <= column < columns else None
