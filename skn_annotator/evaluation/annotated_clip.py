"""Clips with a true mask for every frame, in the folders that the DAVIS data sets have."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.arrays import Mask
from skn_annotator.errors import FormatError
from skn_annotator.evaluation.evaluate import sequences_in
from skn_annotator.video.frames import open_frames


@dataclass(frozen=True)
class AnnotatedClip:
    """Frames at `path`, and what is true: the id map, uint8 (H, W), of each frame, 0, 1, ...

    `ids`: the objects that are followed, those of the first frame.
    """

    name: str
    path: Path
    truth: Mapping[int, Mask]
    ids: tuple[int, ...]


def annotated_clips(root: Path, names: Sequence[str] | None = None) -> list[tuple[str, Path, Path]]:
    """(name, folder of frames, folder of masks) of the clips `names` of a data set, by default of all.

    `root` holds JPEGImages/SEQ and Annotations/SEQ, or the same in 480p. Raises FormatError if it does not.
    """
    masks = sequences_in(root)
    found = []
    for name in names if names is not None else masks:
        if name not in masks:
            raise FormatError(f"{root} holds no masks of {name}: it has {', '.join(sorted(masks)[:3])}, ...")
        places = [root / "JPEGImages" / "480p" / name, root / "JPEGImages" / name]
        frames = next((place for place in places if place.is_dir()), None)
        if frames is None:
            raise FormatError(f"{root} has masks of {name}, but no frames: put them in {places[-1]}")
        found.append((name, frames, masks[name]))
    return found


def read_clip(name: str, frames: Path, masks: Path) -> AnnotatedClip:
    """Read the true masks of a clip. Raises FormatError if a frame has none, or the first shows no object."""
    files = masks_in(masks).masks
    with closing(open_frames(frames)) as source:
        missing = [stem for stem in source.stems if stem not in files]
        if missing:
            raise FormatError(
                f"{masks} lacks {missing[0]}.png: each frame needs a true mask that it can be corrected by"
            )
        paths = [files[stem] for stem in source.stems]
        size = source.size
    first = read_mask(paths[0], size)
    ids = object_ids(first)
    if not ids:
        raise FormatError(f"{paths[0]} shows no object: the first frame says which objects there are")
    truth = {t: read_mask(path, size, white_is_void=ids != (1,)) for t, path in enumerate(paths)}
    return AnnotatedClip(name, frames, truth, ids)
