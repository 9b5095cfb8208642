"""The base of formats that are one video."""

from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from skn_annotator.annotation.formats.base import AnnotatedSequence, Format, Frames, Progress
from skn_annotator.annotation.formats.ffmpeg_writer import FfmpegWriter, require_ending
from skn_annotator.arrays import Frame
from skn_annotator.errors import Message


class VideoFormat(Format):
    """A subclass says how the pictures are drawn, and which codecs there are."""

    is_checked = False
    channels: ClassVar[int] = 3
    """Of the pictures; 4 with alpha."""

    def makes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Path, ...]:
        """The file."""
        return (place,)

    def notes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Message, ...]:
        """Raises FormatError if `place` does not end in `suffix`, too."""
        require_ending(place, self.suffix)
        return super().notes(place, sequence)

    def fill(self, place: Path, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Progress]:
        """The chosen frames."""
        options, codec = sequence.options, self.codec(sequence.options)
        size, fps = options.size(sequence.size), sequence.fps
        writer = FfmpegWriter(
            place,
            size,
            channels=self.channels,
            fps=fps,
            codec=codec,
            quality=options.quality,
            stamp=sequence.stamp,
        )
        with writer as video:
            for done, picture in enumerate(self.pictures(sequence, frames), 1):
                video.write(picture)
                yield Progress(done, len(sequence.chosen))

    @abstractmethod
    def pictures(self, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Frame]:
        """A picture for each chosen frame, uint8 (H, W, channels), of the size that was chosen."""

    def check(self, place: Path, sequence: AnnotatedSequence) -> None:
        """Nothing: an encoder that fails says so."""
