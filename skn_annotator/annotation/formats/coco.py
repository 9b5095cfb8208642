"""COCO: a sequence as a set of pictures, and an annotation for each object on each of them.

    ROOT/NAME/00000.jpg                        the frames that have a mask
    ROOT/annotations/instances_NAME.json       images, annotations with RLE masks, categories

Masks are encoded by pycocotools. COCO knows no video: what it would lose
stands in further keys, which its readers pass over: ``video`` and ``frame`` of a picture, ``object_id`` of an
annotation, the same on all frames. A category is an object's name. Frames without a mask are left out: COCO
takes a picture without annotations for one that shows nothing. Read are run lengths and polygons.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from skn_annotator.annotation.formats.base import (
    AnnotatedSequence,
    Format,
    FoundMasks,
    Frames,
    Progress,
    WantedMasks,
    save_frame,
)
from skn_annotator.annotation.formats.categories import categories
from skn_annotator.annotation.formats.coco_masks import decode, encode
from skn_annotator.annotation.formats.readback import check_count, differs, read_table
from skn_annotator.annotation.masks import object_ids, scaled
from skn_annotator.annotation.names import folder_name
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.arrays import Mask, Pixels, Size
from skn_annotator.errors import FormatError, Message
from skn_annotator.files import cannot_read, read_file
from skn_annotator.palette import VOID

_TABLES = "annotations"
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What a value of the wrong kind, size or nesting raises."""


class CocoFormat(Format):
    """Each sequence is a subset of its own."""

    key = "coco"
    name = Message("COCO instances")
    purpose = Message("For detectors and labelling tools: Detectron2, MMDetection, CVAT, FiftyOne")
    place_name = "COCO"

    def makes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Path, ...]:
        """The folder of the pictures and the table."""
        return _places(place, sequence.name)

    def notes(self, place: Path, sequence: AnnotatedSequence) -> tuple[Message, ...]:
        """Raises FormatError if there is no object."""
        categories(sequence)
        missing = sequence.length - len(sequence.ids)
        if missing == 1:
            return (Message("1 frame has no mask and is left out."),)
        return (Message("{n} frames have no mask and are left out.", n=missing),) if missing else ()

    def fill(self, place: Path, sequence: AnnotatedSequence, frames: Frames) -> Iterator[Progress]:
        """The frames that have a mask, and the table."""
        folder, path = _places(place, sequence.name)
        table = _Table(sequence)
        folder.mkdir(parents=True)
        for done, t in enumerate(sorted(sequence.ids), 1):
            picture = f"{t:05d}.jpg"
            save_frame(folder / picture, frames(t), sequence.stamp)
            table.add(t, picture, sequence.annotation.mask(t))
            yield Progress(done, len(sequence.ids))
        path.parent.mkdir(parents=True)
        path.write_bytes(table.encoded(sequence.stamp))

    def check(self, place: Path, sequence: AnnotatedSequence) -> None:
        """A picture for every frame that has a mask, and an annotation for each object on it."""
        folder, table = _places(place, sequence.name)
        check_count(folder, "jpg", len(sequence.ids))
        content = read_table(table)
        frames = {image["id"]: image["frame"] for image in content["images"]}
        listed: dict[int, set[int]] = {t: set() for t in frames.values()}
        for annotation in content["annotations"]:
            listed[frames[annotation["image_id"]]].add(annotation["object_id"])
        if listed != {t: set(shown) for t, shown in sequence.ids.items()}:
            raise differs(table)

    def holds(self, place: Path, name: str) -> bool:
        """A table, or a data set that has one of this sequence."""
        return _table_of(place, name).is_file()

    def sequences(self, place: Path) -> tuple[str, ...]:
        """Those with a table of their own."""
        tables = sorted((place / _TABLES).glob("instances_*.json"))
        return tuple(table.stem.removeprefix("instances_") for table in tables)

    def read(self, place: Path, wanted: WantedMasks) -> FoundMasks:
        """The masks of the pictures that are named like a frame, or that an export numbered.

        Without the exports' key ``object_id`` nothing says which objects of two pictures are the same: they
        are counted in each picture. Crowds are left out.
        """
        table = _table_of(place, wanted.name)
        try:
            found, names = _parse(json.loads(read_file(table)), wanted.stems)
        except OSError as error:
            raise FormatError(cannot_read(table, error)) from error
        except _DAMAGE as error:
            raise FormatError(
                "{path} is not a COCO file of instances: {reason}", path=table, reason=repr(error)[:200]
            ) from error
        if not found:
            raise FormatError(
                "{path} lists no picture named like a frame, such as {example}: rename the pictures",
                path=table,
                example=f"{wanted.stems[0]}.jpg",
            )
        masks = {t: partial(_id_map, table, each, wanted.size, wanted.stored) for t, each in found.items()}
        return FoundMasks(masks, names, files=(table,), size=next(iter(found.values())).size)


class _Table:
    """The pictures and annotations of one sequence, frame by frame."""

    def __init__(self, sequence: AnnotatedSequence) -> None:
        self._name, self._size = sequence.name, sequence.size
        self._names = categories(sequence)
        self._numbers = {name: n for n, name in enumerate(dict.fromkeys(self._names.values()), 1)}
        self._images: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []

    def add(self, t: int, picture: str, mask: Mask | None) -> None:
        image_id = len(self._images) + 1
        height, width = self._size
        image = {"id": image_id, "file_name": picture, "height": height, "width": width}
        self._images.append({**image, "video": self._name, "frame": t})
        if mask is not None:
            for object_id in object_ids(mask):
                self._annotate(image_id, object_id, np.equal(mask, object_id))

    def _annotate(self, image_id: int, object_id: int, region: Pixels) -> None:
        category_id = self._numbers[self._names[object_id]]
        ids = {"image_id": image_id, "object_id": object_id, "category_id": category_id, "iscrowd": 0}
        self._annotations.append({"id": len(self._annotations) + 1, **ids, **encode(region)})

    def encoded(self, stamp: Stamp) -> bytes:
        listed = [{"id": i, "name": n, "supercategory": "object"} for n, i in self._numbers.items()]
        content = {"images": self._images, "annotations": self._annotations, "categories": listed}
        before = json.dumps(content, ensure_ascii=False)[:-1] + ', "info": {"description": "'
        data = before.encode(errors="backslashreplace")  # JSON's own escape, of a name that is no UTF-8
        return data + (stamp.line(data) + '"}}').encode()


def _places(root: Path, name: str) -> tuple[Path, Path]:
    """The folder of the pictures and the table of the sequence `name`."""
    subset = folder_name(name)
    if subset == _TABLES:  # the folder of the tables themselves
        subset += "_"
    return root / subset, root / _TABLES / f"instances_{subset}.json"


def _table_of(place: Path, name: str) -> Path:
    return place if place.suffix == ".json" else _places(place, name)[1]


@dataclass(frozen=True)
class _Picture:
    """A picture of the table: the size (H, W) that is given for it, if one is, and (object id, segmentation)
    of each of its objects."""

    size: Size | None
    objects: list[tuple[int, Any]] = field(default_factory=list)


def _parse(content: dict[str, Any], stems: Sequence[str]) -> tuple[dict[int, _Picture], dict[int, str]]:
    """Frame -> its picture; and object id -> name."""
    frames = _frames(content["images"], stems)
    sizes = {image["id"]: _size_of(image) for image in content["images"] if image["id"] in frames}
    found = {t: _Picture(sizes[picture]) for picture, t in frames.items()}
    names: dict[int, str] = {}
    called = {each["id"]: str(each["name"]) for each in content.get("categories", ())}
    for annotation in content["annotations"]:
        t = frames.get(annotation["image_id"])
        if t is None or annotation.get("iscrowd"):
            continue
        object_id = annotation.get("object_id", len(found[t].objects) + 1)
        if type(object_id) is not int or not 0 < object_id < VOID:
            raise ValueError(f"object {str(object_id)[:20]} is none of 1 to {VOID - 1}")
        found[t].objects.append((object_id, annotation["segmentation"]))
        if "object_id" in annotation and annotation.get("category_id") in called:
            names[object_id] = called[annotation["category_id"]]
    return found, names


def _frames(images: Sequence[Mapping[str, Any]], stems: Sequence[str]) -> dict[Any, int]:
    """Picture's id -> frame number, for the pictures that show a frame of the sequence."""
    numbers = {stem: t for t, stem in enumerate(stems)}
    found = {}
    for image in images:
        t = image["frame"] if "frame" in image else numbers.get(Path(image["file_name"]).stem)
        if isinstance(t, int) and 0 <= t < len(stems):
            found[image["id"]] = t
    return found


def _size_of(image: Mapping[str, Any]) -> Size | None:
    """(H, W) as the table gives it for a picture."""
    height, width = image.get("height"), image.get("width")
    return None if height is None or width is None else (int(height), int(width))


def _id_map(table: Path, picture: _Picture, size: Size, stored: Size | None) -> Mask:
    """The objects as one mask of `size`; a later one lies on top."""
    drawn = stored if stored is not None and picture.size == stored else size
    ids = np.zeros(drawn, np.uint8)
    for object_id, segmentation in picture.objects:
        try:
            if picture.size not in (None, drawn):
                raise ValueError(f"its picture is of size {list(picture.size or ())}, the frame {list(size)}")
            ids[decode(segmentation, drawn)] = object_id
        except (ValueError, OverflowError) as error:
            raise FormatError(
                "{path} has an annotation that does not fit: {reason}", path=table, reason=str(error)
            ) from error
    return scaled(ids, size)
