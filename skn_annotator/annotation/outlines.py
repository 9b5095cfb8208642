"""Outlines that stay editable: closed lines through corners, of whose inside an object consists on a frame.

Next to the mask, which alone says whose a pixel is, an annotation may know the lines that an object was drawn
with. They hold as long as the object's pixels are those that they gave, which a checksum tells: whatever else
changes these pixels ends the outline, and undo of that brings it back.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from skn_annotator.annotation.raster import clear_object, paint_polygon, union
from skn_annotator.arrays import Mask, Point, Rect

FEWEST_CORNERS = 3


@dataclass(frozen=True)
class ClosedLine:
    """A polygon through `corners`, whose inside is painted, or erased.

    Corners are rounded to a hundredth of a pixel, as a project keeps them.
    """

    corners: tuple[Point, ...]
    erases: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "corners", tuple((round(x, 2), round(y, 2)) for x, y in self.corners))


Lines = tuple[ClosedLine, ...]
"""Painted and erased one after the other."""


@dataclass(frozen=True)
class ObjectOutline:
    """The lines of an object on a frame; `checksum`: of its pixels when they were painted.

    `drawn`: by hand; otherwise they lie between drawn ones and follow them.
    """

    lines: Lines
    checksum: int
    drawn: bool = True


def paint_lines(mask: Mask, lines: Lines, value: int, protect: Container[int] = ()) -> Rect | None:
    """The object `value` becomes the inside of `lines` and nothing else; ids in `protect` keep their pixels.

    Changes the id map `mask` in place; returns the bounds of what may have changed.
    """
    changed = clear_object(mask, value)
    others = frozenset(range(256)) - {value}
    for line in lines:
        new, kept = (0, others) if line.erases else (value, protect)
        changed = union(changed, paint_polygon(mask, line.corners, new, kept))
    return changed


def with_corner_at(lines: Lines, line: int, corner: int, xy: Point) -> Lines:
    """The corner `corner` of the line `line` lies at `xy`."""
    corners = list(lines[line].corners)
    corners[corner] = xy
    return _with_corners(lines, line, corners)


def with_corner_after(lines: Lines, line: int, corner: int, xy: Point) -> Lines:
    """A new corner at `xy` follows the corner `corner`."""
    corners = list(lines[line].corners)
    corners.insert(corner + 1, xy)
    return _with_corners(lines, line, corners)


def without_corner(lines: Lines, line: int, corner: int) -> Lines:
    """Without one corner; a line that has too few then is left out."""
    corners = list(lines[line].corners)
    del corners[corner]
    if len(corners) < FEWEST_CORNERS:
        return lines[:line] + lines[line + 1 :]
    return _with_corners(lines, line, corners)


def moved(lines: Lines, dx: float, dy: float) -> Lines:
    """Every corner moved by (`dx`, `dy`) pixels."""
    return tuple(replace(line, corners=tuple((x + dx, y + dy) for x, y in line.corners)) for line in lines)


def _with_corners(lines: Lines, line: int, corners: Iterable[Point]) -> Lines:
    changed = replace(lines[line], corners=tuple(corners))
    return (*lines[:line], changed, *lines[line + 1 :])
