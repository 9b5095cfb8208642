"""The masks that a command or a script is given: one PNG, a folder of them, or a data set."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from skn_annotator.annotation.formats import WantedMasks, find_masks
from skn_annotator.annotation.mask_folder import ignored_note, masks_in
from skn_annotator.annotation.masks import object_ids
from skn_annotator.annotation.white_ground import check_ground
from skn_annotator.arrays import Mask
from skn_annotator.counts import counted
from skn_annotator.errors import FormatError
from skn_annotator.video.frames import FrameSource


class GivenMasks(NamedTuple):
    """What `read_given_masks` found."""

    masks: Mapping[int, Mask]
    """By frame."""
    files: tuple[Path, ...]
    """What they were read from."""
    notes: tuple[str, ...]
    """Which objects there are, and what was passed over."""


def read_given_masks(path: Path, frames: FrameSource, cut_mattes: bool = False) -> GivenMasks:
    """The masks at `path` for `frames`; `cut_mattes`: those with soft edges are cut at one half.

    Where a video's pixels are not square, masks of its stored size are scaled to the shown one.

    One PNG is the first frame's, those in a folder are named like their frames; a data set is looked through
    for the sequence of the frames' name. Raises FormatError if there is no mask, if a name is no frame's, if
    a mask cannot be used, or if all are empty.
    """
    wanted = WantedMasks(frames.name, frames.stems, frames.size, cut_mattes, frames.stored_size)
    if path.is_dir() or path.suffix.lower() == ".json":
        _check_names(path, frames)
        found = find_masks(path, wanted)
        masks, files = {t: read() for t, read in found.masks.items()}, found.files
        notes = tuple(ignored_note(found.ignored))
    else:
        check_ground((path,), cut_mattes)
        masks, files, notes = {0: wanted.read(path)}, (path,), ()
    shown = [object_ids(mask) for mask in masks.values()]
    ids = sorted({i for own in shown for i in own})
    if not ids:
        raise FormatError(f"{path} shows no object: paint at least one, with the values 1, 2, ...")
    objects = f"object{'s' * (len(ids) > 1)} {', '.join(map(str, ids))}"
    note = f"{path} shows {objects} on {sum(map(bool, shown))} of {counted(len(frames), 'frame')}"
    empty = sum(not own for own in shown)
    return GivenMasks(masks, files, (*notes, f"{note}, and none on {empty}" if empty else note))


def _check_names(folder: Path, frames: FrameSource) -> None:
    stems = frozenset(frames.stems)
    for stem, file in masks_in(folder).masks.items():
        if stem not in stems:
            raise FormatError(
                f"{file} is named like no frame of {frames.path}: its frames are {frames.stems[0]} to "
                f"{frames.stems[-1]}"
            )
