"""A mouse over the canvas, in image coordinates."""

from PySide6.QtCore import QPoint, Qt


class Hand:
    """Presses, moves and drags as a person does."""

    def __init__(self, qtbot, canvas):
        self._qtbot, self._canvas = qtbot, canvas

    def at(self, xy):
        x, y = self._canvas.view.to_widget(xy)
        return QPoint(round(x), round(y))

    def drag(self, *points, button=Qt.MouseButton.LeftButton, modifier=Qt.KeyboardModifier.NoModifier):
        self.press(points[0], button, modifier)
        for point in points[1:]:
            self.move(point)
        self.release(points[-1], button, modifier)

    def press(self, point, button=Qt.MouseButton.LeftButton, modifier=Qt.KeyboardModifier.NoModifier):
        self._qtbot.mouseMove(self._canvas, self.at(point))
        self._qtbot.mousePress(self._canvas, button, modifier, self.at(point))

    def move(self, point):
        self._qtbot.mouseMove(self._canvas, self.at(point))

    def release(self, point, button=Qt.MouseButton.LeftButton, modifier=Qt.KeyboardModifier.NoModifier):
        self._qtbot.mouseRelease(self._canvas, button, modifier, self.at(point))
