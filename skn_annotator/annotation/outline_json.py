"""The field `outlines` of a `project.json`: frame -> object -> lines, checksum, and whether it was drawn.

A line is `[erases, x0, y0, x1, y1, ...]`, in pixels of the frame. Only outlines that hold are
written; projects from before there were any lack the field.
"""

from typing import Any

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.outlines import FEWEST_CORNERS, ClosedLine, ObjectOutline
from skn_annotator.palette import VOID

_FARTHEST = 1e6
"""Pixels: no corner lies beyond, on any frame."""


def outlines_to_json(annotation: Annotation) -> dict[int, dict[int, dict[str, Any]]]:
    """What `json` can write of the outlines of `annotation` that hold."""
    written: dict[int, dict[int, dict[str, Any]]] = {}
    for t in annotation.frames():
        for object_id in annotation.outlines(t) or ():
            outline = annotation.outline(t, object_id)
            if outline is not None:
                written.setdefault(t, {})[object_id] = {
                    "lines": [_written(line) for line in outline.lines],
                    "checksum": outline.checksum,
                    "drawn": outline.drawn,
                }
    return written


def outlines_from_json(value: Any) -> dict[int, dict[int, ObjectOutline]]:
    """What `outlines_to_json` wrote and `json` read back. Raises ValueError, KeyError, TypeError or
    AttributeError if it is anything else."""
    found = {int(t): {int(i): _read(each) for i, each in outlines.items()} for t, outlines in value.items()}
    if any(not 0 < i < VOID for outlines in found.values() for i in outlines):
        raise ValueError(value)
    return found


def _written(line: ClosedLine) -> list[float]:
    return [int(line.erases), *(value for corner in line.corners for value in corner)]


def _read(value: Any) -> ObjectOutline:
    return ObjectOutline(
        tuple(_line(each) for each in value["lines"]), int(value["checksum"]), bool(value["drawn"])
    )


def _line(value: Any) -> ClosedLine:
    erases, *numbers = (float(each) for each in value)
    corners = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    if len(corners) < FEWEST_CORNERS or not all(abs(each) <= _FARTHEST for each in numbers):
        raise ValueError(value)
    return ClosedLine(corners, bool(erases))
