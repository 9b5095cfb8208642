"""The panel beside the canvas: the objects, and what is drawn."""

from skn_annotator.gui.side.object_list import ObjectList
from skn_annotator.gui.side.side_panel import SidePanel

__all__ = ["ObjectList", "SidePanel"]
