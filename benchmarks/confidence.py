"""Fits `Step.confidence` to a checkpoint, and measures how well it tells the true J of an object's mask.

    python benchmarks/confidence.py --train SET [SET ...] --dev SET [SET ...] --cache FOLDER [--weights FILE]

A SET holds JPEGImages/SEQ and Annotations/SEQ with the truth; SET:2 goes over every second frame, which
makes it harder. Each sequence is followed from its first mask; what the steps showed is kept in the cache,
for each checkpoint by itself, so that the command goes on where it was stopped: take a new folder when passes
or `inference.evidence` were changed. The model is a logistic regression of J on `inference.confidence.terms`;
each training sequence counts the same. ``--write FILE`` stores the checkpoint with it. Printed, too, is what
is seen of good masks: `_GOOD` of `inference.confidence`. Of the sets for --dev, which nothing is fitted to,
it prints for the old calibration and the new one: the rank correlation with J, the mean distance, and of the
tenth of all frames with the least confidence the share that is among the truly worst tenth (0.10 by chance).
"""

import argparse
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.hardware import keep_freed_memory
from skn_annotator.inference.confidence import confidence, terms
from skn_annotator.inference.evidence import Evidence, Trend
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network, read_checkpoint, save_checkpoint
from skn_annotator.resources import default_weights
from skn_annotator.video.frames import open_frames

PENALTY = 10.0
"""Of the squared weights of standardized terms, against 20 rows of each training sequence."""
GOOD = 0.9
"""The masks of a J above this are good."""


class Observed(NamedTuple):
    """Of N objects on frames: the sequence's number and the frame, what was seen of it, and its J."""

    places: np.ndarray  # (N, 2)
    evidence: list[Evidence]
    j: np.ndarray


def flat(evidence: Evidence) -> list[float]:
    """The numbers of it, as they are kept in the cache."""
    return [*evidence[:6], *evidence.trend.means, evidence.trend.by_motion, float(evidence.border)]


def unflat(row: np.ndarray) -> Evidence:
    """What `flat` made a row of."""
    *_, around, reference_matched, recalled, by_motion, border = numbers = row.tolist()
    trend = Trend(around, reference_matched, recalled, bool(border), by_motion)
    return Evidence._make([*numbers[:6], trend, bool(border)])


def followed(tracker: Tracker, root: Path, sequence: str, step: int) -> np.ndarray:
    """(N, 13): frame, what was seen of an object there, and its J; from the first mask to the end."""
    frames = open_frames(root / "JPEGImages" / sequence)
    truth = [read_mask(root / "Annotations" / sequence / f"{stem}.png") for stem in frames.stems]
    plan = cover(range(0, len(frames), step), decisions({0: truth[0]}))
    rows = []
    for found in tracker.propagate(frames, {0: truth[0]}, plan):
        for i in set(found.evidence) & set(object_ids(truth[0])):
            j = jaccard(truth[found.t] == i, found.mask == i)
            rows.append([found.t, *flat(found.evidence[i]), j])
    return np.array(rows)


def observed(place: str, tracker: Tracker, cache: Path) -> Observed:
    """What was seen on all sequences of a set, from the cache where it is there."""
    path, _, step = place.partition(":")
    root, parts = Path(path), []
    for number, folder in enumerate(sorted((root / "JPEGImages").iterdir())):
        kept = cache / f"{root.name}__{folder.name}__{step or 1}.npy"
        if not kept.exists():
            np.save(kept, followed(tracker, root, folder.name, int(step or 1)))
            print(kept.stem, flush=True)
        rows = np.load(kept)
        if rows.size:
            parts.append(np.concatenate((np.full((len(rows), 1), number), rows), 1))
    table = np.concatenate(parts)
    return Observed(table[:, :2], [unflat(row) for row in table[:, 2:-1]], table[:, -1])


def together(parts: list[Observed]) -> Observed:
    """Several sets as one."""
    first = np.cumsum([0] + [part.places[:, 0].max() + 1 for part in parts])
    places = [part.places + np.array([start, 0]) for part, start in zip(parts, first, strict=False)]
    return Observed(
        np.concatenate(places),
        [each for part in parts for each in part.evidence],
        np.concatenate([part.j for part in parts]),
    )


def fitted(seen: Observed) -> tuple[float, ...]:
    """The calibration that is nearest to J, by Newton's method: each sequence weighs the same."""
    x, y = np.array([terms(each) for each in seen.evidence]), seen.j
    _, sequence, counts = np.unique(seen.places[:, 0], return_inverse=True, return_counts=True)
    weight = 20 / counts[sequence]
    middle, scale = x.mean(0), x.std(0) + 1e-6
    design = np.concatenate(((x - middle) / scale, np.ones((len(x), 1))), 1)
    penalty = np.diag([PENALTY] * x.shape[1] + [0.0])
    found = np.zeros(design.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ found))
        hessian = design.T @ (design * (weight * p * (1 - p))[:, None]) + penalty
        found += np.linalg.solve(hessian, design.T @ (weight * (y - p)) - penalty @ found)
    weights = found[:-1] / scale
    return (0.0, float(found[-1] - weights @ middle), *weights.tolist())


def good(seen: Observed) -> Evidence | None:
    """The medians of what is seen of good masks; None if there are none."""
    rows = np.array([flat(each) for each, j in zip(seen.evidence, seen.j, strict=True) if j > GOOD])
    return unflat(np.median(rows, 0).round(2)) if len(rows) else None


def ranks(values: np.ndarray) -> np.ndarray:
    """The place of each value in order; equal ones share theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[inverse]


def rank_correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Spearman's."""
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


def worst_found(places: np.ndarray, sure: np.ndarray, j: np.ndarray) -> float:
    """Of the tenth of the frames with the least confidence, the share that is among the tenth of least J."""
    _, frame = np.unique(places, axis=0, return_inverse=True)
    least = [np.full(frame.max() + 1, np.inf) for _ in range(2)]
    for lowest, values in zip(least, (sure, j), strict=True):
        np.minimum.at(lowest, frame.ravel(), values)
    count = max(1, round(len(least[0]) / 10))
    first, worst = (lowest_of(lowest, count) for lowest in least)
    return float(first @ worst) / count


def lowest_of(values: np.ndarray, count: int) -> np.ndarray:
    """The chance of each of `values` to be among the `count` lowest, where equal ones are drawn by lot."""
    edge = np.sort(values)[count - 1]
    below, equal = values < edge, values == edge
    chance: np.ndarray = np.where(equal, (count - below.sum()) / equal.sum(), below.astype(float))
    return chance


def measures(part: Observed, calibration: tuple[float, ...]) -> str:
    """Rank correlation, mean distance and share of the truly worst frames."""
    sure = np.array([confidence(each, calibration) for each in part.evidence])
    distance = float(np.abs(sure - part.j).mean())
    found = worst_found(part.places, sure, part.j)
    return f"rank {rank_correlation(sure, part.j):.2f}  distance {distance:.3f}  worst {found:.2f}"


def main() -> None:
    """Fit, write and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", nargs="+", required=True, metavar="SET")
    parser.add_argument("--dev", nargs="+", required=True, metavar="SET")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--size", type=int, default=480)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--write", type=Path, help="the checkpoint with the fitted calibration")
    options = parser.parse_args()
    keep_freed_memory()
    torch.set_num_threads(options.threads)
    source = options.weights or default_weights()
    config, weights = read_checkpoint(source)
    # the calibration itself does not change what is seen
    content = hashlib.sha256(b"".join(name.encode() + weights[name].numpy().tobytes() for name in weights))
    cache = options.cache / f"{content.hexdigest()[:12]}_{options.size}"
    cache.mkdir(parents=True, exist_ok=True)
    tracker = Tracker(load_network(source, "cpu"), options.size)
    seen = together([observed(place, tracker, cache) for place in options.train])
    calibration = fitted(seen)
    print("confidence =", tuple(round(each, 4) for each in calibration))
    print(f"J above {GOOD}: {good(seen)}")
    if options.write:
        save_checkpoint(options.write, replace(config, confidence=calibration), weights)
    parts = [observed(place, tracker, cache) for place in options.dev]
    for name, part in zip([*options.dev, "all"], [*parts, together(parts)], strict=True):
        for which, numbers in (("before", config.confidence), ("fitted", calibration)):
            print(f"{Path(name).name:16s} {which}  {measures(part, numbers)}")


if __name__ == "__main__":
    main()
