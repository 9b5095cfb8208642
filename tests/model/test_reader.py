"""The reader's properties (SKN, Section 2.2), against a dense form written from the equations."""

import math
from dataclasses import replace

import pytest
import torch

from skn_annotator.model.kernels import prior_of_cells, spatial_constrain_kernel
from skn_annotator.model.reader import MemoryReader, ReaderConfig

GRID, T, OBJECTS, CK, CV = (5, 7), 3, 2, 8, 6
HW = GRID[0] * GRID[1]


@pytest.fixture
def inputs():
    generator = torch.Generator().manual_seed(3)

    def random(*shape):
        return torch.randn(*shape, generator=generator, dtype=torch.float32)

    kernel = torch.rand(1, OBJECTS, *GRID, generator=generator) + 0.01
    return random(1, CK, *GRID), random(1, CK, T * HW), random(1, OBJECTS, CV, T * HW), kernel


def dense(query, memory, value, kernel, config):
    """Equations (1)-(11) with the whole T*H*W x H*W matrix, one object after the other, in float64."""
    query, memory = query[0].flatten(1).double(), memory[0].double()
    if config.similarity == "dot":
        c = memory.T @ query
    else:
        c = -((memory[:, :, None] - query[:, None, :]) ** 2).sum(0)
    w = (c / math.sqrt(CK)).softmax(0)  # THW x HW
    out, matches = [], []
    for o in range(value.shape[1]):
        prior = kernel[0, o].flatten().double() if config.spatial_constrain else torch.ones(HW).double()
        m = (w * prior).argmax(1)
        w2 = w
        if math.isfinite(config.sigma_g):
            cells = torch.stack(
                torch.meshgrid(torch.arange(GRID[0]), torch.arange(GRID[1]), indexing="ij"), -1
            )
            cells = cells.flatten(0, 1).double()  # HW x 2
            squared = ((cells[None] - cells[m][:, None]) ** 2).sum(-1)
            w2 = w * torch.exp(-squared / (2 * config.sigma_g**2))
        if config.renormalize:
            w2 = w2 / w2.sum(0, keepdim=True)
        out.append((value[0, o].double() @ w2).unflatten(1, GRID))
        matches.append(m)
    return torch.stack(out)[None], torch.stack(matches)[None]


CONFIGS = [
    ReaderConfig(similarity=similarity, sigma_g=sigma, spatial_constrain=prior, renormalize=renormalize)
    for similarity in ("dot", "l2")
    for sigma in (1.5, math.inf)
    for prior in (True, False)
    for renormalize in (True, False)
]


@pytest.mark.parametrize("block", [None, 1, 16, HW, 1000])
@pytest.mark.parametrize("config", CONFIGS, ids=str)
def test_blocks_of_any_size_give_the_dense_result(inputs, config, block):
    value, matches = dense(*inputs, config)
    readout = MemoryReader(config)(*inputs, block=block)
    torch.testing.assert_close(readout.value.double(), value, rtol=1e-4, atol=1e-5)
    assert torch.equal(readout.matches.cells, matches)


def test_strength_is_w1_at_the_matched_point(inputs):
    query, memory, value, kernel = inputs
    config = ReaderConfig()
    scale = 1 / math.sqrt(CK)
    c = -((memory[0][:, :, None] - query[0].flatten(1)[:, None]) ** 2).sum(0) * scale
    w1 = c.softmax(0)[None] * kernel[0].flatten(1)[:, None]
    readout = MemoryReader(config)(query, memory, value, kernel)
    torch.testing.assert_close(readout.matches.log_strength[0].exp2(), w1.max(2).values, rtol=1e-4, atol=1e-6)


def test_infinite_sigmas_give_the_reader_of_stm(inputs):
    query, memory, value, _ = inputs
    nowhere_constrained = torch.ones(1, OBJECTS, *GRID)
    reader = MemoryReader(ReaderConfig("dot", math.inf, renormalize=False))
    attention = ((memory[0].T @ query[0].flatten(1)) / math.sqrt(CK)).softmax(0)
    expected = (value[0] @ attention).unflatten(-1, GRID)
    actual = reader(query, memory, value, nowhere_constrained).value[0]
    torch.testing.assert_close(actual, expected, rtol=1e-4, atol=1e-5)


def test_without_prior_the_matches_are_those_of_kmn(inputs):
    query, memory, value, kernel = inputs
    with_ones = MemoryReader(ReaderConfig())(query, memory, value, torch.ones_like(kernel))
    switched_off = MemoryReader(ReaderConfig(spatial_constrain=False))(query, memory, value, kernel)
    constrained = MemoryReader(ReaderConfig())(query, memory, value, kernel)
    assert torch.equal(with_ones.matches.cells, switched_off.matches.cells)
    assert not torch.equal(with_ones.matches.cells, constrained.matches.cells)


def test_the_order_of_memorized_frames_does_not_matter(inputs):
    query, memory, value, kernel = inputs
    order = torch.arange(T * HW).view(T, HW)[[2, 0, 1]].flatten()
    reader = MemoryReader(ReaderConfig(sigma_g=2.0))
    straight = reader(query, memory, value, kernel, block=HW)
    shuffled = reader(query, memory[..., order], value[..., order], kernel, block=HW)
    torch.testing.assert_close(straight.value, shuffled.value)
    assert torch.equal(straight.matches.cells[..., order], shuffled.matches.cells)


def test_of_two_identical_objects_only_the_right_one_is_read():
    """The paper's Figure 1: in the last frame the object was left; the same thing stands at the right."""
    grid = (8, 24)
    key = torch.zeros(1, 4, *grid)
    key[:, 0] = 4.0  # background
    for column in (3, 18):
        key[:, 0, 3:5, column : column + 2] = 0.0
        key[:, 1, 3:5, column : column + 2] = 4.0
    value = torch.zeros(1, 1, 1, *grid)
    value[..., 3:5, 3:5] = 1.0  # the memory's mask: the left one
    last = torch.zeros(1, 1, *grid, dtype=torch.bool)
    last[..., 3:5, 3:5] = True
    kernel = spatial_constrain_kernel(prior_of_cells(last), grid)

    def read(config):
        out = MemoryReader(config)(key, key.flatten(2), value.flatten(3), kernel).value[0, 0, 0]
        return out[3:5, 3:5].mean().item(), out[3:5, 18:20].mean().item()

    config = ReaderConfig(sigma_g=2.0, renormalize=False)
    left, right = read(config)
    assert left > 0.4
    assert right < 1e-6 * left
    left, right = read(replace(config, sigma_g=math.inf))
    assert right == pytest.approx(left)  # STM's reader cannot tell them apart


def test_gradients_reach_keys_and_values_and_none_the_matched_points(inputs):
    query, memory, value, kernel = (x.clone().requires_grad_() for x in inputs)
    MemoryReader(ReaderConfig(sigma_g=2.0))(query, memory, value, kernel).value.square().sum().backward()
    for tensor in (query, memory, value):
        assert tensor.grad is not None
        assert tensor.grad.abs().sum() > 0
    assert kernel.grad is None  # it only chooses m_i


def test_an_empty_memory_is_an_error(inputs):
    query, memory, value, kernel = inputs
    with pytest.raises(ValueError, match="memory is empty"):
        MemoryReader(ReaderConfig())(query, memory[..., :0], value[..., :0], kernel)
