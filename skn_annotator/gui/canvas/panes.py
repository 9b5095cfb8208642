"""Panes: the canvas as one picture, or as two of the same size beside each other. A value; no Qt.

Both show the same place at the same zoom: a point of a pane is the same point of the frame in either.
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
        """(width, height) of each."""
        width, height = self.canvas
        return max(1, (width - GAP * (self.count - 1)) // self.count), height

    def left(self, pane: int) -> int:
        """Where on the canvas the pane begins."""
        return pane * (self.size[0] + GAP)

    def pane_at(self, x: float) -> int:
        """The pane under `x` of the canvas."""
        return min(self.count - 1, max(0, int(x // (self.size[0] + GAP))))

    def inside(self, at: Point, pane: int) -> Point:
        """A point of the canvas as a point of the pane."""
        return at[0] - self.left(pane), at[1]
