"""The base of export formats: name, files that are made, notes before, writing, checking, reading.

A format is one `Format` in a module of its own, and a line in `FORMATS`; the window, the commands and the
tests go through these. It knows nothing of Qt or of the video: it gets a snapshot of the annotation and a
function that gives frames.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, NamedTuple

from PIL import Image

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.formats.render_options import Choice, Codec, RenderOptions
from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.annotation.mattes import EdgeProbabilities
from skn_annotator.annotation.output import OutputRule, move_in, staged
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.arrays import Frame, Mask, Size
from skn_annotator.errors import FormatError, Message

Frames = Callable[[int], Frame]
"""Frame number -> frame."""


class Progress(NamedTuple):
    """`done` of `total` frames are written."""

    done: int
    total: int


@dataclass(frozen=True)
class AnnotatedSequence:
    """What is exported: a sequence called `name`, and a snapshot of its annotation that nobody changes."""

    name: str
    stems: Sequence[str]
    """The file name of each frame, without suffix."""
    fps: float
    annotation: Annotation
    ids: Mapping[int, frozenset[int]]
    """Frame -> ids of its objects, for the frames that have a mask."""
    source: Path
    """The video or the folder of frames."""
    opacity: float = 0.5
    """Opacity of masks in formats that draw them over the frames, 0 to 1."""
    options: RenderOptions = field(default_factory=RenderOptions)
    """What was chosen for formats that draw."""
    probabilities: EdgeProbabilities | None = None
    """The network's, for the edges of mattes."""

    @property
    def length(self) -> int:
        """The number of frames."""
        return self.annotation.length

    @property
    def size(self) -> Size:
        """(H, W) of every frame."""
        return self.annotation.size

    @property
    def chosen(self) -> range:
        """The frames that were chosen, for formats that draw."""
        first, last = self.options.frames or (0, self.length - 1)
        return range(max(0, first), min(last, self.length - 1) + 1)

    @property
    def drawn(self) -> frozenset[int]:
        """The objects that were chosen, for formats that draw."""
        chosen, objects = self.options.objects, self.annotation.objects
        return frozenset(o.id for o in objects if (o.visible if chosen is None else o.id in chosen))

    @property
    def stamp(self) -> Stamp:
        """What every file that is written bears."""
        return Stamp(self.source)

    def rule(self, overwrite: bool = False) -> OutputRule:
        """What writing it may replace."""
        return OutputRule(self.source, overwrite=overwrite)


@dataclass(frozen=True)
class WantedMasks:
    """Which masks are read: those of one sequence, whose frames are of `size`, (H, W)."""

    name: str
    """The sequence's."""
    stems: Sequence[str]
    """The file name of each frame, without suffix."""
    size: Size
    cut_mattes: bool = False
    """Whether masks with soft edges are cut at one half instead of being refused."""
    stored: Size | None = None
    """Masks of this size, too, are scaled to `size` (`read_mask`)."""

    def read(self, path: Path) -> Mask:
        """The mask in the file `path`. Raises FormatError as `read_mask` does."""
        return read_mask(path, self.size, stored=self.stored, cut_mattes=self.cut_mattes)


@dataclass(frozen=True)
class FoundMasks:
    """The masks of one sequence that were found in files."""

    masks: Mapping[int, Callable[[], Mask]]
    """Frame number -> a function that reads its id map; it raises FormatError if the file cannot be used."""
    names: Mapping[int, str] = field(default_factory=dict)
    """Object id -> name, as far as the files have names."""
    files: tuple[Path, ...] = ()
    """What the masks are read from."""
    ignored: tuple[Path, ...] = ()
    """Pictures beside them that were passed over."""
    size: Size | None = None
    """(H, W) of the first mask as its file gives it, if the files are no pictures but give sizes."""
    notes: tuple[Message, ...] = ()
    """What is done to them while they are read, and which are left out."""


class Format(ABC):
    """One format; `place` is the folder of a data set, or the file where `suffix` says so."""

    key: ClassVar[str]
    """What commands and scripts call it: "davis"."""
    name: ClassVar[Message]
    """The name in menus: "DAVIS data set"."""
    purpose: ClassVar[Message]
    """What the format is for, in one line."""
    place_name: ClassVar[str]
    """The default name of the folder or file; "{name}" stands for the sequence's."""
    suffix: ClassVar[str] = ""
    """The ending of the one file that is written, such as ".mp4"; empty where `place` is a folder."""
    is_checked: ClassVar[bool] = True
    """False if `check` has nothing to read back."""
    choices: ClassVar[Choice] = Choice.NONE
    """What can be chosen."""
    codecs: ClassVar[tuple[Codec, ...]] = ()
    """Of a video; the default is the first."""

    def codec(self, options: RenderOptions) -> Codec:
        """The chosen codec."""
        return next((each for each in self.codecs if each.key == options.codec), self.codecs[0])

    @abstractmethod
    def makes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Path, ...]:
        """The folders and files that `write` makes, and replaces where they exist."""

    def notes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Message, ...]:
        """What the export changes or leaves out. Raises FormatError if the format cannot hold it."""
        return unmasked_note(sequence)

    def write(
        self, place: Path, sequence: AnnotatedSequence, frames: Frames, overwrite: bool = False
    ) -> Iterator[Progress]:
        """Write the sequence at `place`, yielding after each frame.

        All appears when all is written, or nothing does: closing the generator early leaves what was there
        as it was. Raises FormatError as `notes` does, ProjectError if `place` cannot be written, or if it
        holds what must not be replaced (`OutputRule`); with `overwrite` that is an input only.
        """
        rule = sequence.rule(overwrite)
        self.notes(place, sequence)
        rule.check(self.makes(place, sequence))
        root = self.root(place)
        with staged(root) as staging:
            aside = staging / place.relative_to(root)
            yield from self.fill(aside, sequence, frames)
            rule.check(self.makes(place, sequence))  # it may have taken hours
            made = [path.relative_to(staging) for path in self.makes(aside, sequence)]
            move_in(staging, root, made)
            self.enlist(place, sequence)

    def root(self, place: Path) -> Path:
        """The folder that everything is written below."""
        return place.parent if self.suffix else place

    @abstractmethod
    def fill(self, place: Path, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Progress]:
        """Write the files that `makes` lists to `place`, a new empty folder, yielding after each frame.

        Each file bears `sequence.stamp`. May raise OSError.
        """

    def enlist(self, place: Path, sequence: AnnotatedSequence) -> None:  # noqa: B027 -- most have no lists
        """Add the sequence to the lists that all at `place` share; called last. May raise OSError."""

    @abstractmethod
    def check(self, place: Path, sequence: AnnotatedSequence) -> None:
        """Read back what other programs will read; raises FormatError where it is not what was written."""

    def holds(self, place: Path, name: str) -> bool:
        """Whether `place` looks like this format, with masks of the sequence `name`."""
        return False

    def sequences(self, place: Path) -> tuple[str, ...]:
        """The sequences with masks of this format at `place`, as their folders or tables are called."""
        return ()

    def read(self, place: Path, wanted: WantedMasks) -> FoundMasks:
        """The masks at `place`. Raises FormatError if there are none, or if this format cannot be read."""
        raise FormatError(
            "{path} cannot be read as masks: {format} is only written", path=place, format=self.name
        )


def unmasked_note(sequence: AnnotatedSequence) -> tuple[Message, ...]:
    """The note about frames without a mask, if there are any."""
    missing = sequence.length - len(sequence.ids)
    if missing == 1:
        return (Message("1 frame has no mask."),)
    return (Message("{n} frames have no mask.", n=missing),) if missing else ()


def save_frame(path: Path, frame: Frame, stamp: Stamp) -> None:
    """Write `frame` as a JPEG of high quality; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(frame).save(path, quality=95, comment=stamp.line())


def save_mask(path: Path, mask: Mask, stamp: Stamp) -> None:
    """Write `mask` as a palette PNG; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stamp.on_png(encode_mask(mask)))
