"""A test set of look-alikes: two or three copies of one object that cross and cover each other.

    python benchmarks/twin_set.py DATA TWINS [--sequences 12] [--length 40] [--seed 0] [--varied]

DATA holds `static/` and `davis2016-train/` (docs/training.md); TWINS becomes a DAVIS folder,
JPEGImages/SEQ/%05d.jpg and Annotations/SEQ/%05d.png, for skn-propagate and skn-evaluate. Every other sequence
has cut-outs of a still on a still, the rest have cut-outs of a sequence, which move by themselves, on a
still. Nothing but the place tells the copies apart: all show the same picture, each turned and scaled a
little. The same arguments give the same set.

The copies of a set go round one ellipse, evenly dealt. With `--varied` they are two to five, each on a way of
its own, quick and slow by turns: look-alikes to train on, which should teach no more about the ways of the
test set than look-alikes can.
"""

import argparse
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.training.datasets.kinds import DataSource
from skn_annotator.training.datasets.pictures import Dataset, Picture
from skn_annotator.training.motion import similarity, warp

CANVAS = 640  # pixels: the warp draws squares, of which the middle rows are kept
HEIGHT = 368
STILLS = ("coco", "animals", "cats")


class Course(NamedTuple):
    """How one copy moves: around `center`, by `reach` (x, y), `turns` (x, y) of an ellipse, or of a curve
    that crosses itself, from `phase` on; `pace` 0-1: how uneven its speed is."""

    center: np.ndarray
    reach: np.ndarray
    turns: tuple[float, float]
    phase: float
    tilt: float
    zoom: float
    pace: float = 0.0

    def at(self, progress: float) -> tuple[float, float]:
        """The place (x, y) at `progress` 0-1."""
        uneven = progress + self.pace * np.sin(4 * np.pi * progress) / (4 * np.pi)
        across, down = 2 * np.pi * np.array(self.turns) * uneven + self.phase
        x, y = self.center + self.reach * (np.cos(across), np.sin(down))
        return float(x), float(y)


def cut_out(rng: np.random.Generator, data: Dataset) -> list[Picture]:
    """An object, whole and of fair size, alone in its pictures: one still, or up to 40 frames."""
    while True:
        number = int(rng.integers(len(data)))
        first = data.read(number, 0)
        for i in rng.permutation(np.unique(first.mask)[1:]):
            own = first.mask == i
            edge = own[0].any() or own[-1].any() or own[:, 0].any() or own[:, -1].any()
            if 0.01 < own.mean() < 0.3 and not edge and whole(own):
                frames = range(min(40, data.length(number)))
                pictures = [data.read(number, t) for t in frames]
                return [Picture(p.image, (p.mask == i).astype(np.uint8)) for p in pictures]


def whole(own: np.ndarray) -> bool:
    """Whether the object is one piece, or nearly so."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(own.astype(np.uint8))
    return bool(stats[1:, cv2.CC_STAT_AREA].max() > 0.9 * own.sum())


def courses(rng: np.random.Generator, copies: int, size: float) -> list[Course]:
    """Flat ellipses around one middle, evenly dealt: every copy passes every other, in front or behind."""
    middle = np.array([CANVAS, CANVAS]) / 2 + rng.uniform(-20, 20, 2)
    reach = np.array([rng.uniform(1.1, 1.5), rng.uniform(0.1, 0.35)]) * max(size, 70)
    start, turns = rng.uniform(0, 2 * np.pi), rng.choice([-1, 1]) * rng.uniform(0.7, 1.1)
    return [
        Course(
            middle, reach, (turns, turns), start + 2 * np.pi * k / copies, *rng.uniform((-8, 0.9), (8, 1.1))
        )
        for k in range(copies)
    ]


def varied_courses(rng: np.random.Generator, copies: int, size: float) -> list[Course]:
    """Ways of their own, near enough to one another that many cross."""
    middle = np.array([CANVAS, CANVAS]) / 2 + rng.uniform(-20, 20, 2)
    spread = np.sqrt(copies / 2) * max(size, 70) * np.array([1.3, 0.6])
    while True:
        ways = [varied_course(rng, middle, spread) for _ in range(copies)]
        starts = [np.array(way.at(0)) for way in ways]
        apart = [np.linalg.norm(a - b) for a, b in combinations(starts, 2)]
        if min(apart) > size:
            return ways


def varied_course(rng: np.random.Generator, middle: np.ndarray, spread: np.ndarray) -> Course:
    """A way within twice the `spread` (x, y) of `middle`."""
    center = middle + rng.uniform(-0.8, 0.8, 2) * spread
    reach = rng.uniform(0.1, 1.2, 2) * spread
    across, down = rng.choice([-1, 1], 2) * rng.uniform(0.15, 1.2, 2)
    tilt, zoom = rng.uniform((-15, 0.85), (15, 1.15))
    return Course(center, reach, (across, down), rng.uniform(0, 2 * np.pi), tilt, zoom, rng.uniform(0, 0.9))


def render(
    rng: np.random.Generator,
    ground: np.ndarray,
    pictures: list[Picture],
    copies: int,
    length: int,
    varied: bool = False,
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Frames RGB uint8 (HEIGHT, CANVAS, 3) with their id maps (HEIGHT, CANVAS)."""
    rows, columns = np.nonzero(pictures[0].mask)
    size = rng.uniform(50, 150) if varied else rng.uniform(90, 140)
    scale = size / np.sqrt(len(rows))
    order = rng.permutation(copies)  # who covers whom
    ways = varied_courses(rng, copies, size) if varied else courses(rng, copies, size)
    fill = CANVAS / min(ground.shape[:2])
    drift, center = rng.uniform(-30, 30, 2), (ground.shape[1] / 2, ground.shape[0] / 2)
    frames = []
    for t in range(length):
        progress = t / (length - 1)
        x, y = CANVAS / 2 + drift * (progress - 0.5)
        frame = warp(ground, similarity(center, (x, y), 1.1 * fill), CANVAS)
        mask = np.zeros((CANVAS, CANVAS), np.uint8)
        picture = pictures[back_and_forth(t, len(pictures))]
        own_rows, own_columns = np.nonzero(picture.mask)
        if not len(own_rows):
            own_rows, own_columns = rows, columns
        middle = (float(own_columns.mean()), float(own_rows.mean()))
        for k in order:
            way = ways[k]
            place = similarity(middle, way.at(progress), float(scale * way.zoom), way.tilt * (1 + progress))
            paste(frame, mask, picture, place, int(k) + 1)
        top = (CANVAS - HEIGHT) // 2
        frames.append((frame[top : top + HEIGHT], mask[top : top + HEIGHT]))
    return frames


def paste(frame: np.ndarray, mask: np.ndarray, picture: Picture, place: np.ndarray, object_id: int) -> None:
    """Draw the cut-out in place, with soft edges."""
    image = warp(picture.image, place, CANVAS)
    alpha = warp(picture.mask * np.uint8(255), place, CANVAS, border=cv2.BORDER_CONSTANT)
    soft = cv2.GaussianBlur(alpha, (3, 3), 0).astype(np.float32)[..., None] / 255
    frame[:] = (frame * (1 - soft) + image * soft).astype(np.uint8)
    mask[alpha > 127] = object_id


def all_shown(mask: np.ndarray, copies: int) -> bool:
    """Whether the first frame shows two thirds of each copy at least, so that it can be followed."""
    counts = np.bincount(mask.ravel(), minlength=copies + 1)[1:]
    return bool(counts.min() > 0.67 * counts.max())


def back_and_forth(t: int, length: int) -> int:
    """0, 1, ..., length - 1, ..., 1, 0, 1, ...: a sequence that never ends or jumps."""
    if length == 1:
        return 0
    phase = t % (2 * length - 2)
    return min(phase, 2 * length - 2 - phase)


def main() -> None:
    """Write the set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--sequences", type=int, default=12)
    parser.add_argument("--length", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--varied", action="store_true", help="ways of their own, up to five copies")
    options = parser.parse_args()
    stills = [DataSource(kind="stills", path=f"static/{name}").open(options.data) for name in STILLS]
    moving = DataSource(kind="sequences", path="davis2016-train").open(options.data)
    for number in range(options.sequences):
        rng = np.random.default_rng((options.seed, number))
        pictures = cut_out(rng, moving if number % 2 else stills[number // 2 % len(stills)])
        ground = stills[0].read(int(rng.integers(len(stills[0]))), 0).image
        name = f"twins-{number:02d}"
        images, masks = options.output / "JPEGImages" / name, options.output / "Annotations" / name
        images.mkdir(parents=True, exist_ok=True)
        masks.mkdir(parents=True, exist_ok=True)
        copies = 2 + number // 2 % (4 if options.varied else 2)
        frames = render(rng, ground, pictures, copies, options.length, options.varied)
        while not all_shown(frames[0][1], copies):
            frames = render(rng, ground, pictures, copies, options.length, options.varied)
        for t, (frame, mask) in enumerate(frames):
            Image.fromarray(frame).save(images / f"{t:05d}.jpg", quality=92)
            (masks / f"{t:05d}.png").write_bytes(encode_mask(np.ascontiguousarray(mask)))
        print(f"{name}: {copies} copies")


if __name__ == "__main__":
    main()
