"""YouTube-VOS: a data set of sequences, masks as palette PNGs, and a table of their objects.

    ROOT/train/JPEGImages/VID/00000.jpg     every frame
    ROOT/train/Annotations/VID/00000.png    palette PNG of the frames that have a mask, value = object id
    ROOT/train/meta.json                    {"videos": {VID: {"objects": {"1": {"category", "frames"}}}}}

Frames keep their size and objects their ids: gaps are allowed, and an object may first appear in a later
frame. Its category is its name. A frame without a mask is not annotated, and gets no PNG.
"""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

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
from skn_annotator.annotation.formats.categories import categories
from skn_annotator.annotation.formats.readback import check_count, check_mask, differs, read_table
from skn_annotator.annotation.mask_folder import folders_of_masks, masks_in
from skn_annotator.annotation.names import folder_name
from skn_annotator.errors import FormatError, Message
from skn_annotator.files import cannot_read, locked, read_file, replace_files
from skn_annotator.palette import VOID

_SUBSET = "train"
_SUBSETS = (_SUBSET, "valid")
"""What is read."""


class YouTubeVosFormat(Format):
    """Written into the subset ``train``."""

    key = "youtube-vos"
    name = Message("YouTube-VOS data set")
    purpose = Message("For training on video; objects may first appear on a later frame")
    place_name = "YouTube-VOS"

    def makes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Path, ...]:
        """The folder of the pictures and that of the masks."""
        return _folders(place, sequence.name)

    def notes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Message, ...]:
        """Raises FormatError if no mask shows an object, or ``meta.json`` is not one."""
        categories(sequence)
        _read_meta(place / _SUBSET / "meta.json")
        return super().notes(place, sequence)

    def fill(self, place: Path, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Progress]:
        """Every frame, and the masks that there are."""
        pictures, annotations = _folders(place, sequence.name)
        for t in range(sequence.length):
            save_frame(pictures / f"{t:05d}.jpg", frames(t), sequence.stamp)
            mask = sequence.annotation.mask(t)
            if mask is not None:
                save_mask(annotations / f"{t:05d}.png", mask, sequence.stamp)
            yield Progress(t + 1, sequence.length)

    def enlist(self, place: Path, sequence: AnnotatedSequence) -> None:
        """The video's entry in ``meta.json``; others stay."""
        meta = place / _SUBSET / "meta.json"
        entry = _entry(categories(sequence), sequence.ids)
        with locked(meta.parent):
            content = _read_meta(meta)
            content["videos"] = {**content["videos"], folder_name(sequence.name): entry}
            replace_files({meta: json.dumps(content, ensure_ascii=False).encode(errors="backslashreplace")})

    def check(self, place: Path, sequence: AnnotatedSequence) -> None:
        """Every frame, a PNG where there is a mask, and the same objects in ``meta.json``."""
        pictures, masks = _folders(place, sequence.name)
        check_count(pictures, "jpg", sequence.length)
        check_count(masks, "png", len(sequence.ids))
        for t, shown in sequence.ids.items():
            check_mask(masks / f"{t:05d}.png", shown, sequence.size)
        meta = place / _SUBSET / "meta.json"
        videos = read_table(meta).get("videos", {})
        listed = {int(i) for i in videos.get(masks.name, {}).get("objects", {})}
        if listed != frozenset[int]().union(*sequence.ids.values()):
            raise differs(meta)

    def holds(self, place: Path, name: str) -> bool:
        """A data set with ``train/meta.json``, or ``valid``'s, and masks of this sequence."""
        return _subset_with(place, name) is not None

    def sequences(self, place: Path) -> tuple[str, ...]:
        """The folders of masks in every subset."""
        folders = (f for subset in _SUBSETS for f in folders_of_masks(place / subset / "Annotations"))
        return tuple(sorted({folder.name for folder in folders}))

    def read(self, place: Path, wanted: WantedMasks) -> FoundMasks:
        """The masks, and the categories as the objects' names.

        A frame is looked for by its own name, and by the number that an export gives it.
        """
        subset = _subset_with(place, wanted.name) or _SUBSET
        folder = _folders(place, wanted.name, subset)[1]
        found = masks_in(folder)
        paths = {
            t: found.masks.get(stem) or found.masks.get(f"{t:05d}") for t, stem in enumerate(wanted.stems)
        }
        masks = {t: partial(wanted.read, path) for t, path in paths.items() if path}
        if not masks:
            raise FormatError(
                "{folder} holds no mask of these frames: check the sequence's name", folder=folder
            )
        names = _categories_in(place / subset / "meta.json", folder.name)
        return FoundMasks(masks, names, tuple(found.masks.values()), found.ignored)


def _folders(root: Path, name: str, subset: str = _SUBSET) -> tuple[Path, Path]:
    """The folders of pictures and of masks that belong to the sequence `name`."""
    video = folder_name(name)
    return root / subset / "JPEGImages" / video, root / subset / "Annotations" / video


def _subset_with(root: Path, name: str) -> str | None:
    """The subset that has a table, and masks of the sequence `name`."""
    with_table = (subset for subset in _SUBSETS if (root / subset / "meta.json").is_file())
    return next((subset for subset in with_table if _folders(root, name, subset)[1].is_dir()), None)


def _entry(names: Mapping[int, str], ids: Mapping[int, frozenset[int]]) -> dict[str, Any]:
    """The video's part of ``meta.json``; `names`: object id -> category."""
    return {
        "objects": {
            str(i): {"category": name, "frames": [f"{t:05d}" for t in sorted(ids) if i in ids[t]]}
            for i, name in names.items()
        }
    }


def _categories_in(meta: Path, video: str) -> dict[int, str]:
    """Object id -> category of `video`, as far as the table tells."""
    entry = _read_meta(meta)["videos"].get(video)
    objects = entry.get("objects") if isinstance(entry, dict) else None
    listed = objects.items() if isinstance(objects, dict) else ()
    found = {
        i: each.get("category")
        for i, each in listed
        if i.isdecimal() and len(i) < 4 and isinstance(each, dict)
    }
    return {int(i): name for i, name in found.items() if isinstance(name, str) and 0 < int(i) < VOID}


def _read_meta(path: Path) -> dict[str, Any]:
    """The table as it is now; `videos` in it maps video -> entry."""
    if not path.exists():
        return {"videos": {}}
    try:
        content = json.loads(read_file(path).decode("utf-8"))
        if isinstance(content["videos"], dict):
            return dict(content)
    except OSError as error:
        raise FormatError(cannot_read(path, error)) from error
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    raise FormatError("{path} is not YouTube-VOS's meta.json: choose another folder, or remove it", path=path)
