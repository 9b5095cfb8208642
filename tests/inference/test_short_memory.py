"""A pass on a device whose memory is short: the bank shrinks, and the pass goes on."""

import numpy as np
import pytest
import torch
from moving_squares import MovingSquares

from skn_annotator.errors import OutOfMemory
from skn_annotator.inference.memory_bank import BankSettings, MemoryBank
from skn_annotator.inference.pass_state import PassState
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.reading import memory_of
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.network import SKN


@pytest.fixture(scope="module")
def network():
    torch.set_num_threads(1)
    return load_network(None, "cpu")


def carry(network, bank=None, dtype=None):
    """Fifteen frames after the first one's mask."""
    frames = MovingSquares()
    masks = {0: frames.mask(0)}
    plan = cover(range(15), decisions(masks))
    return list(Tracker(network, bank=bank, dtype=dtype).propagate(frames, masks, plan))


def limit(monkeypatch, most):
    """Reading more than `most` memorized frames fails as on a full GPU; returns how many were asked for."""
    failures = []

    def limited(entries, channels):
        if len(entries) > most:
            failures.append(len(entries))
            raise torch.OutOfMemoryError("CUDA out of memory")
        return memory_of(entries, channels)

    monkeypatch.setattr("skn_annotator.inference.tracker.memory_of", limited)
    return failures


def test_where_memory_is_short_the_bank_shrinks_and_the_pass_is_that_of_a_small_bank(network, monkeypatch):
    wanted = carry(network, BankSettings(predicted=1, interval=2))
    failures = limit(monkeypatch, most=2)
    steps = carry(network, BankSettings(predicted=2, interval=2))
    assert failures == [3]
    assert [step.t for step in steps] == list(range(15))
    assert [step.memory_frames for step in steps][-1] == (0, 14)
    for step, other in zip(steps, wanted, strict=True):
        assert np.array_equal(step.mask, other.mask)
        assert step.confidence == other.confidence


def test_what_fails_while_a_frame_is_memorized_is_done_again(network, monkeypatch):
    monkeypatch.setattr("skn_annotator.inference.tracker.look_alikes", lambda *_: [[0, 1]])
    wanted = carry(network, BankSettings(predicted=1, interval=2))
    real, bounds = SKN.memorize, []

    def failing(self, *arguments):
        if bounds == [2]:  # the second prediction; a reference is memorized before there is a bank
            bounds.append(1)
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real(self, *arguments)

    monkeypatch.setattr(SKN, "memorize", failing)
    monkeypatch.setattr(MemoryBank, "add", _counted(MemoryBank.add, bounds))
    steps = carry(network, BankSettings(predicted=2, interval=2))
    assert bounds == [2, 1]
    assert all(np.array_equal(a.mask, b.mask) for a, b in zip(steps, wanted, strict=True))
    assert [places(step) for step in steps] == [places(step) for step in wanted]


def test_what_fails_once_a_mask_is_found_does_not_read_itself_when_it_is_done_again(network, monkeypatch):
    read, real, failures = [], PassState.evidence, []

    def failing(self, found, mask, ids):
        read.append((found.reading.t, [entry.t for entry in found.reading.entries]))
        if found.reading.t == 4 and not failures:
            failures.append(4)
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real(self, found, mask, ids)

    monkeypatch.setattr(PassState, "evidence", failing)
    steps = carry(network, BankSettings(predicted=2, interval=2))
    assert (4, [0, 2]) in read
    assert all(t not in entries for t, entries in read)
    assert [step.t for step in steps] == list(range(15))


def places(step):
    """The frames where the objects were seen alone, as the step before knew them."""
    trails = step.reading.wholes.trails if step.reading else ()
    return [[frame for frame, _ in trail.places] for trail in trails]


def _counted(add, bounds):
    """`MemoryBank.add` that notes the bound when the first prediction is kept."""

    def counted(bank, entry):
        if not bounds:
            bounds.append(bank.settings.predicted)
        add(bank, entry)

    return counted


def test_where_the_least_bank_is_too_large_it_says_what_to_lower(network, monkeypatch):
    limit(monkeypatch, most=0)
    with pytest.raises(OutOfMemory, match=r"too little memory for 2 objects at 480 pixels.*--size"):
        carry(network)
