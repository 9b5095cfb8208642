"""What blending the passes from two reference frames is worth against either of them alone.

    python benchmarks/fusion.py DAVIS [--gap 40] [--size 480]

DAVIS holds JPEGImages/SEQ and Annotations/SEQ with the truth. The first frame and the one `gap` frames later
are reference frames. Printed is the mean J&F of the frames between them: carried forward from the first,
backward from the other, and from both, blended as `inference.fusion` does; then how well the confidence of
the last pass and that of the blended masks tell the true J (linear correlation).
"""

import argparse
from functools import partial
from pathlib import Path

import numpy as np
import torch

from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.arrays import Mask
from skn_annotator.evaluation.metrics import boundary_f, jaccard
from skn_annotator.inference.fusion import fused
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.step import PriorMask, Step
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network
from skn_annotator.video.frames import open_frames

WAYS = ("forward", "backward", "both")


def passes(tracker: Tracker, root: Path, sequence: str, gap: int) -> tuple[dict[int, Mask], list[list[Step]]]:
    """The truth by frame, and the steps between the two reference frames: forward, backward, blended."""
    frames = open_frames(root / "JPEGImages" / sequence)
    last = min(gap, len(frames) - 1)
    truth = {
        t: read_mask(root / "Annotations" / sequence / f"{frames.stems[t]}.png") for t in range(last + 1)
    }
    references = {0: truth[0], last: truth[last]}
    alone = list(tracker.propagate(frames, references, cover(range(last), decisions(references))))
    there: dict[int, PriorMask] = {}
    blended = []
    for step in fused(alone, {t: tuple(object_ids(truth[0])) for t in references}, there):
        there[step.t] = PriorMask(partial(np.asarray, step.mask), step.confidence, step.origins)
        blended.append(step)
    forward, backward = alone[1:last], alone[last + 1 :]
    return truth, [forward, backward[::-1], blended[last + 1 :][::-1]]


def scores(truth: dict[int, Mask], steps: list[Step]) -> np.ndarray:
    """(N, 3): J, J&F and confidence of each object on each frame."""
    rows = []
    for step in steps:
        for i in object_ids(truth[0]):
            gt, found = truth[step.t] == i, step.mask == i
            j = jaccard(gt, found)
            rows.append((j, (j + boundary_f(gt, found)) / 2, step.confidence.get(i, 0.0)))
    return np.array(rows)


def main() -> None:
    """Print a row per sequence, the mean, and the correlations."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", type=Path)
    parser.add_argument("--gap", type=int, default=40)
    parser.add_argument("--size", type=int, default=480)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tracker = Tracker(load_network(options.weights, "cpu"), options.size)
    found: list[list[np.ndarray]] = []
    print(f"{'':20s}" + "".join(f"{way:>10s}" for way in WAYS))
    for folder in sorted((options.root / "JPEGImages").iterdir()):
        truth, ways = passes(tracker, options.root, folder.name, options.gap)
        found.append([scores(truth, steps) for steps in ways])
        print(f"{folder.name:20s}" + "".join(f"{100 * s[:, 1].mean():10.1f}" for s in found[-1]), flush=True)
    means = [np.mean([100 * ways[k][:, 1].mean() for ways in found]) for k in range(len(WAYS))]
    print(f"{'mean':20s}" + "".join(f"{mean:10.1f}" for mean in means))
    for k in (1, 2):
        joined = np.concatenate([ways[k] for ways in found])
        print(f"confidence and J, {WAYS[k]}: {np.corrcoef(joined[:, 2], joined[:, 0])[0, 1]:.2f}")


if __name__ == "__main__":
    main()
