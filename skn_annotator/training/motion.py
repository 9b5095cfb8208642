"""Random motion for training clips: affine paths with a little bending, and the warp that applies them.

A placement is a 3 x 3 matrix from source pixels to crop pixels (x, y, 1). The three-frame clips of STM and
SKN (Section 3, stage 1) move stills by random affine maps, flips and rotations; the bending is our addition.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from skn_annotator.arrays import Frame, Mask, Matrix, Point

_LATTICE = 4


@dataclass(frozen=True)
class MotionRange:
    """How far a layer moves from one frame to the next. Angles in degrees, shifts as a share of the crop."""

    rotation: float = 12.0
    zoom: float = 0.12
    shear: float = 8.0
    shift: float = 0.10
    bend: float = 0.012

    def scaled(self, factor: float) -> "MotionRange":
        """The same motion, `factor` times as far."""
        return MotionRange(
            *(factor * v for v in (self.rotation, self.zoom, self.shear, self.shift, self.bend))
        )


def similarity(
    center: Point,
    target: Point,
    scale: float,
    degrees: float = 0,
    shear: float = 0,
) -> Matrix:
    """Bring `center` (x, y) to `target`, scaled, rotated and sheared around it."""
    angle, lean = np.deg2rad(degrees), np.tan(np.deg2rad(shear))
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    linear = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1, lean], [0, 1]])
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = np.asarray(target) - linear @ np.asarray(center)
    return matrix


def random_path(
    rng: np.random.Generator,
    first: Matrix,
    length: int,
    crop: int,
    motion: MotionRange,
    pivot: Point,
) -> list[Matrix]:
    """`length` placements from `first` on: a steady drift around `pivot` (source x, y), with jitter on it."""
    drift = rng.uniform(-1, 1, 5)
    path = [first]
    for _ in range(length - 1):
        turn, zoom, shear, dx, dy = 0.7 * drift + 0.5 * rng.uniform(-1, 1, 5)
        x, y = (path[-1] @ (*pivot, 1))[:2]
        target = (x + dx * motion.shift * crop, y + dy * motion.shift * crop)
        scale = float(np.exp(zoom * motion.zoom))
        path.append(
            similarity((x, y), target, scale, turn * motion.rotation, shear * motion.shear) @ path[-1]
        )
    return path


def random_bends(
    rng: np.random.Generator, length: int, crop: int, motion: MotionRange
) -> npt.NDArray[np.float32]:
    """Displacements in crop pixels on a coarse lattice, (length, 4, 4, 2), which grow from frame to frame."""
    steps = rng.normal(0, motion.bend * crop, (length, _LATTICE, _LATTICE, 2))
    return np.cumsum(steps, 0).astype(np.float32)


def warp(
    image: Frame | Mask,
    matrix: Matrix,
    crop: int,
    bend: npt.NDArray[np.float32] | None = None,
    nearest: bool = False,
    border: int = cv2.BORDER_REFLECT_101,
) -> Frame | Mask:
    """Draw `image`, placed by `matrix` and bent by a lattice (4, 4, 2), on a crop x crop square."""
    flags = cv2.INTER_NEAREST if nearest else cv2.INTER_LINEAR
    if bend is None:
        out = cv2.warpAffine(image, matrix[:2], (crop, crop), flags=flags, borderMode=border)
        return out.astype(np.uint8, copy=False)
    inverse = np.linalg.inv(matrix)[:2].astype(np.float32)
    columns, rows = np.meshgrid(np.arange(crop, dtype=np.float32), np.arange(crop, dtype=np.float32))
    moved = cv2.resize(bend, (crop, crop), interpolation=cv2.INTER_CUBIC)
    columns, rows = columns + moved[..., 0], rows + moved[..., 1]
    map_x = inverse[0, 0] * columns + inverse[0, 1] * rows + inverse[0, 2]
    map_y = inverse[1, 0] * columns + inverse[1, 1] * rows + inverse[1, 2]
    return cv2.remap(image, map_x, map_y, flags, borderMode=border).astype(np.uint8, copy=False)


def without_mirror_images(mask: Mask, matrix: Matrix, shape: tuple[int, ...]) -> Mask:
    """Of ids (S, S) that `warp` drew, only those pieces of an object that a picture of `shape` (H, W) shows
    itself.

    Beyond its picture `warp` goes on with mirror images: one that does not touch its object is another one,
    which nobody asked for.
    """
    inside = cv2.warpAffine(np.ones(shape[:2], np.uint8), matrix[:2], mask.shape, flags=cv2.INTER_NEAREST)
    if inside.all():
        return mask
    kept = np.zeros_like(mask)
    for object_id in np.unique(mask[mask > 0]):
        own = (mask == object_id).astype(np.uint8)
        _, pieces = cv2.connectedComponents(own)
        shown = np.unique(pieces[(own & inside) > 0])
        kept[np.isin(pieces, shown) & (own > 0)] = object_id
    return kept
