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
from skn_annotator.annotation.files import put_in_place, writing
from skn_annotator.annotation.formats.binary import binary_folders, export_binary
from skn_annotator.annotation.formats.categories import categories
from skn_annotator.annotation.formats.checking import check_coco, check_davis, check_youtube_vos
from skn_annotator.annotation.formats.coco import coco_places, export_coco, require_run_lengths
from skn_annotator.annotation.formats.davis import DavisPlan, export_davis, plan_davis
from skn_annotator.annotation.formats.overlay_video import OverlayWriter, require_mp4
from skn_annotator.annotation.formats.youtube_vos import export_youtube_vos, youtube_vos_folders
from skn_annotator.app.language import mark, message_text, tr
from skn_annotator.app.project.opening import Sequence
from skn_annotator.video.frames import FrameSource, open_frames


class Target(Enum):
    """What to export to."""

    DAVIS = mark("DAVIS data set")
    YOUTUBE_VOS = mark("YouTube-VOS data set")
    COCO = mark("COCO instances")
    OVERLAY = mark("Overlay video")
    BINARY = mark("Binary masks")


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
            return tuple(message_text(note) for note in self._davis().notes)
        if self.target is Target.OVERLAY:
            require_mp4(self.place)
        if self.target is Target.COCO:
            require_run_lengths()
        if self.target in (Target.YOUTUBE_VOS, Target.COCO):
            categories(self.sequence.name, self.annotation.objects, self.ids)
        missing = self.annotation.length - len(self.annotation.frames())
        if not missing:
            return ()
        if self.target is Target.COCO:
            return (tr("{n} frames have no mask and are left out.").format(n=missing),)
        return (tr("{n} frames have no mask.").format(n=missing),)

    def replaces(self) -> tuple[Path, ...]:
        """What is on the disk already, and will be replaced."""
        return tuple(path for path in self._makes() if path.exists())

    def _makes(self) -> tuple[Path, ...]:
        place, name = self.place, self.sequence.name
        if self.target is Target.DAVIS:
            return self._davis().folders(place)
        if self.target is Target.YOUTUBE_VOS:
            return youtube_vos_folders(place, name)
        if self.target is Target.COCO:
            return coco_places(place, name)
        if self.target is Target.BINARY:
            return binary_folders(place, self.annotation.objects)
        return (place,)

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
        self._check()

    def _check(self) -> None:
        """Read back what other programs will read; raises FormatError where it differs."""
        place, name, annotation = self.place, self.sequence.name, self.annotation
        if self.target is Target.DAVIS:
            check_davis(place, self._davis(), self.ids, annotation.size)
        elif self.target is Target.YOUTUBE_VOS:
            check_youtube_vos(place, name, self.ids, annotation.length, annotation.size)
        elif self.target is Target.COCO:
            check_coco(place, name, self.ids)

    def _write(self, frames: FrameSource) -> Iterator[tuple[int, int]]:
        annotation, name, frame = self.annotation, self.sequence.name, frames.__getitem__
        if self.target is Target.DAVIS:
            return export_davis(self.place, self._davis(), frame, annotation.mask)
        if self.target is Target.YOUTUBE_VOS:
            return export_youtube_vos(
                self.place, name, annotation.objects, self.ids, annotation.length, frame, annotation.mask
            )
        if self.target is Target.COCO:
            return export_coco(self.place, name, annotation.objects, self.ids, frame, annotation.mask)
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
        aside = self.place.with_name(f".{self.place.stem}.part.mp4")  # what was there stays until the end
        writer = OverlayWriter(aside, self.annotation.size, self.sequence.fps, self.opacity, palette)
        complete = False
        try:
            for t in range(length):
                mask: NDArray[np.uint8] | None = self.annotation.mask(t)
                writer.write(frames[t], None if mask is None else shown[mask])
                yield t + 1, length
            complete = True
        finally:
            writer.close()
            with writing(self.place):
                if complete:
                    put_in_place(aside, self.place)
                aside.unlink(missing_ok=True)


def default_place(target: Target, sequence: Sequence) -> Path:
    """Where an export goes unless the user chooses: beside the video."""
    folder = sequence.path.parent
    if target is Target.OVERLAY:
        return folder / f"{sequence.name}_overlay.mp4"
    data_sets = {Target.DAVIS: "DAVIS", Target.YOUTUBE_VOS: "YouTube-VOS", Target.COCO: "COCO"}
    return folder / data_sets.get(target, f"{sequence.name}_masks")
