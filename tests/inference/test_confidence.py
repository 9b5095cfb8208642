"""Confidence: the mean probability alone, as old checkpoints have it, and with what else a step shows."""

import math

import pytest

from skn_annotator.inference.confidence import confidence, terms
from skn_annotator.inference.evidence import Evidence, Trend

GOOD = Evidence(0.95, 0.05, 10.0, 0.95, 0.95, 0.8, Trend(0.9, 0.95, 0.95, 0.85), False)
PLAIN = (1.0, 0.0)


def test_with_two_numbers_it_is_the_calibrated_mean_probability():
    assert confidence(GOOD, PLAIN) == pytest.approx(0.95)
    lower = confidence(GOOD, (0.8, -0.9))
    assert lower == pytest.approx(1 / (1 + math.exp(0.9 - 0.8 * math.log(0.95 / 0.05))))


def test_an_object_that_is_nowhere_has_none_unless_it_left_the_frame():
    assert confidence(GOOD._replace(probability=0.0), PLAIN) == 0.0
    assert confidence(GOOD._replace(probability=0.0, border=True), PLAIN) == 0.9


def test_each_further_number_weighs_one_term():
    for place, term in enumerate(terms(GOOD)):
        weights = [0.0] * len(terms(GOOD))
        weights[place] = 0.5
        expected = 1 / (1 + math.exp(-0.5 * term))
        assert confidence(GOOD, (0.0, 0.0, *weights)) == pytest.approx(expected)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_shares_of_nothing_and_of_all_stay_finite(share):
    seen = Evidence(1.0, share, share, share, share, share, Trend(share, share, share, share), True)
    assert all(math.isfinite(term) for term in terms(seen))
    assert 0 <= confidence(seen, (1.0, 0.0, *[0.3] * len(terms(seen)))) <= 1
