"""What lies at a path that is held over the window, by a glance at it: nothing is decoded but one small mask.

What is named here may still turn out to be damaged, which opening it tells. `NOTHING` is what certainly is
neither video nor picture by its name and by its first bytes, and a folder without any.
"""

import os
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QMimeDatabase

from skn_annotator.annotation.mask_places import holds_masks
from skn_annotator.annotation.project_files import is_project
from skn_annotator.files import exists
from skn_annotator.video.picture_list import IMAGE_SUFFIXES

_OTHER = ("text/", "audio/", "font/", "message/", "model/")
_OTHERS = (
    "application/pdf",
    "application/zip",
    "application/gzip",
    "application/x-executable",
    "application/x-zerosize",
)
_UNKNOWN = "application/octet-stream"
_LOOKED_AT = 5000
"""Entries of a folder, at most: one with so many others first holds frames, too, for all that is known."""


class Droppable(Enum):
    """What a drop would bring."""

    VIDEO = "video"
    PICTURES = "pictures"
    PROJECT = "project"
    MASKS = "masks"
    NOTHING = "nothing"


def what_lies_at(path: Path) -> Droppable:
    """What could be opened or imported at `path`, which is any path."""
    try:
        if not exists(path):
            return Droppable.NOTHING
        if path.is_dir():
            return _of_folder(path)
        if holds_masks(path):
            return Droppable.MASKS
        return Droppable.NOTHING if _is_other(path) else Droppable.VIDEO
    except OSError:  # it may be read no more, or never could
        return Droppable.NOTHING


def _of_folder(folder: Path) -> Droppable:
    if is_project(folder):
        return Droppable.PROJECT
    if holds_masks(folder):
        return Droppable.MASKS
    with os.scandir(folder) as entries:
        for n, entry in enumerate(entries):
            if n == _LOOKED_AT or Path(entry.name).suffix.lower() in IMAGE_SUFFIXES:
                return Droppable.PICTURES
    return Droppable.NOTHING


def _is_other(path: Path) -> bool:
    """True if name and first bytes, as far as they are known, are not those of a video or a picture."""
    database, modes = QMimeDatabase(), QMimeDatabase.MatchMode
    kinds = [database.mimeTypeForFile(str(path), mode) for mode in (modes.MatchExtension, modes.MatchContent)]
    known = [kind for kind in kinds if kind.name() != _UNKNOWN]
    is_other = [kind.name().startswith(_OTHER) or any(map(kind.inherits, _OTHERS)) for kind in known]
    return bool(known) and all(is_other)
