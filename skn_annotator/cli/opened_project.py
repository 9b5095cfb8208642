"""The project that a command works on: opened as the window opens it, without a window."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from skn_annotator.errors import ProjectError

if TYPE_CHECKING:
    from skn_annotator.app.project.opening import Opened


def open_project(path: Path, command: str, anyway: bool) -> "Opened":
    """The project at `path`, or that of the video at `path`; its warnings go to stderr.

    `anyway`: though the video has another size or length. Raises OtherVideo, ProjectError if there is none,
    VideoError if its video cannot be read.
    """
    from skn_annotator.app.project.opening import Opened, open_sequence

    (opened,) = (each for each in open_sequence(path, anyway=anyway) if isinstance(each, Opened))
    if not opened.store.exists:
        raise ProjectError(f"{path} has no project yet: make one in the window (skn-annotate {path})")
    for warning in opened.warnings:
        print(f"{command}: {warning}", file=sys.stderr)
    return opened
