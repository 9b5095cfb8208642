"""Black-and-white masks: one folder per object, one PNG per frame, 255 where the object is.

    ROOT/SEQ/1_cup_left/00000.png

For image editors and compositing programs. The folder's name holds the object's id and name.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.formats.base import (
    AnnotatedSequence,
    Format,
    FoundMasks,
    Frames,
    Progress,
    WantedMasks,
)
from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.arrays import Mask
from skn_annotator.errors import FormatError, Message
from skn_annotator.palette import VOID

_LONGEST = 60
_FOLDER = re.compile(r"(\d{1,3})(?:_(.*))?")


class BinaryFormat(Format):
    """A frame without a mask is written black."""

    key = "binary"
    name = Message("Binary masks")
    purpose = Message("A black-and-white PNG per object and frame: mattes for compositing")
    place_name = "{name}_masks"
    is_checked = False

    def makes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Path, ...]:
        """A folder for each object."""
        return tuple(place / _folder_name(o) for o in sequence.annotation.objects)

    def notes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Message, ...]:
        """Also which folders of objects would stay from an earlier export."""
        left = sorted(set(_object_folders(place).values()) - set(self.makes(place, sequence)))
        return (*super().notes(place, sequence), *map(_left_over, left))

    def fill(self, place: Path, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Progress]:
        """Every object's mask of every frame."""
        folders = self.makes(place, sequence)
        for folder in folders:
            folder.mkdir(parents=True)
        for t, stem in enumerate(sequence.stems):
            mask = sequence.annotation.mask(t)
            ids = np.zeros(sequence.size, np.uint8) if mask is None else mask
            for folder, annotated in zip(folders, sequence.annotation.objects, strict=True):
                black_and_white = np.where(ids == annotated.id, np.uint8(255), np.uint8(0))
                png = BytesIO()
                Image.fromarray(black_and_white).save(png, "PNG")
                (folder / f"{stem}.png").write_bytes(sequence.stamp.on_png(png.getvalue()))
            yield Progress(t + 1, sequence.length)

    def check(self, place: Path, sequence: AnnotatedSequence) -> None:
        """Nothing to check: black and white is what every program reads."""

    def holds(self, place: Path, name: str) -> bool:
        """A folder with a folder of PNGs for each object."""
        return bool(_object_folders(place))

    def read(self, place: Path, wanted: WantedMasks) -> FoundMasks:
        """The objects of all folders together; where they overlap, the higher id lies on top."""
        folders = _object_folders(place)
        found = {i: masks_in(folder) for i, folder in folders.items()}
        masks = {}
        for t, stem in enumerate(wanted.stems):
            paths = {i: each.masks[stem] for i, each in found.items() if stem in each.masks}
            if paths:
                masks[t] = partial(_together, paths, wanted)
        if not masks:
            raise FormatError(
                "{folder} holds no mask named like a frame, such as {example}: rename the masks",
                folder=place,
                example=f"{wanted.stems[0]}.png",
            )
        matches = {i: _FOLDER.fullmatch(folder.name) for i, folder in folders.items()}
        names = {i: match[2].replace("_", " ") for i, match in matches.items() if match and match[2]}
        files = tuple(path for each in found.values() for path in each.masks.values())
        return FoundMasks(
            masks, names, files, tuple(path for each in found.values() for path in each.ignored)
        )


def _object_folders(place: Path) -> dict[int, Path]:
    """The folders named like objects, such as ``1_cup_left``, that hold a PNG, by object id."""
    found = {}
    for folder in sorted(place.iterdir()) if place.is_dir() else ():
        match = _FOLDER.fullmatch(folder.name)
        if match and 0 < int(match[1]) < VOID and masks_in(folder).masks:
            found[int(match[1])] = folder
    return found


def _left_over(folder: Path) -> Message:
    return Message("{path} is there from an earlier export, and stays.", path=folder)


def _together(paths: Mapping[int, Path], wanted: WantedMasks) -> Mask:
    ids = np.zeros(wanted.size, np.uint8)
    for object_id in sorted(paths):
        ids[wanted.read(paths[object_id]) != 0] = object_id
    return ids


def _folder_name(annotated: AnnotatedObject) -> str:
    """The id, then as much of the name as no shell needs quotes for; the id keeps it unique."""
    name = re.sub(r"[^\w.+-]+", "_", annotated.name)[:_LONGEST].strip("_. ")
    return f"{annotated.id}_{name}" if name else str(annotated.id)
