"""The masks in a folder: which files count, in which order, and what is passed over.

One rule for everything that reads such a folder, the same as for frames: PNGs, be the ending .png or .PNG, in
the natural order of their names; hidden files (a Mac's "._00000.png") do not count.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from skn_annotator.errors import FormatError, Message
from skn_annotator.files import cannot_read

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif")


@dataclass(frozen=True)
class MaskFolder:
    """What `masks_in` found."""

    masks: Mapping[str, Path]
    """Name without suffix -> file, in natural order."""
    ignored: tuple[Path, ...]
    """Pictures that do not count: of another kind, hidden, or of a name that another file has."""

    @property
    def note(self) -> tuple[Message, ...]:
        """A sentence about what was ignored, if anything was."""
        return ignored_note(self.ignored)


def ignored_note(ignored: tuple[Path, ...]) -> tuple[Message, ...]:
    """A sentence about the files `ignored`, if there are any."""
    if not ignored:
        return ()
    if len(ignored) == 1:
        return (
            Message("{file} was passed over, as masks are PNGs with a name of their own.", file=ignored[0]),
        )
    return (
        Message(
            "{n} files were passed over, as masks are PNGs with a name of their own: {files}.",
            n=len(ignored),
            files=", ".join(str(path) for path in ignored[:3]) + (", ..." if len(ignored) > 3 else ""),
        ),
    )


def masks_in(folder: Path) -> MaskFolder:
    """The masks in `folder`; none if there is no such folder. Raises FormatError if it cannot be read."""
    try:
        found = sorted(_pictures_in(folder), key=_natural_order) if folder.is_dir() else []
    except OSError as error:
        raise FormatError(cannot_read(folder, error)) from error
    masks: dict[str, Path] = {}
    ignored = []
    for path in found:
        counts = path.suffix.lower() == ".png" and not path.name.startswith(".")
        if counts and masks.setdefault(path.stem, path) == path:
            continue
        ignored.append(path)
    return MaskFolder(masks, tuple(ignored))


def folders_of_masks(parent: Path) -> tuple[Path, ...]:
    """The folders in `parent` that hold a PNG; none if there is no such folder."""
    try:
        folders = sorted(path for path in parent.iterdir() if path.is_dir() and path.name[:1] != ".")
        return tuple(folder for folder in folders if _holds_png(folder))
    except OSError:
        return ()


def _holds_png(folder: Path) -> bool:
    with os.scandir(folder) as entries:
        return any(
            entry.name.lower().endswith(".png") and entry.name[:1] != "." and entry.is_file()
            for entry in entries
        )


def _pictures_in(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:  # that knows which are files: sets have millions
        for entry in entries:
            path = folder / entry.name
            if path.suffix.lower() in _PICTURES and entry.is_file():
                yield path


def _natural_order(path: Path) -> tuple[object, ...]:
    # The split gives text and digits in turns, so that like is always compared with like.
    parts = re.split(r"(\d+)", path.stem)
    numbered = tuple(int(part) if part.isdecimal() else part.casefold() for part in parts)
    return numbered, path.stem, path.suffix != ".png"
