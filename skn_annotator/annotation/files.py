"""Writing files so that a crash leaves the old or the new one, with errors that name file and remedy."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex

from skn_annotator.errors import ProjectError

_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.5)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError into a ProjectError that names `path`, the reason and the remedy."""
    try:
        yield
    except OSError as error:
        raise ProjectError(
            "{path} cannot be written ({reason}): free some space or choose another place",
            path=path,
            # the first line only: imageio-ffmpeg's message is a whole log
            reason=error.strerror or str(error).partition("\n")[0],
        ) from error


def replace_files(contents: Mapping[Path, bytes], at_once: int = 64, durable: bool = True) -> None:
    """Write the files, in order; after a crash each holds the old bytes or the new, never a part.

    Not `durable`: only after a crash of the program, and quicker; a machine that stops may lose the files.
    """
    paths = list(contents)
    for start in range(0, len(paths), at_once):  # few files may be open at once
        _replace_batch({path: contents[path] for path in paths[start : start + at_once]}, durable)


def put_in_place(written: Path, path: Path) -> None:
    """Rename `written` to `path`, replacing it.

    On Windows that fails while a scanner or a viewer reads `path`; a moment later it does not.
    """
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            written.replace(path)
            return
        except PermissionError:
            time.sleep(pause)
    written.replace(path)


def _replace_batch(contents: Mapping[Path, bytes], durable: bool) -> None:
    temporary: dict[Path, Path] = {}
    try:
        with ExitStack() as stack:
            handles = []
            for path, data in contents.items():
                name = path.with_name(f".{token_hex(8)}.tmp")
                handle = stack.enter_context(open(name, "xb", opener=_open_new))
                temporary[path] = name
                handle.write(data)
                handle.flush()
                handles.append(handle)
            for handle in (
                handles if durable else ()
            ):  # after all writes: the file system can then commit them together
                os.fsync(handle.fileno())
        for path, written in temporary.items():
            put_in_place(written, path)
    finally:
        for written in temporary.values():
            written.unlink(missing_ok=True)


def _open_new(path: str, flags: int) -> int:
    """Open a new file; fails if the name exists, even as a link, which could lead out of the folder."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)
