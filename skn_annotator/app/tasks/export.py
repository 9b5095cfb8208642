"""Exporting: what will be written and what to know before, and what writes it.

The formats are `annotation.formats`'s; this gives them frames, in a worker, and says what they say in the
window's language.
"""

import contextlib
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.formats import AnnotatedSequence, Format, Progress
from skn_annotator.annotation.formats.render_options import Choice, RenderOptions
from skn_annotator.annotation.mattes import EdgeKind
from skn_annotator.annotation.names import shell_name
from skn_annotator.annotation.output import broken_off
from skn_annotator.app.language import message_text, tr
from skn_annotator.app.project.opening import Sequence
from skn_annotator.app.tasks.pass_work import TrackerFactory
from skn_annotator.resources import demo_clip
from skn_annotator.video.frames import FrameSource, check_unchanged, frame_or_black, open_frames
from skn_annotator.video.replacement import OpenedSource


@dataclass(frozen=True)
class Export:
    """One export: `place` is where `format` writes, `overwrite` whether the user let it replace anything."""

    format: Format
    place: Path
    sequence: AnnotatedSequence
    overwrite: bool = False
    make_tracker: TrackerFactory | None = None
    """The network that is asked for the edges of mattes."""
    opened: OpenedSource | None = None
    """What the source has to be still."""

    @classmethod
    def of(
        cls,
        format_: Format,
        place: Path,
        sequence: Sequence,
        annotation: Annotation,
        opacity: float,
        options: RenderOptions | None = None,
    ) -> "Export":
        """An export of `annotation` as it is now."""
        ids = {t: annotation.ids_at(t) for t in annotation.frames()}
        snapshot = AnnotatedSequence(
            sequence.name,
            sequence.stems,
            sequence.fps,
            annotation.copy(),
            ids,
            sequence.path,
            opacity,
            options or RenderOptions(),
        )
        return cls(format_, place, snapshot, opened=sequence.opened)

    def notes(self) -> tuple[str, ...]:
        """What will differ from the annotation, and what lies about at the place.

        Raises FormatError where the format cannot hold it, ProjectError where it would replace the video, or
        the frames.
        """
        notes = [message_text(note) for note in self.format.notes(self.place, self.sequence)]
        self.sequence.rule(overwrite=True).check(self._makes)
        left = broken_off(self.format.root(self.place))
        if left:
            notes.append(
                tr("{path} is of an export that was broken off, if none is running.").format(path=left[0])
            )
        return tuple(notes)

    def replaces(self) -> tuple[Path, ...]:
        """What is on the disk already, and will be replaced."""
        return tuple(path for path in self._makes if path.exists())

    def foreign(self) -> tuple[Path, ...]:
        """The files in it that the program did not write from this video, or that were changed since."""
        return self.sequence.rule().foreign(self._makes)

    @property
    def _makes(self) -> tuple[Path, ...]:
        return self.format.makes(self.place, self.sequence)

    def run(
        self, open_source: Callable[[Path], FrameSource] = open_frames
    ) -> Generator[Progress, None, None]:
        """Write it and read it back; closing the generator early leaves nothing half-written behind."""
        if self.opened is not None:
            self.opened.check()
        sequence, annotation = self._with_network(), self.sequence.annotation
        with contextlib.closing(open_source(self.sequence.source)) as frames:
            check_unchanged(frames, annotation.size, annotation.length - 1)
            yield from self.format.write(
                self.place, sequence, partial(frame_or_black, frames), self.overwrite
            )
        self.format.check(self.place, sequence)

    def _with_network(self) -> AnnotatedSequence:
        """The sequence, with what the network says of edges where that is asked for."""
        wanted = self.sequence.options.edge.kind is EdgeKind.NETWORK and Choice.EDGE in self.format.choices
        if not wanted or self.make_tracker is None:
            return self.sequence
        from skn_annotator.inference.edges import edge_probabilities

        return replace(self.sequence, probabilities=edge_probabilities(self.make_tracker()))


def default_place(format_: Format, sequence: Sequence) -> Path:
    """Where an export goes unless the user chooses: beside the video; of the demo, whose clip lies inside the
    program, in the home folder."""
    folder = Path.home() if sequence.path == demo_clip() else sequence.path.parent
    return folder / format_.place_name.format(name=shell_name(sequence.name))
