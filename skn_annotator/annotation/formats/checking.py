"""Reading an export back: whether what lies on the disk is what was written. Any check raises FormatError."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skn_annotator.annotation.formats.coco import coco_places
from skn_annotator.annotation.formats.davis import DavisPlan
from skn_annotator.annotation.formats.youtube_vos import youtube_vos_folders
from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.arrays import Size
from skn_annotator.errors import FormatError

Ids = Mapping[int, frozenset[int]]


def check_davis(root: Path, plan: DavisPlan, ids: Ids, size: Size) -> None:
    """A PNG for every JPEG; at full resolution, of `size` (H, W), each shows the objects of its frame."""
    for resolution in ("480p", "Full-Resolution"):
        for kind, ending in (("JPEGImages", "jpg"), ("Annotations", "png")):
            _check_count(root / kind / resolution / plan.name, ending, plan.length)
    folder = root / "Annotations" / "Full-Resolution" / plan.name
    for t in range(plan.length):
        wanted = {plan.ids[i] for i in ids.get(t, frozenset()) if i in plan.ids}
        _check_mask(folder / f"{t:05d}.png", wanted, size)


def check_youtube_vos(root: Path, name: str, ids: Ids, length: int, size: Size) -> None:
    """Every frame, a PNG of `size` (H, W) where there is a mask, and the same objects in ``meta.json``."""
    pictures, masks = youtube_vos_folders(root, name)
    _check_count(pictures, "jpg", length)
    _check_count(masks, "png", len(ids))
    for t, shown in ids.items():
        _check_mask(masks / f"{t:05d}.png", set(shown), size)
    videos = _read_json(pictures.parent.parent / "meta.json").get("videos", {})
    listed = {int(i) for i in videos.get(masks.name, {}).get("objects", {})}
    if listed != _all(ids):
        raise _differs(pictures.parent.parent / "meta.json")


def check_coco(root: Path, name: str, ids: Ids) -> None:
    """A picture for every frame that has a mask, and an annotation for each object on it."""
    folder, table = coco_places(root, name)
    _check_count(folder, "jpg", len(ids))
    content = _read_json(table)
    frames = {image["id"]: image["frame"] for image in content["images"]}
    listed: dict[int, set[int]] = {t: set() for t in frames.values()}
    for annotation in content["annotations"]:
        listed[frames[annotation["image_id"]]].add(annotation["object_id"])
    if listed != {t: set(shown) for t, shown in ids.items()}:
        raise _differs(table)


def _all(ids: Ids) -> set[int]:
    return set[int]().union(*ids.values())


def _check_count(folder: Path, ending: str, wanted: int) -> None:
    if sum(1 for _ in folder.glob(f"*.{ending}")) != wanted:
        raise _differs(folder)


def _check_mask(path: Path, wanted: set[int], size: Size) -> None:
    if not path.is_file() or set(object_ids(read_mask(path, size))) != wanted:
        raise _differs(path)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _differs(path) from error
    return dict(content)


def _differs(path: Path) -> FormatError:
    return FormatError(
        "{path} is not what was written: another program changed it, or the disk fails. Export again",
        path=path,
    )
