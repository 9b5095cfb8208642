"""Rows and columns of a window's parts, each in one call."""

from typing import Any, TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Part = QWidget | QLayout | int | None | tuple[Any, ...]
"""A number is so many pixels of room, None takes all room that is left, a tuple is what Qt's `addWidget` and
`addLayout` take: the part, its stretch, its alignment."""
_Box = TypeVar("_Box", bound=QBoxLayout)


def row(
    *parts: Part,
    spacing: int = 8,
    margins: tuple[int, int, int, int] | None = None,
    of: QWidget | None = None,
) -> QHBoxLayout:
    """The parts from left to right, as the layout `of` a widget or inside another one.

    `spacing` between them in pixels, -1 as the style has it; `margins`: left, top, right, bottom.
    """
    return _filled(QHBoxLayout() if of is None else QHBoxLayout(of), parts, spacing, margins)


def column(
    *parts: Part,
    spacing: int = 8,
    margins: tuple[int, int, int, int] | None = None,
    of: QWidget | None = None,
) -> QVBoxLayout:
    """The parts from top to bottom, as `row` has them from left to right."""
    return _filled(QVBoxLayout() if of is None else QVBoxLayout(of), parts, spacing, margins)


def _filled(
    box: _Box, parts: tuple[Part, ...], spacing: int, margins: tuple[int, int, int, int] | None
) -> _Box:
    box.setSpacing(spacing)
    if margins is not None:
        box.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        else:
            first, *rest = part if isinstance(part, tuple) else (part,)
            (box.addWidget if isinstance(first, QWidget) else box.addLayout)(first, *rest)
    return box
