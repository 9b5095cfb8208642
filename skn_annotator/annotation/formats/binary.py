"""Black-and-white masks: one folder per object, one PNG per frame, 255 where the object is.

    ROOT/SEQ/1_cup left/00000.png

What image editors and compositing programs take. An object's id and name are its folder's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.files import writing
from skn_annotator.annotation.formats.base import AnnotatedSequence, Format, FoundMasks, Frames, Progress
from skn_annotator.annotation.masks import read_mask
from skn_annotator.arrays import Mask, Size
from skn_annotator.errors import FormatError, Message
from skn_annotator.palette import VOID

_LONGEST = 60
_FOLDER = re.compile(r"(\d{1,3})(?:_(.*))?")


class BinaryFormat(Format):
    """A frame without a mask is written black."""

    name = Message("Binary masks")
    purpose = Message("A black-and-white PNG per object and frame: mattes for compositing")
    place_name = "{name}_masks"
    is_checked = False

    def makes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Path, ...]:
        """A folder for each object."""
        return tuple(place / _folder_name(o) for o in sequence.annotation.objects)

    def write(self, place: Path, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Progress]:
        """Every object's mask of every frame."""
        folders = self.makes(place, sequence)
        with writing(place):
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
            for t, stem in enumerate(sequence.stems):
                mask = sequence.annotation.mask(t)
                ids = np.zeros(sequence.size, np.uint8) if mask is None else mask
                for folder, annotated in zip(folders, sequence.annotation.objects, strict=True):
                    black_and_white = np.where(ids == annotated.id, np.uint8(255), np.uint8(0))
                    Image.fromarray(black_and_white).save(folder / f"{stem}.png")
                yield Progress(t + 1, sequence.length)

    def check(self, place: Path, sequence: AnnotatedSequence) -> None:
        """Nothing: these are read by programs that show what they read."""

    def holds(self, place: Path, name: str) -> bool:
        """A folder with a folder of PNGs for each object."""
        return bool(_object_folders(place))

    def read(self, place: Path, name: str, stems: Sequence[str], size: Size) -> FoundMasks:
        """The objects of all folders together; where they overlap, the higher id lies on top."""
        folders = _object_folders(place)
        masks = {}
        for t, stem in enumerate(stems):
            paths = {i: folder / f"{stem}.png" for i, folder in folders.items()}
            present = {i: path for i, path in paths.items() if path.is_file()}
            if present:
                masks[t] = partial(_together, present, size)
        if not masks:
            raise FormatError(
                "{folder} holds no mask named like a frame, such as {example}: rename the masks",
                folder=place,
                example=f"{stems[0]}.png",
            )
        names = {i: _FOLDER.fullmatch(folder.name) for i, folder in folders.items()}
        return FoundMasks(masks, {i: match[2] for i, match in names.items() if match and match[2]})


def _object_folders(place: Path) -> dict[int, Path]:
    """The folders named like objects, such as ``1_cup left``, that hold a PNG, by object id."""
    found = {}
    for folder in sorted(place.iterdir()) if place.is_dir() else ():
        match = _FOLDER.fullmatch(folder.name)
        if match and 0 < int(match[1]) < VOID and next(folder.glob("*.png"), None):
            found[int(match[1])] = folder
    return found


def _together(paths: Mapping[int, Path], size: Size) -> Mask:
    ids = np.zeros(size, np.uint8)
    for object_id in sorted(paths):
        ids[read_mask(paths[object_id], size) != 0] = object_id
    return ids


def _folder_name(annotated: AnnotatedObject) -> str:
    """The id, which is unique, and as much of the name as every file system takes."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", annotated.name)
    name = " ".join(name.split())[:_LONGEST].strip(". ")
    return f"{annotated.id}_{name}" if name else str(annotated.id)
