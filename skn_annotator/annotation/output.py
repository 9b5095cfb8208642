"""The rule for everything that is written for others: exports, results, overlay videos.

An input is never written to: not the video, nor the frames or the masks that are read; they are known by file
identity, so links make no difference. No picture is put among those of a folder that is read, where it would
be read the next time, and nothing into a project. What is there already is replaced unasked only where it
bears the stamp of this program and of the same source. What is written stands aside, in a fresh folder, until
it is complete, and is renamed then: a job that is cancelled leaves nothing, one that is killed a hidden
folder that nobody reads.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from skn_annotator.annotation.project_files import SUFFIX, is_project
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.errors import ProjectError
from skn_annotator.files import put_in_place, writing

_PART = ".part"
_PICTURE = ".png"
"""What pictures are written as."""
_OF_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")
"""What file browsers leave in every folder."""
_Identity = tuple[int, int]


@dataclass(frozen=True)
class OutputRule:
    """What an output made from `source` may replace; `inputs` is all else that is read, files or folders.

    `overwrite`: the user was asked, and allowed to replace what is there, whosoever it is.
    """

    source: Path
    inputs: tuple[Path, ...] = ()
    overwrite: bool = False

    def check(self, outputs: Iterable[Path]) -> None:
        """Raises ProjectError if one of `outputs`, files or folders, must not be replaced."""
        outputs = tuple(outputs)
        read = {identity for path in (self.source, *self.inputs) for identity in _identities(path)}
        for path in _existing(outputs):
            if _identity(path) in read:
                raise ProjectError(
                    "{path} is read here, so it is never written to: choose another place", path=path
                )
        for path in outputs:
            _check_lies_in_no_project(path)
            if path.suffix == _PICTURE and _identity(path.parent) in read:
                raise ProjectError(
                    "{path} is read here, so it is never written to: choose another place", path=path.parent
                )
        foreign = () if self.overwrite else self.foreign(outputs)
        if foreign:
            raise not_ours(foreign, self.source)

    def foreign(self, outputs: Iterable[Path]) -> tuple[Path, ...]:
        """The files at `outputs`, or in the folders there, that were not written from this source."""
        stamp = Stamp(self.source)
        return tuple(
            path
            for path in _existing(outputs)
            if (path.is_symlink() or not path.is_dir()) and not _is_left_by_a_browser(path)
            if path.is_symlink() or not stamp.is_on(path)
        )


def not_ours(files: Sequence[Path], source: Path) -> ProjectError:
    """The error about `files` that stay, as the program did not write them from `source`."""
    if len(files) == 1:
        return ProjectError(
            "{path} would be replaced, but it was not written from {source}, or was changed since: choose "
            "another place, or allow it (--overwrite)",
            path=files[0],
            source=source.name,
        )
    return ProjectError(
        "{path} and {n} more would be replaced, but they were not written from {source}, or were changed "
        "since: choose another place, or allow it (--overwrite)",
        path=files[0],
        n=len(files) - 1,
        source=source.name,
    )


@contextmanager
def staged(root: Path) -> Iterator[Path]:
    """A fresh folder in `root` to write into, removed at the end, with `root` where that was new and stays
    empty.

    Raises ProjectError where that is impossible.
    """
    new = [folder for folder in (root, *root.parents) if not folder.exists()]
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".", suffix=_PART, dir=root))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            with suppress(OSError):  # not empty
                for folder in new:
                    folder.rmdir()


def broken_off(root: Path) -> tuple[Path, ...]:
    """What killed exports into `root` left there, if not one is running."""
    return tuple(sorted(path for path in root.glob(f".*{_PART}") if path.is_dir()))


def move_in(staging: Path, root: Path, paths: Sequence[Path]) -> None:
    """Move `paths`, given relative to both, from `staging` to `root`, in place of what is there.

    If one cannot be moved, the folders before it are as they were. Raises OSError.
    """
    moved: list[tuple[Path, Path]] = []
    try:
        for number, path in enumerate(paths):
            final, old = root / path, staging / f"old-{number}"
            final.parent.mkdir(parents=True, exist_ok=True)
            if final.is_symlink() or final.is_dir():  # a file is replaced in one step, a folder in two
                put_in_place(final, old)
                moved.append((final, old))
            put_in_place(staging / path, final)
    except OSError:
        for final, old in reversed(moved):
            if final.is_dir() and not final.is_symlink():
                shutil.rmtree(final)
            put_in_place(old, final)
        raise


def _existing(outputs: Iterable[Path]) -> Iterator[Path]:
    """`outputs` that are there, with everything in them."""
    for path in outputs:
        if not os.path.lexists(path):
            continue
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from path.rglob("*")


def _check_lies_in_no_project(path: Path) -> None:
    for folder in path.resolve().parents:
        if folder.suffix == SUFFIX and is_project(folder):
            raise ProjectError(
                "{path} lies in the project {folder}, where only its own files are: choose another place",
                path=path,
                folder=folder,
            )


def _identities(path: Path) -> Iterator[_Identity]:
    """Of a file, or of a folder and what is in it."""
    for each in (path, *(path.iterdir() if path.is_dir() else ())):
        identity = _identity(each)
        if identity is not None:
            yield identity


def _identity(path: Path) -> _Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_left_by_a_browser(path: Path) -> bool:
    return path.name in _OF_SYSTEMS or path.name.startswith("._")
