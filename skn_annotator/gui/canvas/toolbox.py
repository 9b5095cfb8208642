"""Toolbox: the tools, which of them is chosen, and the size of the brush."""

from PySide6.QtCore import QObject, Signal

from skn_annotator.app.language import translatable
from skn_annotator.app.session import Session
from skn_annotator.gui.canvas.assist_tools import BoxTool
from skn_annotator.gui.canvas.brush_tool import BrushTool
from skn_annotator.gui.canvas.editable_polygon_tool import EditablePolygonTool
from skn_annotator.gui.canvas.patch_tools import FillTool, MoveTool
from skn_annotator.gui.canvas.select_tool import SelectTool
from skn_annotator.gui.canvas.shape_tools import LassoTool, MagneticTool
from skn_annotator.gui.canvas.tool import Tool

SMALLEST_BRUSH, LARGEST_BRUSH = 1.0, 500.0

TOOLS = ("brush", "eraser", "select", "polygon", "lasso", "magnetic", "box", "fill", "move")
"""In the order of the tool bar."""


class Toolbox(QObject):
    """The chosen tool and the brush's size."""

    tool_changed = Signal()
    shape_changed = Signal()  # an unfinished outline or selection changed, or the tool's hint
    size_changed = Signal()

    def __init__(self, session: Session, radius: float = 12.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.radius = radius
        changed = self.shape_changed.emit
        self.tools: dict[str, Tool] = {
            "brush": BrushTool("brush", session, self, erases=False),
            "eraser": BrushTool("eraser", session, self, erases=True),
            "select": SelectTool("select", session, changed),
            "polygon": EditablePolygonTool("polygon", translatable("Polygon"), session, changed),
            "lasso": LassoTool("lasso", translatable("Lasso"), session, changed),
            "magnetic": MagneticTool("magnetic", translatable("Magnetic lasso"), session, changed),
            "box": BoxTool("box", session, self, changed),
            "fill": FillTool("fill", session),
            "move": MoveTool("move", session),
        }
        self.tool: Tool = self.tools["brush"]
        session.viewer.position_changed.connect(lambda _: self.tool.put_down())
        session.viewer.frame_shown.connect(lambda _: self.tool.pick_up())
        session.project.opened.connect(self._forget)
        session.document.draft_changed.connect(self.shape_changed)
        session.painter.selection.answered.connect(self.shape_changed)

    def choose(self, name: str) -> None:
        """Choose the tool called `name`, one of `TOOLS`."""
        if self.tool.name != name:
            self.tool.put_down()
            self.tool = self.tools[name]
            self.tool.pick_up()
            self.tool_changed.emit()

    def _forget(self) -> None:
        for tool in self.tools.values():
            tool.put_down()
            tool.forget()

    def resize(self, factor: float) -> None:
        """Scale the brush; it changes by a quarter of a pixel at least, so small brushes change too."""
        step = self.radius * (factor - 1)
        if abs(step) < 0.25:
            step = 0.25 if factor > 1 else -0.25
        self.set_radius(self.radius + step)

    def set_radius(self, radius: float) -> None:
        """Set the brush's radius in image pixels."""
        radius = min(LARGEST_BRUSH, max(SMALLEST_BRUSH, radius))
        if radius != self.radius:
            self.radius = radius
            self.size_changed.emit()
