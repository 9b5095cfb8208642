"""``--box`` and ``--point`` of ``skn-propagate``: the first frame's mask without a mask."""

import argparse
from collections.abc import Callable, Sequence
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from skn_annotator.cli.options import short
from skn_annotator.errors import FormatError, SknError

if TYPE_CHECKING:
    from skn_annotator.arrays import Frame, Mask

MOST_OBJECTS = 254


class Hint(NamedTuple):
    """One --box, (x0, y0, x1, y1), or one --point, (x, y), and the object that it is about."""

    numbers: tuple[float, ...]
    object_id: int


def add_selection_options(parser: argparse.ArgumentParser) -> None:
    """--box and --point."""
    parser.add_argument(
        "--box",
        metavar="X0,Y0,X1,Y1[,ID]",
        type=_hint(4),
        action="append",
        default=[],
        help="a box round an object of the first frame instead of --masks; once for each object",
    )
    parser.add_argument(
        "--point",
        metavar="X,Y[,ID]",
        type=_hint(2),
        action="append",
        default=[],
        help="a point on an object of the first frame, alone or beside its box; as often as needed",
    )


def _hint(count: int) -> Callable[[str], Hint]:
    def read(text: str) -> Hint:
        try:
            values = [float(each) for each in text.split(",")]
        except ValueError:
            values = []
        object_id = values[count] if len(values) == count + 1 else 1.0
        is_complete = len(values) in (count, count + 1) and all(map(isfinite, values))
        if not is_complete or object_id not in range(1, MOST_OBJECTS + 1):
            wanted = "X0,Y0,X1,Y1" if count == 4 else "X,Y"
            raise argparse.ArgumentTypeError(
                f"{short(text)} is not {wanted}, or {wanted},ID with an object's number from 1 to "
                f"{MOST_OBJECTS}"
            )
        return Hint(tuple(values[:count]), int(object_id))

    return read


def select_first(frame: "Frame", boxes: Sequence[Hint], points: Sequence[Hint]) -> "Mask":
    """The id map of what `boxes` and `points` select on `frame`; smaller objects lie over larger ones.

    Raises SknError if an object has two boxes, if one lies outside of the frame, or if nothing is found.
    """
    import numpy as np

    from skn_annotator.api.select import select

    found = []
    for object_id in dict.fromkeys(each.object_id for each in (*boxes, *points)):
        own = [each.numbers for each in boxes if each.object_id == object_id]
        if len(own) > 1:
            raise SknError(f"object {object_id} has {len(own)} boxes: give each object its own ID")
        clicks = [each.numbers for each in points if each.object_id == object_id]
        try:
            mask = select(frame, own[0] if own else None, clicks)
        except FormatError as error:
            raise SknError(f"object {object_id}: {error}") from error
        if not mask.any():
            raise SknError(f"object {object_id}: nothing is found there; give a box, or more points on it")
        found.append((np.count_nonzero(mask), object_id, mask))
    ids = np.zeros(frame.shape[:2], np.uint8)
    for _, object_id, mask in sorted(found, key=lambda each: -each[0]):
        ids[mask] = object_id
    return ids
