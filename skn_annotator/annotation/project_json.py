"""What `project.json` says, checked field by field: the one place where it is read and written.

What cannot be used is left aside and named; the masks, which are files of their own, do not depend on it.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from skn_annotator.annotation.annotation import (
    NONE,
    AnnotatedObject,
    Annotation,
    Confidence,
    Edit,
    TouchedUp,
    given,
)
from skn_annotator.annotation.crc_checksums import renewed
from skn_annotator.annotation.first_version import upgraded
from skn_annotator.annotation.outline_json import outlines_from_json, outlines_to_json
from skn_annotator.arrays import Size
from skn_annotator.palette import VOID, display_color

VERSION = 2
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
"""What a value of the wrong kind, size or nesting raises."""
_DEEPEST = 20
"""So many lists and objects may lie in each other in what the window stored."""

Content = tuple[int, ...]
"""The checksum of a mask's file and the ids in it, so that a project need not decode every mask to open."""


@dataclass(frozen=True)
class VideoRecord:
    """The video of a project: where it lies, and what tells it from others; `size` is (H, W)."""

    relative: str
    absolute: str
    fingerprint: str
    size: Size
    length: int

    @property
    def name(self) -> str:
        """Its file name, or that of the folder of frames."""
        return Path(self.absolute).name


@dataclass(frozen=True)
class Stored:
    """What can be used of a `project.json`; `damaged` names the fields that cannot.

    `contents` is None where the file says nothing of the masks' files.
    """

    version: int = VERSION
    video: VideoRecord | None = None
    view: Mapping[str, Any] = field(default_factory=dict)
    contents: Mapping[int, Content] | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    damaged: tuple[str, ...] = ()

    @property
    def reference_frames(self) -> frozenset[int]:
        """The frames with references, as far as they can be read."""
        try:
            return frozenset(int(t) for t in self.settings["references"])
        except _DAMAGE:
            return NONE


def read_settings(text: bytes) -> Stored | None:
    """The settings in `text`, the bytes of a `project.json`; None if it is no JSON of a known kind."""
    try:
        settings = json.loads(text)
        version = settings["version"]
        if not isinstance(settings, dict) or not isinstance(version, int) or version < 1:
            return None
    except _DAMAGE:
        return None
    if version > VERSION:
        return Stored(version)
    usable = _Usable(settings)
    return Stored(
        version,
        usable.take("video", _video),
        usable.take("view", _view) or {},
        usable.take("contents", _contents) if "contents" in settings else None,
        (usable.take("names", _names) if "names" in settings else None) or {},
        settings,
        tuple(usable.damaged),
    )


class _Usable:
    """Reads fields one by one and remembers which could not be read."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self.damaged: list[str] = []

    def take(self, name: str, read: Callable[[Any], Any]) -> Any:
        """The field `name` as `read` has it; None if it cannot be used."""
        try:
            return read(self._settings[name])
        except _DAMAGE:
            self.damaged.append(name)
            return None


def to_edit(
    stored: Stored, masks: Mapping[int, bytes], contents: Mapping[int, Content]
) -> tuple[Edit, tuple[str, ...]]:
    """What the JSON says of the palette PNGs `masks` by frame, and the fields that cannot be used.

    `contents`: of the same masks, as they were found.

    Where the references cannot be read, every mask is taken for the user's, so that none is overwritten.
    """
    try:
        usable = _Usable(upgraded(stored.settings, masks))
    except _DAMAGE:
        return everything_decided(masks, contents), ("references",)
    objects = usable.take("objects", _objects) or ()
    confidence = usable.take("confidence", _confidence) or {}
    if "touched_up" in stored.settings:
        confidence = _with_given(confidence, usable.take("touched_up", _confidence) or {})
    sources = usable.take("sources", _sources) or {}
    outlines = usable.take("outlines", outlines_from_json) or {} if "outlines" in stored.settings else {}
    references = usable.take("references", _ids_by_frame)
    if references is None:
        decided = everything_decided(masks, contents).references
    else:
        decided = {t: (NONE, ids) for t, ids in references.items() if t in masks}
    sources, outlines = renewed(sources, outlines, {t: ids for t, (_, ids) in decided.items()}, masks)
    edit = Edit(
        "Load",
        {t: (None, data) for t, data in masks.items()},
        references=decided,
        objects=((), objects),
        confidence={t: (None, values) for t, values in confidence.items() if t in masks},
        sources={t: (None, values) for t, values in sources.items() if t in masks},
        outlines={t: (None, values) for t, values in outlines.items() if t in masks},
    )
    return edit, tuple(usable.damaged)


def everything_decided(masks: Mapping[int, bytes], contents: Mapping[int, Content]) -> Edit:
    """A project of which only masks are left: all count as the user's, so that none is overwritten."""
    ids = frozenset(i for content in contents.values() for i in content[1:])
    return Edit(
        "Recover",
        {t: (None, data) for t, data in masks.items()},
        references=dict.fromkeys(masks, (NONE, ids)) if ids else {},
    )


def with_objects(edit: Edit, ids: frozenset[int], called: str) -> Edit:
    """`edit`, and an object for each of `ids` that it has none for: its masks outran the JSON in a crash."""
    objects = edit.objects[1] if edit.objects else ()
    unknown = sorted(ids - {o.id for o in objects})
    new = tuple(AnnotatedObject(i, called.format(id=i), display_color(i)) for i in unknown)
    return replace(edit, objects=((), objects + new))


def to_json(
    annotation: Annotation,
    video: VideoRecord,
    view: Mapping[str, Any],
    contents: Mapping[int, Content],
    names: Mapping[int, str],
) -> bytes:
    """The bytes of a `project.json`; in ASCII, because a path may hold bytes that are no text.

    Written of `names` are those of frames with a mask, and of their neighbours: where these have not moved,
    a name that is gone was changed, and its picture not removed.
    """
    settings = {"version": VERSION, "video": asdict(video), "view": dict(view), "contents": contents}
    near = sorted({beside for t in contents for beside in (t - 1, t, t + 1)})
    settings["names"] = {t: names[t] for t in near if t in names}
    return json.dumps(settings | _describe(annotation), separators=(",", ":")).encode()


def _describe(annotation: Annotation) -> dict[str, Any]:
    confidences = ((t, annotation.all_confidence(t)) for t in annotation.frames())
    sources = ((t, annotation.all_sources(t)) for t in annotation.frames())
    return {
        "objects": [asdict(o) for o in annotation.objects],
        "references": {t: sorted(ids) for t, ids in sorted(annotation.references.items())},
        "confidence": {t: dict(confidence) for t, confidence in confidences if confidence is not None},
        "touched_up": _given(annotation),
        "sources": {
            t: {i: sorted(carried_from) for i, carried_from in by_object.items()}
            for t, by_object in sources
            if by_object is not None
        },
        "outlines": outlines_to_json(annotation),
    }


def _view(value: Any) -> dict[str, Any]:
    _check_nesting(value, _DEEPEST)
    return {str(name): each for name, each in value.items()}


def _check_nesting(value: Any, deepest: int) -> None:
    """Raises ValueError for what is nested so deeply that `json` reads it but may fail to write it."""
    if deepest == 0:
        raise ValueError(value)
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_nesting(each, deepest - 1)


def _video(value: Any) -> VideoRecord:
    texts = value["relative"], value["absolute"], value["fingerprint"]
    height, width = (int(side) for side in value["size"])
    length = int(value["length"])
    if not all(isinstance(text, str) for text in texts) or min(height, width, length) < 1:
        raise ValueError(value)
    return VideoRecord(*texts, (height, width), length)


def _contents(value: Any) -> dict[int, Content]:
    contents = {int(t): tuple(int(n) for n in content) for t, content in value.items()}
    if any(not content or not all(0 < i < VOID for i in content[1:]) for content in contents.values()):
        raise ValueError(value)
    return contents


def _names(value: Any) -> dict[int, str]:
    return {int(t): str(name) for t, name in value.items()}


def _objects(value: Any) -> tuple[AnnotatedObject, ...]:
    objects = tuple(AnnotatedObject(**{**each, "color": tuple(each["color"])}) for each in value)
    ids = [each.id for each in objects]
    for each in objects:
        sound = type(each.id) is int and 0 < each.id < VOID and isinstance(each.name, str)
        sound &= isinstance(each.visible, bool) and isinstance(each.locked, bool)
        color = len(each.color) == 3 and all(isinstance(c, int) and 0 <= c <= 255 for c in each.color)
        if not sound or not color or ids.count(each.id) > 1:
            raise ValueError(each)
    return objects


def _confidence(value: Any) -> dict[int, Confidence]:
    found: dict[int, Confidence] = {
        int(t): {int(i): float(sure) for i, sure in values.items()} for t, values in value.items()
    }
    if any(not 0 <= sure <= 1 for values in found.values() for sure in values.values()):
        raise ValueError(value)
    return found


def _given(annotation: Annotation) -> dict[int, dict[int, float]]:
    """Frame -> object -> what the pass gave, of the masks that were touched up."""
    found = {
        t: {i: given(sure) for i, sure in (annotation.all_confidence(t) or {}).items() if given(sure) != sure}
        for t in annotation.frames()
    }
    return {t: values for t, values in found.items() if values}


def _with_given(
    confidence: Mapping[int, Confidence], given_by_pass: Mapping[int, Confidence]
) -> dict[int, Confidence]:
    """`confidence` as it was when both were written."""
    return {
        t: {
            i: TouchedUp(sure, given_by_pass[t][i]) if i in given_by_pass.get(t, {}) else sure
            for i, sure in values.items()
        }
        for t, values in confidence.items()
    }


def _sources(value: Any) -> dict[int, dict[int, frozenset[int]]]:
    return {
        int(t): {int(i): frozenset(int(n) for n in carried_from) for i, carried_from in by_object.items()}
        for t, by_object in value.items()
    }


def _ids_by_frame(value: Any) -> dict[int, frozenset[int]]:
    found = {int(t): frozenset(int(i) for i in ids) for t, ids in value.items()}
    if any(not 0 < i < VOID for ids in found.values() for i in ids):
        raise ValueError(value)
    return found


def describe_video(folder: Path, video: Path, size: Size, length: int, fingerprint: str) -> VideoRecord:
    """The record of `video`, for a project in `folder`."""
    absolute = video.resolve()
    try:
        relative = Path(os.path.relpath(absolute, folder.resolve())).as_posix()
    except ValueError:  # another drive on Windows
        relative = str(absolute)
    return VideoRecord(relative, str(absolute), fingerprint, size, length)
