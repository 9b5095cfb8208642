"""Exporting: what will be written and what to know before, and the job that writes it.

The formats are `annotation.formats`'s; this gives them frames and masks from a snapshot, in a worker.
"""

import contextlib
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.formats.binary import export_binary
from skn_annotator.annotation.formats.davis import DavisPlan, export_davis, plan_davis
from skn_annotator.annotation.formats.overlay_video import OverlayWriter
from skn_annotator.app.opening import Sequence
from skn_annotator.video.frames import FrameSource, open_frames


class Target(Enum):
    """What to export to."""

    DAVIS = "DAVIS data set"
    OVERLAY = "Overlay video"
    BINARY = "Binary masks"


@dataclass(frozen=True)
class Progress:
    """`done` of `total` frames are written."""

    done: int
    total: int


@dataclass(frozen=True)
class Export:
    """One export: `annotation` is a snapshot that nobody changes, `place` the folder, or the video's file.

    `ids`: the objects on each frame that has a mask.
    """

    target: Target
    place: Path
    sequence: Sequence
    annotation: Annotation
    ids: Mapping[int, frozenset[int]]
    opacity: float = 0.5

    def notes(self) -> tuple[str, ...]:
        """What will differ from the annotation. Raises FormatError where the format cannot hold it."""
        if self.target is Target.DAVIS:
            return self._davis().notes
        missing = self.annotation.length - len(self.annotation.frames())
        return (f"{missing} frames have no mask.",) if missing else ()

    def replaces(self) -> tuple[Path, ...]:
        """What is on the disk already, and will be replaced."""
        made = self._davis().folders(self.place) if self.target is Target.DAVIS else (self.place,)
        if self.target is Target.BINARY:
            made = tuple(self.place.iterdir()) if self.place.is_dir() else ()
        return tuple(path for path in made if path.exists())

    def _davis(self) -> DavisPlan:
        annotation = self.annotation
        return plan_davis(self.sequence.name, annotation.length, annotation.mask(0), self.ids)

    def run(
        self, open_source: Callable[[Path], FrameSource] = open_frames
    ) -> Generator[Progress, None, None]:
        """Write it; closing the generator early leaves nothing half-written behind."""
        with contextlib.closing(open_source(self.sequence.path)) as frames:
            for done, total in self._write(frames):
                yield Progress(done, total)

    def _write(self, frames: FrameSource) -> Iterator[tuple[int, int]]:
        annotation = self.annotation
        if self.target is Target.DAVIS:
            return export_davis(self.place, self._davis(), frames.__getitem__, annotation.mask)
        if self.target is Target.BINARY:
            stems = self.sequence.stems
            return export_binary(self.place, annotation.objects, stems, annotation.size, annotation.mask)
        return self._write_overlay(frames)

    def _write_overlay(self, frames: FrameSource) -> Iterator[tuple[int, int]]:
        objects, length = self.annotation.objects, self.annotation.length
        palette = np.zeros((256, 3), np.uint8)
        shown = np.zeros(256, np.uint8)
        for each in objects:
            palette[each.id] = each.color
            shown[each.id] = each.id if each.visible else 0
        writer = OverlayWriter(self.place, self.annotation.size, self.sequence.fps, self.opacity, palette)
        complete = False
        try:
            for t in range(length):
                mask: NDArray[np.uint8] | None = self.annotation.mask(t)
                writer.write(frames[t], None if mask is None else shown[mask])
                yield t + 1, length
            complete = True
        finally:
            writer.close()
            if not complete:
                self.place.unlink(missing_ok=True)


def default_place(target: Target, sequence: Sequence) -> Path:
    """Where an export goes unless the user chooses: beside the video."""
    folder = sequence.path.parent
    if target is Target.OVERLAY:
        return folder / f"{sequence.name}_overlay.mp4"
    return folder / ("DAVIS" if target is Target.DAVIS else f"{sequence.name}_masks")
