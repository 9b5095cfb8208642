"""Which files of a folder are frames, and in which order.

Pictures are those named like one, in the natural order of their names: img_2.png comes before img_10.png.
Hidden files (a Mac's "._00000.jpg") are none. What looks like a picture and is not taken can be named.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from skn_annotator.errors import Message, VideoError
from skn_annotator.files import cannot_read

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff")
"""The first of them wins where two pictures share a name."""
_OTHER_PICTURES = (
    *(".gif", ".apng", ".avif", ".heic", ".heif", ".jp2", ".jxl", ".pbm", ".pgm", ".pnm", ".ppm", ".tga"),
    *(".exr", ".dpx", ".dng", ".cr2", ".nef", ".arw", ".psd"),
)
_LONGEST_NAME = 230
"""Bytes of a name that leave room for the name of a mask while it is written; file systems allow 255."""
_NAMED = 3


@dataclass(frozen=True)
class PictureList:
    """`pictures`: one for each frame, in order. `doubles`: the others of the same names.

    `passed_over`: what is named like a picture and is none that can be read here.
    """

    pictures: tuple[Path, ...]
    doubles: tuple[Path, ...]
    passed_over: tuple[Path, ...]

    def all_in_order(self) -> list[Path]:
        """The pictures and their doubles."""
        return sorted((*self.pictures, *self.doubles), key=_natural_order)

    def notes(self, name: str) -> list[Message]:
        """What is not shown of the folder called `name`."""
        notes = []
        if len(self.doubles) == 1:
            notes.append(
                Message("A picture of {name} shares its name with another and was left out.", name=name)
            )
        elif self.doubles:
            notes.append(
                Message(
                    "{n} pictures of {name} share their name with another and were left out.",
                    n=len(self.doubles),
                    name=name,
                )
            )
        if self.passed_over:
            notes.append(
                Message("Not taken as frames of {name}: {files}.", name=name, files=some(self.passed_over))
            )
        return notes


def list_pictures(folder: Path) -> PictureList:
    """What is in `folder`, without its subfolders. Raises VideoError if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            found = [(folder / entry.name, _is_file(entry)) for entry in entries]
    except OSError as error:
        raise VideoError(cannot_read(folder, error)) from error
    known = [(path, is_file) for path, is_file in found if _is_named_like_a_picture(path)]
    taken = [p for p, is_file in known if is_file and p.suffix.lower() in IMAGE_SUFFIXES and p.name[0] != "."]
    by_stem: dict[str, Path] = {}
    for path in sorted(taken, key=_natural_order):
        by_stem.setdefault(path.stem, path)
    pictures = tuple(by_stem.values())
    others = {path for path, _ in known} - set(taken)
    return PictureList(
        pictures, tuple(sorted(set(taken) - set(pictures))), tuple(sorted(others, key=lambda path: path.name))
    )


def check_names(pictures: tuple[Path, ...]) -> None:
    """Raises VideoError for a name that is too long for a mask to be called after it."""
    longest = max(pictures, key=lambda path: len(os.fsencode(path.stem)))
    length = len(os.fsencode(longest.stem))
    if length > _LONGEST_NAME:
        if length == _LONGEST_NAME + 1:
            raise VideoError(
                "The name of {path} is too long for its mask to be named after it: shorten it by a letter",
                path=longest,
            )
        raise VideoError(
            "The name of {path} is too long for its mask to be named after it: shorten it by {n} letters",
            path=longest,
            n=length - _LONGEST_NAME,
        )


def some(paths: tuple[Path, ...] | list[Path]) -> str:
    """The names of the first few."""
    names = [path.name if len(path.name) < 60 else f"{path.name[:56]}…" for path in paths[:_NAMED]]
    return ", ".join(names) + (f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else "")


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False


def _is_named_like_a_picture(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in IMAGE_SUFFIXES or suffix in _OTHER_PICTURES


def _natural_order(path: Path) -> tuple[object, ...]:
    # The split gives text and digits in turns, so that like is always compared with like.
    parts = re.split(r"(\d+)", path.stem)
    numbered = tuple(int(part) if part.isdecimal() else part.casefold() for part in parts)
    return numbered, path.stem, IMAGE_SUFFIXES.index(path.suffix.lower())
