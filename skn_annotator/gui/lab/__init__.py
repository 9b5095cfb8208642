"""The reader lab: a window that shows how the network read its memory for the frame on the canvas."""

from skn_annotator.gui.lab.lab_door import LabDoor
from skn_annotator.gui.lab.lab_keys import LAB_KEYS

__all__ = ["LAB_KEYS", "LabDoor"]
