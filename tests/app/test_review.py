"""The tour of the frames that deserve a look."""

import numpy as np

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.edits import add_object, decide_all, deciding, import_masks, undecide
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.review import Suggestion, suggestion

MASK = encode_mask(np.ones((2, 2), np.uint8))


def propagated(certainty):
    annotation = Annotation((2, 2), len(certainty))
    sure = {t: (None, {1: float(c), 2: 1.0}) for t, c in enumerate(certainty)}
    annotation.apply(Edit("Propagate", masks=dict.fromkeys(sure, (None, MASK)), confidence=sure))
    return annotation


def of_two(certainty):
    annotation = propagated(certainty)
    for _ in range(2):
        annotation.apply(add_object(annotation))
    return annotation


def tour_of(annotation):
    tour = [suggestion(annotation).t]
    while (t := suggestion(annotation, tour[-1]).t) not in tour:
        tour.append(t)
    assert t == tour[0]  # and round again
    return tour


def test_the_worst_of_single_frames_comes_first_and_then_from_bad_to_better():
    certainty = np.ones(60)
    certainty[[10, 12, 40, 55]] = (0.5, 0.8, 0.2, 0.6)
    tour = tour_of(propagated(certainty))
    assert tour[:3] == [40, 10, 55]
    assert len(tour) in range(4, 7)
    assert all(abs(a - b) >= 10 for a in tour for b in tour if a != b)


def test_the_middle_of_a_doubtful_part_comes_before_its_least_certain_frame():
    certainty = np.full(60, 0.95)
    certainty[20:31] = 0.7
    certainty[29] = 0.6
    found = suggestion(propagated(certainty))
    assert found.t in range(24, 28)
    assert (found.object_id, found.first, found.last) == (1, 20, 30)


def test_a_doubtful_part_comes_before_one_frame_that_is_less_certain():
    certainty = np.full(60, 0.95)
    certainty[20:31] = 0.7
    certainty[45] = 0.5
    assert suggestion(propagated(certainty)).t in range(24, 28)


def test_what_is_in_doubt_beyond_a_reference_does_not_count():
    certainty = np.full(40, 0.95)
    certainty[10:21] = 0.6
    annotation = propagated(certainty)
    annotation.apply(Edit("Set reference frame", **deciding(annotation, {13: frozenset([1])})))
    found = suggestion(annotation)
    assert found.t in range(16, 19)
    assert (found.first, found.last) == (14, 20)


def test_a_doubtful_frame_between_references_comes_before_a_long_part_that_is_good():
    certainty = np.full(60, 0.96)
    certainty[50] = 0.8
    annotation = propagated(certainty)
    annotation.apply(
        Edit("Set reference frame", **deciding(annotation, dict.fromkeys((49, 51), frozenset([1]))))
    )
    assert suggestion(annotation) == Suggestion(50, 1, 50, 50)


def test_a_frame_that_was_corrected_is_out():
    certainty = np.ones(60)
    certainty[[10, 40]] = (0.3, 0.2)
    annotation = propagated(certainty)
    annotation.apply(import_masks(annotation, {40: np.ones((2, 2), np.uint8)}))
    assert suggestion(annotation) == suggestion(annotation, 40) == Suggestion(10, 1, 10, 10)


def test_the_object_in_doubt_is_named_also_where_another_one_is_decided():
    certainty = np.ones(30)
    annotation = propagated(certainty)
    sure = {t: ({1: 1.0, 2: 1.0}, {1: 0.9, 2: 0.5}) for t in range(12, 17)}
    annotation.apply(Edit("Propagate", confidence=sure))
    assert suggestion(annotation).object_id == 1  # the masks do not show the other one
    pair = encode_mask(np.array([[1, 1], [2, 2]], np.uint8))
    annotation.apply(Edit("Propagate", masks=dict.fromkeys(range(30), (MASK, pair))))
    assert suggestion(annotation) == Suggestion(14, 2, 12, 16)
    annotation.apply(Edit("Set reference frame", **deciding(annotation, {14: frozenset([1])})))
    assert suggestion(annotation) == Suggestion(14, 2, 12, 16)


def test_a_mask_that_was_taken_for_right_speaks_for_those_near_it():
    certainty = np.full(40, 0.95)
    certainty[10:14] = 0.75
    certainty[30] = 0.75
    annotation = propagated(certainty)
    for _ in range(2):
        annotation.apply(add_object(annotation))
    assert suggestion(annotation).t in (11, 12)
    annotation.apply(decide_all(annotation, [12]))
    assert suggestion(annotation).t == 30
    annotation.apply(undecide(annotation, [12]))
    annotation.apply(Edit("Correct", **deciding(annotation, {12: frozenset([1, 2])})))
    assert suggestion(annotation).t in (10, 11)


def test_that_an_object_is_gone_says_nothing_of_where_it_is_shown():
    certainty = np.full(40, 0.95)
    certainty[10:13] = (0.75, 0, 0.75)
    annotation = propagated(certainty)
    annotation.apply(add_object(annotation))
    annotation.apply(Edit("Propagate", masks={11: (MASK, encode_mask(np.zeros((2, 2), np.uint8)))}))
    annotation.apply(decide_all(annotation, [11]))
    assert annotation.approved(11) == {1: 0.0}
    assert suggestion(annotation).t in (10, 12)


def test_without_a_pass_there_is_nothing():
    assert suggestion(Annotation((2, 2), 5)) is None


def test_an_object_that_is_gone_is_doubted_where_it_goes_and_not_on_every_frame_after():
    gone = range(20, 50)
    certainty = np.ones(60)
    certainty[gone] = 0.0
    certainty[10] = 0.3
    annotation = propagated(certainty)
    empty = encode_mask(np.zeros((2, 2), np.uint8))
    annotation.apply(Edit("Propagate", masks=dict.fromkeys(gone, (MASK, empty))))
    tour = tour_of(annotation)
    assert tour[:2] == [20, 10]
    assert len(tour) > 2
    assert set(tour) & set(gone) == {20}


def test_frames_that_do_not_show_the_object_are_not_much_like_one_that_does():
    certainty = np.full(60, 0.95)
    certainty[20:41] = 0.6
    certainty[29] = 0.55
    gone = [*range(22, 25), *range(34, 60)]
    annotation = propagated(certainty)
    empty = encode_mask(np.zeros((2, 2), np.uint8))
    annotation.apply(Edit("Propagate", masks=dict.fromkeys(gone, (MASK, empty))))
    found = suggestion(annotation)
    assert (found.first, found.last) == (25, 33)


def test_a_frame_on_which_look_alikes_touch_gives_way_to_one_beside_on_which_they_do_not():
    certainty = np.ones(40)
    certainty[10:21] = 0.5
    annotation = of_two(certainty)
    apart, touching = np.zeros((2, 2, 40), np.uint8)
    apart[:, 0], apart[:, -1], touching[:, 18], touching[:, 19] = 1, 2, 1, 2
    masks = {t: (MASK, encode_mask(touching if 13 <= t < 18 else apart)) for t in range(40)}
    annotation.apply(Edit("Propagate", masks=masks))
    assert suggestion(annotation).t in (12, 18)


def test_where_they_touch_on_all_doubtful_frames_the_middle_is_suggested_all_the_same():
    certainty = np.ones(40)
    certainty[10:21] = 0.5
    annotation = of_two(certainty)
    pair = encode_mask(np.array([[1, 1], [2, 2]], np.uint8))
    annotation.apply(Edit("Propagate", masks=dict.fromkeys(range(40), (MASK, pair))))
    assert suggestion(annotation).t in range(13, 18)
