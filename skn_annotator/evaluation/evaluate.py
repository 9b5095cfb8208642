"""Scores a folder of results against ground truth, as the semi-supervised protocol of DAVIS 2017 does.

Both folders hold ``SEQUENCE/STEM.png`` (or are one sequence themselves). The objects of a sequence are the
ids in its first ground-truth frame; the first and the last frame are left out; an object's score is the
mean over its frames; the overall score is the mean over all objects of all sequences. Ids that only the
result has are ignored, which the official program refuses. Pixels of ground truth 255 are void, unless the
mask holds nothing but 0 and 255: then it is binary and 255 is object 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.annotation.white_ground import check_ground
from skn_annotator.arrays import Mask, Size
from skn_annotator.counts import counted
from skn_annotator.errors import FormatError, Message
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
    """What `evaluate` found: one entry per object, sequence by sequence; `notes` are for the user."""

    objects: tuple[ObjectScores, ...]
    notes: tuple[Message, ...] = ()

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


def evaluate(gt_root: Path | str, result_root: Path | str, names: Sequence[str] | None = None) -> Scores:
    """The scores of the sequences `names`, by default those that both folders have.

    Both hold SEQUENCE/STEM.png, or are one sequence themselves; the first is the ground truth. Raises
    FormatError as `common_sequences` and `evaluate_sequence` do.
    """
    pairs = common_sequences(Path(gt_root), Path(result_root), names)
    return together(evaluate_sequence(gt, result) for gt, result in pairs)


def together(scores: Iterable[Scores]) -> Scores:
    """The scores of several sequences as one."""
    parts = tuple(scores)
    return Scores(
        tuple(chain.from_iterable(part.objects for part in parts)),
        tuple(chain.from_iterable(part.notes for part in parts)),
    )


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
    folders = (folder for folder in sorted(base.iterdir()) if not folder.name.startswith("."))
    found = {folder.name: folder for folder in folders if _is_sequence(folder)}
    if not found:
        raise FormatError(f"{base} holds no masks: give a folder that holds SEQUENCE/STEM.png")
    return found


def evaluate_sequence(gt_folder: Path, result_folder: Path, cut_mattes: bool = False) -> Scores:
    """The scores of every object of one sequence, by id.

    `cut_mattes`: masks with soft edges are cut at one half. Raises FormatError if the ground truth has fewer
    than three frames or no object in its first, if the result lacks a frame, or if a mask is damaged, has
    another size, or holds no ids, or if black and white seem exchanged (`white_ground`).
    """
    truth, result = masks_in(gt_folder), masks_in(result_folder)
    stems = tuple(truth.masks)
    scored = stems[1:-1]
    if not scored:
        raise FormatError(
            f"{gt_folder} has {counted(len(stems), 'frame')}: a score needs three, as the ends are left out"
        )
    missing = [truth.masks[stem].name for stem in scored if stem not in result.masks]
    if missing:
        raise FormatError(
            f"{result_folder} lacks {len(missing)} of {counted(len(scored), 'frame')} ({_some(missing)}): "
            "name the masks as the ground truth's and give one for each frame"
        )
    for found in (truth, result):
        check_ground(found.masks.values(), cut_mattes)
    first = read_mask(truth.masks[stems[0]], cut_mattes=cut_mattes)
    size, ids = first.shape[:2], object_ids(first)
    if not ids:
        raise FormatError(
            f"{truth.masks[stems[0]]} shows no object: the first frame says which objects there are"
        )
    measures = np.empty((2, len(ids), len(scored)))
    seen: set[int] = set()
    for n, stem in enumerate(scored):
        paths = truth.masks[stem], result.masks[stem]
        gt, pred = (_read(path, size, ids, cut_mattes) for path in paths)
        seen.update(object_ids(pred))
        void = gt == VOID
        for k, object_id in enumerate(ids):
            masks = gt == object_id, pred == object_id, void if void.any() else None
            measures[:, k, n] = jaccard(*masks), boundary_f(*masks)
    name = gt_folder.resolve().name
    objects = tuple(ObjectScores(name, i, scored, *measures[:, k]) for k, i in enumerate(ids))
    return Scores(objects, (*truth.note, *result.note, *_other_ids(result_folder, seen, ids)))


def _read(path: Path, size: Size, ids: tuple[int, ...], cut_mattes: bool) -> Mask:
    """The id map at `path` of a sequence whose objects are `ids`."""
    return read_mask(path, size, cut_mattes=cut_mattes, white_is_void=ids != (1,))


def _other_ids(folder: Path, seen: set[int], ids: tuple[int, ...]) -> tuple[Message, ...]:
    """A sentence where the result's ids, `seen`, are not those of the ground truth."""
    strange, lost = sorted(seen.difference(ids)), sorted(set(ids) - seen)
    if not seen:
        return (
            Message(
                "{folder} shows nothing of {objects} on any frame: a mask of nothing but 0 and 255 is "
                "void where objects have ids.",
                folder=folder,
                objects=_objects(ids),
            ),
        )
    if not strange:
        return ()
    if not lost:
        return (
            Message(
                "{folder} shows {strange}, which the ground truth lacks: ids are compared as they are.",
                folder=folder,
                strange=_objects(strange),
            ),
        )
    return (
        Message(
            "{folder} shows {strange}, which the ground truth lacks, and nothing of {lost}, which it has: "
            "ids are compared as they are.",
            folder=folder,
            strange=_objects(strange),
            lost=_objects(lost),
        ),
    )


def _is_sequence(folder: Path) -> bool:
    return folder.is_dir() and bool(masks_in(folder).masks)


def _objects(ids: Sequence[int]) -> str:
    """As in "object 2" or "objects 1, 3"."""
    return f"{'object' if len(ids) == 1 else 'objects'} {_some([str(i) for i in ids])}"


def _some(names: Sequence[str]) -> str:
    """The first few of `names`, for a message."""
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
