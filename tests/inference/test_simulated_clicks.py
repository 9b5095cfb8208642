"""A simulated click lies on the largest error, whichever it is."""

import numpy as np

from skn_annotator.inference.simulated_clicks import next_click


def squares(*boxes):
    mask = np.zeros((60, 80), bool)
    for x0, y0, x1, y1 in boxes:
        mask[y0:y1, x0:x1] = True
    return mask


def test_the_first_click_lies_in_the_middle_of_the_object():
    click = next_click(squares(), squares((20, 10, 41, 31)))
    assert click.inside
    assert abs(click.xy[0] - 30.5) < 1
    assert abs(click.xy[1] - 20.5) < 1


def test_what_is_too_much_gets_a_negative_click_if_it_is_the_larger_error():
    truth = squares((10, 10, 30, 30))
    click = next_click(squares((10, 10, 28, 30), (40, 10, 70, 40)), truth)
    assert not click.inside
    assert abs(click.xy[0] - 55) < 2


def test_an_error_at_the_pictures_border_is_as_deep_as_what_is_seen_of_it():
    click = next_click(squares(), squares((0, 0, 40, 60)))
    assert abs(click.xy[0] - 20) < 2


def test_where_nothing_is_wrong_there_is_no_click():
    truth = squares((10, 10, 30, 30))
    assert next_click(truth, truth) is None


def test_at_random_it_stays_in_the_errors_inner_half():
    truth = squares((20, 10, 40, 30))
    clicks = [next_click(squares(), truth, np.random.default_rng(seed)) for seed in range(30)]
    assert all(24 <= c.xy[0] < 36 and 14 <= c.xy[1] < 26 for c in clicks)
    assert len({c.xy for c in clicks}) > 10
