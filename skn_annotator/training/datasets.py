"""Where training pictures come from: folders of still images with masks, and folders of sequences.

A still is one picture with object ids; a sequence is a list of them. Files are read when asked for. Nothing
is augmented here: `clips` does that.
"""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from skn_annotator.errors import FormatError
from skn_annotator.palette import VOID


class Picture(NamedTuple):
    """image: RGB uint8 (H, W, 3); mask: object ids uint8 (H, W), 0 background."""

    image: npt.NDArray[np.uint8]
    mask: npt.NDArray[np.uint8]


def read_picture(image: Path, mask: Path) -> Picture:
    """Read a picture and its mask. Raises FormatError if either cannot be read or their sizes differ."""
    pixels = cv2.imread(str(image), cv2.IMREAD_COLOR_RGB)
    if pixels is None:
        raise FormatError(f"{image} cannot be read as a picture")
    try:
        with Image.open(mask) as file:
            ids = np.array(file)
    except OSError as error:
        raise FormatError(f"{mask} cannot be read as a mask: {error}") from error
    if ids.shape != pixels.shape[:2]:
        raise FormatError(f"{mask} is {ids.shape}, its picture {image} is {pixels.shape[:2]}")
    ids = np.where(ids == VOID, 0, ids)
    return Picture(pixels.astype(np.uint8, copy=False), ids.astype(np.uint8, copy=False))


class Dataset(ABC):
    """A numbered set of sequences; a still counts as a sequence of one frame."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sequences = self._find()
        if not self.sequences:
            raise FormatError(f"{root} holds no pictures with masks: {self.__doc__}")

    @abstractmethod
    def _find(self) -> list[list[tuple[Path, Path]]]:
        """All sequences as (picture, mask) paths."""

    def __len__(self) -> int:
        return len(self.sequences)

    def length(self, index: int) -> int:
        """The number of frames of sequence `index`."""
        return len(self.sequences[index])

    def read(self, index: int, frame: int) -> Picture:
        """Frame `frame` of sequence `index`."""
        return read_picture(*self.sequences[index][frame])


class Stills(Dataset):
    """Expects ``images/NAME.jpg`` with ``masks/NAME.png``."""

    def _find(self) -> list[list[tuple[Path, Path]]]:
        pairs = []
        for mask in sorted((self.root / "masks").glob("*.png")):
            image = self.root / "images" / f"{mask.stem}.jpg"
            if not image.is_file():
                raise FormatError(f"{mask} has no picture {image}: add it, or remove the mask")
            pairs.append([(image, mask)])
        return pairs


class Sequences(Dataset):
    """Expects ``JPEGImages/SEQ/NAME.jpg`` with ``Annotations/SEQ/NAME.png``: DAVIS without the resolution."""

    def _find(self) -> list[list[tuple[Path, Path]]]:
        found = []
        for folder in sorted((self.root / "Annotations").glob("*/")):
            images = self.root / "JPEGImages" / folder.name
            found.append([(images / f"{mask.stem}.jpg", mask) for mask in sorted(folder.glob("*.png"))])
        return [frames for frames in found if frames]


KINDS: dict[str, type[Dataset]] = {"stills": Stills, "sequences": Sequences}
