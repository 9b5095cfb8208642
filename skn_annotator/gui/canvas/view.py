"""View: where the image lies on the canvas. A value; every zoom and pan makes a new one. No Qt.

Image pixel (x, y) covers [x, x + 1) x [y, y + 1); widget coordinates are logical pixels.
"""

from dataclasses import dataclass

from skn_annotator.arrays import Point

SMALLEST, LARGEST = 0.02, 64.0


@dataclass(frozen=True)
class View:
    """The image's corner (0, 0) lies at (`x`, `y`) of the widget, `scale` widget pixels per image pixel."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def to_image(self, at: Point) -> Point:
        """Widget -> image coordinates."""
        return (at[0] - self.x) / self.scale, (at[1] - self.y) / self.scale

    def to_widget(self, at: Point) -> Point:
        """Image -> widget coordinates."""
        return at[0] * self.scale + self.x, at[1] * self.scale + self.y

    def zoomed(self, factor: float, at: Point) -> "View":
        """Scaled by `factor`; the image point under the widget point `at` stays there."""
        scale = min(LARGEST, max(SMALLEST, self.scale * factor))
        ratio = scale / self.scale
        return View(scale, at[0] - (at[0] - self.x) * ratio, at[1] - (at[1] - self.y) * ratio)

    def panned(self, dx: float, dy: float) -> "View":
        """Moved by widget pixels."""
        return View(self.scale, self.x + dx, self.y + dy)


def fit(image: tuple[int, int], widget: tuple[float, float], margin: float = 0.0) -> View:
    """The largest view that shows the whole image, centred. `image` is (H, W), `widget` (width, height)."""
    height, width = image
    room_x, room_y = max(1.0, widget[0] - 2 * margin), max(1.0, widget[1] - 2 * margin)
    scale = min(LARGEST, max(SMALLEST, min(room_x / width, room_y / height)))
    return View(scale, (widget[0] - width * scale) / 2, (widget[1] - height * scale) / 2)
