"""From a `ReaderMatch` to what can be drawn, through the very functions that the reader calls."""

import numpy as np
import numpy.typing as npt
import torch

from skn_annotator.inference.step import Explanation, ReaderMatch
from skn_annotator.model.kernels import Prior, spatial_constrain_kernel


def explain(match: ReaderMatch, object_id: int, limit: int = 200) -> Explanation:
    """The kernel and the `limit` strongest matched points of an object. Raises KeyError for an unknown id."""
    prior = match.prior[object_id]
    row, column, sigma = prior or (0.0, 0.0, 1.0)
    where = Prior(torch.tensor([row, column]), torch.tensor(sigma), torch.tensor(prior is not None))
    kernel = spatial_constrain_kernel(where, match.grid, match.prior_floor).numpy()

    on_object = np.argwhere(match.foreground[object_id])  # N x (memory frame, row, column)
    strength = match.strength[object_id][tuple(on_object.T)]
    strongest = np.argsort(-strength, kind="stable")[:limit]
    on_object, strength = on_object[strongest], strength[strongest]
    matched = match.points[object_id][tuple(on_object.T)]
    frames = np.asarray(match.memory_frames, np.int32)[on_object[:, 0]]
    top = strength[0] if len(strength) and strength[0] > 0 else 1.0
    return Explanation(
        kernel=kernel.astype(np.float32),
        points=_image_points(matched, match.cell),
        origins=_image_points(on_object[:, 1:].astype(np.int16), match.cell),
        origin_frames=frames,
        strength=(strength / top).astype(np.float32),
    )


def _image_points(cells: npt.NDArray[np.int16], cell: tuple[float, float]) -> npt.NDArray[np.float32]:
    """Centres of cells (N, 2) (row, column) as image (x, y)."""
    points = (cells.astype(np.float32) + 0.5) * np.asarray(cell, np.float32)
    return np.ascontiguousarray(points[:, ::-1])
