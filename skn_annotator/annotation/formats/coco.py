"""COCO: a sequence as a set of pictures, and an annotation for each object on each of them.

    ROOT/NAME/00000.jpg                        the frames that have a mask
    ROOT/annotations/instances_NAME.json       images, annotations with RLE masks, categories

Masks are encoded by pycocotools (the optional extra ``train``). COCO knows no video: what it would lose
stands in further keys, which its readers pass over: ``video`` and ``frame`` of a picture, ``object_id`` of an
annotation, the same on all frames. A category is an object's name. Frames without a mask are left out: COCO
takes a picture without annotations for one that shows nothing. Nothing is read back here; training does that.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.files import replace_files
from skn_annotator.annotation.formats.categories import categories
from skn_annotator.annotation.formats.staging import folder_name, move_in, staged
from skn_annotator.annotation.masks import object_ids
from skn_annotator.errors import FormatError

Array = NDArray[np.uint8]

_TABLES = "annotations"


def coco_places(root: Path, name: str) -> tuple[Path, ...]:
    """The folder and the file that the export makes, and replaces where they exist."""
    subset = folder_name(name)
    if subset == _TABLES:  # the folder of the tables themselves
        subset += "_"
    return root / subset, root / _TABLES / f"instances_{subset}.json"


def export_coco(
    root: Path,
    name: str,
    objects: Sequence[AnnotatedObject],
    ids: Mapping[int, frozenset[int]],
    frames: Callable[[int], Array],
    masks: Callable[[int], Array | None],
) -> Iterator[tuple[int, int]]:
    """Write the sequence `name` below `root`, yielding (frames done, frames in all) after each.

    `ids` are the objects on each frame that has a mask, the only ones that are written; `frames(t)` is RGB,
    uint8 (H, W, 3), `masks(t)` the id map, (H, W). Everything appears when all is written, or nothing does:
    closing the generator early leaves `root` as it was. Raises FormatError if there is no object or
    pycocotools is not installed, ProjectError if it cannot be written.
    """
    names = categories(name, objects, ids)
    numbers = {category: number for number, category in enumerate(dict.fromkeys(names.values()), 1)}
    category_ids = {object_id: numbers[category] for object_id, category in names.items()}
    folder, table = coco_places(Path(), name)
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    with staged(root, folder.name) as staging:
        (staging / folder).mkdir(parents=True, exist_ok=True)
        for done, t in enumerate(sorted(ids), 1):
            frame, mask = frames(t), masks(t)
            picture = f"{t:05d}.jpg"
            Image.fromarray(frame).save(staging / folder / picture, quality=95)
            height, width = frame.shape[:2]
            image = {"id": done, "file_name": picture, "height": height, "width": width}
            images.append({**image, "video": name, "frame": t})
            for annotation in _annotations(mask, category_ids):
                annotations.append({"id": len(annotations) + 1, "image_id": done, **annotation})
            yield done, len(ids)
        move_in(staging, root, [folder])
        (root / table).parent.mkdir(parents=True, exist_ok=True)
        listed = [{"id": i, "name": n, "supercategory": "object"} for n, i in numbers.items()]
        content = {"images": images, "annotations": annotations, "categories": listed}
        replace_files({root / table: json.dumps(content, ensure_ascii=False).encode("utf-8")})


def require_run_lengths() -> Any:
    """pycocotools' masks; raises FormatError where it is not installed."""
    try:
        from pycocotools import mask
    except ImportError as error:
        raise FormatError("The COCO format needs pycocotools: pip install 'skn-annotator[train]'") from error
    return mask


def _annotations(mask: Array | None, category_ids: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """What COCO says of each object in `mask`; `category_ids`: by object id."""
    run_lengths = require_run_lengths()
    for object_id in () if mask is None else object_ids(mask):
        encoded = run_lengths.encode(np.asfortranarray(mask == object_id, np.uint8))
        yield {
            "object_id": object_id,
            "category_id": category_ids[object_id],
            "segmentation": {"size": list(encoded["size"]), "counts": encoded["counts"].decode("ascii")},
            "area": int(run_lengths.area(encoded)),
            "bbox": run_lengths.toBbox(encoded).tolist(),
            "iscrowd": 0,
        }
