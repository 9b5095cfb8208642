"""The guided filter against its equations."""

import numpy as np
import pytest

from skn_annotator import guided_filter as module
from skn_annotator.guided_filter import guided_filter


def test_the_guided_filter_is_that_of_the_paper():
    """Against a loop over the windows, equations 19 to 21."""
    rng = np.random.default_rng(0)
    guide = rng.integers(0, 256, (9, 10, 3), np.uint8)
    values = rng.random((9, 10)).astype(np.float32)
    colors = guide.astype(float) / 255
    padded_c = np.pad(colors, ((1, 1), (1, 1), (0, 0)), "symmetric")
    padded_v = np.pad(values.astype(float), 1, "symmetric")
    slope, offset = np.empty((9, 10, 3)), np.empty((9, 10))
    for y in range(9):
        for x in range(10):
            window = padded_c[y : y + 3, x : x + 3].reshape(-1, 3)
            inside = padded_v[y : y + 3, x : x + 3].ravel()
            sigma = np.cov(window.T, bias=True) + 1e-2 * np.eye(3)
            slope[y, x] = np.linalg.solve(
                sigma, (window * inside[:, None]).mean(0) - window.mean(0) * inside.mean()
            )
            offset[y, x] = inside.mean() - slope[y, x] @ window.mean(0)

    def mean(of):
        around = np.pad(of, [(1, 1), (1, 1)] + [(0, 0)] * (of.ndim - 2), "symmetric")
        return sum(around[i : i + 9, j : j + 10] for i in range(3) for j in range(3)) / 9

    wanted = (mean(slope) * colors).sum(-1) + mean(offset)
    np.testing.assert_allclose(guided_filter(guide, values, 1, 1e-2), wanted, atol=1e-3)


@pytest.mark.parametrize("grey", [True, False])
def test_sharp_edges_of_a_grey_picture_leave_numbers_enough(grey):
    rng = np.random.default_rng(0)
    colors = np.repeat((rng.random((24, 31, 1 if grey else 3)) > 0.5).astype(np.float32), 3 if grey else 1, 2)
    wanted = np.repeat(rng.random((24, 31, 1 if grey else 3)).astype(np.float32), 3 if grey else 1, 2)
    mean = module._mean(colors, 3)
    found = module._solved(colors, mean, wanted, 3, 1e-4)
    pairs = [[module._mean(colors[..., i] * colors[..., j], 3) for j in range(3)] for i in range(3)]
    covariance = np.moveaxis(np.array(pairs, np.float64), (0, 1), (2, 3))
    covariance -= mean[..., :, None] * mean[..., None, :]
    expected = np.linalg.solve(covariance + 1e-4 * np.eye(3), wanted[..., None])[..., 0]
    np.testing.assert_allclose(found, expected, rtol=2e-3, atol=1e-2)
