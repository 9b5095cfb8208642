"""Names in lists of others, and names for files of ours: what may be a path below a folder."""

import os
import re
from pathlib import Path, PurePosixPath, PureWindowsPath

from skn_annotator.errors import FormatError
from skn_annotator.files import cannot_read

_LONGEST = 120
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever its ending."""


def folder_name(name: str) -> str:
    """`name` changed so that it can name a folder on every system, and is one word in a list."""
    name = re.sub(r"[^\w.()+-]+", "_", name)[:_LONGEST].strip("_").rstrip(".") or "sequence"
    return f"{name}_" if _DEVICE.fullmatch(name) else name


def shell_name(name: str) -> str:
    """`name` as a file name that needs no quotes in a shell: letters, digits, and ``_.+-`` inside."""
    return re.sub(r"[()]+", "_", folder_name(name)).strip("_").lstrip("-.+") or "sequence"


def path_below(folder: Path, name: str, listed_in: Path) -> Path:
    """`folder` / `name`, where `name` stands in the list or table `listed_in`.

    Raises FormatError if it is no name at all, leads out of `folder` (absolute, with a drive, or by ".."), or
    is none that a file can have.
    """
    kinds = (PurePosixPath(name), PureWindowsPath(name))
    leaves = any(path.is_absolute() or path.drive or path.root or ".." in path.parts for path in kinds)
    if leaves or "\0" in name or not name.strip():
        raise FormatError(
            "{path} lists {name}, which leads out of {folder}: only names below it are read",
            path=listed_in,
            name=repr(name[:_LONGEST]),
            folder=folder,
        )
    try:
        os.lstat(folder / name)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except PermissionError as error:
        raise FormatError(cannot_read(folder / name, error)) from error
    except (OSError, ValueError) as error:  # ValueError: a character that no file system has
        raise FormatError(
            "{path} lists {name}, which cannot be the name of a file: {reason}",
            path=listed_in,
            name=repr(name[:_LONGEST]),
            reason=getattr(error, "strerror", None) or error,
        ) from error
    return folder / name
