"""Reading an export back: whether what lies on the disk is what was written. Any check raises FormatError."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.arrays import Size
from skn_annotator.errors import FormatError
from skn_annotator.files import read_file


def check_count(folder: Path, ending: str, wanted: int) -> None:
    """`folder` holds `wanted` files with this ending."""
    if sum(1 for _ in folder.glob(f"*.{ending}")) != wanted:
        raise differs(folder)


def check_mask(path: Path, wanted: Collection[int], size: Size) -> None:
    """The mask at `path` is of `size` and shows the objects `wanted`."""
    if not path.is_file() or set(object_ids(read_mask(path, size))) != set(wanted):
        raise differs(path)


def read_table(path: Path) -> dict[str, Any]:
    """The JSON object at `path`."""
    try:
        content = json.loads(read_file(path).decode("utf-8"))
    except (OSError, ValueError) as error:
        raise differs(path) from error
    return dict(content)


def differs(path: Path) -> FormatError:
    """The error about a file that does not hold what was written."""
    return FormatError(
        "{path} is not what was written: another program changed it, or the disk fails. Export again",
        path=path,
    )
