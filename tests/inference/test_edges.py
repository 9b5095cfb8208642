"""The network's probability of a mask that is there already."""

import numpy as np
import torch
from fakes import FakeTracker

from skn_annotator.inference.edges import edge_probabilities
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network


def test_the_bundled_network_agrees_with_a_mask_and_doubts_its_edge():
    torch.set_num_threads(1)
    frame = np.full((96, 128, 3), 60, np.uint8)
    frame[30:70, 40:90] = (220, 120, 60)
    mask = np.zeros((96, 128), np.uint8)
    mask[30:70, 40:90] = 4
    found = edge_probabilities(Tracker(load_network(), 96))(frame, mask)
    assert set(found) == {4}
    assert found[4].shape == (96, 128)
    assert found[4][45:55, 55:75].min() > 0.9
    assert found[4][:15].max() < 0.1
    assert ((found[4] > 0.1) & (found[4] < 0.9)).any()


def test_without_objects_or_probabilities_nothing_is_said():
    frame = np.zeros((48, 64, 3), np.uint8)
    of = edge_probabilities(FakeTracker())
    assert of(frame, np.zeros((48, 64), np.uint8)) == {}
    assert of(frame, np.full((48, 64), 255, np.uint8)) == {}
    assert of(frame, np.ones((48, 64), np.uint8)) == {}
