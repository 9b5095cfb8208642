"""Evidence: probabilities, matched points, the running means, and the frame's border."""

import numpy as np
import pytest
import torch

from skn_annotator.inference.evidence import MatchedCells, Trend, evidence

GRID = (2, 3)  # cells of 16 x 16 pixels


def seen(
    own,
    mask=None,
    *,
    cells=((0, 1),),
    strength=((1.0, 1.0),),
    owner=(1, 1),
    decided=(True, True),
    recalled=1.0,
    by_motion=1.0,
    trend=None,
):
    """The evidence of the objects 1, 2, ... whose probabilities are `own` (O, 32, 48)."""
    ids = range(1, len(own) + 1)
    mask = np.zeros((32, 48), np.uint8) if mask is None else mask
    memory = MatchedCells(*map(torch.tensor, (cells, strength, owner, decided)))
    known = {"recalled": recalled, "by_motion": by_motion, "trends": trend}
    each = {name: [value] * len(own) for name, value in known.items()}
    return evidence(own, mask, ids, memory=memory, **each)


def left_cell(probability):
    own = torch.zeros(1, 32, 48)
    own[0, :16, :16] = probability
    return own


def test_a_sharp_mask_has_no_unsure_pixels():
    (sharp,), (surer,), (blurred,) = (seen(left_cell(p)) for p in (1.0, 0.75, 0.6))
    assert (sharp.probability, sharp.unsure, sharp.spread) == (1.0, 0.0, 0.0)
    assert surer.unsure == 0.0
    assert blurred.probability == pytest.approx(0.6)
    assert blurred.unsure == 1.0
    assert blurred.spread == pytest.approx(16 * 0.6 * 0.4, rel=1e-4)


def test_an_object_that_is_nowhere_has_no_probability():
    (found,) = seen(left_cell(0.4))
    assert found.probability == 0.0


def test_cells_that_match_inside_the_mask_speak_for_it():
    # cell 0 is inside the mask, cell 4 is not
    (found,) = seen(left_cell(1.0), cells=((0, 4),), strength=((0.75, 0.25),), decided=(False, True))
    assert found.matched == pytest.approx(0.75)
    assert found.reference_matched == 0.0


def test_cells_of_others_do_not_count_and_without_any_all_match():
    both = torch.cat((left_cell(1.0), torch.zeros(1, 32, 48)))
    first, second = seen(both, cells=((4, 4),), owner=(2, 2))
    assert (first.matched, second.matched) == (1.0, 0.0)


def test_objects_with_keys_of_their_own_have_matches_of_their_own():
    both = torch.cat((left_cell(1.0), left_cell(1.0)))
    first, second = seen(both, cells=((0, 0), (4, 4)), strength=((1.0, 1.0), (1.0, 1.0)), owner=(1, 2))
    assert (first.matched, second.matched) == (1.0, 0.0)


def test_trends_begin_with_the_first_frame_and_go_slowly_from_there():
    (first,) = seen(left_cell(1.0), cells=((4, 4),), recalled=0.5)
    (found,) = seen(left_cell(1.0), cells=((4, 4),), recalled=0.5, trend=Trend(0.5, 1.0, 0.9))
    assert first.trend.means == (0.0, 0.0, 0.5)
    assert found.trend.means == pytest.approx((0.45, 0.9, 0.86))


def test_the_least_share_by_motion_is_remembered():
    (first,) = seen(left_cell(1.0), by_motion=0.4)
    (second,) = seen(left_cell(1.0), by_motion=0.9, trend=first.trend)
    (third,) = seen(left_cell(1.0), by_motion=0.2, trend=second.trend)
    assert [each.trend.by_motion for each in (first, second, third)] == [0.4, 0.4, 0.2]


def test_what_is_unsure_around_a_mask_is_seen_but_not_what_is_far_away():
    own = left_cell(1.0)
    own[0, :16, 16:24] = 0.4
    own[0, :, 40:] = 0.4
    (found,) = seen(own)
    # a ring of 2 x 2 squares at the side and of 2 x 6 below, each of 4 x 4 pixels: 8 of 20 are unsure
    assert found.trend.around == pytest.approx(0.4 * 8 / 20)


def test_what_was_around_a_mask_is_kept_while_there_is_none():
    (gone,) = seen(left_cell(0.0), trend=Trend(0.3, 1.0, 1.0))
    assert gone.trend.around == pytest.approx(0.3)


@pytest.mark.parametrize("turns", range(4))
def test_a_mask_at_the_border_is_known(turns):
    """It touches it within two pixels, on any side."""
    masks = np.zeros((2, 32, 48), np.uint8)
    for mask, first in zip(masks, (2, 1), strict=True):
        np.rot90(mask, turns)[first:9, 5:9] = 1
    (inside,), (cut,) = (seen(left_cell(1.0), mask) for mask in masks)
    assert (inside.border, cut.border) == (False, True)


def test_where_an_object_went_is_remembered_while_it_is_nowhere():
    mask = np.zeros((32, 48), np.uint8)
    mask[5:9, 44:] = 1
    (cut,) = seen(left_cell(1.0), mask)
    (gone,) = seen(left_cell(0.0), trend=cut.trend)
    (lost,) = seen(left_cell(0.0))
    assert (gone.border, gone.trend.at_border, lost.border) == (True, True, False)
