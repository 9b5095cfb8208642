"""The frames where a checkpoint fails worst, side by side: the picture in the model card.

    python benchmarks/worst_frames.py docs/failures.jpg [--davis DAVIS ...] [--weights FILE]

The sequences are four rendered clips of twins (benchmarks/twins.py), or those of each DAVIS, which
holds JPEGImages/SEQ and Annotations/SEQ with the truth. Each is followed from its first mask; of the ten
with the lowest mean J, worst first, the frame with the lowest is drawn: found pixels that are right in green,
wrong ones in red, missed ones in blue.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image
from twins import twins

from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.inference.held_frames import Frames
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network
from skn_annotator.video.frames import open_frames

WIDTH, HEIGHT = 600, 338
MOST = 10
RIGHT, WRONG, MISSED = (60, 190, 60), (225, 40, 40), (50, 90, 235)


@dataclass(frozen=True)
class Rendered:
    """Frames in memory, as the tracker wants them."""

    size: tuple[int, int]
    pictures: list[np.ndarray]

    def __len__(self) -> int:
        return len(self.pictures)

    def __getitem__(self, t: int) -> np.ndarray:
        return self.pictures[t]


def sequences(sets: Sequence[Path]) -> Iterator[tuple[str, Frames, list[np.ndarray]]]:
    """The name, the frames and the true masks of each."""
    if not sets:
        for seed in range(4):
            pairs = list(twins(length=64, seed=seed, oversample=1))
            frames = Rendered(pairs[0][1].shape, [frame for frame, _ in pairs])
            yield f"twins {seed}", frames, [mask for _, mask in pairs]
    for folder in (folder for davis in sets for folder in sorted((davis / "JPEGImages").iterdir())):
        source = open_frames(folder)
        masks = folder.parents[1] / "Annotations" / folder.name
        yield folder.name, source, [read_mask(masks / f"{stem}.png") for stem in source.stems]


def worst(tracker: Tracker, name: str, frames: Frames, truth: list[np.ndarray]) -> tuple[float, np.ndarray]:
    """The mean J of a sequence, and its frame with the lowest with the masks over it."""
    lowest, all_of_them = (2.0, 0, truth[0]), []
    for step in tracker.propagate(frames, {0: truth[0]}, cover(range(len(frames)), decisions({0: truth[0]}))):
        pairs = [(truth[step.t] == i, step.mask == i) for i in object_ids(truth[0])]
        j = float(np.mean([jaccard(*pair) for pair in pairs]))
        all_of_them.append(j)
        if j < lowest[0]:
            lowest = (j, step.t, step.mask)
    j, t, found = lowest
    mean = float(np.mean(all_of_them[1:]))
    text = f"{name}, J {100 * mean:.0f}, on frame {t} {100 * j:.0f}"
    return mean, captioned(drawn(frames[t], truth[t], found), text)


def drawn(frame: np.ndarray, truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """RGB uint8 (H, W, 3) with the three kinds of pixels."""
    picture = frame.copy()
    same = truth == found
    kinds = ((same & (truth > 0), RIGHT), (~same & (found > 0), WRONG), (~same & (found == 0), MISSED))
    for where, color in kinds:
        picture[where] = picture[where] * 0.45 + np.array(color) * 0.55
    return picture


def captioned(picture: np.ndarray, text: str) -> np.ndarray:
    """The picture in the middle of `WIDTH` and `HEIGHT`, with a line of text below."""
    scale = min(WIDTH / picture.shape[1], HEIGHT / picture.shape[0])
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    tile = np.full((HEIGHT + 30, WIDTH, 3), 255, np.uint8)
    top, left = (HEIGHT - size[1]) // 2, (WIDTH - size[0]) // 2
    tile[top : top + size[1], left : left + size[0]] = small
    place = (4, HEIGHT + 21)
    cv2.putText(tile, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.55, (30, 30, 30), 1, cv2.LINE_AA)
    return tile


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("output", type=Path)
    parser.add_argument("--davis", type=Path, nargs="+", default=[], help="take their sequences")
    parser.add_argument("--weights", type=Path, help="checkpoint (default: the bundled one)")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tracker = Tracker(load_network(options.weights, "cpu"))
    found = []
    for name, frames, truth in sequences(options.davis):
        j, picture = worst(tracker, name, frames, truth)
        print(f"{name}: {100 * j:.1f}", flush=True)
        found.append((j, picture))
    tiles = [picture for _, picture in sorted(found, key=lambda each: each[0])[:MOST]]
    rows = [np.hstack(tiles[i : i + 2]) for i in range(0, len(tiles) - 1, 2)]
    Image.fromarray(np.vstack(rows)).save(options.output, quality=88)


if __name__ == "__main__":
    main()
