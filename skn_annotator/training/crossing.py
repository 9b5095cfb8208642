"""Crossing look-alikes: an object of a clip is repeated, and its double passes it, in front or behind.

The double has every pixel in common with the object, frame by frame, so that nothing but the place tells them
apart: the case of the SKN paper's Figure 1, and of cups, cells, players of one team. The clips of the paper
have none; this is our addition.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from skn_annotator.arrays import Frame, FrameStack, Mask, MaskStack, Matrix, Pixels, Vector
from skn_annotator.training.motion import similarity, warp

_LEAST = 100  # pixels of an object that is worth repeating


def cross(
    rng: np.random.Generator,
    frames: FrameStack,
    masks: MaskStack,
    object_id: int,
    double_id: int,
    speeds: Sequence[float] | None = None,
) -> bool:
    """Let a double of `object_id` pass it, in place; its pixels become `double_id` (0: a distractor).

    frames (T, S, S, 3) RGB, masks (T, S, S) ids. `speeds`: the least and the largest way of the double from
    one frame to the next, over the object's size (root of its area); None: the whole passing within the clip.
    False, and nothing done, if the first frame shows too little of the object.
    """
    size = float(np.sqrt(np.count_nonzero(masks[0] == object_id)))
    if size**2 < _LEAST:
        return False
    if speeds is None:
        start, end = _whole_passing(rng)
    else:
        start, end = _part_of_a_passing(rng, len(frames), speeds)
    start, end = start * size, end * size
    turn, zoom = rng.uniform(-12, 12), rng.uniform(0.9, 1.1)
    behind = rng.random() < 0.5
    for t, progress in enumerate(np.linspace(0, 1, len(frames))):
        own = masks[t] == object_id
        rows, columns = np.nonzero(own)
        if not len(rows):
            continue
        center = (float(columns.mean()), float(rows.mean()))
        x, y = np.asarray(center) + start + progress * (end - start)
        place = similarity(center, (float(x), float(y)), 1 + progress * (zoom - 1), progress * turn)
        _paste(frames[t], masks[t], own, place, double_id, behind)
    return True


def _whole_passing(rng: np.random.Generator) -> tuple[Vector, Vector]:
    """Where the double is at the first and the last frame, from the object, in sizes of it."""
    angle = rng.uniform(0, 2 * np.pi)
    away = np.array([np.cos(angle), np.sin(angle)])
    start = away * rng.uniform(0.7, 1.8)
    return start, -away * rng.uniform(-0.3, 1.6) + rng.uniform(-0.4, 0.4, 2)


def _part_of_a_passing(
    rng: np.random.Generator, length: int, speeds: Sequence[float]
) -> tuple[Vector, Vector]:
    """The same of a double with a speed of its own: it may begin or end over the object."""
    angle = rng.uniform(0, 2 * np.pi)
    along = np.array([np.cos(angle), np.sin(angle)])
    aside = np.array([-along[1], along[0]]) * rng.uniform(-0.5, 0.5)
    way = np.exp(rng.uniform(np.log(speeds[0]), np.log(speeds[1]))) * (length - 1)
    start = rng.uniform(0.5, max(0.6, min(way, 1.4)))  # before the point that is nearest
    return aside - along * start, aside + along * (way - start)


def _paste(
    frame: Frame,
    mask: Mask,
    own: Pixels,
    place: Matrix,
    double_id: int,
    behind: bool,
) -> None:
    """Draw the pixels `own` of a frame once more, moved by `place`, with soft edges."""
    crop = len(frame)
    double = warp(frame, place, crop)
    alpha = warp(own * np.uint8(255), place, crop, border=cv2.BORDER_CONSTANT)
    if behind:
        alpha = np.where(own, np.uint8(0), alpha)
    soft = cv2.GaussianBlur(alpha, (3, 3), 0).astype(np.float32)[..., None] / 255
    frame[:] = (frame * (1 - soft) + double * soft).astype(np.uint8)
    mask[alpha > 127] = double_id
