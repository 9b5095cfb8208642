"""Provenance: what results were made from; as long as that is the same, they need not be made again.

The source by its fingerprint, masks and weights by their bytes, the settings, and the program's version.
Where things lie and when they were changed does not count.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from skn_annotator import __version__
from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.errors import FormatError
from skn_annotator.files import cannot_read
from skn_annotator.video.frames import fingerprint

_NOT_SETTINGS = {"source", "masks", "output", "name", "weights", "device", "overwrite", "overlay", "report"}
"""Options that say where things lie, or how they are computed, but not what comes out."""


def provenance(source: Path, masks: Path, weights: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """A value that JSON can hold; `options`: of skn-propagate. Raises SknError if something is not there."""
    return {
        "source": fingerprint(source),
        "masks": _digest(_mask_files(masks, source), masks),
        "weights": _digest_of_file(weights),
        "settings": {k: v for k, v in sorted(options.items()) if k not in _NOT_SETTINGS},
        "version": __version__,
    }


def _mask_files(masks: Path, source: Path) -> Iterator[Path]:
    """The file, those of a folder of masks, or what a data set has of the sequence."""
    if not masks.is_dir():
        yield masks
    elif direct := masks_in(masks).masks:
        yield from direct.values()
    else:
        name = source.name if source.is_dir() else source.stem
        found = {*masks.glob(f"**/{name}/**/*"), *masks.glob(f"**/*{name}.json"), *masks.glob("*/*.png")}
        yield from sorted(path for path in found if path.is_file())


def _digest(files: Iterable[Path], root: Path) -> str:
    digest = hashlib.sha256()
    try:
        for path in files:
            digest.update(f"{path.relative_to(root)}\0".encode(errors="surrogateescape"))
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    except OSError as error:
        raise FormatError(cannot_read(root, error)) from error
    return digest.hexdigest()


@lru_cache(maxsize=16)
def _digest_of_file(path: Path) -> str:
    """Once for a batch, not once for each of ten thousand videos."""
    return _digest([path], path)
