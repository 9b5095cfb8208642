"""How well `Step.confidence` tells the true J of an object's mask, and the calibration that makes it do so.

    python benchmarks/confidence.py DAVIS [--weights FILE]

DAVIS holds JPEGImages/SEQ and Annotations/SEQ with the truth. Each sequence is followed from its first
mask. Prints the rank and the linear correlation per sequence and overall, and the scale and bias of
`SKNConfig.confidence` that fit best; ``--write FILE`` stores the checkpoint with them.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network, read_checkpoint, save_checkpoint
from skn_annotator.resources import default_weights
from skn_annotator.video.frames import open_frames

Pairs = np.ndarray  # (N, 2): raw confidence, true J


def pairs(tracker: Tracker, root: Path, sequence: str) -> Pairs:
    """Confidence and J of every object on every frame but the first."""
    frames = open_frames(root / "JPEGImages" / sequence)
    truth = [read_mask(root / "Annotations" / sequence / f"{stem}.png") for stem in frames.stems]
    rows = []
    for step in tracker.propagate(frames, {0: truth[0]}, cover(range(len(frames)), decisions({0: truth[0]}))):
        if not step.reference:
            for i in object_ids(truth[0]):
                rows.append((step.confidence[i], jaccard(truth[step.t] == i, step.mask == i)))
    return np.array(rows)


def ranks(values: np.ndarray) -> np.ndarray:
    """The place of each value in order."""
    return np.argsort(np.argsort(values)).astype(float)


def correlations(found: Pairs) -> tuple[float, float]:
    """Spearman's and Pearson's."""
    rank = np.corrcoef(ranks(found[:, 0]), ranks(found[:, 1]))[0, 1]
    return float(rank), float(np.corrcoef(found.T)[0, 1])


def logit(values: np.ndarray) -> np.ndarray:
    """The inverse of the logistic function, away from 0 and 1."""
    clipped = np.clip(values, 1e-4, 1 - 1e-4)
    return np.log(clipped / (1 - clipped))


def fit(found: Pairs) -> tuple[float, float]:
    """Scale and bias with sigmoid(scale * logit(confidence) + bias) nearest to J, by Newton's method."""
    x, y = logit(found[:, 0]), np.clip(found[:, 1], 0, 1)
    design = np.stack((x, np.ones_like(x)), 1)
    weights = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ weights))
        hessian = design.T @ (design * (p * (1 - p))[:, None]) + 1e-6 * np.eye(2)
        weights += np.linalg.solve(hessian, design.T @ (y - p))
    return float(weights[0]), float(weights[1])


def main() -> None:
    """Print the correlations and the fit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", type=Path, help="the checkpoint with the fitted calibration")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    source = options.weights or default_weights()
    network = load_network(source, "cpu")
    network.config = replace(network.config, confidence=(1.0, 0.0))
    tracker = Tracker(network)
    found = []
    for folder in sorted((options.root / "JPEGImages").iterdir()):
        found.append(pairs(tracker, options.root, folder.name))
        print(f"{folder.name:20s} rank %.2f  linear %.2f" % correlations(found[-1]), flush=True)
    joined = np.concatenate(found)
    print(f"{'all':20s} rank %.2f  linear %.2f" % correlations(joined))
    scale, bias = fit(joined)
    calibrated = 1 / (1 + np.exp(-scale * logit(joined[:, 0]) - bias))
    error = np.abs(calibrated - joined[:, 1]).mean()
    print(f"confidence = ({scale:.3f}, {bias:.3f}): mean distance from J {error:.3f}")
    if options.write:
        config, weights = read_checkpoint(source)
        save_checkpoint(options.write, replace(config, confidence=(scale, bias)), weights)


if __name__ == "__main__":
    main()
