"""Exporting: what will be written and what to know before, and the job that writes it.

The formats are `annotation.formats`'s; this gives them frames, in a worker, and says what they say in the
window's language.
"""

import contextlib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.formats import AnnotatedSequence, Format, Progress
from skn_annotator.app.language import message_text
from skn_annotator.app.project.opening import Sequence
from skn_annotator.video.frames import FrameSource, check_unchanged, open_frames


@dataclass(frozen=True)
class Export:
    """One export: `source` is the video or the folder of frames, `place` where `format` writes."""

    format: Format
    place: Path
    source: Path
    sequence: AnnotatedSequence

    @classmethod
    def of(
        cls, format_: Format, place: Path, sequence: Sequence, annotation: Annotation, opacity: float
    ) -> "Export":
        """An export of `annotation` as it is now."""
        ids = {t: annotation.ids_at(t) for t in annotation.frames()}
        snapshot = AnnotatedSequence(
            sequence.name, sequence.stems, sequence.fps, annotation.copy(), ids, opacity
        )
        return cls(format_, place, sequence.path, snapshot)

    def notes(self) -> tuple[str, ...]:
        """What will differ from the annotation. Raises FormatError where the format cannot hold it."""
        return tuple(message_text(note) for note in self.format.notes(self.place, self.sequence))

    def replaces(self) -> tuple[Path, ...]:
        """What is on the disk already, and will be replaced."""
        return tuple(path for path in self.format.makes(self.place, self.sequence) if path.exists())

    def run(
        self, open_source: Callable[[Path], FrameSource] = open_frames
    ) -> Generator[Progress, None, None]:
        """Write it and read it back; closing the generator early leaves nothing half-written behind."""
        annotation = self.sequence.annotation
        with contextlib.closing(open_source(self.source)) as frames:
            check_unchanged(frames, annotation.size, annotation.length - 1)
            yield from self.format.write(self.place, self.sequence, frames.__getitem__)
        self.format.check(self.place, self.sequence)


def default_place(format_: Format, sequence: Sequence) -> Path:
    """Where an export goes unless the user chooses: beside the video."""
    return sequence.path.parent / format_.place_name.format(name=sequence.name)
