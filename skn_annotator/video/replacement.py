"""Whether a video file was replaced, or written to, while it is open: its frames and masks then part ways.

A folder of pictures is not watched while it is looked at: its pictures are read anew each time, and one of
another size is refused. A pass or an export looks at all of them before it begins.
"""

from pathlib import Path

from skn_annotator.errors import VideoError
from skn_annotator.video.picture_list import list_pictures


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


class OpenedSource:
    """A video file, or a folder with its pictures, as it is now: a pass or an export wants the same later.

    To be made before the frames are counted. It takes a look at each picture, which is for now and then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._state = _whole_state(path)

    def check(self) -> None:
        """Raises VideoError if a file was changed or removed since."""
        if not self.path.exists():
            raise VideoError(
                "{path} was moved or deleted while it was open: put it back, then try again", path=self.path
            )
        if _whole_state(self.path) != self._state:
            raise replaced(self.path)


def replaced(path: Path) -> VideoError:
    """The error about a source that is not what was opened any more."""
    return VideoError(
        "{path} was replaced while it was open, and does not fit its masks any more: open it again", path=path
    )


def _whole_state(path: Path) -> list[tuple[object, ...] | None]:
    """Of the file, or of each picture of a folder with its name."""
    if not path.is_dir():
        return [_state(path)]
    return [(picture.name, _state(picture)) for picture in list_pictures(path).pictures]


def _state(path: Path) -> tuple[int, ...] | None:
    """What tells a file from another, and from itself once it was written to; None: no file is there."""
    try:
        status = path.stat()
    except OSError:
        return None
    is_folder = path.is_dir()
    return (int(is_folder), *(() if is_folder else (status.st_ino, status.st_size, status.st_mtime_ns)))
