"""DAVIS 2017: writing a sequence, and finding the sequences and masks of a data set.

    ROOT/JPEGImages/{480p,Full-Resolution}/SEQ/00000.jpg
    ROOT/Annotations/{480p,Full-Resolution}/SEQ/00000.png     palette PNG, value = object id
    ROOT/ImageSets/2017/{train,val}.txt                        one sequence per line

What is written keeps every rule of the official scorer (davis2017-evaluation, semi-supervised): three frames
or more, one PNG per JPEG, ids 1 ... n without a gap, none that the first frame lacks, no void. `plan_davis`
makes an annotation fit and says what it had to change; `export_davis` writes. DAVIS 2016 is read, too: its
masks are binary and its folders the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from skn_annotator.annotation.formats.staging import folder_name, move_in, staged
from skn_annotator.annotation.masks import encode_mask, object_ids, read_mask
from skn_annotator.errors import FormatError, Message

Array = NDArray[np.uint8]

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


def plan_davis(name: str, length: int, first: Array | None, ids: Mapping[int, frozenset[int]]) -> DavisPlan:
    """Fit a sequence to the rules.

    `first` is its first id map, None: no mask; `ids` are the objects on each frame that has a mask. Raises
    FormatError if that is impossible: fewer than three frames, or no object in the first one.
    """
    if length < MIN_FRAMES:
        raise FormatError(
            "{name} has {length} frames: DAVIS needs {least} or more, choose another format",
            name=name,
            length=length,
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


def export_davis(
    root: Path, plan: DavisPlan, frames: Callable[[int], Array], masks: Callable[[int], Array | None]
) -> Iterator[tuple[int, int]]:
    """Write the sequence into the data set at `root`, yielding (frames done, frames in all) after each.

    `frames(t)` is RGB, uint8 (H, W, 3); `masks(t)` the id map, (H, W), None: no object. The folders appear
    when all is written, or not at all: closing the generator early leaves `root` as it was. Raises
    ProjectError if it cannot be written.
    """
    with staged(root, plan.name) as staging:
        for folder in plan.folders(staging):
            folder.mkdir(parents=True, exist_ok=True)
        for t in range(plan.length):
            _write_frame(staging, plan, t, frames(t), masks(t))
            yield t + 1, plan.length
        move_in(staging, root, plan.folders(Path()))
        for subset in _SUBSETS:
            _add_line(root / "ImageSets" / "2017" / f"{subset}.txt", plan.name)


def davis_sequences(root: Path) -> dict[str, Path]:
    """Sequence name -> folder of its pictures, in the data set at `root`; 480p where there is a choice."""
    found: dict[str, Path] = {}
    for base in (root / "JPEGImages" / "480p", root / "JPEGImages" / "Full-Resolution", root / "JPEGImages"):
        folders = sorted(base.iterdir()) if base.is_dir() else []
        for folder in folders:
            if folder.is_dir() and folder.name not in _HEIGHTS:
                found.setdefault(folder.name, folder)
    return found


def masks_beside(frames: Path) -> Path | None:
    """The folder of masks that belongs to a sequence's folder of pictures, None if there is none."""
    parts = list(frames.resolve().parts)
    if "JPEGImages" not in parts:
        return None
    place = len(parts) - 1 - parts[::-1].index("JPEGImages")
    folder = Path(*parts[:place], "Annotations", *parts[place + 1 :])
    return folder if folder.is_dir() else None


def read_masks(folder: Path, stems: Sequence[str], size: tuple[int, int]) -> Iterator[tuple[int, Array]]:
    """The masks in `folder` that are named like a frame, as (t, id map of `size`), in order.

    Raises FormatError if none is, or if one cannot be used.
    """
    existing = [(t, folder / f"{stem}.png") for t, stem in enumerate(stems)]
    existing = [(t, path) for t, path in existing if path.is_file()]
    if not existing:
        raise FormatError(
            "{folder} holds no mask named like a frame, such as {example}: rename the masks",
            folder=folder,
            example=f"{stems[0]}.png",
        )
    for t, path in existing:
        yield t, read_mask(path, size)


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
    if unmasked:
        yield Message("{n} frames have no mask and are written as empty.", n=unmasked)


def _write_frame(root: Path, plan: DavisPlan, t: int, frame: Array, mask: Array | None) -> None:
    new_ids = np.zeros(256, np.uint8)
    new_ids[list(plan.ids)] = list(plan.ids.values())
    ids = np.zeros(frame.shape[:2], np.uint8) if mask is None else new_ids[mask]
    for resolution, height in _HEIGHTS.items():
        picture = Image.fromarray(_resized(frame, height, cv2.INTER_AREA))
        picture.save(root / "JPEGImages" / resolution / plan.name / f"{t:05d}.jpg", quality=95)
        data = encode_mask(_resized(ids, height, cv2.INTER_NEAREST_EXACT))
        (root / "Annotations" / resolution / plan.name / f"{t:05d}.png").write_bytes(data)


def _resized(image: Array, height: int | None, interpolation: int) -> Array:
    """`image` at `height` and an even width, as DAVIS has them; never enlarged."""
    old_height, old_width = image.shape[:2]
    if height is None or old_height <= height:
        return image
    width = 2 * max(1, round(old_width * height / old_height / 2))
    return cv2.resize(image, (width, height), interpolation=interpolation).astype(np.uint8, copy=False)


def _add_line(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = path.read_text(encoding="utf-8").split() if path.exists() else []
    if line not in lines:
        path.write_text("\n".join([*lines, line]) + "\n", encoding="utf-8")
