"""Whether a video file was replaced, or written to, while it is open: its frames and masks then part ways.

A folder of pictures is not watched: its pictures are read anew each time, and one of another size is refused.
"""

from pathlib import Path

from skn_annotator.errors import VideoError


class WatchedFile:
    """The file at `path` as it is now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = _state(path)

    def check(self) -> None:
        """Raises VideoError if another file is there now, or the same was written to.

        One that was moved away is no harm while it is open.
        """
        state = _state(self._path)
        if state is not None and state != self._state:
            raise replaced(self._path)


def replaced(path: Path) -> VideoError:
    """The error about a source that is not what was opened any more."""
    return VideoError(
        "{path} was replaced while it was open, and does not fit its masks any more: open it again", path=path
    )


def _state(path: Path) -> tuple[int, ...] | None:
    """What tells a file from another, and from itself once it was written to; None: no file is there."""
    try:
        status = path.stat()
    except OSError:
        return None
    is_folder = path.is_dir()
    return (int(is_folder), *(() if is_folder else (status.st_ino, status.st_size, status.st_mtime_ns)))
