"""How a sequence comes into a data set's folders: whole, or not at all.

It is written aside, below ``ROOT/.NAME.part``, and moved to its place when it is complete; lists and tables
that all sequences share are changed last. A format says which folders it makes; this knows none.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from skn_annotator.annotation.files import put_in_place, writing

_LONGEST = 120
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever its ending."""


def folder_name(name: str) -> str:
    """`name` as it can be a folder, and a word of a list, on every system."""
    name = re.sub(r"[^\w.()+-]+", "_", name)[:_LONGEST].strip("_").rstrip(".") or "sequence"
    return f"{name}_" if _DEVICE.fullmatch(name) else name


@contextmanager
def staged(root: Path, name: str) -> Iterator[Path]:
    """A folder in `root` to write into, removed at the end. Raises ProjectError where that is impossible."""
    staging = root / f".{name}.part"
    with writing(root):
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def move_in(staging: Path, root: Path, folders: Sequence[Path]) -> None:
    """Move the `folders`, given relative to both, from `staging` to `root`; what is there is replaced."""
    for folder in folders:
        final = root / folder
        final.parent.mkdir(parents=True, exist_ok=True)
        if final.exists():
            shutil.rmtree(final)
        put_in_place(staging / folder, final)
