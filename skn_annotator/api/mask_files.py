"""Masks of a whole sequence from files and to files, in every format, for scripts."""

from collections.abc import Mapping
from pathlib import Path

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.edits import import_masks, rename
from skn_annotator.annotation.formats import FORMATS, AnnotatedSequence, Format
from skn_annotator.api.checked_masks import checked_masks
from skn_annotator.api.given_masks import read_given_masks
from skn_annotator.arrays import Mask
from skn_annotator.errors import FormatError
from skn_annotator.video.frames import FrameSource


def read_masks(path: Path | str, frames: FrameSource, *, cut_mattes: bool = False) -> dict[int, Mask]:
    """The masks at `path` for `frames`: frame number, from 0, -> id map, uint8 (H, W).

    `path` is the mask of the first frame, a folder of masks that are named like their frames, or a data set
    in one of the formats that are read (DAVIS, YouTube-VOS, COCO, binary masks), which has a sequence of the
    frames' name. `cut_mattes`: masks with soft edges are cut at one half. Raises FormatError if there is no
    mask, if a name is no frame's, or if a mask cannot be used.
    """
    return dict(read_given_masks(Path(path), frames, cut_mattes).masks)


def write_masks(
    place: Path | str,
    masks: Mapping[int, Mask],
    frames: FrameSource,
    format: str = "davis",
    *,
    names: Mapping[int, str] | None = None,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write `masks` (frame number -> id map, uint8 (H, W)) of `frames`, and read back what was written.

    `format`: "davis", "youtube-vos", "coco", "binary" or "rgba", of which `place` is the folder, made where
    it is not there; or "overlay", "alpha-video" or "cut-out", a video, of which `place` is the file. `names`:
    object id -> what it is called where the format has names. Returns the folders and files that were made.
    What is at `place` is replaced only if it was written from the same source, or with `overwrite`; `frames`
    never. Raises FormatError if the format cannot hold the masks, ProjectError if `place` cannot be written.
    """
    chosen = format_of(format)
    annotation = Annotation(frames.size, len(frames))
    annotation.apply(import_masks(annotation, checked_masks(masks, len(frames), frames.size)))
    for object_id, name in (names or {}).items():
        annotation.apply(rename(annotation, object_id, name))
    ids = {t: annotation.ids_at(t) for t in annotation.frames()}
    sequence = AnnotatedSequence(frames.name, frames.stems, frames.fps, annotation, ids, frames.path)
    for _ in chosen.write(Path(place), sequence, frames.__getitem__, overwrite):
        pass
    chosen.check(Path(place), sequence)
    return chosen.makes(Path(place), sequence)


def format_of(key: str) -> Format:
    """The format that commands and scripts call `key`; raises FormatError if there is none."""
    for each in FORMATS:
        if each.key == key:
            return each
    raise FormatError(f"{key} is no format: choose one of {', '.join(each.key for each in FORMATS)}")
