"""COCO instances: photos with an object per annotation (Lin et al., ECCV 2014).

Outlines and run lengths become an id map. The smaller of two objects that overlap lies on top; crowds, which
are no single objects, are background. Categories, boxes and key points are not read.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from skn_annotator.annotation.formats.coco_masks import decode
from skn_annotator.annotation.names import path_below
from skn_annotator.arrays import Mask, Size
from skn_annotator.errors import FormatError
from skn_annotator.files import cannot_read, read_file
from skn_annotator.palette import VOID
from skn_annotator.training.datasets.pictures import (
    DamagedFileError,
    Dataset,
    Picture,
    missing_picture,
    names_in,
    read_image,
)


class Coco(Dataset):
    """Expects ``annotations/instances_SUBSET.json`` and the folder ``SUBSET`` with its pictures."""

    options: ClassVar[Mapping[str, str]] = {"subset": "train2017"}

    def open(self) -> None:
        """Read the annotations; only pictures with an object count."""
        subset = self.chosen["subset"]
        self.path = self.root / "annotations" / f"instances_{subset}.json"
        self.images = self.root / subset
        self._files, self._outlines = _objects_of_pictures(self.path)
        present = names_in(self.images)
        for name in self._files:
            path = path_below(self.images, name, self.path)
            if name not in present and not path.is_file():  # it may name a subfolder
                raise missing_picture(self.path, path)

    def __len__(self) -> int:
        return len(self._files)

    def name(self, index: int) -> str:
        """The picture's file name without its suffix."""
        return Path(self._files[index]).stem

    def length(self, index: int) -> int:
        """One."""
        return 1

    def read(self, index: int, frame: int) -> Picture:
        """Photo number `index`."""
        image = read_image(self.images / self._files[index])
        try:
            return Picture(image, id_map(json.loads(self._outlines[index]), image.shape[:2]))
        except (TypeError, ValueError, LookupError) as error:
            raise DamagedFileError(
                f"{self.path} has an annotation of {self._files[index]} that does not fit it: {error}"
            ) from error


def id_map(segmentations: list[Any], size: Size) -> Mask:
    """COCO segmentations (polygons or run lengths) -> ids 1.. uint8 `size`, (H, W), larger objects first.

    Raises ValueError if one does not fit.
    """
    masks = [decode(segmentation, size) for segmentation in segmentations]
    masks.sort(key=np.count_nonzero, reverse=True)
    ids = np.zeros(size, np.uint8)
    for object_id, mask in enumerate(masks[: VOID - 1], 1):
        ids[mask] = object_id
    return ids


def _objects_of_pictures(path: Path) -> tuple[list[str], list[bytes]]:
    """File names, and of each the segmentations of its objects, in order of the pictures' ids.

    The segmentations stay text until they are needed: as objects those of COCO would fill gigabytes, in each
    process that makes clips.
    """
    try:
        content = json.loads(read_file(path))
        files = {int(image["id"]): str(image["file_name"]) for image in content["images"]}
        found: dict[int, list[Any]] = {}
        for entry in content["annotations"]:
            if not entry.get("iscrowd") and entry["segmentation"]:
                found.setdefault(int(entry["image_id"]), []).append(entry["segmentation"])
        used = sorted(found)
        return [files[i] for i in used], [json.dumps(found[i]).encode() for i in used]
    except PermissionError as error:
        raise FormatError(cannot_read(path, error)) from error
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error.strerror}): {Coco.layout()}") from error
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise FormatError(f"{path} is not a COCO file of instances: {error!r}") from error
