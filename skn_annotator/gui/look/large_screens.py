"""Screens of many pixels: how large the window opens there, and at what scale its parts are easy to see."""

from PySide6.QtCore import QSize

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""What the preferences offer for the size of the window's parts."""
_LEAST = QSize(1280, 800)
_SHARE = 0.8
_LINES = 1080
"""Lines of the screen that the window's parts are drawn for."""
_LEAST_PROPOSED = 1.5


def opening_size(room: QSize) -> QSize:
    """How large a window opens for the first time on a screen with so much room, both in pixels."""
    return (room * _SHARE).expandedTo(_LEAST).boundedTo(room)


def proposed_scale(screen: QSize) -> float | None:
    """The scale that leaves a screen of this size, in pixels, the lines that the window is drawn for.

    None where its parts are large enough as they are.
    """
    lines = min(screen.width(), screen.height())
    largest = max((scale for scale in SCALES if lines >= _LINES * scale), default=1.0)
    return largest if largest >= _LEAST_PROPOSED else None
