"""Opening a sequence: its frames, and what was annotated before.

It runs in the background, because it may take a while to count the frames of a long video.

A project lies beside its video as ``clip.skn``, or in the user's data folder where that cannot be written.
Nothing is written here: a project folder is made by the first save.
"""

import contextlib
import hashlib
import os
import sys
import uuid
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.edits import add_object, import_masks
from skn_annotator.annotation.masks import read_mask
from skn_annotator.annotation.project import Project
from skn_annotator.annotation.project_files import SUFFIX, default_folder, is_project
from skn_annotator.annotation.stale import StaleMasks
from skn_annotator.annotation.white_ground import check_ground
from skn_annotator.app.language import tr
from skn_annotator.arrays import Size
from skn_annotator.errors import Message, ProjectError
from skn_annotator.settings import load_settings, projects_folder
from skn_annotator.video.frames import check_place, fingerprint, opening_frames
from skn_annotator.video.replacement import OpenedSource
from skn_annotator.video.video_file import Glimpse


@dataclass(frozen=True)
class Sequence:
    """A video or a folder of frames; `size` is (H, W), `stems` the names of the frames' files.

    `stored_size`: as `video.frames.FrameSource` has it; None is `size`. `opened`: what the source was then;
    None where nobody needs to know.
    """

    name: str
    path: Path
    size: Size
    length: int
    fps: float
    stems: tuple[str, ...]
    stored_size: Size | None = None
    opened: OpenedSource | None = None


@dataclass(frozen=True)
class Opened:
    """A sequence with its annotation; `warnings` are for the user."""

    sequence: Sequence
    annotation: Annotation
    store: "ProjectStore"
    view: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()


class ProjectStore:
    """The project folder of a sequence; it is made when something is saved for the first time."""

    def __init__(self, folder: Path, sequence: Sequence, fingerprint: str, project: Project | None) -> None:
        """`fingerprint`: the video's. `project`: None where nothing was saved yet."""
        self.folder = folder
        self._sequence = sequence
        self._fingerprint = fingerprint
        self._project = project

    @property
    def exists(self) -> bool:
        """True once something was saved."""
        return self._project is not None

    def save(
        self, annotation: Annotation, frames: frozenset[int], view: Mapping[str, Any]
    ) -> tuple[Message, ...]:
        """Write `frames` of `annotation`; returns what the user should know. Raises ProjectError."""
        if self._project is None:
            sequence = self._sequence
            self._project = Project.create(
                self.folder,
                sequence.path,
                sequence.size,
                sequence.length,
                self._fingerprint,
                sequence.stems,
            )
        return self._project.save(annotation, frames, view)


def open_sequence(
    path: Path, first_mask: Path | None = None, place: Path | None = None, anyway: bool = False
) -> Generator[Glimpse | Opened, None, None]:
    """Yield one `Opened` for `path`: a video, a folder of frames, or a project folder.

    Before it come glimpses of a video whose frames have to be counted.

    `first_mask`: the palette PNG of frame 0, taken as a reference frame where no project exists yet.
    `place`: the project folder; None is where `project_folder` says. `anyway`: the project is opened though
    the video has another size or length. Raises VideoError, ProjectError, OtherVideo, FormatError.
    """
    called = tr("object {id}")
    path = path.expanduser()
    check_place(path)
    path = path.resolve()
    folder = path if path.is_dir() and is_project(path) else place
    video = Project.open(path).video if folder == path else path
    sequence, warnings = yield from _look_at(video)
    digest = fingerprint(video)
    folder = folder or _of_renamed(video, digest) or project_folder(video)
    if is_project(folder):
        project = Project.open(folder)
        saved = project.load(
            video, sequence.size, sequence.length, digest, called=called, names=sequence.stems, anyway=anyway
        )
        for t in saved.annotation.frames():
            saved.annotation.ids_at(t)  # looked up here, so that the window need not decode every mask
        StaleMasks(saved.annotation)  # so that the checksums of the references are known
        store = ProjectStore(folder, sequence, digest, project)
        yield Opened(sequence, saved.annotation, store, saved.view, (*warnings, *saved.warnings))
        return
    annotation = Annotation(sequence.size, sequence.length)
    if first_mask is not None:
        check_ground((first_mask,))
        annotation.apply(import_masks(annotation, {0: read_mask(first_mask, sequence.size)}, called=called))
    if not annotation.objects:
        annotation.apply(add_object(annotation, called))  # so that the first thing to do is to paint
    if place is None and folder.parent != video.parent:
        warnings += (_elsewhere(video, folder),)
    yield Opened(sequence, annotation, ProjectStore(folder, sequence, digest, None), {}, warnings)


def project_folder(video: Path) -> Path:
    """Where the project of `video` is, or will be."""
    beside = default_folder(video)
    if is_project(beside) and not Project.open(beside).is_of(video):
        beside = _full_name(video)  # clip.mp4 has clip.skn: clip.mov gets clip.mov.skn
    if is_project(beside) or _can_write(beside.parent):
        return beside
    place = hashlib.sha256(str(video.resolve()).encode(errors="surrogateescape")).hexdigest()[:8]
    return projects_folder() / f"{beside.stem}-{place}{beside.suffix}"


def _of_renamed(video: Path, digest: str) -> Path | None:
    """The project beside `video`, which has none of its name, that was made when it was called otherwise."""
    if is_project(default_folder(video)):
        return None
    for folder in sorted(video.parent.glob(f"*{SUFFIX}")):
        with contextlib.suppress(ProjectError):  # of what cannot be read nobody knows whose it is
            if is_project(folder) and Project.open(folder).is_of(video, digest):
                return folder
    return None


def _full_name(video: Path) -> Path:
    return video.parent / f"{video.name}{'.frames' if video.is_dir() else ''}{SUFFIX}"


def _elsewhere(video: Path, folder: Path) -> Message:
    return Message(
        "{parent} cannot be written: what you do is saved in {folder}.", parent=video.parent, folder=folder
    )


def _can_write(folder: Path) -> bool:
    """On Windows `os.access` knows no permissions and tempfile tries for ever: a file is made and removed."""
    if sys.platform != "win32":
        return os.access(folder, os.W_OK)
    probe = folder / f".skn-{uuid.uuid4().hex}"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError:
        return False
    return True


def _look_at(video: Path) -> Generator[Glimpse, None, tuple[Sequence, tuple[Message, ...]]]:
    opened = OpenedSource(video)
    source = yield from opening_frames(video, fps=load_settings().folder_fps)
    with contextlib.closing(source) as frames:
        size, stored = frames.size, frames.stored_size
        stems = tuple(frames.stems)
        sequence = Sequence(frames.name, video, size, len(frames), frames.fps, stems, stored, opened)
        return sequence, tuple(frames.warnings)
