"""The frame with its masks and overlays, and the tools that work on it."""

from skn_annotator.gui.canvas.canvas import Canvas
from skn_annotator.gui.canvas.combination_switch import CombinationSwitch
from skn_annotator.gui.canvas.earlier_masks import EarlierMasks
from skn_annotator.gui.canvas.tool_bar import ToolBar
from skn_annotator.gui.canvas.toolbox import LARGEST_BRUSH, SMALLEST_BRUSH, TOOLS, Toolbox
from skn_annotator.gui.canvas.waiting_outlines import WaitingOutlines

__all__ = [
    "LARGEST_BRUSH",
    "SMALLEST_BRUSH",
    "TOOLS",
    "Canvas",
    "CombinationSwitch",
    "EarlierMasks",
    "ToolBar",
    "Toolbox",
    "WaitingOutlines",
]
