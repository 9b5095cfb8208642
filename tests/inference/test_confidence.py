"""Confidence: the mean probability alone, as old checkpoints have it, and with what else a step shows."""

import math

import pytest

from skn_annotator.inference.confidence import confidence, doubt, terms
from skn_annotator.inference.evidence import Evidence, Trend
from skn_annotator.inference.step import Doubt

GOOD = Evidence(0.97, 0.05, 10.0, 0.95, 0.95, 0.8, Trend(0.05, 0.95, 0.85), False)
PLAIN = (1.0, 0.0)


def test_with_two_numbers_it_is_the_calibrated_mean_probability():
    assert confidence(GOOD, PLAIN) == pytest.approx(0.97)
    lower = confidence(GOOD, (0.8, -0.9))
    assert lower == pytest.approx(1 / (1 + math.exp(0.9 - 0.8 * math.log(0.97 / 0.03))))


def test_an_object_that_is_nowhere_has_none_unless_it_left_the_frame():
    assert confidence(GOOD._replace(probability=0.0), PLAIN) == 0.0
    assert confidence(GOOD._replace(probability=0.0, border=True), PLAIN) == 0.9


def test_each_further_number_weighs_one_term():
    for place, term in enumerate(terms(GOOD)):
        weights = [0.0] * len(terms(GOOD))
        weights[place] = 0.5
        expected = 1 / (1 + math.exp(-0.5 * term))
        assert confidence(GOOD, (0.0, 0.0, *weights)) == pytest.approx(expected)


def test_the_terms_are_those_that_the_weights_in_checkpoints_were_fitted_to():
    poor = Evidence(0.8, 0.4, 30.0, 0.6, 0.7, 0.5, Trend(0.2, 0.65, 0.3, True, 0.25), True)
    good = (-2.813, 2.304, 2.629, 2.629, -2.659, 2.629, 0.0, 1.316, 1.633, 0.049)
    assert terms(GOOD) == pytest.approx(good, abs=1e-3)
    assert terms(poor) == pytest.approx(
        (-0.892, 3.402, 0.389, 0.811, -1.514, 0.594, 1.0, 0.0, -0.811, -1.204), abs=1e-3
    )


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_shares_of_nothing_and_of_all_stay_finite(share):
    seen = Evidence(1.0, share, share, share, share, share, Trend(share, share, share, True, share), True)
    assert all(math.isfinite(term) for term in terms(seen))
    assert 0 <= confidence(seen, (1.0, 0.0, *[0.3] * len(terms(seen)))) <= 1


EVEN = (0.3, 0.0, -0.3, -0.3, 0.3, 0.3, -0.3, *[0.3] * 5)
"""A calibration in which all that speaks for a mask weighs the same."""


def test_nothing_speaks_against_a_good_mask_nor_against_one_that_is_nowhere():
    assert doubt(GOOD, EVEN) is None
    assert doubt(GOOD._replace(probability=0.0, recalled=0.0), EVEN) is None


@pytest.mark.parametrize(
    ("worse", "named"),
    [
        ({"probability": 0.6}, Doubt.UNCLEAR),
        ({"unsure": 1.5}, Doubt.UNCLEAR),
        ({"spread": 80.0}, Doubt.UNCLEAR),
        ({"matched": 0.05}, Doubt.MATCHED_ELSEWHERE),
        ({"reference_matched": 0.05}, Doubt.REFERENCES_ELSEWHERE),
        ({"recalled": 0.0}, Doubt.NOT_RECALLED),
    ],
)
def test_what_lowers_the_confidence_most_is_named(worse, named):
    assert doubt(GOOD._replace(**worse), EVEN) is named


@pytest.mark.parametrize(
    ("worse", "named"),
    [
        ({"around": 0.9}, Doubt.UNCLEAR),
        ({"reference_matched": 0.1}, Doubt.REFERENCES_ELSEWHERE),
        ({"recalled": 0.02}, Doubt.NOT_RECALLED),
        ({"by_motion": 0.0}, Doubt.EXCHANGED),
    ],
)
def test_what_has_long_been_so_is_named_like_what_is_so_now(worse, named):
    assert doubt(GOOD._replace(trend=GOOD.trend._replace(**worse)), EVEN) is named


def test_a_cut_at_the_border_is_named_only_if_it_lowers_the_confidence():
    weights = [0.0] * len(terms(GOOD))
    weights[terms(GOOD._replace(border=True)).index(1.0)] = -1.0
    assert doubt(GOOD._replace(border=True), (0.0, 0.0, *weights)) is Doubt.AT_BORDER
    assert doubt(GOOD._replace(border=True), (0.0, 0.0, *[-weight for weight in weights])) is None


def test_every_input_has_a_cause_and_every_cause_an_input():
    worst = Evidence(0.5, 2.0, 500.0, 0.0, 0.0, 0.0, Trend(0.9, 0.0, 0.0, True, 0.0), True)
    best = Evidence(1.0, 0.0, 0.0, 1.0, 1.0, 1.0, Trend(0.0, 1.0, 1.0), False)
    found = set()
    for place in range(1 + len(terms(GOOD))):
        for sign in (-1.0, 1.0):
            numbers = [0.0] * (1 + len(terms(GOOD)))
            numbers[place] = sign
            scale, *weights = numbers
            found |= {doubt(seen, (scale, 0.0, *weights)) for seen in (worst, best)}
    assert found == {*Doubt, None}
    # an input that no cause is known of would be passed over in silence
    assert len(terms(GOOD)) == len(EVEN) - 2


def test_a_checkpoint_of_an_older_version_has_its_two_numbers_only():
    assert doubt(GOOD._replace(probability=0.51, recalled=0.0), PLAIN) is Doubt.UNCLEAR
    assert doubt(GOOD._replace(recalled=0.0), PLAIN) is None


def test_a_checkpoint_from_before_the_last_term_knows_all_others():
    older = EVEN[:-1]
    assert confidence(GOOD, older) == pytest.approx(confidence(GOOD, (*older, 0.0)))
    assert doubt(GOOD._replace(recalled=0.0), older) is Doubt.NOT_RECALLED


def test_weights_for_other_terms_are_not_used():
    assert confidence(GOOD, (0.0, 0.4, *[0.3] * (len(terms(GOOD)) + 1))) == confidence(GOOD, PLAIN)
    assert doubt(GOOD._replace(recalled=0.0), (*EVEN, 0.3)) is None
