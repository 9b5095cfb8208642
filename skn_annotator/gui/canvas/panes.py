"""Panes: the canvas as one picture, or as two of the same size beside each other. A value; no Qt.

Both show the same part of the frame at the same zoom.
"""

from dataclasses import dataclass

from skn_annotator.arrays import Point

GAP = 2


@dataclass(frozen=True)
class Panes:
    """`count` panes on a canvas of (width, height), in logical pixels."""

    canvas: tuple[int, int] = (1, 1)
    count: int = 1

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of one pane."""
        width, height = self.canvas
        return max(1, (width - GAP * (self.count - 1)) // self.count), height

    def left(self, pane: int) -> int:
        """The canvas x of the pane's left edge."""
        return pane * (self.size[0] + GAP)

    def pane_at(self, x: float) -> int:
        """The index of the pane under canvas `x`."""
        return min(self.count - 1, max(0, int(x // (self.size[0] + GAP))))

    def inside(self, at: Point, pane: int) -> Point:
        """A point of the canvas in the coordinates of `pane`."""
        return at[0] - self.left(pane), at[1]
