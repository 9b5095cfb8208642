"""Data sets that are folders of pictures with folders of masks: stills, sequences, DAVIS, YouTube-VOS.

``docs/training.md`` lists the layouts. In all of them a mask is a PNG whose values are object ids; those of
DAVIS 2016 and of salient-object sets, 0 and 255 alone, show object 1. Ids need not be contiguous, and an
object may first appear in a later frame.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import ClassVar

from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.annotation.names import path_below
from skn_annotator.annotation.white_ground import check_ground
from skn_annotator.counts import counted
from skn_annotator.errors import FormatError
from skn_annotator.files import cannot_read, read_file
from skn_annotator.training.datasets.pictures import (
    PICTURE_SUFFIXES,
    Dataset,
    FileSequence,
    Picture,
    file_sequence,
    missing_picture,
    names_in,
    read_alpha,
    read_picture,
)


class Stills(Dataset):
    """Expects ``images/NAME.jpg`` (or .png) with ``masks/NAME.png``; pictures of one object may have its soft
    edge in ``alpha/NAME.png``."""

    def open(self) -> None:
        """List the masks, and the picture of each."""
        images, masks = self.root / "images", self.root / "masks"
        present = names_in(images)
        self._soft = names_in(self.root / "alpha")
        self._names: list[tuple[str, str]] = []
        for stem, mask in masks_in(masks).masks.items():
            candidates = [stem + suffix for suffix in PICTURE_SUFFIXES]
            image = next((name for name in candidates if name in present), None)
            if image is None:
                raise missing_picture(mask, images / candidates[0])
            self._names.append((image, mask.name))
        check_ground((masks / mask for _, mask in self._names), self.cut_mattes)

    def __len__(self) -> int:
        return len(self._names)

    def name(self, index: int) -> str:
        """The mask's name without its suffix."""
        return Path(self._names[index][1]).stem

    def length(self, index: int) -> int:
        """One."""
        return 1

    def read(self, index: int, frame: int) -> Picture:
        """Still number `index`."""
        image, mask = self._names[index]
        picture = read_picture(self.root / "images" / image, self.root / "masks" / mask, self.cut_mattes)
        if mask not in self._soft:
            return picture
        size = (picture.mask.shape[0], picture.mask.shape[1])
        return picture._replace(alpha=read_alpha(self.root / "alpha" / mask, size))


class Sequences(Dataset):
    """Expects ``JPEGImages/SEQ/NAME.jpg`` with ``Annotations/SEQ/NAME.png``: DAVIS without the resolution,
    BL30K."""

    def open(self) -> None:
        """List the sequences, and those of their frames that have a mask."""
        self.sequences = [sequence for sequence in self._find() if sequence.names]

    def _find(self) -> Iterator[FileSequence]:
        for masks in sorted((self.root / "Annotations").glob("*/")):
            yield file_sequence(self.root / "JPEGImages" / masks.name, masks)

    def __len__(self) -> int:
        return len(self.sequences)

    def name(self, index: int) -> str:
        """The name of the sequence's folder."""
        return self.sequences[index].masks.name

    def length(self, index: int) -> int:
        """The number of frames of sequence `index` that have a mask."""
        return len(self.sequences[index].names)

    def read(self, index: int, frame: int) -> Picture:
        """Frame `frame` of sequence `index`."""
        return self.sequences[index].read(frame, self.cut_mattes)


class Davis(Sequences):
    """Expects ``JPEGImages/480p/SEQ``, ``Annotations/480p/SEQ`` and a list: ``ImageSets/2017/train.txt`` of
    DAVIS 2017 (a sequence per line) or ``ImageSets/480p/train.txt`` of 2016 (a picture and its mask)."""

    options: ClassVar[Mapping[str, str]] = {"subset": "2017/train", "resolution": "480p"}

    def _find(self) -> Iterator[FileSequence]:
        path = self.root / "ImageSets" / f"{self.chosen['subset']}.txt"
        try:
            rows = [line.split() for line in read_file(path).decode("utf-8").splitlines()]
        except PermissionError as error:
            raise FormatError(cannot_read(path, error)) from error
        except (OSError, UnicodeDecodeError) as error:
            raise FormatError(f"{path} cannot be read: set subset to a list below ImageSets") from error
        rows = [row for row in rows if row]
        if all(len(row) == 1 for row in rows):
            yield from (self._of_2017(path, name) for (name,) in rows)
        elif all(len(row) == 2 for row in rows):
            yield from self._of_2016(path, [(image, mask) for image, mask in rows])
        else:
            raise FormatError(f"{path} has neither one sequence nor one picture with its mask on each line")

    def _of_2017(self, path: Path, name: str) -> FileSequence:
        resolution = self.chosen["resolution"]
        folders = (self.root / kind / resolution for kind in ("JPEGImages", "Annotations"))
        images, masks = (path_below(folder, name, path) for folder in folders)
        sequence = file_sequence(images, masks)
        if not sequence.names:
            raise FormatError(f"{path} lists {name}, but {masks} holds no masks")
        return sequence

    def _of_2016(self, path: Path, rows: list[tuple[str, str]]) -> Iterator[FileSequence]:
        """The paths of 2016 begin with a slash and say the resolution themselves."""
        paths = [tuple(path_below(self.root, name.lstrip("/"), path) for name in row) for row in rows]
        for (images, masks), frames in groupby(paths, lambda row: (row[0].parent, row[1].parent)):
            stems = frozenset(mask.stem for _, mask in frames)
            sequence = file_sequence(images, masks, stems)
            if len(sequence.names) < len(stems):
                raise FormatError(
                    f"{path} lists {counted(len(stems), 'frame')} of {masks}, which has {len(sequence.names)}"
                )
            yield sequence


class YouTubeVos(Sequences):
    """Expects ``train/JPEGImages/VID/NAME.jpg``, ``train/Annotations/VID/NAME.png``, ``train/meta.json``."""

    options: ClassVar[Mapping[str, str]] = {"subset": "train"}

    def _find(self) -> Iterator[FileSequence]:
        folder = self.root / self.chosen["subset"]
        meta = folder / "meta.json"
        for video, stems in _annotated_frames(meta).items():
            images, masks = (path_below(folder / kind, video, meta) for kind in ("JPEGImages", "Annotations"))
            sequence = file_sequence(images, masks, stems)
            if not sequence.names:
                raise FormatError(f"{meta} lists {video}, but {sequence.masks} lacks its masks")
            yield sequence


def _annotated_frames(path: Path) -> dict[str, frozenset[str]]:
    """Video -> the frames that show an object, as ``meta.json`` has them: objects[ID].frames."""
    try:
        videos = json.loads(read_file(path).decode("utf-8"))["videos"]
        return {
            video: frozenset(stem for entry in videos[video]["objects"].values() for stem in entry["frames"])
            for video in sorted(videos)
        }
    except PermissionError as error:
        raise FormatError(cannot_read(path, error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(f"{path} cannot be read: a YouTube-VOS folder has one") from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(f"{path} is not YouTube-VOS's meta.json: {error!r}") from error
