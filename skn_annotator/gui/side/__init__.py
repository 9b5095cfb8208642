"""The panel beside the canvas: the objects, what is drawn, the memory."""

from skn_annotator.gui.side.memory_panel import MEMORY_KEYS
from skn_annotator.gui.side.network_panel import NetworkPanel
from skn_annotator.gui.side.object_list import ObjectList
from skn_annotator.gui.side.side_panel import SidePanel

__all__ = ["MEMORY_KEYS", "NetworkPanel", "ObjectList", "SidePanel"]
