"""A project folder, ``clip.skn``: `project.json` and a palette PNG per annotated frame, ``masks/00012.png``.

Saving writes only the frames that changed: temporary files, fsync, `os.replace`, the JSON last. Which masks
exist is read from the folder ``masks`` and not from the JSON, so that a crash between two files leaves a
project that can be read. The video stays where it is; the JSON holds its path, absolute and relative, and its
fingerprint.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from skn_annotator.annotation.annotation import NONE, OBJECT_NAME, Annotation, Edit
from skn_annotator.annotation.masks import (
    PICTURE_ERRORS,
    decode_mask,
    encode_mask,
    object_ids,
    read_mask,
)
from skn_annotator.annotation.opening_notes import (
    damage_note,
    foreign_notes,
    gone_note,
    killed_note,
    left_out_note,
)
from skn_annotator.annotation.project_files import (
    JSON,
    JSON_DAMAGED,
    JSON_V1,
    MASKS,
    alone_in,
    check_no_links,
    file_name,
    frame_of,
    is_project,
    saved_elsewhere,
    unused,
)
from skn_annotator.annotation.project_json import (
    VERSION,
    Content,
    Stored,
    VideoRecord,
    describe_video,
    everything_decided,
    read_settings,
    to_edit,
    to_json,
    with_objects,
)
from skn_annotator.annotation.saved_masks import SavedMasks
from skn_annotator.annotation.video_binding import check_video, frames_now, renumbered, scaled_png
from skn_annotator.arrays import Size
from skn_annotator.errors import FormatError, Message, MissingVideo, ProjectError
from skn_annotator.files import cannot_read, exists, is_out_of_reach, read_file, replace_files, writing

_LEFT_OUT = ".left-out"


@dataclass(frozen=True)
class Saved:
    """What a project folder holds; `view` is what the window stored, `warnings` are for the user."""

    annotation: Annotation
    view: Mapping[str, Any]
    warnings: tuple[Message, ...] = ()


class Project:
    """One project folder; make it with `create` or `open`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._video: VideoRecord | None = None
        self._stored: Stored | None = None  # what the JSON says, as far as it can be trusted
        self._contents: dict[int, Content] = {}
        self._names: Sequence[str] = ()  # of the video's frames
        self._left_out: set[int] = set()  # frames whose files are no masks, but somebody's
        self._written = b""  # the JSON as it was read
        self._kept: dict[Path, bytes] = {}  # what the JSON was, where the next save would lose something
        self._unrecorded: frozenset[int] = frozenset()  # frames whose files the JSON does not know
        self._is_new_order = False  # whether masks belong to other frames than their files say
        self._is_rescaled = False  # whether their files are of another size
        self._seen: int | None = None  # the checksum of the JSON as this project read or wrote it

    @classmethod
    def create(
        cls,
        folder: Path,
        video: Path,
        size: Size,
        length: int,
        fingerprint: str = "",
        names: Sequence[str] = (),
    ) -> "Project":
        """A new project for `video` of `length` frames of `size`, (H, W); `names`: of its frames.

        Raises ProjectError if the folder cannot be written, or holds a project already.
        """
        if is_project(folder):
            raise saved_elsewhere(folder)
        project = cls(folder)
        project._video = describe_video(folder, video, size, length, fingerprint)
        project._names = names
        try:
            project.save(Annotation(size, length), (), {})
        except ProjectError:  # or what is left of it would be taken for another window's, and be in the way
            for made in (folder / MASKS, folder):
                with suppress(OSError):
                    made.rmdir()
            raise
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
                file=JSON,
                masks=MASKS,
            )
        project = cls(folder)
        check_no_links(folder)
        try:
            written = read_file(folder / JSON)
            project._seen = crc32(written)
        except OSError as error:
            if not isinstance(error, FileNotFoundError):
                raise ProjectError(cannot_read(folder / JSON, error)) from error
            return project
        stored = read_settings(written)
        if stored is None:  # `load` recovers what the masks tell, and says so
            project._kept[unused(folder / JSON_DAMAGED)] = written
            return project
        if stored.version > VERSION:
            raise ProjectError(
                "{folder} was written by a newer version: update SKN Annotator to open it", folder=folder
            )
        project._stored, project._video = stored, stored.video
        project._contents = dict(stored.contents or {})
        project._written = written
        if stored.version < VERSION:
            project._kept[unused(folder / JSON_V1)] = written
        return project

    @property
    def video(self) -> Path:
        """Where the video is now; MissingVideo if it is not found."""
        if self._video is None:
            raise ProjectError(
                "{path} is damaged: open the video, then its masks are found", path=self.folder / JSON
            )
        for path in self._places():
            if exists(path):
                return path.resolve()
        gone, folder = Path(self._video.absolute), self.folder
        raise MissingVideo(
            "{video} was moved or deleted: put it back, or beside {folder}", video=gone, folder=folder
        )

    def _places(self) -> tuple[Path, ...]:
        """Where the video may be."""
        return () if (video := self._video) is None else (self.folder / video.relative, Path(video.absolute))

    def is_of(self, video: Path, fingerprint: str = "") -> bool:
        """Whether this is the project of `video`, not of another one that is still there; with `fingerprint`
        only if the project's video had that.
        """
        known = self._video
        if known is None or known.name == video.name:
            return known is not None or not fingerprint
        return fingerprint in ("", known.fingerprint) and not any(map(exists, self._places()))

    def load(
        self,
        video: Path,
        size: Size,
        length: int,
        fingerprint: str = "",
        *,
        called: str = OBJECT_NAME,
        names: Sequence[str] = (),
        anyway: bool = False,
    ) -> Saved:
        """What was saved, for `video`; the project belongs to that one from now on.

        `called`: the name of an object whose name was lost, in which "{id}" stands for its id. `names`: of
        the video's frames; by them masks find their frames again if some were added or removed. `anyway`: a
        video of another size or length is taken, too (`video_binding`).

        Raises OtherVideo if the project belongs to another video.
        """
        known = self._stored.names if self._stored is not None else {}
        now = describe_video(self.folder, video, size, length, fingerprint)
        warnings = check_video(self.folder, self._video, now, known, names, anyway)
        saved_size = size if self._video is None else self._video.size
        found, foreign = self._read_masks(saved_size)
        bound = self._bound(found, length, names)
        masks = {new: found[old] for old, new in bound.items()}
        if saved_size != size:
            self._scale(masks, size)
        unbound = [file_name(t) for t in found if t not in bound]
        warnings += foreign + foreign_notes(self.folder / MASKS, unbound)
        stored = self._stored
        lost: tuple[str, ...] = ()
        if stored is None:
            edit = everything_decided(masks, self._contents)
        else:
            moved = renumbered(stored, length, names) if self._is_new_order else stored
            edit, lost = to_edit(moved, masks, self._contents)
        if stored is None or stored.damaged or lost:
            if self._written:
                self._kept[unused(self.folder / JSON_DAMAGED)] = self._written
            warnings.append(damage_note(self.folder / JSON, (*(stored.damaged if stored else ()), *lost)))
        edit, note = self._with_unrecorded(edit, masks)
        warnings += note
        ids = {t: frozenset(content[1:]) for t, content in self._contents.items()}
        self._video, self._names = now, names
        annotation = Annotation(size, length)
        annotation.apply(with_objects(edit, frozenset[int]().union(*ids.values()), called))
        annotation.recall_ids(ids)
        return Saved(annotation, stored.view if stored else {}, tuple(warnings))

    def save(
        self, annotation: Annotation, changed_frames: Iterable[int], view: Mapping[str, Any]
    ) -> tuple[Message, ...]:
        """Write the masks of `changed_frames` (remove the files of frames that have none), then the JSON.

        A JSON of an older version, or a damaged one, is kept beside the new one. `view` is anything that JSON
        can hold. Returns what the user should know. Raises ProjectError if the folder cannot be written, if
        a part of it has become a link, or if another program wrote into it; what was saved before is still
        there then.
        """
        check_no_links(self.folder)
        with alone_in(self.folder):
            return self._save(annotation, set(changed_frames), view)

    def _save(
        self, annotation: Annotation, changed: set[int], view: Mapping[str, Any]
    ) -> tuple[Message, ...]:
        assert self._video is not None, "a project is loaded or created before it is saved"
        masks = self.folder / MASKS
        self._check_unchanged()
        is_gone = self._seen is not None and not (self.folder / JSON).exists()
        is_gone |= bool(self._contents) and not masks.is_dir()
        are_new = self._is_new_order or self._is_rescaled
        if is_gone or are_new:
            changed |= set(annotation.frames())
        frames = {t: annotation.mask_bytes(t) for t in sorted(changed)}
        for t, data in frames.items():
            self._contents.pop(t, None)
            if data is not None:
                self._contents[t] = (crc32(data), *sorted(annotation.ids_at(t)))
        text = to_json(annotation, self._video, view, self._contents, dict(enumerate(self._names)))
        with writing(self.folder):
            # Frames were added or removed: the same number means another frame, so that no old file may stay.
            if are_new and masks.is_dir():
                masks.rename(unused(self.folder / f"{MASKS}{_LEFT_OUT}"))
            masks.mkdir(parents=True, exist_ok=True)
            for t, data in frames.items():
                path = masks / file_name(t)
                if t in self._left_out and os.path.lexists(path):
                    path.rename(unused(path.with_name(path.name + _LEFT_OUT)))
                elif data is None:
                    path.unlink(missing_ok=True)
            written = {masks / file_name(t): data for t, data in frames.items() if data is not None}
            replace_files(written | self._kept | {self.folder / JSON: text})
        self._left_out -= frames.keys()
        self._kept, self._is_new_order, self._is_rescaled = {}, False, False
        self._seen = crc32(text)
        if not is_gone:
            return ()
        return (
            Message(
                "{folder} was moved or deleted while it was open: all masks were written again.",
                folder=self.folder,
            ),
        )

    def _check_unchanged(self) -> None:
        """Raises ProjectError if another window saved since: this one would write over that."""
        try:
            unchanged = crc32(read_file(self.folder / JSON)) == self._seen
        except OSError:  # nothing to write over; what hinders writing is told by writing
            return
        if not unchanged:
            raise saved_elsewhere(self.folder)

    def _bound(self, frames: Iterable[int], length: int, names: Sequence[str]) -> dict[int, int]:
        """Saved frame -> the frame of the video that it is now, without those that it lacks."""
        known = self._stored.names if self._stored is not None else {}
        saved_length = None if self._video is None else self._video.length
        bound = frames_now(frames, known, saved_length, length, names)
        self._is_new_order = any(old != new for old, new in bound.items())
        kept = {old: new for old, new in bound.items() if new < length}
        self._contents = {kept[t]: content for t, content in self._contents.items() if t in kept}
        return kept

    def _scale(self, masks: dict[int, bytes], size: Size) -> None:
        """Bring `masks` to `size`; the next save writes all of them, and keeps the old ones aside."""
        for t, data in masks.items():
            masks[t] = scaled_png(data, size)
            self._contents[t] = (crc32(masks[t]), *object_ids(decode_mask(masks[t])))
        self._is_rescaled = True

    def _read_masks(self, size: Size) -> tuple[dict[int, bytes], list[Message]]:
        """The masks on the disk, by the frame in their file names; a warning for each that is no mask."""
        masks, warnings = {}, []
        contents: dict[int, Content] = {}
        recorded = self._contents
        saved = SavedMasks(size, self._stored.reference_frames if self._stored is not None else NONE)
        for path in sorted((self.folder / MASKS).glob("*.png")):
            t, note = frame_of(path), left_out_note(path)
            try:
                data = read_file(path) if t >= 0 else b""
                if recorded.get(t, ())[:1] == (crc32(data),) and saved.is_sound(t, data):
                    contents[t], masks[t] = recorded[t], data
                    continue
                mask = read_mask(path, size) if t >= 0 else None
            except (FormatError, *PICTURE_ERRORS) as error:
                mask = None
                if is_out_of_reach(error):
                    note = cannot_read(path, error)
            if mask is None:
                self._left_out |= {t}
                warnings.append(note)
            else:
                masks[t] = encode_mask(mask)
                contents[t] = (crc32(masks[t]), *object_ids(mask))
        self._unrecorded = frozenset(contents.keys() - recorded.keys()) | {
            t for t in contents.keys() & recorded.keys() if contents[t] != recorded[t]
        }
        if gone := recorded.keys() - contents.keys() - self._left_out:
            warnings.append(gone_note(self.folder / MASKS, gone))
        self._contents = contents
        return masks, warnings

    def _with_unrecorded(self, edit: Edit, masks: Mapping[int, bytes]) -> tuple[Edit, list[Message]]:
        """`edit`, which decides all objects on frames whose files are not in the JSON.

        The program was killed between writing these files and the JSON. They may be the user's work, so no
        pass may overwrite them.
        """
        if self._stored is None or self._stored.contents is None:
            return edit, []
        frames = sorted(self._unrecorded & masks.keys())
        if not frames:
            return edit, []
        ids = frozenset(i for content in self._contents.values() for i in content[1:])
        ids |= {o.id for o in (edit.objects[1] if edit.objects else ())}
        references = {**edit.references, **dict.fromkeys(frames, (NONE, ids))}
        return replace(edit, references=references), [killed_note(frames)]
