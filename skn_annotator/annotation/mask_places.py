"""Whether masks lie at a place, by a glance at it: what is dropped on the window may be frames just as well.

A mask is a palette PNG, or a gray one with few values; frames are neither, but for a drawing.
"""

from pathlib import Path

import numpy as np
from PIL import Image

from skn_annotator.annotation.formats import FORMATS
from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.annotation.masks import PICTURE_ERRORS
from skn_annotator.annotation.project_files import is_project
from skn_annotator.errors import FormatError
from skn_annotator.files import exists

_FEW = 32
"""A picture with more values is no mask of objects."""
_VIDEOS = (".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v")


def holds_masks(path: Path) -> bool:
    """True if `path` is a mask, a folder or a data set of masks, or a COCO table; false for a project."""
    if exists(path) and path.is_file():
        return path.suffix.lower() == ".json" or (path.suffix.lower() == ".png" and _is_mask(path))
    if is_project(path):
        return False
    try:
        found = masks_in(path)
    except FormatError:
        return False
    if found.masks:
        others = [each for each in found.ignored if not each.name.startswith(".")]
        return not others and _is_mask(next(iter(found.masks.values())))
    return any(each.holds(path, "") or each.sequences(path) for each in FORMATS)


def video_of_masks(folder: Path) -> Path | None:
    """The video that the masks in `folder` belong to, judged by names: one beside it, or a data set's frames.

    ``cups`` and ``cups_masks`` lie beside ``cups.mp4``; ``Annotations/480p/cups`` is of
    ``JPEGImages/480p/cups``.
    """
    if not exists(folder) or not folder.is_dir() or not holds_masks(folder):
        return None
    if "Annotations" in folder.parts:
        at = len(folder.parts) - 1 - folder.parts[::-1].index("Annotations")
        frames = Path(*folder.parts[:at], "JPEGImages", *folder.parts[at + 1 :])
        return frames if frames.is_dir() and masks_in(folder).masks else None
    beside = [each for each in sorted(folder.parent.iterdir()) if each.suffix.lower() in _VIDEOS]
    fitting = [each for each in beside if folder.name == each.stem or folder.name.startswith(f"{each.stem}_")]
    return max(fitting, key=lambda each: len(each.stem), default=None)


def masks_beside(source: Path) -> Path | None:
    """The folder of masks whose video, or folder of frames, is `source`, as `video_of_masks` finds it."""
    if "JPEGImages" in source.parts:
        at = len(source.parts) - 1 - source.parts[::-1].index("JPEGImages")
        folders = [Path(*source.parts[:at], "Annotations", *source.parts[at + 1 :])]
    else:
        try:
            beside = [path for path in source.parent.iterdir() if path.name.startswith(source.stem)]
        except OSError:
            return None
        folders = sorted(beside)
    return next((folder for folder in folders if video_of_masks(folder) == source), None)


def _is_mask(path: Path) -> bool:
    try:
        with Image.open(path) as image:
            if image.mode not in ("P", "1", "L"):
                return False
            return len(np.unique(np.asarray(image))) <= _FEW
    except PICTURE_ERRORS:
        return False
