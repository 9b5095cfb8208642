"""One sentence for everything that keeps a file from being written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skn_annotator.errors import ProjectError


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError into a ProjectError that names `path`, the reason and the remedy."""
    try:
        yield
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written ({error.strerror or error}): free some space or choose another place"
        ) from error
