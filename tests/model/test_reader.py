"""The reader's properties (SKN, Section 2.2), against a dense form written from the equations."""

import math
from dataclasses import replace

import pytest
import torch

from skn_annotator.model import affinity as affinity_module
from skn_annotator.model.kernels import prior_of_cells, spatial_constrain_kernel
from skn_annotator.model.reader import MemoryReader, ReaderConfig

GRID, T, OBJECTS, CK, CV = (5, 7), 3, 2, 8, 6
HW = GRID[0] * GRID[1]


@pytest.fixture
def inputs():
    """Query and memory keys, values, two kernels, and which of them constrains each memory cell."""
    generator = torch.Generator().manual_seed(3)

    def random(*shape):
        return torch.randn(*shape, generator=generator, dtype=torch.float32)

    kernels = torch.rand(1, 2, *GRID, generator=generator) + 0.01
    owner = torch.randint(0, 2, (1, T * HW), generator=generator)
    return random(1, CK, *GRID), random(1, CK, T * HW), random(1, OBJECTS, CV, T * HW), kernels, owner


def dense(query, memory, value, kernels, owner, config):
    """Equations (1)-(11) with the whole T*H*W x H*W matrix, one object after the other, in float64."""
    query, memory = query[0].flatten(1).double(), memory[0].double()
    if config.similarity == "dot":
        c = memory.T @ query
    else:
        c = -((memory[:, :, None] - query[:, None, :]) ** 2).sum(0)
    c = c / math.sqrt(CK)
    largest = c.topk(min(config.top, len(c)) or len(c), 0).values
    w = (c - largest.logsumexp(0)).exp()  # THW x HW, the softmax over the largest
    prior = kernels[0].flatten(1).double()[owner[0]] if config.spatial_constrain else 1.0
    m = (w * prior).argmax(1)
    w = w * (c >= largest[-1])
    if math.isfinite(config.sigma_g):
        cells = torch.stack(torch.meshgrid(torch.arange(GRID[0]), torch.arange(GRID[1]), indexing="ij"), -1)
        cells = cells.flatten(0, 1).double()  # HW x 2
        squared = ((cells[None] - cells[m][:, None]) ** 2).sum(-1)
        w = w * torch.exp(-squared / (2 * config.sigma_g**2))
    if config.renormalize:
        w = w / w.sum(0, keepdim=True)
    out = [(value[0, o].double() @ w).unflatten(1, GRID) for o in range(OBJECTS)]
    return torch.stack(out)[None], m[None]


CONFIGS = [
    ReaderConfig(similarity=similarity, sigma_g=sigma, spatial_constrain=prior, renormalize=renormalize)
    for similarity in ("dot", "l2")
    for sigma in (1.5, math.inf)
    for prior in (True, False)
    for renormalize in (True, False)
]
CONFIGS += [ReaderConfig(sigma_g=sigma, top=top) for sigma in (1.5, math.inf) for top in (1, 20, 1000)]


@pytest.mark.parametrize("block", [None, 1, 16, HW, 1000])
@pytest.mark.parametrize("config", CONFIGS, ids=str)
@pytest.mark.parametrize("learning", [False, True])  # only what is not learned from goes on with all cells
def test_blocks_of_any_size_give_the_dense_result(inputs, config, block, learning):
    value, matches = dense(*inputs, config)
    with torch.set_grad_enabled(learning):
        readout = MemoryReader(config)(*inputs, block=block)
    torch.testing.assert_close(readout.value.double(), value, rtol=1e-4, atol=1e-5)
    assert torch.equal(readout.matches.cells, matches)


@pytest.mark.parametrize("learning", [False, True])
def test_blocks_beyond_what_is_kept_are_computed_again(inputs, monkeypatch, learning):
    config = ReaderConfig(sigma_g=2.0)
    with torch.set_grad_enabled(learning):
        kept = MemoryReader(config)(*inputs, block=16)
        monkeypatch.setattr(affinity_module, "_KEPT_BYTES", 3 * 16 * HW * 4)  # three blocks of seven
        again = MemoryReader(config)(*inputs, block=16)
    torch.testing.assert_close(kept.value, again.value)
    assert torch.equal(kept.matches.cells, again.matches.cells)


def test_strength_is_w1_at_the_matched_point(inputs):
    query, memory, _, kernels, owner = inputs
    c = -((memory[0][:, :, None] - query[0].flatten(1)[:, None]) ** 2).sum(0) / math.sqrt(CK)
    w1 = c.softmax(0) * kernels[0].flatten(1)[owner[0]]
    readout = MemoryReader(ReaderConfig())(*inputs)
    torch.testing.assert_close(readout.matches.log_strength[0].exp2(), w1.max(1).values, rtol=1e-4, atol=1e-6)


REACHING = ReaderConfig(sigma_g=1.5, reach=0.8, top=20)


@pytest.mark.parametrize("config", [*CONFIGS, REACHING])
def test_the_weights_of_single_cells_are_those_that_are_read_with(inputs, config):
    query, memory, value, kernels, owner = inputs
    kernels = torch.cat((torch.ones_like(kernels[:, :1]), kernels), 1)  # the first is the background's
    owner = (owner + torch.arange(T * HW)) % 3
    reader = MemoryReader(config)
    readout = reader(query, memory, value, kernels, owner)
    keys = query, memory, kernels, owner, readout.norm
    cells = [reader.weights(*keys, slice(i, i + 1)) for i in range(T * HW)]
    w, w1, w2 = (torch.cat([cell[k] for cell in cells], 1) for k in range(3))  # THW x HW
    if not config.top:
        torch.testing.assert_close(w.sum(1), torch.ones(1, HW))
    at_matches = w1.gather(2, readout.matches.cells[..., None])[..., 0]
    torch.testing.assert_close(
        at_matches, w1.amax(2), rtol=1e-6, atol=0
    )  # two may be as good but for rounding
    summed = w2 / w2.sum(1, keepdim=True).clamp_min(1e-12)
    share = summed if config.renormalize else w2
    torch.testing.assert_close((value[0] @ share).unflatten(-1, GRID)[None], readout.value)
    column = reader.column(*keys, matched=readout.matches.cells, cell=(2, 3))
    torch.testing.assert_close(column[0], summed[0, :, 2 * GRID[1] + 3])


def test_infinite_sigmas_give_the_reader_of_stm(inputs):
    query, memory, value, kernels, owner = inputs
    reader = MemoryReader(ReaderConfig("dot", math.inf, renormalize=False))
    attention = ((memory[0].T @ query[0].flatten(1)) / math.sqrt(CK)).softmax(0)
    expected = (value[0] @ attention).unflatten(-1, GRID)
    actual = reader(query, memory, value, torch.ones_like(kernels), owner).value[0]
    torch.testing.assert_close(actual, expected, rtol=1e-4, atol=1e-5)


def test_without_prior_the_matches_are_those_of_kmn(inputs):
    query, memory, value, kernels, owner = inputs
    with_ones = MemoryReader(ReaderConfig())(query, memory, value, torch.ones_like(kernels), owner)
    switched_off = MemoryReader(ReaderConfig(spatial_constrain=False))(*inputs)
    constrained = MemoryReader(ReaderConfig())(*inputs)
    assert torch.equal(with_ones.matches.cells, switched_off.matches.cells)
    assert not torch.equal(with_ones.matches.cells, constrained.matches.cells)


def test_the_order_of_memorized_frames_does_not_matter(inputs):
    query, memory, value, kernels, owner = inputs
    order = torch.arange(T * HW).view(T, HW)[[2, 0, 1]].flatten()
    reader = MemoryReader(ReaderConfig(sigma_g=2.0))
    straight = reader(*inputs, block=HW)
    shuffled = reader(query, memory[..., order], value[..., order], kernels, owner[..., order], block=HW)
    torch.testing.assert_close(straight.value, shuffled.value)
    assert torch.equal(straight.matches.cells[..., order], shuffled.matches.cells)


def one_cell_objects(grid, *columns):
    """A frame's key with the same thing at each of `columns`, and the things' cells, (columns, H, W)."""
    key = torch.zeros(1, 4, *grid)
    key[:, 0] = 4.0  # background
    cells = torch.zeros(len(columns), *grid, dtype=torch.bool)
    for index, column in enumerate(columns):
        key[:, 0, 3:5, column : column + 2] = 0.0
        key[:, 1, 3:5, column : column + 2] = 4.0
        cells[index, 3:5, column : column + 2] = True
    return key, cells


def test_of_two_identical_objects_only_the_right_one_is_read():
    """The paper's Figure 1: in the last frame the object was left; the same thing stands at the right."""
    grid = (8, 24)
    key, things = one_cell_objects(grid, 3, 18)
    value = things[:1, None].float()[None]  # the memory's mask: the left one
    kernel = spatial_constrain_kernel(prior_of_cells(things[:1]), grid)[None]
    everywhere = torch.zeros(1, 8 * 24, dtype=torch.int64)

    def read(config):
        reader = MemoryReader(config)
        out = reader(key, key.flatten(2), value.flatten(3), kernel, everywhere).value[0, 0, 0]
        return out[3:5, 3:5].mean().item(), out[3:5, 18:20].mean().item()

    config = ReaderConfig(sigma_g=2.0, renormalize=False)
    left, right = read(config)
    assert left > 0.4
    assert right < 1e-6 * left
    left, right = read(replace(config, sigma_g=math.inf))
    assert right == pytest.approx(left)  # STM's reader cannot tell them apart


def test_twins_that_are_both_followed_each_read_their_own_memory():
    """Shared keys, a prior per owner: each twin's cells stay with it, so its place reads its own mask."""
    grid = (8, 24)
    key, things = one_cell_objects(grid, 3, 18)
    value = things[:, None].float()[None]  # B x O x CV=1 x H x W
    priors = spatial_constrain_kernel(prior_of_cells(things), grid)
    kernels = torch.cat((torch.ones(1, *grid), priors))[None]
    owner = (things[0] * 1 + things[1] * 2).flatten()[None]
    reader = MemoryReader(ReaderConfig(sigma_g=2.0))
    out = reader(key, key.flatten(2), value.flatten(3), kernels, owner).value[0, :, 0]
    assert out[0][things[0]].min() > 0.99
    assert out[1][things[1]].min() > 0.99
    assert out[0][things[1]].max() < 0.01
    assert out[1][things[0]].max() < 0.01


@pytest.mark.parametrize("alone", [False, True])
def test_several_objects_are_read_within_their_reach_and_a_lone_one_everywhere(alone):
    """A lone object may be found where its double stands now; one of two in the memory may not."""
    grid = (8, 24)
    key, things = one_cell_objects(grid, 3, 18)
    value = things[:, None].float()[None]
    priors = spatial_constrain_kernel(prior_of_cells(things), grid)
    background = torch.ones(1, *grid)
    kernels = torch.cat((background, priors))[None]
    owner = (things[0] * 1 + (0 if alone else things[1] * 2)).flatten()[None]
    reader = MemoryReader(ReaderConfig(sigma_g=math.inf, reach=3.0, renormalize=False))
    left = reader(key, key.flatten(2), value[:, :1].flatten(3), kernels, owner).value[0, 0, 0]
    assert left[things[0]].min() > 0.2
    elsewhere = left[things[1]].max()
    assert elsewhere > 0.2 if alone else elsewhere < 1e-6


def test_the_reach_is_the_priors_and_kmn_has_none(inputs):
    *tensors, kernels, _ = inputs
    kernels = torch.cat((torch.ones_like(kernels[:, :1]), kernels), 1)
    owner = (torch.arange(T * HW) % 3)[None]  # the background and two objects

    def read(**choices):
        return MemoryReader(ReaderConfig(**choices))(*tensors, kernels, owner).value

    assert not torch.equal(read(reach=1.0), read())
    assert torch.equal(read(spatial_constrain=False, reach=1.0), read(spatial_constrain=False))


def test_gradients_reach_keys_and_values_and_none_the_matched_points(inputs):
    *tensors, owner = inputs
    query, memory, value, kernels = (x.clone().requires_grad_() for x in tensors)
    out = MemoryReader(ReaderConfig(sigma_g=2.0))(query, memory, value, kernels, owner).value
    out.square().sum().backward()
    for tensor in (query, memory, value):
        assert tensor.grad is not None
        assert tensor.grad.abs().sum() > 0
    assert kernels.grad is None  # they only choose m_i


def test_an_empty_memory_is_an_error(inputs):
    query, memory, value, kernels, owner = inputs
    with pytest.raises(ValueError, match="memory is empty"):
        MemoryReader(ReaderConfig())(query, memory[..., :0], value[..., :0], kernels, owner[..., :0])


@pytest.mark.parametrize("similarity", ["dot", "l2"])
def test_the_softmax_of_the_similarity_is_what_is_read_with(inputs, similarity):
    reader = MemoryReader(ReaderConfig(similarity=similarity))
    query, memory, _, kernels, owner = inputs
    norm = reader(*inputs).norm
    weights = reader.weights(query, memory, kernels, owner, norm, slice(None))
    found = (reader.similarity(query[0].flatten(1), memory[0]) * math.log(2)).softmax(0)
    torch.testing.assert_close(found, weights.w[0])


def test_bfloat16_keys_are_read_as_their_float32_copies_are(inputs):
    query, memory, value, kernels, owner = inputs
    halves = query.bfloat16(), memory.bfloat16()
    found = MemoryReader(ReaderConfig())(*halves, value, kernels, owner)
    copies = MemoryReader(ReaderConfig())(*(half.float() for half in halves), value, kernels, owner)
    torch.testing.assert_close(found.value, copies.value)
    assert torch.equal(found.matches.cells, copies.matches.cells)


def test_memory_cells_that_nobody_reads_change_nothing(inputs):
    query, memory, value, kernels, owner = inputs
    memory[..., ::2] += 40
    kept = MemoryReader(ReaderConfig())(query, memory[..., 1::2], value[..., 1::2], kernels, owner[..., 1::2])
    with torch.no_grad():  # half of the cells: too few to go on with all
        readout = MemoryReader(ReaderConfig())(*inputs, block=16)
    torch.testing.assert_close(readout.value, kept.value)
    assert torch.equal(readout.matches.cells[..., 1::2], kept.matches.cells)
    assert bool((readout.matches.log_strength[..., ::2].exp2() == 0).all())


def test_a_frame_that_is_no_number_is_read_as_such(inputs):
    query, *rest = inputs
    readout = MemoryReader(ReaderConfig())(torch.full_like(query, torch.nan), *rest)
    assert readout.value.isnan().all()
