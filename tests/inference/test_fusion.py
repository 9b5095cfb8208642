"""Blending a pass with what frames have: who is followed where, what stays, and that it helps."""

from functools import partial

import numpy as np
import pytest

from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.inference.fusion import blend, fused
from skn_annotator.inference.step import PriorMask, Step

SIZE, LAST = (120, 160), 20


def disc(x, y=60.0, radius=20.0, object_id=1):
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]]
    return np.where((columns - x) ** 2 + (rows - y) ** 2 <= radius**2, np.uint8(object_id), np.uint8(0))


def with_object(mask, other):
    return np.where(other > 0, other, mask)


def truth(t):
    """A disc that goes to the right and turns on its way."""
    return disc(40 + 4 * t, 60 + 15 * np.sin(t / 4))


def drifting(t, start):
    """What a pass from frame `start` makes of it: it slips off, and shrinks, the further it goes."""
    away = abs(t - start)
    return disc(40 + 4 * t + 0.9 * away * (1 if start else -1), 60 + 15 * np.sin(t / 4), 20 - 0.3 * away)


def step(t, mask, confidence=0.9, origin=LAST):
    known = sorted(set(np.unique(mask).tolist()) - {0})
    return Step(
        t, mask, dict.fromkeys(known, confidence), None, (), 0, False, {i: frozenset([origin]) for i in known}
    )


def prior(mask, confidence, origin=0):
    return PriorMask(partial(np.array, mask), confidence, dict.fromkeys((1, 2), frozenset([origin])))


def a_pass(masks, start):
    """A pass from reference frame `start` over `masks`, frame -> mask, the nearest first."""
    first = Step(start, truth(start), {1: 1.0}, None, (), 0, True)
    return [first, *(step(t, masks[t], origin=start) for t in sorted(masks, key=lambda t: abs(t - start)))]


def fuse(steps, earlier, references=(0, LAST), protected=frozenset()):
    return {s.t: s for s in fused(steps, dict.fromkeys(references, (1, 2)), earlier, protected)}


def from_the_start(t, mask=None, confidence=0.9, origin=0):
    mask = drifting(t, 0) if mask is None else mask
    known = sorted(set(np.unique(mask).tolist()) - {0})
    return prior(mask, dict.fromkeys(known, confidence), origin)


BETWEEN = range(1, LAST)


def backward():
    return a_pass({t: drifting(t, LAST) for t in BETWEEN}, LAST)


def test_identical_masks_stay_as_they_are_and_as_certain():
    steps = fuse(backward(), {t: from_the_start(t, drifting(t, LAST)) for t in BETWEEN})
    for t in BETWEEN:
        assert np.array_equal(steps[t].mask, drifting(t, LAST))
        assert steps[t].confidence[1] == pytest.approx(0.9)


def test_frames_beside_a_reference_frame_follow_it():
    steps = fuse(backward(), {t: from_the_start(t) for t in BETWEEN})
    assert jaccard(steps[1].mask > 0, drifting(1, 0) > 0) > 0.98
    assert jaccard(steps[LAST - 1].mask > 0, drifting(LAST - 1, LAST) > 0) > 0.98
    assert steps[1].origins == {1: {0, LAST}}


def test_in_the_middle_it_is_no_worse_than_either_pass_alone():
    steps = fuse(backward(), {t: from_the_start(t) for t in BETWEEN})
    for t in range(LAST // 4, 3 * LAST // 4 + 1):
        alone = [jaccard(truth(t) > 0, drifting(t, start) > 0) for start in (0, LAST)]
        assert jaccard(truth(t) > 0, steps[t].mask > 0) >= max(alone)
    both = [jaccard(truth(t) > 0, steps[t].mask > 0) for t in BETWEEN]
    assert np.mean(both) > 0.05 + max(
        np.mean([jaccard(truth(t) > 0, drifting(t, start) > 0) for t in BETWEEN]) for start in (0, LAST)
    )


def test_where_they_lie_apart_the_nearer_is_taken_whole():
    here, there = disc(30), disc(120)
    assert np.array_equal(blend(here, there, dict.fromkeys((1, 2), 0.6)), here)
    assert np.array_equal(blend(here, there, dict.fromkeys((1, 2), 0.4)), there)


def test_in_the_middle_the_surer_is_taken_and_beside_a_reference_frame_the_nearer():
    here, there = disc(30), disc(120)
    old = {t: from_the_start(t, there, confidence=0.95) for t in BETWEEN}
    steps = fuse([backward()[0], *(step(t, here, 0.6) for t in (LAST - 1, 11, 10))], old)
    assert np.array_equal(steps[10].mask, there)
    assert np.array_equal(steps[LAST - 1].mask, here)


def test_what_is_much_surer_outweighs_what_is_nearer_and_of_equal_weights_the_nearer_is_taken():
    """Two discs that lie apart, by the pixels in their middles."""
    here, there = disc(30), disc(120)
    for near, confidence, taken in (
        (0.4, (0.9, 0.7), (1, 0)),  # 0.4 x 0.81 > 0.6 x 0.49
        (0.6, (0.7, 0.9), (0, 1)),
        (0.2, (1.0, 0.3), (0, 1)),  # 0.2 x 1 = 0.8 x 0.25
        (0.8, (0.3, 1.0), (1, 0)),
    ):
        mask = blend(here, there, {1: near}, {1: confidence})
        assert (mask[60, 30], mask[60, 120]) == taken


def test_a_disagreement_in_the_middle_is_doubted_and_one_beside_a_reference_frame_is_not():
    old = {t: from_the_start(t, disc(30)) for t in BETWEEN}
    steps = fuse([backward()[0], *(step(t, disc(120)) for t in (LAST - 1, 10, 1))], old)
    assert steps[10].confidence[1] == pytest.approx(0.45)
    assert steps[1].confidence[1] > 0.85
    assert steps[LAST - 1].confidence[1] > 0.85


def test_an_earlier_mask_from_the_same_side_is_replaced():
    for old in (from_the_start(10, origin=LAST), from_the_start(10, origin=7)):
        steps = fuse([backward()[0], step(10, drifting(10, LAST))], {10: old})
        assert np.array_equal(steps[10].mask, drifting(10, LAST))
        assert steps[10].origins == {1: {LAST}}


def test_an_earlier_mask_from_beyond_the_nearest_reference_frame_is_replaced():
    for origin, origins in ((0, {LAST}), (5, {5, LAST})):
        old = from_the_start(10, origin=origin)
        steps = fuse([backward()[0], step(10, drifting(10, LAST))], {10: old}, references=(0, 5, LAST))
        assert steps[10].origins == {1: origins}


def test_what_is_decided_on_a_frame_stays_where_a_pass_claims_its_pixels():
    second = disc(130, 20, 10, object_id=2)
    old = from_the_start(10, with_object(drifting(10, 0), second))
    claimed = disc(130, 20, 15)
    (found,) = fused([step(10, claimed)], {0: {1}, 10: {2}, LAST: {1}}, {10: old})
    assert np.array_equal(found.mask == 2, second > 0)


def test_beyond_the_last_reference_frame_there_is_no_other_side():
    steps = fuse(
        [Step(0, truth(0), {1: 1.0}, None, (), 0, True), step(5, drifting(5, 0), origin=0)],
        {5: from_the_start(5, truth(5))},
        references=(0,),
    )
    assert np.array_equal(steps[5].mask, drifting(5, 0))


def test_an_object_that_the_pass_does_not_follow_stays():
    second = disc(130, 20, 10, object_id=2)
    for origin in (0, LAST):  # blended or replaced
        old = from_the_start(10, with_object(drifting(10, 0), second), origin=origin)
        steps = fuse([backward()[0], step(10, drifting(10, LAST))], {10: old})
        assert np.array_equal(steps[10].mask == 2, second > 0)
        assert set(steps[10].confidence) == {1, 2}


def test_an_object_that_the_other_pass_looked_for_in_vain_is_still_known_to_be_nowhere():
    for origin in (0, LAST):  # blended or replaced
        old = prior(drifting(10, 0), {1: 0.9, 2: 0.0}, origin)
        steps = fuse([backward()[0], step(10, drifting(10, LAST))], {10: old})
        assert steps[10].confidence[2] == 0.0
        assert not (steps[10].mask == 2).any()


def test_an_object_that_only_the_new_pass_follows_arrives():
    second = disc(130, 20, 10, object_id=2)
    new = with_object(drifting(10, LAST), second)
    steps = fuse([backward()[0], step(10, new)], {10: from_the_start(10)})
    assert np.array_equal(steps[10].mask == 2, second > 0)


def test_an_object_that_one_side_lost_is_decided_by_distance():
    lost = np.zeros(SIZE, np.uint8)
    old = {t: prior(lost, {1: 0.0}) for t in BETWEEN}
    steps = fuse(backward(), old)
    assert not steps[1].mask.any()
    assert np.array_equal(steps[LAST - 1].mask, drifting(LAST - 1, LAST))


def test_a_protected_object_keeps_its_pixels_and_the_others_change():
    second = disc(130, 20, 10, object_id=2)
    old = from_the_start(10, with_object(drifting(10, 0), second), origin=LAST)
    new = with_object(drifting(10, LAST), disc(110, 40, 15, object_id=2))
    steps = fuse([backward()[0], step(10, new)], {10: old}, protected=frozenset([2]))
    assert np.array_equal(steps[10].mask == 2, second > 0)
    assert np.array_equal(steps[10].mask == 1, drifting(10, LAST) == 1)


def test_where_there_is_nothing_yet_a_protected_object_is_carried():
    steps = fuse(backward(), {}, protected=frozenset([1]))
    assert np.array_equal(steps[10].mask, drifting(10, LAST))


def test_what_a_pass_finds_of_an_object_on_its_second_visit_is_blended_with_the_first():
    there = {}
    forward = [Step(0, truth(0), {1: 1.0}, None, (), 0, True), step(10, drifting(10, 0), origin=0)]
    back = [backward()[0], step(10, drifting(10, LAST))]
    steps = []
    for fused_step in fused([*forward, *back], {0: {1}, LAST: {1}}, there):
        read = partial(np.array, fused_step.mask)
        there[fused_step.t] = PriorMask(read, fused_step.confidence, fused_step.origins)
        steps.append(fused_step)
    assert [s.origins for s in steps] == [{}, {1: {0}}, {}, {1: {0, LAST}}]


def test_each_object_is_blended_by_its_distance_to_its_own_references():
    """At frame 10 the pass comes from frame 20; one object is bounded at frame 0, the other at frame 9."""
    here, there = disc(40), disc(60)
    new = with_object(here, disc(110, object_id=2))
    old = with_object(there, disc(130, object_id=2))
    prior_mask = PriorMask(partial(np.array, old), {1: 0.9, 2: 0.9}, {1: frozenset([0]), 2: frozenset([9])})
    steps = fused([step(10, new)], {0: {1}, 9: {2}, LAST: {1, 2}}, {10: prior_mask})
    (found,) = steps
    assert jaccard(found.mask == 2, old == 2) > 0.9  # a frame from its reference, ten from the other
    assert found.origins == {1: {0, LAST}, 2: {9, LAST}}
    assert (found.mask == 1).any()


def test_two_objects_that_both_claim_a_pixel_leave_no_hole():
    ours, theirs = disc(60, object_id=1), disc(60, object_id=2)
    for nearness in (0.3, 0.5, 0.7):
        mask = blend(ours, theirs, dict.fromkeys((1, 2), nearness))
        assert np.array_equal(mask > 0, ours > 0)
