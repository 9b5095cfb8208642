"""Drafts: the mask of one frame while an action on it is not finished.

The action paints on a copy of the mask; `Document` makes one `Edit` of it when the action ends. Which pixels
change is decided by `annotation.raster` and `annotation.reshape`.
"""

from collections.abc import Callable, Iterable

from skn_annotator.annotation.outlines import Lines
from skn_annotator.annotation.raster import paint_stroke, union
from skn_annotator.arrays import Mask, Point, Rect


class Draft:
    """What frame `t` will look like after the action called `name` on the object `object_id`."""

    def __init__(self, t: int, mask: Mask, object_id: int, name: str, in_vain: str = "") -> None:
        """`mask`: writable uint8 (H, W), changed in place. `in_vain`: what to tell the user if it changes
        nothing."""
        self.t = t
        self.mask = mask
        self.object_id = object_id
        self.name = name
        self.in_vain = in_vain
        self.lines: Lines = ()  # the outline whose inside the object is in `mask`


class Stroke(Draft):
    """One press, drag and release of a brush or an eraser: paints the object along points, or erases it."""

    def __init__(
        self,
        t: int,
        mask: Mask,
        object_id: int,
        name: str,
        *,
        in_vain: str,
        erases: bool,
        radius: float,
        protect: Iterable[int],
    ) -> None:
        """`protect`: ids whose pixels stay as they are."""
        super().__init__(t, mask, object_id, name, in_vain)
        self._value = 0 if erases else object_id
        self._radius = radius
        self._protect = frozenset(protect)
        self._last: Point | None = None

    def to(self, xy: Point) -> Rect | None:
        """Paint from the last point to `xy`, image coordinates; return what changed, None if nothing did."""
        start = self._last or xy
        self._last = xy
        return paint_stroke(self.mask, start, xy, self._radius, self._value, self._protect)


class Trial(Draft):
    """An action that is tried again and again, as while a mask is dragged: only the last try stays."""

    def __init__(self, t: int, mask: Mask, object_id: int, name: str, in_vain: str = "") -> None:
        super().__init__(t, mask, object_id, name, in_vain)
        self._start = mask.copy()
        self._changed: Rect | None = None

    def retry(self, change: Callable[[Mask], Rect | None]) -> Rect | None:
        """Make `change` in place of the last try; return what may look different now."""
        before = self._changed
        if before is not None:
            x0, y0, x1, y1 = before
            self.mask[y0:y1, x0:x1] = self._start[y0:y1, x0:x1]
        self._changed = change(self.mask)
        return union(before, self._changed)

    def add(self, change: Callable[[Mask], Rect | None]) -> Rect | None:
        """Make `change` beside the last try, which the next one replaces, too; return what changed."""
        rect = change(self.mask)
        self._changed = union(self._changed, rect)
        return rect
