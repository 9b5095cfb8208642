"""Writing files: safe against a crash, and with one sentence for whatever keeps it from happening."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

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
            reason=error.strerror or str(error).partition("\n")[0],  # imageio-ffmpeg's goes on for lines
        ) from error


def replace_files(contents: Mapping[Path, bytes], at_once: int = 64) -> None:
    """Write the files, in order; after a crash each holds the old bytes or the new, never a part."""
    paths = list(contents)
    for start in range(0, len(paths), at_once):  # a process may have few files open
        _replace_batch({path: contents[path] for path in paths[start : start + at_once]})


def put_in_place(written: Path, path: Path) -> None:
    """`written` becomes `path`.

    On Windows that fails while a scanner or a viewer reads `path`; a moment later it does not.
    """
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            written.replace(path)
            return
        except PermissionError:
            time.sleep(pause)
    written.replace(path)


def _replace_batch(contents: Mapping[Path, bytes]) -> None:
    temporary = {path: path.with_name(path.name + ".tmp") for path in contents}
    try:
        with ExitStack() as stack:
            handles = [stack.enter_context(path.open("wb")) for path in temporary.values()]
            for handle, data in zip(handles, contents.values(), strict=True):
                handle.write(data)
                handle.flush()
            for handle in handles:  # after all writes, so that the file system commits them together
                os.fsync(handle.fileno())
        for path, written in temporary.items():
            put_in_place(written, path)
    finally:
        for written in temporary.values():
            written.unlink(missing_ok=True)
