"""What a batch is made of: one row for each video, of a CSV file or of a folder of pairs.

A CSV file has a header with the columns ``source`` and ``masks``, and may have ``name`` (of the results'
folder) and ``options`` (of `skn-propagate`, as one would type them). Paths in it start from its own folder.
In a folder of pairs lies beside each source, a video or a folder of frames, its mask ``NAME.png``, or its
masks in a folder ``NAME_masks``. What was made from one, and lies there too, is no source: masks, reports.
"""

import csv
import os
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from skn_annotator.annotation.stamp import Stamp
from skn_annotator.errors import SknError
from skn_annotator.files import cannot_read

_MASKS = "_masks"
_NO_SOURCES = (
    *(".png", ".html", ".csv", ".json", ".txt", ".md", ".log", ".xml", ".yaml", ".yml"),
    *(".srt", ".vtt", ".ass", ".sub", ".wav", ".mp3", ".m4a", ".flac", ".aac"),
)
"""What often lies beside a video, under its name. A PNG is its mask."""
_LONGEST_NAME = 230
"""Bytes of a name that leave room for the names of a record and a log; file systems allow 255."""
_COLUMNS = ("source", "masks", "name", "options")


@dataclass(frozen=True)
class BatchRow:
    """One video: `name` is that of its results, `options` are words of skn-propagate's command line."""

    name: str
    source: Path
    masks: Path
    options: tuple[str, ...] = ()


def read_rows(path: Path) -> list[BatchRow]:
    """The rows of a CSV file, or of a folder of pairs. Raises SknError, with line and remedy."""
    rows = list(_pairs(path) if path.is_dir() else _lines(path))
    if not rows:
        raise SknError(
            f"{path} lists no video: give one a line, or a folder of videos with masks beside them"
        )
    for name, count in Counter(row.name for row in rows).items():
        if count > 1:
            sources = [str(row.source) for row in rows if row.name == name]
            raise SknError(
                f"{sources[0]} and {sources[1]} would both be written to {name}: give them names "
                "of their own in a column 'name'"
            )
    return rows


def _lines(path: Path) -> Iterator[BatchRow]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, strict=True)
            _check_header(path, table.fieldnames or ())
            for entry in table:
                yield _row(path, table.line_num, entry)
    except OSError as error:
        raise SknError(cannot_read(path, error)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise SknError(f"{path} cannot be read ({error}): give a CSV file, UTF-8, or a folder") from error


def _check_header(path: Path, names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in _COLUMNS]
    if unknown or not {"source", "masks"} <= set(names):
        raise SknError(
            f"{path} has the columns {', '.join(map(str, names)) or 'none'}: its first line must name source "
            "and masks, and may name name and options"
        )


def _row(path: Path, line: int, entry: dict[str, str]) -> BatchRow:
    values = {name: (entry.get(name) or "").strip() for name in _COLUMNS}
    if None in entry or not values["source"] or not values["masks"]:
        raise SknError(f"{path}, line {line}: it needs a source and masks, and no more cells than columns")
    source, masks = (path.absolute().parent / values[name] for name in ("source", "masks"))
    name = values["name"] or _name_of(source)
    if name in (".", "..") or any(each in name for each in "/\\\0") or len(os.fsencode(name)) > _LONGEST_NAME:
        raise SknError(f"{path}, line {line}: {name[:60]!r} is no name of a folder, or too long for one")
    if "\0" in values["source"] + values["masks"]:
        raise SknError(f"{path}, line {line}: a path holds a zero byte: write the list anew")
    try:
        options = tuple(shlex.split(values["options"]))
    except ValueError as error:
        raise SknError(f"{path}, line {line}: the options cannot be read ({error})") from error
    return BatchRow(name, source, masks, options)


def _name_of(source: Path) -> str:
    """As `open_frames` calls it."""
    return source.name if source.is_dir() else source.stem


def _pairs(folder: Path) -> Iterator[BatchRow]:
    folder = folder.absolute()
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise SknError(cannot_read(folder, error)) from error
    sources = [each for each in entries if _may_be_source(each)]
    for source in sources:
        name = _name_of(source)
        masks = [each for each in (folder / f"{name}.png", folder / f"{name}{_MASKS}") if each.exists()]
        if masks and not _is_result(source, sources):
            yield BatchRow(name, source, masks[0])


def _may_be_source(path: Path) -> bool:
    is_other = path.suffix.lower() in _NO_SOURCES and not path.is_dir()
    return not (is_other or path.name.startswith(".") or path.name.endswith(_MASKS))


def _is_result(path: Path, sources: Sequence[Path]) -> bool:
    """Whether `path` is the folder of masks that were carried through another one of `sources`."""
    others = [each for each in sources if each != path and _name_of(each) == path.name]
    return any(Stamp(other).is_on(mask) for other in others for mask in path.glob("*.png"))
