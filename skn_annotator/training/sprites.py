"""Sprites: cut-outs with a motion of their own, pasted onto a clip so that no seam tells them from the rest.

A network trained on composites learns the seam instead of the object, if there is one. So a sprite's edge is
its photographed alpha where the data has one, its colours come part of the way to those of the clip, it is
not sharper than the clip where the clip was enlarged more, and `camera_effects.record` puts one blur, one
noise and one JPEG compression over all. The pasting itself is that of STM's synthetic clips (Oh et al., ICCV
2019, Section 3.4.1).
"""

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from skn_annotator.arrays import Frame, FrameStack, Mask, MaskStack, Matrix
from skn_annotator.training.datasets.pictures import Picture
from skn_annotator.training.motion import warp

_MARGIN = 8  # pixels around a sprite's box that its soft edge and its blur may need
_SHRINK = 0.6  # below it linear interpolation skips pixels


class Sprite(NamedTuple):
    """One object to paste: a picture (mask 0/1, the object's own) for all frames or for each, the placements
    on the crop, the bends."""

    pictures: list[Picture]
    path: list[Matrix]
    bends: npt.NDArray[np.float32]


def cut_out(picture: Picture, object_id: int) -> Picture:
    """The object alone: mask 0/1, and the soft edge where the picture has one."""
    own = (picture.mask == object_id).astype(np.uint8)
    return Picture(picture.image, own, picture.alpha)


def boxed(pictures: list[Picture]) -> tuple[list[Picture], Matrix]:
    """The pictures cut to the box that holds their object in all of them, and the matrix from their pixels to
    those before: the less there is, the quicker it is changed and drawn."""
    shown = np.logical_or.reduce([picture.mask > 0 for picture in pictures])
    rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
    top, left = max(0, rows[0] - _MARGIN), max(0, columns[0] - _MARGIN)
    part = (slice(top, rows[-1] + 1 + _MARGIN), slice(left, columns[-1] + 1 + _MARGIN))
    back = np.array([[1, 0, left], [0, 1, top], [0, 0, 1]], float)

    def cut(picture: Picture) -> Picture:
        alpha = None if picture.alpha is None else picture.alpha[part]
        return Picture(picture.image[part], picture.mask[part], alpha)

    return [cut(picture) for picture in pictures], back


def paste(frames: FrameStack, masks: MaskStack, sprite: Sprite, object_id: int, first: int = 0) -> None:
    """Draw the sprite over the frames from `first` on, in place; its pixels become `object_id`.

    frames (T, S, S, 3) RGB, masks (T, S, S) ids. The edge is `Picture.alpha`, else the mask's, a pixel soft.
    """
    crop = frames.shape[1]
    for t in range(first, len(frames)):
        picture = sprite.pictures[t if len(sprite.pictures) > 1 else 0]
        image = warp(picture.image, sprite.path[t], crop, sprite.bends[t])
        whole = picture.mask * np.uint8(255) if picture.alpha is None else picture.alpha
        alpha = warp(whole, sprite.path[t], crop, sprite.bends[t], border=cv2.BORDER_CONSTANT)
        soft = cv2.GaussianBlur(alpha, (3, 3), 0) if picture.alpha is None else alpha
        rows, columns = np.flatnonzero(soft.any(1)), np.flatnonzero(soft.any(0))
        if not len(rows):
            continue
        part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        share = soft[part].astype(np.float32)[..., None] / 255
        frames[t][part] = (frames[t][part] * (1 - share) + image[part] * share).astype(np.uint8)
        masks[t][alpha > 127] = object_id


def matched(rng: np.random.Generator, sprite: Sprite, ground: Frame, ground_scale: float) -> Sprite:
    """The same sprite in colours nearer to those of `ground` (S, S, 3), and no sharper than it.

    `ground_scale`: how often the clip's own pictures are enlarged.
    """
    first = sprite.pictures[0]
    own = first.image[first.mask > 0].astype(np.float32)
    target = ground.reshape(-1, 3).astype(np.float32)
    pull = rng.uniform(0, 0.7, 2)
    shift = (target.mean(0) - own.mean(0)) * pull[0]
    contrast = ((target.std() + 1) / (own.std() + 1)) ** pull[1]
    gain = float(np.clip(contrast, 0.6, 1.5))
    scale = float(np.sqrt(abs(np.linalg.det(sprite.path[0][:2, :2]))))
    excess = (
        ground_scale / scale
    ) ** 2 - 1  # a sprite that is enlarged less than the clip is sharper by that
    sigma = 0.5 * float(np.sqrt(np.clip(excess, 0, 16))) if ground_scale > 1 else 0.0

    middle = own.mean(0)
    values = (np.arange(256)[:, None] - middle) * gain + middle + shift
    table = np.clip(values, 0, 255).astype(np.uint8)[:, None]  # 256 x 1 x 3

    def change(picture: Picture) -> Picture:
        image = np.asarray(cv2.LUT(picture.image, table), np.uint8)
        if sigma > 0.2:
            image = np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)
        return picture._replace(image=image)

    return sprite._replace(pictures=[change(picture) for picture in sprite.pictures])


def shrunk(pictures: list[Picture], scale: float) -> tuple[list[Picture], Matrix]:
    """The pictures brought nearer to the size that `scale` gives them, and the matrix from their pixels to
    those before: a warp that shrinks much skips pixels, and what flickers betrays the sprite."""
    if scale >= _SHRINK:
        return pictures, np.eye(3)
    height, width = pictures[0].mask.shape
    size = (max(1, round(width * scale)), max(1, round(height * scale)))

    def resized(pixels: Frame | Mask, interpolation: int) -> Frame | Mask:
        return cv2.resize(pixels, size, interpolation=interpolation).astype(np.uint8, copy=False)

    def change(picture: Picture) -> Picture:
        whole = picture.mask * np.uint8(255) if picture.alpha is None else picture.alpha
        alpha = resized(whole, cv2.INTER_AREA)  # the edge of a shrunk mask is soft
        return Picture(
            image=resized(picture.image, cv2.INTER_AREA),
            mask=(alpha > 127).astype(np.uint8),
            alpha=alpha,
        )

    x, y = width / size[0], height / size[1]
    back = np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2], [0, 0, 1]])
    return [change(picture) for picture in pictures], back
