"""Where the frames of the match view lie: the shown one at the left, the memorized ones in rows beside it.

Everything is in pixels of the shown frame, which has its corner at (0, 0).
"""

from dataclasses import dataclass
from math import ceil

from skn_annotator.arrays import Point, Size

_GAP = 0.03
"""Between two frames, as a share of the shown one's width."""


@dataclass(frozen=True)
class FramePlace:
    """A frame that is drawn with its corner at (`x`, `y`), made smaller by `scale`."""

    x: float
    y: float
    scale: float

    def to_view(self, at: Point) -> Point:
        """Pixels of that frame -> the view."""
        return self.x + at[0] * self.scale, self.y + at[1] * self.scale

    def to_frame(self, at: Point) -> Point:
        """The view -> pixels of that frame."""
        return (at[0] - self.x) / self.scale, (at[1] - self.y) / self.scale

    def rect(self, area: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """(x0, y0, x1, y1) in pixels of that frame -> (x, y, width, height) of the view."""
        (x, y), (x1, y1) = self.to_view(area[:2]), self.to_view(area[2:])
        return x, y, x1 - x, y1 - y


def places_of(count: int, size: Size) -> tuple[FramePlace, ...]:
    """Places for `count` memorized frames of `size` (H, W), in the order of reading; together they are as
    high as the shown frame."""
    height, width = size
    gap = _GAP * width
    rows = 1 if count <= 1 else ceil(count / (ceil(count / 2) if count <= 6 else ceil(count / 3)))
    columns = max(1, ceil(count / rows))
    scale = (height - gap * (rows - 1)) / (rows * height)
    scale = min(scale, 0.6)
    across, down = width * scale + gap, height * scale + gap
    return tuple(
        FramePlace(width + gap + (n % columns) * across, (n // columns) * down, scale) for n in range(count)
    )


def cell_at(point: Point, area: tuple[float, float, float, float], size: Size) -> tuple[int, int] | None:
    """The (row, column) of the cell at an image point, of `size` (H, W) cells that cover `area`; None
    outside."""
    x0, y0, x1, y1 = area
    row = int((point[1] - y0) / (y1 - y0) * size[0] // 1)
    column = int((point[0] - x0) / (x1 - x0) * size[1] // 1)
    return (row, column) if 0 <= row < size[0] and 0 <= column < size[1] else None
