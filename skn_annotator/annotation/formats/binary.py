"""Black-and-white masks: one folder per object, one PNG per frame, 255 where the object is.

    ROOT/SEQ/1_cup left/00000.png

What image editors and compositing programs take. Nothing is read back here: `read_mask` reads such a PNG as
the mask of object 1.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.files import writing
from skn_annotator.arrays import Mask

_LONGEST = 60


def binary_folders(folder: Path, objects: Sequence[AnnotatedObject]) -> tuple[Path, ...]:
    """The folders in `folder` that an export of `objects` writes into."""
    return tuple(folder / _folder_name(o) for o in objects)


def export_binary(
    folder: Path,
    objects: Sequence[AnnotatedObject],
    stems: Sequence[str],
    size: tuple[int, int],
    masks: Callable[[int], Mask | None],
) -> Iterator[tuple[int, int]]:
    """Write every object's mask of every frame, yielding (frames done, frames in all) after each.

    `stems` name the frames' files; a frame without a mask, `masks(t)` is None, is written black. Raises
    ProjectError if `folder` cannot be written.
    """
    folders = binary_folders(folder, objects)
    with writing(folder):
        for one in folders:
            one.mkdir(parents=True, exist_ok=True)
        for t, stem in enumerate(stems):
            mask = masks(t)
            ids = np.zeros(size, np.uint8) if mask is None else mask
            for one, annotated in zip(folders, objects, strict=True):
                black_and_white = np.where(ids == annotated.id, np.uint8(255), np.uint8(0))
                Image.fromarray(black_and_white).save(one / f"{stem}.png")
            yield t + 1, len(stems)


def _folder_name(annotated: AnnotatedObject) -> str:
    """The id, which is unique, and as much of the name as every file system takes."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", annotated.name)
    name = " ".join(name.split())[:_LONGEST].strip(". ")
    return f"{annotated.id}_{name}" if name else str(annotated.id)
