"""A project folder, ``clip.skn``: `project.json` and a palette PNG per annotated frame, ``masks/00012.png``.

Saving writes only the frames that changed: temporary files, fsync, `os.replace`, the JSON last. The listing
of ``masks`` is the truth for which masks exist, so a crash between two files leaves a project that can be
read. The video stays where it is; the JSON holds its path, absolute and relative, and its fingerprint.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from skn_annotator.annotation.annotation import (
    NONE,
    OBJECT_NAME,
    AnnotatedObject,
    Annotation,
    Confidence,
    Edit,
)
from skn_annotator.annotation.files import replace_files, writing
from skn_annotator.annotation.first_version import upgraded
from skn_annotator.annotation.masks import decode_mask, encoded_size, object_ids
from skn_annotator.errors import Message, ProjectError
from skn_annotator.palette import display_color

VERSION = 2
SUFFIX = ".skn"
_JSON = "project.json"
_MASKS = "masks"
_JSON_V1 = "project.v1.json"


@dataclass(frozen=True)
class Saved:
    """What a project folder holds; `view` is what the window stored, `warnings` are for the user."""

    annotation: Annotation
    view: Mapping[str, Any]
    warnings: tuple[Message, ...] = ()


def default_folder(video: Path) -> Path:
    """Where the project of `video`, a file or a folder of frames, lies unless the user chooses."""
    return video.parent / f"{video.name if video.is_dir() else video.stem}{SUFFIX}"


def is_project(folder: Path) -> bool:
    """True if `folder` holds a project, be its JSON damaged."""
    return (folder / _JSON).is_file() or (folder / _MASKS).is_dir()


@dataclass(frozen=True)
class _Video:
    relative: str
    absolute: str
    fingerprint: str
    size: tuple[int, int]
    length: int


Content = tuple[int, ...]
"""The checksum of a mask's file and the ids in it, so that a project need not decode every mask to open."""


class Project:
    """One project folder; make it with `create` or `open`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._video: _Video | None = None
        self._settings: Mapping[str, Any] | None = None  # the JSON as it was read, if it can be trusted
        self._contents: dict[int, Content] = {}
        self._first_version: bytes | None = None  # the JSON as version 1 wrote it, until it is written anew
        self._seen: int | None = None  # the checksum of the JSON as this project read or wrote it

    @classmethod
    def create(
        cls, folder: Path, video: Path, size: tuple[int, int], length: int, fingerprint: str = ""
    ) -> "Project":
        """A new project for `video` of `length` frames of `size`, (H, W).

        Raises ProjectError if the folder cannot be written, or holds a project already.
        """
        if is_project(folder):
            raise _saved_elsewhere(folder)
        project = cls(folder)
        project._video = _describe_video(folder, video, size, length, fingerprint)
        project.save(Annotation(size, length), (), {})
        return project

    @classmethod
    def open(cls, folder: Path) -> "Project":
        """The project in `folder`, of this version or an older one. With a damaged JSON it opens too: `load`
        then finds the masks.

        Raises ProjectError if there is no project, if it cannot be read, or if a newer version wrote it.
        """
        if not is_project(folder):
            raise ProjectError(
                "{folder} is not a project: it holds neither {file} nor {masks}",
                folder=folder,
                file=_JSON,
                masks=_MASKS,
            )
        project = cls(folder)
        try:
            written = (folder / _JSON).read_bytes()
            project._seen = crc32(written)
            settings = json.loads(written)
            if settings["version"] > VERSION:
                raise ProjectError(
                    "{folder} was written by a newer version: update SKN Annotator to open it", folder=folder
                )
            stored = settings["video"]
            _parse(upgraded(settings, {}), {})  # damage shows now, not half-way through loading
            project._contents = {int(t): tuple(c) for t, c in settings.get("contents", {}).items()}
            project._video = _Video(**stored | {"size": tuple(stored["size"])})
            project._settings = settings
            project._first_version = written if settings["version"] < VERSION else None
        except (ValueError, KeyError, TypeError, AttributeError, FileNotFoundError):
            pass  # `load` recovers what the masks tell, and says so
        except OSError as error:
            raise ProjectError(
                "{path} cannot be read: {reason}", path=folder / _JSON, reason=error.strerror
            ) from error
        return project

    @property
    def video(self) -> Path:
        """Where the video is now; ProjectError if it is not found."""
        if self._video is None:
            raise ProjectError(
                "{path} is damaged: open the video, then its masks are found", path=self.folder / _JSON
            )
        beside, original = self.folder / self._video.relative, Path(self._video.absolute)
        for path in (beside, original):
            if path.exists():
                return path.resolve()
        raise ProjectError(
            "{video} was moved or deleted: put it back, or beside {folder}",
            video=original,
            folder=self.folder,
        )

    def load(
        self,
        video: Path,
        size: tuple[int, int],
        length: int,
        fingerprint: str = "",
        called: str = OBJECT_NAME,
    ) -> Saved:
        """What was saved, for `video`, which is bound to the project from now on.

        `called`: the names of objects whose names were lost, with "{id}" where that belongs.

        Raises ProjectError if the project belongs to another video or a mask cannot be read.
        """
        self._check_video(video, size, length, fingerprint)
        masks, warnings = self._read_masks(size, length)
        if self._settings is None:
            edit = _recover(masks, self._contents)
            warnings.append(
                Message(
                    "{path} is damaged: the masks were found, the names were not.", path=self.folder / _JSON
                )
            )
        else:
            edit = _parse(upgraded(self._settings, masks), masks)
        ids = {t: frozenset(content[1:]) for t, content in self._contents.items()}
        self._video = _describe_video(self.folder, video, size, length, fingerprint)
        annotation = Annotation(size, length)
        annotation.apply(_with_objects(edit, frozenset[int]().union(*ids.values()), called))
        annotation.recall_ids(ids)
        return Saved(annotation, (self._settings or {}).get("view", {}), tuple(warnings))

    def save(self, annotation: Annotation, changed_frames: Iterable[int], view: Mapping[str, Any]) -> None:
        """Write the masks of `changed_frames` (remove those that are gone), then the JSON.

        What the first version wrote is kept beside it, in `project.v1.json`.
        `view` is anything that JSON can hold. Raises ProjectError if the folder cannot be written, or if
        somebody else wrote into it; what was saved before is still there then.
        """
        assert self._video is not None, "a project is loaded or created before it is saved"
        self._check_unchanged()
        frames = {t: annotation.mask_bytes(t) for t in changed_frames}
        for t, data in frames.items():
            self._contents.pop(t, None)
            if data is not None:
                self._contents[t] = (crc32(data), *sorted(annotation.ids_at(t)))
        settings = {"version": VERSION, "video": asdict(self._video), "view": dict(view)}
        settings["contents"] = self._contents
        # In ASCII: a path may hold bytes that are no text, which Python carries as lone surrogates.
        text = json.dumps(settings | _describe(annotation), separators=(",", ":"))
        masks = self.folder / _MASKS
        with writing(self.folder):
            masks.mkdir(parents=True, exist_ok=True)
            for t, data in frames.items():
                if data is None:
                    (masks / _file_name(t)).unlink(missing_ok=True)
            written = {masks / _file_name(t): data for t, data in frames.items() if data is not None}
            if self._first_version is not None:
                written[self.folder / _JSON_V1] = self._first_version
            replace_files(written | {self.folder / _JSON: text.encode()})
        self._first_version = None
        self._seen = crc32(text.encode())

    def _check_unchanged(self) -> None:
        """Of two windows on one video, the one that saves last would write over what the other saved."""
        try:
            unchanged = crc32((self.folder / _JSON).read_bytes()) == self._seen
        except OSError:  # nothing to write over; what hinders writing is told by writing
            return
        if not unchanged:
            raise _saved_elsewhere(self.folder)

    def _check_video(self, video: Path, size: tuple[int, int], length: int, fingerprint: str) -> None:
        stored = self._video
        if stored is None:
            return
        same_file = not (fingerprint and stored.fingerprint) or fingerprint == stored.fingerprint
        if not same_file or (stored.size, stored.length) != (size, length):
            height, width = stored.size
            raise ProjectError(
                "{folder} belongs to another video ({other}, {length} frames of {size}), not to {video}: "
                "open that one, or move the project folder away",
                folder=self.folder,
                other=stored.absolute,
                length=stored.length,
                size=f"{width} x {height}",
                video=video,
            )

    def _read_masks(self, size: tuple[int, int], length: int) -> tuple[dict[int, bytes], list[Message]]:
        """The masks on disk, and a warning for each file that is none of this video."""
        masks, warnings, contents = {}, [], {}
        for path in sorted((self.folder / _MASKS).glob("*.png")):
            t = int(path.stem) if path.stem.isdecimal() else length
            try:
                data = path.read_bytes()
                fits = t < length and encoded_size(data) == size
                if fits:
                    contents[t] = _content(data, self._contents.get(t, ()))
                    masks[t] = data
            except (OSError, SyntaxError):  # Pillow's errors: no image, or a damaged one
                fits = False
            if not fits:
                warnings.append(Message("{path} was left out: it is not a mask of this video.", path=path))
        self._contents = contents
        return masks, warnings


def _saved_elsewhere(folder: Path) -> ProjectError:
    return ProjectError(
        "{folder} was saved from another window meanwhile: export what you did here if you need it, close "
        "this video without saving, and open it again",
        folder=folder,
    )


def _content(data: bytes, recorded: Content) -> Content:
    """What `recorded` says, if it was recorded of this very file; else decode it."""
    checksum = crc32(data)
    if recorded[:1] == (checksum,):
        return recorded
    return checksum, *object_ids(decode_mask(data))


def _file_name(t: int) -> str:
    return f"{t:05d}.png"


def _describe_video(
    folder: Path, video: Path, size: tuple[int, int], length: int, fingerprint: str
) -> _Video:
    absolute = video.resolve()
    try:
        relative = Path(os.path.relpath(absolute, folder.resolve())).as_posix()
    except ValueError:  # another drive on Windows
        relative = str(absolute)
    return _Video(relative, str(absolute), fingerprint, size, length)


def _describe(annotation: Annotation) -> dict[str, Any]:
    confidences = ((t, annotation.confidence(t)) for t in annotation.frames())
    sources = ((t, annotation.sources(t)) for t in annotation.frames())
    return {
        "objects": [asdict(o) for o in annotation.objects],
        "references": {t: sorted(ids) for t, ids in sorted(annotation.references.items())},
        "confidence": {t: dict(confidence) for t, confidence in confidences if confidence is not None},
        "sources": {
            t: {i: sorted(carried_from) for i, carried_from in by_object.items()}
            for t, by_object in sources
            if by_object is not None
        },
    }


def _parse(settings: Mapping[str, Any], masks: Mapping[int, bytes]) -> Edit:
    """What the JSON says, as far as the masks are there."""
    objects = tuple(AnnotatedObject(**{**o, "color": tuple(o["color"])}) for o in settings["objects"])
    confidence: dict[int, Confidence] = {
        int(t): {int(i): float(value) for i, value in values.items()}
        for t, values in settings["confidence"].items()
    }
    sources = {
        int(t): {int(i): frozenset(values) for i, values in by_object.items()}
        for t, by_object in settings["sources"].items()
    }
    references = {int(t): frozenset(ids) for t, ids in settings["references"].items()}
    return Edit(
        "Load",
        {t: (None, data) for t, data in masks.items()},
        references={t: (NONE, ids) for t, ids in references.items() if t in masks},
        objects=((), objects),
        confidence={t: (None, values) for t, values in confidence.items() if t in masks},
        sources={t: (None, values) for t, values in sources.items() if t in masks},
    )


def _recover(masks: Mapping[int, bytes], contents: Mapping[int, Content]) -> Edit:
    """What the masks alone tell: every one is taken for the user's work, so that none is overwritten."""
    ids = frozenset(i for content in contents.values() for i in content[1:])
    return Edit(
        "Recover",
        {t: (None, data) for t, data in masks.items()},
        references=dict.fromkeys(masks, (NONE, ids)) if ids else {},
    )


def _with_objects(edit: Edit, ids: frozenset[int], called: str) -> Edit:
    """`edit`, and an object for each of `ids` that it has none for: its masks outran the JSON in a crash."""
    objects = edit.objects[1] if edit.objects else ()
    unknown = sorted(ids - {o.id for o in objects})
    new = tuple(AnnotatedObject(i, called.format(id=i), display_color(i)) for i in unknown)
    return replace(edit, objects=((), objects + new))
