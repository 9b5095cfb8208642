"""The frames where a checkpoint fails worst, side by side: the picture in the model card.

    python benchmarks/worst_frames.py DAVIS docs/failures.jpg [--weights FILE]

DAVIS holds JPEGImages/SEQ and Annotations/SEQ with the truth. Each sequence is followed from its first mask;
of each the frame with the lowest J is drawn: found pixels that are right in green, wrong ones in red, missed
ones in blue.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image

from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network
from skn_annotator.video.frames import open_frames

WIDTH = 600
RIGHT, WRONG, MISSED = (60, 190, 60), (225, 40, 40), (50, 90, 235)


def worst(tracker: Tracker, root: Path, sequence: str) -> tuple[float, np.ndarray]:
    """The lowest mean J of a sequence's frames, and that frame with the masks over it."""
    frames = open_frames(root / "JPEGImages" / sequence)
    truth = [read_mask(root / "Annotations" / sequence / f"{stem}.png") for stem in frames.stems]
    lowest = (2.0, 0, truth[0])
    for step in tracker.propagate(frames, {0: truth[0]}, range(len(frames))):
        pairs = [(truth[step.t] == i, step.mask == i) for i in object_ids(truth[0])]
        j = float(np.mean([jaccard(*pair) for pair in pairs]))
        if j < lowest[0]:
            lowest = (j, step.t, step.mask)
    j, t, found = lowest
    return j, captioned(drawn(frames[t], truth[t], found), f"{sequence}, frame {t}: J {100 * j:.0f}")


def drawn(frame: np.ndarray, truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """RGB uint8 (H, W, 3) with the three kinds of pixels."""
    picture = frame.copy()
    same = truth == found
    kinds = ((same & (truth > 0), RIGHT), (~same & (found > 0), WRONG), (~same & (found == 0), MISSED))
    for where, color in kinds:
        picture[where] = picture[where] * 0.45 + np.array(color) * 0.55
    return picture


def captioned(picture: np.ndarray, text: str) -> np.ndarray:
    """The picture at `WIDTH`, with a line of text below."""
    height = round(picture.shape[0] * WIDTH / picture.shape[1])
    small = cv2.resize(picture, (WIDTH, height), interpolation=cv2.INTER_AREA)
    strip = np.full((30, WIDTH, 3), 255, np.uint8)
    cv2.putText(strip, text, (4, 21), cv2.FONT_HERSHEY_SIMPLEX, 0.55, (30, 30, 30), 1, cv2.LINE_AA)
    return np.vstack((small, strip))


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--weights", type=Path, help="checkpoint (default: the bundled one)")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tracker = Tracker(load_network(options.weights, "cpu"))
    found = []
    for folder in sorted((options.root / "JPEGImages").iterdir()):
        j, picture = worst(tracker, options.root, folder.name)
        print(f"{folder.name}: {100 * j:.1f}", flush=True)
        found.append(picture)
    rows = [np.hstack(found[i : i + 2]) for i in range(0, len(found) - 1, 2)]
    Image.fromarray(np.vstack(rows)).save(options.output, quality=88)


if __name__ == "__main__":
    main()
