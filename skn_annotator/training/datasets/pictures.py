"""A picture with its mask, and what every data set has in common.

A data set is a numbered set of sequences; a still counts as a sequence of one frame. Files are listed when
the set is opened, where a mask without its picture is an error, and read when asked for, where a damaged file
is a `DamagedFileError`: one among thousands must not end a training of days. Nothing is augmented here:
`clips` does that.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import ClassVar, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.annotation.masks import read_mask
from skn_annotator.arrays import Frame, Mask, Size
from skn_annotator.errors import FormatError
from skn_annotator.files import cannot_read, read_file
from skn_annotator.palette import VOID

PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png")


class Picture(NamedTuple):
    """image: RGB uint8 (H, W, 3); mask: object ids uint8 (H, W), 0 background.

    alpha: uint8 (H, W), how much of each pixel the picture's one object covers, 255 all; None: not known.
    """

    image: Frame
    mask: Mask
    alpha: npt.NDArray[np.uint8] | None = None


class DamagedFileError(FormatError):
    """One picture or mask cannot be read, or they do not fit each other; the others of its set may."""


def read_picture(image: Path, mask: Path, cut_mattes: bool = False) -> Picture:
    """Read a picture and its mask; void becomes background, a mask of 0 and 255 alone shows object 1.

    `cut_mattes`: a mask with soft edges is cut at one half. Raises DamagedFileError if either cannot be read
    or their sizes differ.
    """
    pixels = read_image(image)
    try:
        ids = read_mask(mask, pixels.shape[:2], cut_mattes=cut_mattes)
    except FormatError as error:
        raise DamagedFileError(str(error)) from error
    ids[ids == VOID] = 0
    return Picture(pixels, ids)


def read_alpha(path: Path, size: Size) -> npt.NDArray[np.uint8]:
    """A grey picture of `size` (H, W) as uint8. Raises DamagedFileError if it is none."""
    pixels = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if pixels is None or pixels.shape != size:
        raise DamagedFileError(f"{path} is damaged, no picture, or not of its picture's size")
    return pixels.astype(np.uint8, copy=False)


def read_image(path: Path) -> Frame:
    """RGB uint8 (H, W, 3). Raises DamagedFileError if the file is not a whole picture."""
    try:
        data = read_file(path)
    except OSError as error:
        raise DamagedFileError(cannot_read(path, error)) from error
    pixels = None
    if data and not _is_cut_short(data):
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    if pixels is None:
        raise DamagedFileError(f"{path} is damaged or no picture: replace it, or remove it with its mask")
    return pixels.astype(np.uint8, copy=False)


def _is_cut_short(data: bytes) -> bool:
    """Whether `data` is a JPEG whose last scan has no end: OpenCV would fill up the rest with grey.

    The two bytes that mark an end (FF D9) or a scan's start (FF DA) cannot occur inside a scan.
    """
    return data.startswith(b"\xff\xd8") and data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda")


class Dataset(ABC):
    """A numbered set of sequences below the folder `root`."""

    options: ClassVar[Mapping[str, str]] = {}
    """What a stage file may set for this kind of data, with the defaults."""

    def __init__(self, root: Path, cut_mattes: bool = False, **options: str) -> None:
        """Find everything. Raises FormatError if there is nothing, or a mask has no picture."""
        self.root, self.cut_mattes = root, cut_mattes
        self.chosen = {**self.options, **options}
        self.open()
        if not len(self):
            raise FormatError(f"{root} holds no pictures with masks: {self.layout()}")

    @classmethod
    def layout(cls) -> str:
        """The files that this kind expects, in one line."""
        return " ".join((cls.__doc__ or "").split())

    @abstractmethod
    def open(self) -> None:
        """Find the sequences."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def name(self, index: int) -> str:
        """What sequence `index` is called."""

    @abstractmethod
    def length(self, index: int) -> int:
        """The number of frames of sequence `index`."""

    @abstractmethod
    def read(self, index: int, frame: int) -> Picture:
        """Frame `frame` of sequence `index`. Raises DamagedFileError if it cannot be read."""


class FileSequence(NamedTuple):
    """A sequence whose frames are files of the same name in two folders; suffixes as listed.

    Names, not paths: BL30K has five million frames.
    """

    images: Path
    masks: Path
    names: tuple[str, ...]
    """The masks' files, in order."""
    suffix: str
    """The pictures'."""

    def read(self, frame: int, cut_mattes: bool = False) -> Picture:
        """The picture and the mask of frame number `frame`."""
        name = self.names[frame]
        return read_picture(self.images / f"{Path(name).stem}{self.suffix}", self.masks / name, cut_mattes)


def file_sequence(images: Path, masks: Path, stems: Collection[str] | None = None) -> FileSequence:
    """The frames that have a mask of their name in the folder `masks`, in order of their names.

    `stems`: take only these. Raises FormatError that names the first mask without a picture of its name in
    the folder `images`; all pictures of a sequence have the same suffix.
    """
    kept = {stem: path for stem, path in masks_in(masks).masks.items() if stems is None or stem in stems}
    present, first = names_in(images), next(iter(kept), "")
    suffix = next((s for s in PICTURE_SUFFIXES if first + s in present), PICTURE_SUFFIXES[0])
    for stem, path in kept.items():
        if stem + suffix not in present:
            raise missing_picture(path, images / (stem + suffix))
    return FileSequence(images, masks, tuple(path.name for path in kept.values()), suffix)


def names_in(folder: Path) -> frozenset[str]:
    """The names in `folder`; none if there is no such folder."""
    return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()


def missing_picture(mask: Path, image: Path) -> FormatError:
    """The error about a mask whose picture `image` does not exist."""
    return FormatError(f"{mask} has no picture {image}: add it, or remove the mask")
