"""Axis: which frames the timeline shows, and which pixel belongs to which frame.

A value: zooming and panning give another one. Frame t covers [t, t + 1) on it.
"""

from dataclasses import dataclass, replace
from math import ceil, floor

_FEWEST = 10
"""The fewest frames that zooming in can show."""


@dataclass(frozen=True)
class Axis:
    """`span` frames from `first` on, in fractions, lie side by side from pixel `left` on, `width` wide."""

    length: int
    left: float
    width: float
    first: float = 0.0
    span: float = 1.0

    @classmethod
    def whole(cls, length: int, left: float, width: float) -> "Axis":
        """All `length` frames of a sequence."""
        return cls(length, left, max(1.0, width), 0.0, float(length))

    @property
    def is_whole(self) -> bool:
        """True if all frames are shown."""
        return self.span >= self.length

    @property
    def cell(self) -> float:
        """The width of one frame in pixels."""
        return self.width / self.span

    @property
    def frames(self) -> range:
        """The frames that are shown, those cut at the edges included."""
        return range(max(0, floor(self.first)), min(self.length, ceil(self.first + self.span)))

    @property
    def per_pixel(self) -> int:
        """How many frames share one pixel; 1 if each has at least one."""
        return max(1, floor(1 / self.cell))

    def edge(self, t: float) -> float:
        """The pixel x where frame `t` begins."""
        return self.left + (t - self.first) * self.cell

    def x_of(self, t: float) -> float:
        """The pixel x of the middle of frame `t`."""
        return self.edge(t + 0.5)

    def frame_at(self, x: float) -> int:
        """The frame at pixel `x`; beyond the ends, the first or the last."""
        return min(max(0, floor((x - self.left) / self.cell + self.first)), self.length - 1)

    def zoomed(self, factor: float, x: float) -> "Axis":
        """Zoomed in by `factor`; the frame under pixel `x` stays there."""
        span = min(float(self.length), max(self.span / factor, min(_FEWEST, self.length)))
        share = min(1.0, max(0.0, (x - self.left) / self.width))
        return self._from(self.first + share * (self.span - span), span)

    def panned(self, pixels: float) -> "Axis":
        """Panned: the frames move right by `pixels`."""
        return self.scrolled(self.first - pixels / self.cell)

    def scrolled(self, first: float) -> "Axis":
        """At the same zoom, with frame `first` at the left edge."""
        return self._from(first, self.span)

    def showing(self, t: int) -> "Axis":
        """Unchanged if frame `t` is fully shown; else moved on by whole pages until it is."""
        if self.first <= t and t + 1 <= self.first + self.span:
            return self
        return self.scrolled(t - 0.1 * self.span if t >= self.first else t + 1 - 0.9 * self.span)

    def resized(self, width: float) -> "Axis":
        """The same frames over another width."""
        return replace(self, width=max(1.0, width))

    def _from(self, first: float, span: float) -> "Axis":
        return replace(self, first=min(max(0.0, first), self.length - span), span=span)
