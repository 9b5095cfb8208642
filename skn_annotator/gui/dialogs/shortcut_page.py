"""ShortcutPage: groups of actions with their keys, in columns of lines; drawn, as it has some 300 texts."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from skn_annotator.gui.look import theme

Group = tuple[str, Sequence[tuple[str, str]]]
"""A title, and actions with their keys."""
EDGE = 24  # between columns, and between an action and its keys
_FOLDED = 60  # average letters of an action and its keys that stand on one line where lines are folded


class _Piece(NamedTuple):
    text: str
    column: int
    line: int
    is_keys: bool = False
    is_title: bool = False


class ShortcutPage(QWidget):
    """`lines` lines, each `line` pixels high: a height of any number of lines cuts none.

    `folds`: the keys stand below the action where both together are long, which makes columns narrower.
    """

    def __init__(self, columns: Sequence[Sequence[Group]], folds: bool) -> None:
        super().__init__()
        self.setFont(QApplication.font())
        self._bold = QFont(self.font())
        self._bold.setWeight(QFont.Weight.DemiBold)
        letters = QFontMetrics(self.font())
        self.line = letters.height() + 4
        longest = _FOLDED * letters.averageCharWidth() if folds else None
        self._pieces: list[_Piece] = []
        self._widths = [self._add(groups, index, longest) for index, groups in enumerate(columns)]
        self.lines = 1 + max(piece.line for piece in self._pieces)
        self.setMinimumSize(self.sizeHint())
        rows = (row for groups in columns for _, rows in groups for row in rows)
        self.setAccessibleName("\n".join(map(": ".join, rows)))

    def _add(self, groups: Sequence[Group], column: int, longest: int | None) -> int:
        """Place the groups below each other; how wide the column is in pixels."""
        line = width = 0
        for title, rows in groups:
            self._pieces.append(_Piece(title, column, line, is_title=True))
            width = max(width, QFontMetrics(self._bold).horizontalAdvance(title))
            line += 1
            for action, keys in rows:
                both = [QFontMetrics(self.font()).horizontalAdvance(text) for text in (action, keys)]
                is_folded = longest is not None and sum(both) + EDGE > longest
                self._pieces += [_Piece(action, column, line), _Piece(keys, column, line + is_folded, True)]
                width = max(width, max(both) if is_folded else sum(both) + EDGE)
                line += 1 + is_folded
            line += 1  # an empty one between groups
        return width

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths) + EDGE * len(self._widths), self.lines * self.line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        spare = (self.width() - self.sizeHint().width()) // len(self._widths)
        for piece in self._pieces:
            x = sum(self._widths[: piece.column]) + (EDGE + spare) * piece.column
            painter.setFont(self._bold if piece.is_title else self.font())
            painter.setPen(theme.color("dim" if piece.is_title or piece.is_keys else "text"))
            side = Qt.AlignmentFlag.AlignRight if piece.is_keys else Qt.AlignmentFlag.AlignLeft
            width = self._widths[piece.column] + spare
            painter.drawText(x, piece.line * self.line, width, self.line, side, piece.text)
        painter.end()
