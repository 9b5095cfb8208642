"""The kernels against the paper's equations, written out with loops."""

import math

import numpy as np
import pytest
import torch

from skn_annotator.model.kernels import (
    SIGMA_FLOOR,
    cells_of_mask,
    log_gaussian_kernel,
    matched_points,
    owners_of_masks,
    prior_of_cells,
    spatial_constrain_kernel,
)

GRID = (9, 13)


def test_prior_is_median_and_root_mean_square_distance():
    cells = torch.from_numpy(np.random.default_rng(1).random((3, *GRID)) > 0.7)
    prior = prior_of_cells(cells)
    for k in range(3):
        points = np.argwhere(cells[k].numpy())
        center = np.median(points, 0)
        sigma = math.sqrt(((points - center) ** 2).sum() / len(points))
        assert prior.center[k].tolist() == center.tolist()
        assert prior.sigma[k].item() == pytest.approx(sigma, rel=1e-5)
        assert prior.known[k]


def test_kernel_is_the_gaussian_of_equation_6():
    cells = torch.zeros(GRID, dtype=torch.bool)
    cells[2:7, 3:9] = True
    prior = prior_of_cells(cells)
    kernel = spatial_constrain_kernel(prior, GRID)
    (row, column), sigma = prior.center.tolist(), prior.sigma.item()
    for y in range(GRID[0]):
        for x in range(GRID[1]):
            expected = math.exp(-((y - row) ** 2 + (x - column) ** 2) / (2 * sigma**2))
            assert kernel[y, x].item() == pytest.approx(expected, rel=1e-4)


def test_floor_lifts_the_tails_and_keeps_the_peak():
    cells = torch.zeros(GRID, dtype=torch.bool)
    cells[4, 6] = True
    kernel = spatial_constrain_kernel(prior_of_cells(cells), GRID, floor=0.2)
    assert kernel.max() == pytest.approx(1)
    assert kernel.min() == pytest.approx(0.2, abs=0.01)


def test_no_last_mask_means_no_prior():
    prior = prior_of_cells(torch.zeros(GRID, dtype=torch.bool))
    assert not prior.known
    assert torch.equal(spatial_constrain_kernel(prior, GRID), torch.ones(GRID))


@pytest.mark.parametrize("cells", [[(4, 4)], [(4, x) for x in range(3)]])
def test_sigma_has_a_floor_for_one_cell_and_for_thin_objects(cells):
    mask = torch.zeros(GRID, dtype=torch.bool)
    for row, column in cells:
        mask[row, column] = True
    assert prior_of_cells(mask).sigma == SIGMA_FLOOR


def test_a_single_pixel_survives_the_way_to_the_grid():
    mask = torch.zeros(1, 9 * 16, 13 * 16)
    mask[0, 100, 37] = 1
    cells = cells_of_mask(mask, GRID)
    assert cells.sum() == 1
    assert cells[0, 100 // 16, 37 // 16]


def test_a_cell_belongs_to_the_object_that_covers_most_of_it():
    masks = torch.zeros(1, 2, 32, 48)
    masks[:, 0, :16, :16] = 1
    masks[:, 1, :16, 16:22] = 1  # six columns of sixteen
    masks[:, 1, 16:, 32:34] = 1  # two of sixteen: too few
    assert owners_of_masks(masks, (2, 3)).tolist() == [[[1, 2, 0], [0, 0, 0]]]


def test_an_object_that_covers_a_quarter_of_no_cell_owns_the_one_that_it_covers_most():
    masks = torch.zeros(1, 3, 32, 48)
    masks[:, 0, 8:15, 11:17] = 1  # five of six columns lie in the first cell
    masks[:, 1, :, 32:] = 1
    masks[:, 2, 20:22, :2] = 0.4  # nothing of it is seen
    assert owners_of_masks(masks, (2, 3)).tolist() == [[[1, 0, 2], [0, 0, 2]]]


def test_stray_pixels_do_not_widen_the_prior():
    mask = torch.zeros(1, 9 * 16, 13 * 16)
    mask[0, 32:80, 32:80] = 1
    mask[0, 140, 200] = 1
    cells = cells_of_mask(mask, GRID)
    assert cells.sum() == 9
    assert cells[0, 2:5, 2:5].all()


def test_matched_points_take_the_prior_into_account():
    log_weight = torch.log(torch.tensor([[0.5, 0.4, 0.1], [0.2, 0.3, 0.5]]))
    flat = torch.zeros(1, 3)
    assert matched_points(log_weight, flat)[0].tolist() == [0, 2]
    index, strength = matched_points(log_weight, torch.log(torch.tensor([[0.1, 1.0, 0.1]])))
    assert index.tolist() == [1, 1]
    assert strength.exp().tolist() == pytest.approx([0.4, 0.3])


def test_gaussian_kernel_is_that_of_equation_9():
    cells = torch.tensor([3 * GRID[1] + 5, 0])
    rows, columns = log_gaussian_kernel(cells, GRID, 2.5)
    kernel = (rows[:, :, None] + columns[:, None, :]).exp2()
    for k, (row, column) in enumerate(((3, 5), (0, 0))):
        for y in range(GRID[0]):
            for x in range(GRID[1]):
                expected = math.exp(-((y - row) ** 2 + (x - column) ** 2) / (2 * 2.5**2))
                assert kernel[k, y, x].item() == pytest.approx(expected, rel=1e-4, abs=1e-9)
