"""The files of a project folder: what they are called, which of them count, and that none is lost.

A project may come from somebody else: what it holds is read and written in its folder alone, never through a
link.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

from skn_annotator.errors import ProjectError
from skn_annotator.files import exists, locked, writing

SUFFIX = ".skn"
JSON = "project.json"
MASKS = "masks"
JSON_V1 = "project.v1.json"
JSON_DAMAGED = "project.damaged.json"
_LONGEST = 10
"""Digits of a frame number, at most."""


def default_folder(video: Path) -> Path:
    """Where the project of `video`, a file or a folder of frames, lies unless the user chooses."""
    return video.parent / f"{video.name if video.is_dir() else video.stem}{SUFFIX}"


def is_project(folder: Path) -> bool:
    """True if `folder` holds a project, be its JSON damaged."""
    settings, masks = folder / JSON, folder / MASKS
    return (exists(settings) and settings.is_file()) or (exists(masks) and masks.is_dir())


def check_no_links(folder: Path) -> None:
    """Raises ProjectError if a part of the project lies elsewhere."""
    for path in (folder / JSON, folder / MASKS):
        if path.is_symlink():
            raise ProjectError(
                "{path} is a link, which may lead out of the project: put what it leads to in its place",
                path=path,
            )


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Alone among the programs that save into the project `folder`, which is made if there is none.

    Or two of them would both find that nobody had saved, and one of them write over the other. Raises
    ProjectError.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        yield


def saved_elsewhere(folder: Path) -> ProjectError:
    """The error about a project that another program saved since this one read it."""
    return ProjectError(
        "{folder} was saved from another window meanwhile: export what you did here if you need it, close "
        "this video without saving, and open it again",
        folder=folder,
    )


def file_name(t: int) -> str:
    """The file of frame `t` in ``masks``."""
    return f"{t:05d}.png"


def frame_of(path: Path) -> int:
    """The frame whose mask lies at `path`; -1 if its name is no frame's, or it is a link."""
    t = int(path.stem) if path.stem.isdecimal() and len(path.stem) < _LONGEST else -1
    return t if path.name == file_name(t) and not path.is_symlink() else -1


def unused(path: Path) -> Path:
    """`path`, or with a number behind where that is taken."""
    numbered = (path.with_name(f"{path.name}.{n}") for n in count(1))
    return next(each for each in chain([path], numbered) if not os.path.lexists(each))
