"""The prompts that training begins with: a box that is not quite right, first clicks, a mask to mend."""

from dataclasses import dataclass

import cv2
import numpy as np

from skn_annotator.arrays import Pixels
from skn_annotator.inference.prompts import Click, Prompt
from skn_annotator.inference.simulated_clicks import next_click


@dataclass(frozen=True)
class PromptConfig:
    """How prompts begin. The shares of samples that begin with a box, with a mask, and with clicks alone add
    up to 1."""

    box: float = 0.35
    mask: float = 0.2
    box_jitter: float = 0.08
    """How far each side of a box is off, over the object's extent; as often 0 to 4 pixels."""
    first_clicks: int = 3
    """At most, before the network is asked for the first time."""


def first_prompt(rng: np.random.Generator, truth: Pixels, config: PromptConfig) -> Prompt:
    """A prompt for the object `truth`, bool (S, S), which is not empty."""
    kind = rng.random()
    if kind < config.box:
        clicks = _clicks(rng, truth, 1) if rng.random() < 0.15 else []
        return Prompt(clicks, _box(rng, truth, config.box_jitter))
    if kind < config.box + config.mask:
        mask = spoiled(rng, truth)
        click = next_click(mask, truth, rng)
        return Prompt([click] if click else [], None, mask)
    # one click is the hardest case, and the most frequent
    count = 1 if rng.random() < 0.7 else int(rng.integers(2, config.first_clicks + 1))
    return Prompt(_clicks(rng, truth, count))


def _clicks(rng: np.random.Generator, truth: Pixels, count: int) -> list[Click]:
    """The first lies in the object's inner half, the others in it or around it."""
    first = next_click(np.zeros_like(truth), truth, rng)
    clicks = [first] if first else []
    around = cv2.dilate(truth.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=12) > 0
    for _ in range(count - 1):
        inside = rng.random() < 0.5
        places = np.flatnonzero(truth if inside else around & ~truth)
        if len(places):
            row, column = np.unravel_index(int(rng.choice(places)), truth.shape)
            clicks.append(Click((float(column) + 0.5, float(row) + 0.5), inside))
    return clicks


def _box(rng: np.random.Generator, truth: Pixels, jitter: float) -> tuple[float, float, float, float]:
    rows, columns = np.flatnonzero(truth.any(1)), np.flatnonzero(truth.any(0))
    x0, x1, y0, y1 = columns[0], columns[-1] + 1, rows[0], rows[-1] + 1
    if rng.random() < 0.5:
        off = rng.uniform(0, 4, 4)
        return x0 - off[0], y0 - off[1], x1 + off[2], y1 + off[3]
    off = rng.normal(0.25, 0.75, 4) * jitter * np.array([x1 - x0, y1 - y0, x1 - x0, y1 - y0])
    return x0 - off[0], y0 - off[1], x1 + off[2], y1 + off[3]


def spoiled(rng: np.random.Generator, truth: Pixels) -> Pixels:
    """A mask with errors such as propagation makes: shifted, grown or shrunk, a piece lost or too much."""
    side = truth.shape[0]
    mask = truth.astype(np.uint8)
    if rng.random() < 0.5:
        shift = rng.normal(0, 0.02 * side, 2)
        matrix = np.array([[1, 0, shift[0]], [0, 1, shift[1]]])
        mask = np.asarray(cv2.warpAffine(mask, matrix, (side, side), flags=cv2.INTER_NEAREST), np.uint8)
    if rng.random() < 0.5:
        size = int(rng.integers(2, max(3, side // 24)))
        change = cv2.dilate if rng.random() < 0.5 else cv2.erode
        mask = np.asarray(change(mask, np.ones((size, size), np.uint8)), np.uint8)
    for _ in range(int(rng.integers(1, 4))):
        places = np.flatnonzero(truth)
        row, column = (int(place) for place in np.unravel_index(int(rng.choice(places)), truth.shape))
        lost = rng.random() < 0.5
        if not lost:  # what is too much lies beside the object
            row, column = (int(v + rng.normal(0, 0.12 * side)) for v in (row, column))
        axes = (int(rng.uniform(0.02, 0.2) * side), int(rng.uniform(0.02, 0.2) * side))
        angle = float(rng.uniform(0, 180))
        cv2.ellipse(mask, (int(column), int(row)), axes, angle, 0, 360, 0 if lost else 1, cv2.FILLED)
    return mask > 0
