"""The lanes below the canvas, the bar that steps, plays and propagates, and the preview of a pass."""

from skn_annotator.gui.timeline.pass_preview import PassPreview
from skn_annotator.gui.timeline.timeline import Timeline
from skn_annotator.gui.timeline.timeline_keys import TIMELINE_KEYS
from skn_annotator.gui.timeline.transport import Transport

__all__ = ["TIMELINE_KEYS", "PassPreview", "Timeline", "Transport"]
