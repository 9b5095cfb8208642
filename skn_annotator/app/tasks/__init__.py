"""What runs in the background, and the value types of its passes that the window needs."""

from skn_annotator.inference.directions import Direction

__all__ = ["Direction"]
