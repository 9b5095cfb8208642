"""What it is worth that a reference belongs to one object on a frame, not to all objects of the frame.

    python benchmarks/references.py DAVIS [--every 6] [--sequences 6] [--frames 40] [--size 480]

DAVIS holds JPEGImages/SEQ and Annotations/SEQ with the truth, as `benchmarks/twin_set.py` makes it. The first
frame's masks are carried to the end. Then every `every`-th frame is corrected, and all is carried again from
there, over everything. Printed is the mean J of all frames but the first:

    carried     from the first frame alone
    all         every object of these frames is corrected, and decided
    frozen      the worst object of each is corrected, and the masks of the others there are decided with it
    one         the worst object of each is corrected, and it alone is decided
"""

import argparse
from functools import partial
from pathlib import Path

import numpy as np
import torch

from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.arrays import Mask
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.inference.fusion import fused
from skn_annotator.inference.plans import Decision, References, cover, decisions
from skn_annotator.inference.step import PriorMask
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network
from skn_annotator.video.frames import FrameSource, open_frames

WAYS = ("carried", "all", "frozen", "one")
Masks = dict[int, Mask]


def carry(tracker: Tracker, frames: FrameSource, length: int, masks: Masks, references: References) -> Masks:
    """The masks of all frames, once a pass over everything is blended from both sides."""
    plan = cover(range(length), references)
    there: dict[int, PriorMask] = {
        t: PriorMask(partial(np.asarray, mask), dict.fromkeys(object_ids(mask), 1.0))
        for t, mask in masks.items()
    }
    made = dict(masks)
    for step in fused(tracker.propagate(frames, masks, plan), plan.given, there):
        if not step.reference:
            made[step.t] = step.mask
            there[step.t] = PriorMask(partial(np.asarray, step.mask), step.confidence, step.origins)
    return made


def score(truth: list[Mask], masks: Masks) -> float:
    """The mean J in percent of all objects on all frames but the first."""
    ids = object_ids(truth[0])
    return 100 * float(
        np.mean([jaccard(truth[t] == i, masks[t] == i) for t in range(1, len(truth)) for i in ids])
    )


def corrected(truth: Mask, mask: Mask) -> tuple[Mask, int]:
    """`mask` with its worst object as it is in truth, and which one that is."""
    worst = min(object_ids(truth), key=lambda i: jaccard(truth == i, mask == i))
    return np.where(truth == worst, np.uint8(worst), np.where(mask == worst, np.uint8(0), mask)), worst


def ways(tracker: Tracker, frames: FrameSource, truth: list[Mask], every: int) -> list[float]:
    """The mean J of each of `WAYS`."""
    start = {0: truth[0]}
    ids = frozenset(object_ids(truth[0]))
    carried = carry(tracker, frames, len(truth), start, decisions(start))
    at = range(every, len(truth), every)
    whole = start | {t: truth[t] for t in at}
    found = [score(truth, carried), score(truth, carry(tracker, frames, len(truth), whole, decisions(whole)))]
    fixed = {t: corrected(truth[t], carried[t]) for t in at}
    masks = start | {t: mask for t, (mask, _) in fixed.items()}
    frozen = {t: Decision(ids, frozenset(object_ids(mask))) for t, mask in masks.items()}
    single = decisions(start) | {t: Decision(frozenset([i]), frozenset([i])) for t, (_, i) in fixed.items()}
    return found + [score(truth, carry(tracker, frames, len(truth), masks, r)) for r in (frozen, single)]


def main() -> None:
    """Print a row per sequence, and the mean."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", type=Path)
    parser.add_argument("--every", type=int, default=6)
    parser.add_argument("--sequences", type=int, default=6)
    parser.add_argument("--frames", type=int, default=40)
    parser.add_argument("--size", type=int, default=480)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tracker = Tracker(load_network(options.weights, options.device), options.size)
    rows = []
    print(f"{'':20s}" + "".join(f"{way:>10s}" for way in WAYS))
    for folder in sorted((options.root / "JPEGImages").iterdir())[: options.sequences]:
        frames = open_frames(folder)
        truths = sorted((options.root / "Annotations" / folder.name).glob("*.png"))[: options.frames]
        rows.append(ways(tracker, frames, [read_mask(path) for path in truths], options.every))
        print(f"{folder.name:20s}" + "".join(f"{value:10.1f}" for value in rows[-1]), flush=True)
    print(f"{'mean':20s}" + "".join(f"{value:10.1f}" for value in np.mean(rows, 0)))


if __name__ == "__main__":
    main()
