"""What the lab draws is what the network read with: equal to the pass's own numbers."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from moving_squares import MovingSquares

from skn_annotator.inference.fine_edges import with_fine_edges
from skn_annotator.inference.inspection import MemoryCell
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.tracker import Tracker
from skn_annotator.inference.wholes import Wholes
from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.kernels import spatial_constrain_kernel
from skn_annotator.model.reader import MemoryReader

OBJECT = 4
CLOSE = 5e-3  # one cell alone is weighed a little differently from all at once, in float32


@pytest.fixture(scope="module")
def network():
    torch.set_num_threads(1)
    return load_network(None, "cpu")


@pytest.fixture(scope="module")
def steps(network):
    frames = MovingSquares()
    masks = {0: frames.mask(0)}
    return list(
        Tracker(network, dtype=torch.float32).propagate(frames, masks, cover(range(5), decisions(masks)))
    )


UNREAD = 1e-20  # the reader does not look for the point of a cell that is matched no better


@pytest.fixture(scope="module")
def reading(steps):
    return steps[4].reading


def every_cell(reading):
    return [MemoryCell(e.t, cell) for e in reading.entries for cell in np.ndindex(*e.grid.size)]


def test_nothing_was_read_on_a_reference_frame(steps):
    assert [step.reading is None for step in steps] == [True, False, False, False, False]


def test_the_matched_points_are_those_of_the_pass(steps, reading):
    match = steps[4].match
    cells = every_cell(reading)
    for i in range(0, len(cells), 7):
        weights = reading.weights(OBJECT, cells[i])
        if weights.w1.max() < UNREAD:
            assert match.strength[OBJECT][i] < UNREAD
            continue
        assert weights.matched == tuple(match.points[OBJECT][i])
        assert weights.w1[weights.matched] == weights.w1.max()
        np.testing.assert_allclose(weights.w1.max(), match.strength[OBJECT][i], rtol=CLOSE)
        assert (weights.owner == OBJECT) == match.foreground[OBJECT][i]


def test_the_maps_follow_the_equations(steps, reading):
    weights = reading.weights(OBJECT, reading.strongest(OBJECT))
    config = reading.reader.config
    kernel = spatial_constrain_kernel(reading.expected.prior, reading.grid.size, config.prior_floor)
    np.testing.assert_array_equal(weights.sck, kernel[0, reading.ids.index(OBJECT)].numpy())
    np.testing.assert_allclose(weights.w1, weights.w * weights.sck, rtol=1e-4, atol=1e-30)
    rows, columns = np.mgrid[: reading.grid.size[0], : reading.grid.size[1]]
    squared = (rows - weights.matched[0]) ** 2 + (columns - weights.matched[1]) ** 2
    np.testing.assert_allclose(weights.g, np.exp(-squared / (2 * config.sigma_g**2)), rtol=1e-3, atol=1e-6)
    near = weights.w2 > 1e-37  # the rest is beyond the object's reach, or too small for a float
    np.testing.assert_allclose(weights.w2[near], (weights.w * weights.g)[near], rtol=1e-3, atol=1e-9)


def test_the_logarithms_are_those_of_the_maps_and_tell_apart_what_is_zero_there(reading):
    weights = reading.weights(OBJECT, reading.strongest(OBJECT))
    log_w, sck, log_w1, g, log_w2 = weights.logarithms()
    large = weights.w > 1e-30
    np.testing.assert_allclose(10.0 ** log_w[large], weights.w[large], rtol=1e-4)
    np.testing.assert_allclose(10.0 ** log_w1[large], weights.w1[large], rtol=1e-4)
    np.testing.assert_allclose(log_w2, log_w + np.log10(np.maximum(g, 1e-37)), rtol=1e-5)
    assert sck is weights.sck
    assert np.isfinite(log_w).all()


def test_the_shares_of_a_query_cell_give_its_readout(network, reading):
    cell = reading.weights(OBJECT, reading.strongest(OBJECT)).matched
    shares = reading.shares(OBJECT, cell)
    flat = torch.from_numpy(np.concatenate([each.share.ravel() for each in shares]))
    assert [each.t for each in shares] == [entry.t for entry in reading.entries]
    assert float(flat.sum()) == pytest.approx(1, abs=1e-4)
    memory = reading.memory()
    with torch.inference_mode():
        read = network.read(reading.query_key, memory, reading.expected.kernel)
        value = memory.value[0, reading.ids.index(OBJECT)].float() @ flat
    own = read.value[0, reading.ids.index(OBJECT), :, cell[0], cell[1]].float()
    torch.testing.assert_close(value, own, rtol=0.02, atol=0.02 * float(own.abs().max()))


def test_the_share_that_shows_an_object_is_that_of_its_cells(reading):
    found = [reading.weights(OBJECT, cell) for cell in every_cell(reading)]
    own = sum(each.w for each in found if each.owner == OBJECT)
    np.testing.assert_allclose(reading.share_of([reading.ids.index(OBJECT)]), own, rtol=CLOSE, atol=1e-6)
    np.testing.assert_allclose(sum(each.w for each in found), 1, rtol=CLOSE)


def test_the_strongest_cell_is_the_objects_own(steps, reading):
    match = steps[4].match
    best = every_cell(reading).index(reading.strongest(OBJECT))
    assert match.foreground[OBJECT][best]
    own = match.strength[OBJECT][match.foreground[OBJECT]]
    assert match.strength[OBJECT][best] == own.max()


def test_a_frame_that_was_not_read_is_refused(reading):
    with pytest.raises(ValueError, match="frame 99 was not read"):
        reading.weights(OBJECT, MemoryCell(99, (0, 0)))


def test_read_as_it_was_the_frame_has_the_mask_of_the_pass(steps, reading):
    mask = reading.found_with(reading.trained, MovingSquares()[4])
    np.testing.assert_array_equal(mask, steps[4].mask)


def test_an_endless_gaussian_without_prior_is_the_reader_of_stm(network, reading):
    choice = replace(reading.trained, sigma_g=math.inf, prior=False, reach=math.inf)
    config = replace(network.config.reader, sigma_g=math.inf, spatial_constrain=False, reach=math.inf)
    query, memory = reading.query_key, reading.memory()
    with torch.inference_mode():
        ones = torch.ones_like(reading.expected.kernel)
        read = network.read(query, memory, ones, reader=MemoryReader(config))
        features = network.encode(reading.region.frame(MovingSquares()[4]).to(query.dtype))
        logits, _ = network.decode(features, read.value, reading.expected, reading.sensory)
    frame = MovingSquares()[4]
    expected = with_fine_edges(reading.region, logits, logits.softmax(1), frame, reading.ids).mask
    found = reading.found_with(choice, frame)
    assert (found != expected).mean() < 1e-3  # blocks are added up in another order


def test_few_memory_frames_are_the_nearest_ones(reading):
    frames = sorted(entry.t for entry in reading.entries)
    assert reading.trained.frames == len(frames) > 1
    one = replace(reading, entries=tuple(e for e in reading.entries if e.t == frames[-1]))
    picture = MovingSquares()[4]
    few = reading.found_with(replace(reading.trained, frames=1), picture)
    np.testing.assert_array_equal(few, one.found_with(one.trained, picture))


def test_without_a_prior_its_width_means_nothing(reading):
    picture = MovingSquares()[4]
    off = [replace(reading.trained, prior=False, width=width) for width in (0.2, 5)]
    first, second = (reading.found_with(choice, picture) for choice in off)
    np.testing.assert_array_equal(first, second)


def test_the_prior_is_as_wide_as_it_is_chosen(reading, monkeypatch):
    asked = []

    def asked_for(prior, grid, floor):
        asked.append(prior.sigma)
        return spatial_constrain_kernel(prior, grid, floor)

    monkeypatch.setattr("skn_annotator.inference.reading.spatial_constrain_kernel", asked_for)
    reading.found_with(replace(reading.trained, width=2.0), MovingSquares()[4])
    assert torch.equal(asked[0], 2 * reading.expected.prior.sigma)


def test_what_is_found_otherwise_is_held_to_what_objects_can_be_too(reading, monkeypatch):
    def nothing(self, logits, probability, read):
        return torch.cat((logits[:, :1] + 99, logits[:, 1:]), 1), {}

    monkeypatch.setattr(Wholes, "kept", nothing)
    assert not reading.found_with(reading.trained, MovingSquares()[4]).any()
