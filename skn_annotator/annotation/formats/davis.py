"""DAVIS 2017: a data set of sequences, masks as palette PNGs.

    ROOT/JPEGImages/{480p,Full-Resolution}/SEQ/00000.jpg
    ROOT/Annotations/{480p,Full-Resolution}/SEQ/00000.png     palette PNG, value = object id
    ROOT/ImageSets/2017/{train,val}.txt                        one sequence per line

What is written keeps every rule of the official scorer (davis2017-evaluation, semi-supervised): three frames
or more, one PNG per JPEG, ids 1 ... n without a gap, none that the first frame lacks, no void. `plan_davis`
makes an annotation fit and says what it had to change. DAVIS 2016 is read, too: its masks are binary and its
folders the same; and so is any folder of masks that are named like frames, such as skn-propagate writes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from skn_annotator.annotation.formats.base import (
    AnnotatedSequence,
    Format,
    FoundMasks,
    Frames,
    Progress,
    WantedMasks,
    save_frame,
    save_mask,
)
from skn_annotator.annotation.formats.readback import check_count, check_mask
from skn_annotator.annotation.mask_folder import MaskFolder, folders_of_masks, masks_in
from skn_annotator.annotation.masks import is_of_size, object_ids
from skn_annotator.annotation.names import folder_name
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.arrays import Frame, Mask
from skn_annotator.counts import frame_count
from skn_annotator.errors import FormatError, Message
from skn_annotator.files import locked, read_file, replace_files

MIN_FRAMES = 3
"""The scorer leaves the first and the last frame out."""
_HEIGHTS = {"480p": 480, "Full-Resolution": None}
_SUBSETS = ("train", "val")


@dataclass(frozen=True)
class DavisPlan:
    """How a sequence will be written: `ids` maps each id that stays to the one it gets.

    `notes` are sentences for the user about everything that differs from the annotation.
    """

    name: str
    length: int
    ids: Mapping[int, int]
    notes: tuple[Message, ...]

    def folders(self, root: Path) -> tuple[Path, ...]:
        """The folders that the export makes, and replaces where they exist."""
        kinds = ("JPEGImages", "Annotations")
        return tuple(root / kind / resolution / self.name for kind in kinds for resolution in _HEIGHTS)


def plan_davis(name: str, length: int, first: Mask | None, ids: Mapping[int, frozenset[int]]) -> DavisPlan:
    """Fit a sequence to the rules.

    `first` is its first id map, None: no mask; `ids` are the objects on each frame that has a mask. Raises
    FormatError if that is impossible: fewer than three frames, or no object in the first one.
    """
    if length < MIN_FRAMES:
        raise FormatError(
            "{name} has {length}: DAVIS needs {least} or more, choose another format",
            name=name,
            length=frame_count(length),
            least=MIN_FRAMES,
        )
    kept = () if first is None else object_ids(_resized(first, _HEIGHTS["480p"], cv2.INTER_NEAREST_EXACT))
    if not kept:
        raise FormatError(
            "The first frame of {name} shows no object, and DAVIS starts from one: propagate backward to it",
            name=name,
        )
    file_name = folder_name(name)
    new_ids = {old: new for new, old in enumerate(kept, 1)}
    found = sorted(frozenset[int]().union(*ids.values()))
    notes = _notes(name, file_name, new_ids, found, length - len(ids))
    return DavisPlan(file_name, length, new_ids, tuple(notes))


class DavisFormat(Format):
    """Written at 480p and at full resolution, listed in ``train.txt`` and ``val.txt``."""

    key = "davis"
    name = Message("DAVIS data set")
    purpose = Message("For the official DAVIS scorer, and for XMem, Cutie and other video segmentation")
    place_name = "DAVIS"

    def makes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Path, ...]:
        """Four folders: pictures and masks, at both resolutions."""
        return _plan(sequence).folders(place)

    def notes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Message, ...]:
        """The changes that `plan_davis` makes; raises FormatError as it does."""
        return _plan(sequence).notes

    def fill(self, place: Path, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Progress]:
        """All frames; those without a mask show no object."""
        plan = _plan(sequence)
        for t in range(plan.length):
            _write_frame(place, plan, t, frames(t), sequence.annotation.mask(t), sequence.stamp)
            yield Progress(t + 1, plan.length)

    def enlist(self, place: Path, sequence: AnnotatedSequence) -> None:
        """A line in ``train.txt`` and in ``val.txt``."""
        folder = place / "ImageSets" / "2017"
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            for subset in _SUBSETS:
                _add_line(folder / f"{subset}.txt", _plan(sequence).name)

    def check(self, place: Path, sequence: AnnotatedSequence) -> None:
        """A PNG for every JPEG; at full resolution each shows the objects of its frame."""
        plan = _plan(sequence)
        for resolution in _HEIGHTS:
            check_count(place / "JPEGImages" / resolution / plan.name, "jpg", plan.length)
            check_count(place / "Annotations" / resolution / plan.name, "png", plan.length)
        folder = place / "Annotations" / "Full-Resolution" / plan.name
        for t in range(plan.length):
            wanted = {plan.ids[i] for i in sequence.ids.get(t, frozenset()) if i in plan.ids}
            check_mask(folder / f"{t:05d}.png", wanted, sequence.size)

    def holds(self, place: Path, name: str) -> bool:
        """A data set with this sequence, or a folder of masks."""
        return any(masks_in(folder).masks for folder in _mask_folders(place, name))

    def sequences(self, place: Path) -> tuple[str, ...]:
        """The folders of masks at any resolution, and those that a result has, as skn-propagate writes it."""
        root = place / "Annotations"
        parents = (place, *(root / resolution for resolution in _HEIGHTS), root)
        return tuple(sorted({folder.name for parent in parents for folder in folders_of_masks(parent)}))

    def read(self, place: Path, wanted: WantedMasks) -> FoundMasks:
        """The masks that are named like a frame; of several resolutions those of the frames' size."""
        folders = {folder: masks_in(folder) for folder in _mask_folders(place, wanted.name)}
        candidates = [
            (found, paths) for found in folders.values() if (paths := _named_like(found, wanted.stems))
        ]
        if not candidates:
            raise FormatError(
                "{folder} holds no mask named like a frame, such as {example}: rename the masks",
                folder=place,
                example=f"{wanted.stems[0]}.png",
            )
        fitting = (
            each for each in candidates if is_of_size(min(each[1].items())[1], wanted.size, wanted.stored)
        )
        found, paths = next(fitting, candidates[0])
        masks = {t: partial(wanted.read, path) for t, path in paths.items()}
        named = frozenset(paths.values())
        unlike = [path for path in found.masks.values() if path not in named]
        return FoundMasks(
            masks, files=tuple(found.masks.values()), ignored=found.ignored, notes=tuple(_left_out(unlike))
        )


def _plan(sequence: AnnotatedSequence) -> DavisPlan:
    return plan_davis(sequence.name, sequence.length, sequence.annotation.mask(0), sequence.ids)


def _mask_folders(place: Path, name: str) -> tuple[Path, ...]:
    """Where the masks of the sequence `name` may lie, the best first."""
    root = place / "Annotations"
    named = folder_name(name)
    resolutions = (root / resolution / named for resolution in reversed(_HEIGHTS))
    return (place, *resolutions, root / named, place / named)


def _left_out(unlike: Sequence[Path]) -> Iterator[Message]:
    """A sentence about the masks that are named like no frame, if there are any."""
    if len(unlike) == 1:
        yield Message("{file} is named like no frame and was left out.", file=unlike[0])
    elif unlike:
        files = ", ".join(str(path) for path in unlike[:3]) + (", ..." if len(unlike) > 3 else "")
        yield Message(
            "{n} files are named like no frame and were left out: {files}.", n=len(unlike), files=files
        )


def _named_like(found: MaskFolder, stems: Sequence[str]) -> dict[int, Path]:
    return {t: found.masks[stem] for t, stem in enumerate(stems) if stem in found.masks}


def _notes(
    name: str, file_name: str, ids: Mapping[int, int], found: Sequence[int], unmasked: int
) -> Iterator[Message]:
    if file_name != name:
        yield Message(
            "The sequence is called {file_name}: {name} would not do as a folder of a data set.",
            file_name=file_name,
            name=name,
        )
    for old in found:
        if old not in ids:
            yield Message(
                "Object {id} is not in the first frame (at 480p), which the scorer refuses: left out; "
                "propagate backward to the first frame to keep it.",
                id=old,
            )
    moved = [f"{old} → {new}" for old, new in ids.items() if old != new]
    if moved:
        yield Message(
            "Ids must count from 1 without a gap, so they change: {changes}.", changes=", ".join(moved)
        )
    if unmasked == 1:
        yield Message("1 frame has no mask and is written as empty.")
    elif unmasked:
        yield Message("{n} frames have no mask and are written as empty.", n=unmasked)


def _write_frame(root: Path, plan: DavisPlan, t: int, frame: Frame, mask: Mask | None, stamp: Stamp) -> None:
    new_ids = np.zeros(256, np.uint8)
    new_ids[list(plan.ids)] = list(plan.ids.values())
    ids = np.zeros(frame.shape[:2], np.uint8) if mask is None else new_ids[mask]
    for resolution, height in _HEIGHTS.items():
        pictures, masks = (root / kind / resolution / plan.name for kind in ("JPEGImages", "Annotations"))
        save_frame(pictures / f"{t:05d}.jpg", _resized(frame, height, cv2.INTER_AREA), stamp)
        save_mask(masks / f"{t:05d}.png", _resized(ids, height, cv2.INTER_NEAREST_EXACT), stamp)


def _resized(image: Frame, height: int | None, interpolation: int) -> Frame:
    """`image`, a frame or a mask, at `height` and an even width, as DAVIS has them; never enlarged."""
    old_height, old_width = image.shape[:2]
    if height is None or old_height <= height:
        return image
    width = 2 * max(1, round(old_width * height / old_height / 2))
    return cv2.resize(image, (width, height), interpolation=interpolation).astype(np.uint8, copy=False)


def _add_line(path: Path, line: str) -> None:
    """Everything that stands in the list stays as it is."""
    content = read_file(path) if path.exists() else b""
    if line.encode() not in content.split():
        gap = b"" if content.endswith(b"\n") or not content else b"\n"
        replace_files({path: content + gap + line.encode() + b"\n"})
