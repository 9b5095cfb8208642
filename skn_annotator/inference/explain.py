"""From a `ReaderMatch` to what can be drawn, through the very functions that the reader calls."""

import numpy as np
import numpy.typing as npt
import torch

from skn_annotator.inference.step import Explanation, ReaderMatch
from skn_annotator.model.kernels import Prior, spatial_constrain_kernel

DRAWN = 200
"""So many matched points are drawn at most: more cover the frame. The frames' shares are of the same ones."""


def explain(match: ReaderMatch, object_id: int, limit: int = DRAWN) -> Explanation:
    """The kernel and the `limit` strongest matched points of an object. Raises KeyError for an unknown id."""
    prior = match.prior[object_id]
    row, column, sigma = prior or (0.0, 0.0, 1.0)
    where = Prior(torch.tensor([row, column]), torch.tensor(sigma), torch.tensor(prior is not None))
    kernel = spatial_constrain_kernel(where, match.grid.size, match.prior_floor).numpy()

    on_object = _strongest(match, object_id, limit)
    strength = match.strength[object_id][on_object]
    frames, origins = _memory_cells(match)
    (center,) = match.grid.points(np.array([[row, column]], np.float32)).tolist()
    top = strength[0] if len(strength) and strength[0] > 0 else 1.0
    return Explanation(
        kernel=kernel.astype(np.float32),
        area=match.grid.area,
        points=match.grid.points(match.points[object_id][on_object]),
        origins=origins[on_object],
        origin_frames=frames[on_object],
        strength=(strength / top).astype(np.float32),
        center=None if prior is None else (center[0], center[1]),
        spread=(sigma * match.grid.cell[1], sigma * match.grid.cell[0]),
    )


def frame_shares(match: ReaderMatch, object_id: int, limit: int = DRAWN) -> dict[int, float]:
    """Memorized frame -> its share of the points that `explain` has. Raises KeyError for an unknown id."""
    ends = np.cumsum([grid.count for _, grid in match.memory])
    strongest = _strongest(match, object_id, limit)
    count = np.bincount(np.searchsorted(ends, strongest, side="right"), minlength=len(ends))
    return {t: float(n) / max(1, len(strongest)) for (t, _), n in zip(match.memory, count, strict=True)}


def _strongest(match: ReaderMatch, object_id: int, limit: int) -> npt.NDArray[np.intp]:
    """The memory cells (N,) of an object that are matched best, strongest first.

    Of cells that were not read nothing was matched: their points stand for no place.
    """
    on_object = np.flatnonzero(match.foreground[object_id] & (match.strength[object_id] > 0))
    strength = match.strength[object_id][on_object]
    return on_object[np.argsort(-strength, kind="stable")[:limit]]


def _memory_cells(match: ReaderMatch) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """The frame (N,) and the image point (N, 2) (x, y) of each memory cell."""
    frames = np.repeat([t for t, _ in match.memory], [grid.count for _, grid in match.memory])
    points = [grid.points(np.argwhere(np.ones(grid.size, bool))) for _, grid in match.memory]
    return frames.astype(np.int32), np.concatenate(points)
