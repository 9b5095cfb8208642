"""Pieces of text with a role that the style sheet knows ("Heading", "Hint", "Title", "Key"), and times."""

from PySide6.QtWidgets import QLabel


def caption(content: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """A piece of text; `wrap` breaks it into lines."""
    piece = QLabel(content)
    piece.setObjectName(role)
    piece.setWordWrap(wrap)
    return piece


def clock(seconds: float) -> str:
    """A time in the video: "00:04.27", "1:02:03.50"."""
    minutes, rest = divmod(round(100 * seconds), 6000)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes:02d}"
    return f"{head}:{rest / 100:05.2f}"
