"""Pieces of text with a role that the style sheet knows: "Heading", "Hint" (dim), "Title", "Key"."""

from PySide6.QtWidgets import QLabel


def caption(content: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """A piece of text; `wrap` breaks it into lines."""
    piece = QLabel(content)
    piece.setObjectName(role)
    piece.setWordWrap(wrap)
    return piece
