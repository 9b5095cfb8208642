"""The frames where a checkpoint fails worst, side by side: the picture in the model card.

    python benchmarks/worst_frames.py docs/failures.jpg [--davis DAVIS] [--weights FILE]

The sequences are four rendered clips of twins (benchmarks/twins.py), or those of DAVIS, which
holds JPEGImages/SEQ and Annotations/SEQ with the truth. Each is followed from its first mask; of each the
frame with the lowest J is drawn: found pixels that are right in green, wrong ones in red, missed ones in
blue.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import torch
from PIL import Image
from twins import twins

from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.tracker import Frames, Tracker
from skn_annotator.model.checkpoints import load_network
from skn_annotator.video.frames import open_frames

WIDTH = 600
RIGHT, WRONG, MISSED = (60, 190, 60), (225, 40, 40), (50, 90, 235)


class Rendered(NamedTuple):
    """Frames in memory, as the tracker wants them."""

    size: tuple[int, int]
    pictures: list[np.ndarray]

    def __len__(self) -> int:
        return len(self.pictures)

    def __getitem__(self, t: int) -> np.ndarray:
        return self.pictures[t]


def sequences(davis: Path | None) -> Iterator[tuple[str, Frames, list[np.ndarray]]]:
    """The name, the frames and the true masks of each."""
    if davis is None:
        for seed in range(4):
            pairs = list(twins(length=64, seed=seed, oversample=1))
            frames = Rendered(pairs[0][1].shape, [frame for frame, _ in pairs])
            yield f"twins {seed}", frames, [mask for _, mask in pairs]
        return
    for folder in sorted((davis / "JPEGImages").iterdir()):
        source = open_frames(folder)
        masks = davis / "Annotations" / folder.name
        yield folder.name, source, [read_mask(masks / f"{stem}.png") for stem in source.stems]


def worst(tracker: Tracker, name: str, frames: Frames, truth: list[np.ndarray]) -> tuple[float, np.ndarray]:
    """The lowest mean J of a sequence's frames, and that frame with the masks over it."""
    lowest = (2.0, 0, truth[0])
    for step in tracker.propagate(frames, {0: truth[0]}, cover(range(len(frames)), decisions({0: truth[0]}))):
        pairs = [(truth[step.t] == i, step.mask == i) for i in object_ids(truth[0])]
        j = float(np.mean([jaccard(*pair) for pair in pairs]))
        if j < lowest[0]:
            lowest = (j, step.t, step.mask)
    j, t, found = lowest
    return j, captioned(drawn(frames[t], truth[t], found), f"{name}, frame {t}: J {100 * j:.0f}")


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
    parser.add_argument("output", type=Path)
    parser.add_argument("--davis", type=Path, help="take its sequences")
    parser.add_argument("--weights", type=Path, help="checkpoint (default: the bundled one)")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tracker = Tracker(load_network(options.weights, "cpu"))
    found = []
    for name, frames, truth in sequences(options.davis):
        j, picture = worst(tracker, name, frames, truth)
        print(f"{name}: {100 * j:.1f}", flush=True)
        found.append(picture)
    rows = [np.hstack(found[i : i + 2]) for i in range(0, len(found) - 1, 2)]
    Image.fromarray(np.vstack(rows)).save(options.output, quality=88)


if __name__ == "__main__":
    main()
