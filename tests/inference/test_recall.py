"""Recall: a mask agrees with what the references alone find of the object, or it went astray."""

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from moving_squares import MovingSquares, overlap

from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.recall import _nearest, _shares, contradicted, recalled
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.encoders import Memory
from skn_annotator.model.network import SKN
from skn_annotator.model.reader import MemoryReader, ReaderConfig


@pytest.fixture(scope="module")
def steps():
    torch.set_num_threads(1)
    frames = MovingSquares()
    tracker = Tracker(load_network(None, "cpu"), dtype=torch.float32)
    masks = {0: frames.mask(0)}
    return list(tracker.propagate(frames, masks, cover(range(5), decisions(masks))))


def planes(reading, mask):
    return reading.region.masks(mask, reading.ids)[0]


def test_true_masks_are_recalled_and_misplaced_ones_are_not(steps):
    reading, truth = steps[4].reading, MovingSquares().mask(4)
    for right, wrong in zip(
        recalled(reading, planes(reading, truth)),
        recalled(reading, planes(reading, np.flipud(np.fliplr(truth)))),
        strict=True,
    ):
        assert right > 0.4
        assert wrong < right / 2


def test_objects_in_each_others_place_are_not_recalled(steps):
    reading, truth = steps[4].reading, MovingSquares().mask(4)
    swapped = np.array([0, 4, 0, 0, 1], np.uint8)[truth]
    assert max(recalled(reading, planes(reading, swapped))) < 0.2


def test_of_an_object_that_no_reference_shows_nothing_is_said(steps):
    reading, truth = steps[4].reading, MovingSquares().mask(4)

    def without_second(entry):
        owner = entry.memory.owner
        return replace(entry, memory=entry.memory._replace(owner=owner.where(owner != 2, 0)))

    entries = tuple(map(without_second, reading.entries))
    first, second = recalled(reading, planes(reading, truth))
    assert second < 1
    assert recalled(replace(reading, entries=entries), planes(reading, truth)) == [first, 1.0]


def test_asked_are_the_nearest_references_and_for_an_object_that_they_do_not_show_the_nearest_that_does():
    def entry(t, shows, knows=(1, 2)):
        return SimpleNamespace(t=t, shows=shows, knows=knows)

    entries = [entry(0, (1, 2)), entry(4, (1, 2)), entry(7, (1,)), entry(8, (), ()), entry(12, (1,))]
    reading = SimpleNamespace(entries=entries, t=9, ids=(1, 2))
    assert [each.t for each in _nearest(reading)] == [7, 12, 4]
    reading.ids = (1,)
    assert [each.t for each in _nearest(reading)] == [7, 12]


def test_with_keys_of_its_own_each_object_is_read_by_them():
    rng = torch.manual_seed(0)
    query, keys = torch.randn(8, 5, generator=rng), torch.randn(2, 8, 12, generator=rng)
    owned = torch.arange(12)[None] // 6 == torch.arange(2)[:, None]
    reader = MemoryReader(ReaderConfig())
    each = [_shares(reader, query, keys[k : k + 1], owned)[k] for k in range(2)]
    assert torch.equal(_shares(reader, query, keys, owned), torch.stack(each))


def test_where_a_mask_is_read_and_recalled_no_values_are_copied(steps, monkeypatch):
    monkeypatch.setattr("skn_annotator.inference.reading.memory_of", None)
    reading, truth = steps[4].reading, MovingSquares().mask(4)
    assert min(recalled(reading, planes(reading, truth))) > 0.4
    assert reading.share_of([0]).max() > 0.5


def test_it_is_part_of_the_evidence(steps):
    for step in steps[1:]:
        assert all(found.recalled > 0.4 for found in step.evidence.values())


def test_a_reference_that_is_seen_closely_is_one_still():
    frames = MovingSquares()
    mask = np.where(frames.mask(0) == 1, frames.mask(0), 0).astype(np.uint8)
    tracker = Tracker(load_network(None, "cpu"), dtype=torch.float32)
    reading = list(tracker.propagate(frames, {0: mask}, cover(range(3), decisions({0: mask}))))[-1].reading
    assert not reading.region.is_whole
    assert reading.decided().any()


def test_a_missed_object_is_contradicted_where_it_is_and_background_is_not(steps):
    reading, truth = steps[4].reading, MovingSquares().mask(4)
    missed = (planes(reading, truth) > 0.5).any(0).float()
    inside = torch.nn.functional.avg_pool2d(missed[None, None], 16).flatten()
    nothing = torch.zeros(len(inside), dtype=torch.long)
    found = contradicted(reading, nothing)
    assert found[inside == 1].float().mean() > 0.7
    assert found[inside == 0].float().mean() < 0.1
    assert not contradicted(reading, nothing + 1).any()


def test_where_no_distance_keeps_cells_from_being_read_none_is_contradicted(steps, monkeypatch):
    reading = steps[4].reading
    monkeypatch.setattr(reading.reader, "config", replace(reading.reader.config, similarity="dot"))
    assert not contradicted(reading, torch.zeros(reading.grid.count, dtype=torch.long)).any()


def test_nothing_is_read_of_unread_cells():
    key = torch.randn(1, 1, 64, 6, generator=torch.manual_seed(0))
    memory = Memory(key, torch.zeros(1, 1, 2, 6), torch.zeros(1, 6, dtype=torch.long))
    unread = memory.unread(torch.tensor([False, True, False, False, True, False]))
    network = load_network(None, "cpu")
    weight = (network.reader.similarity(key[0, 0], unread.key[0, 0]) * math.log(2)).softmax(0)
    assert weight[[1, 4]].max() == 0
    assert torch.equal(unread.key[..., [0, 2, 3, 5]], key[..., [0, 2, 3, 5]])


def test_an_object_that_was_missed_for_a_while_is_found_again_where_it_stood(monkeypatch):
    frames, segment, missed = MovingSquares(12), SKN.segment, []

    def misses(self, *args, **kwargs):
        found = segment(self, *args, **kwargs)
        if len(missed) < 7:
            missed.append(True)
            found.logits[:, 2] = -20
        return found

    monkeypatch.setattr(SKN, "segment", misses)
    masks = {0: frames.mask(0)}
    tracker = Tracker(load_network(None, "cpu"), dtype=torch.float32)
    steps = list(tracker.propagate(frames, masks, cover(range(12), decisions(masks))))
    assert not (steps[5].mask == 4).any()
    assert overlap(steps[11].mask == 4, frames.mask(11) == 4) > 0.6


def test_only_what_is_nearly_all_an_objects_is_contradicted_and_no_outline(monkeypatch):
    """Where an object ends, the references are read of it and of the ground: that is right as background."""
    ground, thing = torch.zeros(4), torch.tensor([3.0, 0, 0, 0])
    parts = torch.linspace(0, 1, 200)[:, None]
    query = (ground * (1 - parts) + thing * parts).T
    monkeypatch.setattr(
        "skn_annotator.inference.recall.keys_of", lambda *_: torch.stack((ground, thing), 1)[None, None]
    )
    monkeypatch.setattr("skn_annotator.inference.recall.owners_of", lambda *_: torch.tensor([[0, 1]]))
    entry = SimpleNamespace(t=0, shows=(1,), knows=(1,))
    reader = MemoryReader(ReaderConfig())
    reading = SimpleNamespace(
        entries=[entry], t=1, ids=(1,), channels=(0,), reader=reader, query_key=query[None, :, None]
    )
    found = contradicted(reading, torch.zeros(200, dtype=torch.long))
    share = _shares(reader, query, torch.stack((ground, thing), 1)[None], torch.tensor([[False, True]]))[0]
    assert share.min() < 0.2 < 0.9 < share.max()
    assert found[share > 0.8].all()
    assert not found[share < 0.6].any()
