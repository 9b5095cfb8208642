import pytest
import torch

from skn_annotator.inference.confidence import confidences

PLAIN = (1.0, 0.0)


def probability(*values):
    """(1, 1 + O, 2, 3): each object has its probability on the first column and 0 elsewhere."""
    own = torch.zeros(1, len(values), 2, 3)
    own[..., 0] = torch.tensor(values)[None, :, None]
    return torch.cat((1 - own.amax(1, keepdim=True), own), 1)


def test_it_is_the_mean_probability_where_the_object_is():
    assert confidences(probability(0.8, 0.9), (2, 5), PLAIN) == pytest.approx({2: 0.8, 5: 0.9}, abs=1e-5)


def test_pixels_of_other_probability_count_by_their_number():
    given = probability(0.6)
    given[0, 1, 0, 1:] = 0.9  # two pixels; two more have 0.6
    assert confidences(given, (1,), PLAIN)[1] == pytest.approx(0.75, abs=1e-5)


def test_an_object_that_is_nowhere_has_none():
    assert confidences(probability(0.4), (3,), PLAIN) == {3: 0.0}


def test_calibration_moves_the_logit():
    (lower,) = confidences(probability(0.9), (1,), (0.8, -0.9)).values()
    assert lower == pytest.approx(torch.sigmoid(0.8 * torch.tensor(0.9).logit() - 0.9).item(), abs=1e-5)
