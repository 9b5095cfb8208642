"""YouTube-VOS: writing a sequence.

    ROOT/train/JPEGImages/VID/00000.jpg     every frame
    ROOT/train/Annotations/VID/00000.png    palette PNG of the frames that have a mask, value = object id
    ROOT/train/meta.json                    {"videos": {VID: {"objects": {"1": {"category", "frames"}}}}}

Frames keep their size and objects their ids: gaps are allowed, and an object may first appear in a later
frame. Its category is its name. A frame without a mask is not annotated, and gets no PNG. Nothing is read
back here; training does that.
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
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.errors import FormatError

Array = NDArray[np.uint8]


def youtube_vos_folders(root: Path, name: str, subset: str = "train") -> tuple[Path, ...]:
    """The folders that the export makes, and replaces where they exist."""
    return tuple(root / subset / kind / folder_name(name) for kind in ("JPEGImages", "Annotations"))


def export_youtube_vos(
    root: Path,
    name: str,
    objects: Sequence[AnnotatedObject],
    ids: Mapping[int, frozenset[int]],
    length: int,
    frames: Callable[[int], Array],
    masks: Callable[[int], Array | None],
    subset: str = "train",
) -> Iterator[tuple[int, int]]:
    """Write the sequence into the data set at `root`, yielding (frames done, frames in all) after each.

    `ids` are the objects on each frame that has a mask; `frames(t)` is RGB, uint8 (H, W, 3), `masks(t)` the
    id map, (H, W), None: not annotated. The folders appear when all is written, or not at all: closing the
    generator early leaves `root` as it was. Raises FormatError if there is no object or ``meta.json`` is not
    one, ProjectError if it cannot be written.
    """
    entry = _entry(categories(name, objects, ids), ids)
    video, meta = folder_name(name), root / subset / "meta.json"
    videos = _read_meta(meta)
    folders = youtube_vos_folders(Path(), name, subset)
    with staged(root, video) as staging:
        pictures, annotations = (staging / folder for folder in folders)
        for folder in (pictures, annotations):
            folder.mkdir(parents=True, exist_ok=True)
        for t in range(length):
            Image.fromarray(frames(t)).save(pictures / f"{t:05d}.jpg", quality=95)
            mask = masks(t)
            if mask is not None:
                (annotations / f"{t:05d}.png").write_bytes(encode_mask(mask))
            yield t + 1, length
        move_in(staging, root, folders)
        content = {"videos": {**videos, video: entry}}
        replace_files({meta: json.dumps(content, ensure_ascii=False).encode("utf-8")})


def _entry(names: Mapping[int, str], ids: Mapping[int, frozenset[int]]) -> dict[str, Any]:
    """The video's part of ``meta.json``; `names`: object id -> category."""
    return {
        "objects": {
            str(i): {"category": name, "frames": [f"{t:05d}" for t in sorted(ids) if i in ids[t]]}
            for i, name in names.items()
        }
    }


def _read_meta(path: Path) -> dict[str, Any]:
    """The videos that are in the data set already."""
    if not path.exists():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["videos"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FormatError(
            "{path} is not YouTube-VOS's meta.json: choose another folder, or remove it", path=path
        ) from error
