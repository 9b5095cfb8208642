"""Where on a clip's crop things come to lie, and how large. A point is (x, y); masks are ids uint8 (H, W)."""

from collections.abc import Sequence

import numpy as np

from skn_annotator.arrays import Mask, Matrix, Point


def focus_of(rng: np.random.Generator, mask: Mask) -> Point:
    """A pixel (x, y) of an object, or any pixel where there is none."""
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return float(rng.uniform(0, mask.shape[1])), float(rng.uniform(0, mask.shape[0]))
    index = int(rng.integers(len(rows)))
    return float(columns[index]), float(rows[index])


def wanted_size(rng: np.random.Generator, sizes: Sequence[float], most: float) -> float:
    """A side between the two of `sizes`, `most` at most; all magnitudes are equally likely."""
    low, high = np.log(sizes[0]), np.log(min(sizes[1], most))
    return float(np.exp(rng.uniform(low, high)))


def target_of(
    rng: np.random.Generator, shape: tuple[int, ...], focus: Point, scale: float, crop: int
) -> Point:
    """Where on the crop the focus comes to lie: near its middle, and so that the crop stays on the picture
    where that is possible."""
    middle = crop / 2
    offset = rng.uniform(-0.25, 0.25, 2) * crop
    extent = np.array([shape[1], shape[0]], float)
    reach = np.maximum(extent * scale / 2 - middle, 0)
    ahead = (np.asarray(focus) - extent / 2) * scale + middle
    x, y = np.clip(middle + offset, ahead - reach, ahead + reach)
    return float(x), float(y)


def center_of(mask: Mask, place: Matrix, focus: Point) -> Point:
    """Where the objects of `mask` lie on the crop, their middle (x, y); the focus if it shows none."""
    rows, columns = np.nonzero(mask)
    middle = (columns.mean(), rows.mean(), 1) if len(rows) else (*focus, 1)
    x, y = (place @ middle)[:2]
    return float(x), float(y)
