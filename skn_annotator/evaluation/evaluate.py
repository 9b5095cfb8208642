"""Scores a folder of results against ground truth, as the semi-supervised protocol of DAVIS 2017 does.

Both folders hold ``SEQUENCE/STEM.png`` (or are one sequence themselves). The objects of a sequence are the
ids in its first ground-truth frame; the first and the last frame are left out; an object's score is the
mean over its frames; the overall score is the mean over all objects of all sequences. Ids that only the
result has are ignored, which the official program refuses. Pixels of ground truth 255 are void, unless the
mask holds nothing but 0 and 255: then it is binary and 255 is object 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from skn_annotator.annotation.masks import decode_mask, object_ids, read_mask
from skn_annotator.errors import FormatError
from skn_annotator.evaluation.metrics import boundary_f, decay, jaccard, recall
from skn_annotator.palette import VOID


@dataclass(frozen=True)
class ObjectScores:
    """One object of one sequence: `j` and `f`, float64 (N,) in [0, 1], of the frames that `stems` (N)
    names."""

    sequence: str
    object_id: int
    stems: tuple[str, ...]
    j: npt.NDArray[np.float64]
    f: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Mean:
    """Means over objects, in [0, 1]. Recall: share of frames above one half; decay: loss from start to
    end."""

    j: float
    f: float
    j_recall: float
    j_decay: float
    f_recall: float
    f_decay: float

    @property
    def jf(self) -> float:
        """J&F, the benchmark's measure: the mean of J and F."""
        return (self.j + self.f) / 2


@dataclass(frozen=True)
class Scores:
    """What `evaluate` found: one entry per object, sequence by sequence."""

    objects: tuple[ObjectScores, ...]

    @property
    def sequences(self) -> tuple[str, ...]:
        """The names of the sequences, in order."""
        return tuple(dict.fromkeys(entry.sequence for entry in self.objects))

    def of(self, sequence: str) -> tuple[ObjectScores, ...]:
        """The entries of one sequence."""
        return tuple(entry for entry in self.objects if entry.sequence == sequence)

    @property
    def overall(self) -> Mean:
        """The mean over all objects: what the benchmark ranks by."""
        return mean_of(self.objects)


def mean_of(objects: Sequence[ObjectScores]) -> Mean:
    """The mean over `objects` (at least one), each of which counts the same, however many frames it has."""
    rows = [(o.j.mean(), o.f.mean(), recall(o.j), decay(o.j), recall(o.f), decay(o.f)) for o in objects]
    return Mean(*np.mean(rows, axis=0).tolist())


def evaluate(gt_root: Path, result_root: Path, names: Sequence[str] | None = None) -> Scores:
    """The scores of the sequences `names`, by default those that both folders have.

    Raises FormatError as `common_sequences` and `evaluate_sequence` do.
    """
    pairs = common_sequences(gt_root, result_root, names)
    return Scores(tuple(chain.from_iterable(evaluate_sequence(gt, result) for gt, result in pairs)))


def common_sequences(
    gt_root: Path, result_root: Path, names: Sequence[str] | None = None
) -> list[tuple[Path, Path]]:
    """Pairs (ground truth's folder, result's folder) of the sequences `names`, by default of those in both
    roots.

    A root may also be one sequence itself, or hold the sequences in ``Annotations``, ``480p`` or
    ``Annotations/480p``, as a DAVIS folder does. Raises FormatError if a root does not exist, if a name is
    not in both, or if they have no sequence in common.
    """
    if names is None and _is_sequence(gt_root) and _is_sequence(result_root):
        return [(gt_root, result_root)]
    gt, results = sequences_in(gt_root), sequences_in(result_root)
    for name in names or ():
        for root, found in ((gt_root, gt), (result_root, results)):
            if name not in found:
                raise FormatError(f"{root} holds no sequence {name}: it has {_some(sorted(found))}")
    common = sorted(gt.keys() & results.keys()) if names is None else list(names)
    if not common:
        raise FormatError(
            f"{gt_root} ({_some(sorted(gt))}) and {result_root} ({_some(sorted(results))}) have no sequence "
            "in common: name the result folders as those of the ground truth"
        )
    return [(gt[name], results[name]) for name in common]


def sequences_in(root: Path) -> dict[str, Path]:
    """The sequences of `root` by name, each a folder with PNGs. Raises FormatError if there are none."""
    if not root.is_dir():
        raise FormatError(f"{root} is not a folder: give one that holds SEQUENCE/STEM.png")
    if _is_sequence(root):
        return {root.resolve().name: root}
    inner = [root / "Annotations" / "480p", root / "Annotations", root / "480p", root]
    base = next(folder for folder in inner if folder.is_dir())
    found = {folder.name: folder for folder in sorted(base.iterdir()) if _is_sequence(folder)}
    if not found:
        raise FormatError(f"{base} holds no masks: give a folder that holds SEQUENCE/STEM.png")
    return found


def evaluate_sequence(gt_folder: Path, result_folder: Path) -> tuple[ObjectScores, ...]:
    """The scores of every object of one sequence, by id.

    Raises FormatError if the ground truth has fewer than three frames or no object in its first, if the
    result lacks a frame, or if a mask is damaged or has another size.
    """
    paths = sorted(gt_folder.glob("*.png"))
    scored = paths[1:-1]
    if not scored:
        raise FormatError(
            f"{gt_folder} has {len(paths)} frames: a score needs three, as the ends are left out"
        )
    missing = [path.name for path in scored if not (result_folder / path.name).is_file()]
    if missing:
        raise FormatError(
            f"{result_folder} lacks {len(missing)} of {len(scored)} frames ({_some(missing)}): "
            "name the masks as the ground truth's and give one for each frame"
        )
    first = read_mask(paths[0])
    ids = object_ids(first)
    if not ids:
        raise FormatError(f"{paths[0]} shows no object: the first frame says which objects there are")
    measures = np.empty((2, len(ids), len(scored)))
    for n, path in enumerate(scored):
        gt, pred = (_read(p, first.shape, ids) for p in (path, result_folder / path.name))
        void = gt == VOID
        for k, object_id in enumerate(ids):
            masks = gt == object_id, pred == object_id, void if void.any() else None
            measures[:, k, n] = jaccard(*masks), boundary_f(*masks)
    stems = tuple(path.stem for path in scored)
    name = gt_folder.resolve().name
    return tuple(ObjectScores(name, i, stems, *measures[:, k]) for k, i in enumerate(ids))


def _read(path: Path, size: tuple[int, ...], ids: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    """The id map at `path` of a sequence whose objects are `ids`."""
    mask = read_mask(path, (size[0], size[1]))
    if ids != (1,) and object_ids(mask) == (1,):
        return decode_mask(path.read_bytes())  # where there are other objects, 255 alone is void, not binary
    return mask


def _is_sequence(folder: Path) -> bool:
    return folder.is_dir() and next(folder.glob("*.png"), None) is not None


def _some(names: Sequence[str]) -> str:
    """The first few of `names`, for a message."""
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
