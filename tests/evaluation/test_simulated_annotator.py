"""The simulated annotator: it corrects where it is sent, renews what is stale, and counts."""

import numpy as np
import pytest
from fakes import FakeTracker
from PIL import Image

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.edits import import_masks
from skn_annotator.annotation.masks import decode_mask, encode_mask
from skn_annotator.errors import FormatError
from skn_annotator.evaluation.annotated_clip import annotated_clips, read_clip
from skn_annotator.evaluation.corrections import CorrectedMask, true_mask
from skn_annotator.evaluation.frame_choices import FRAME_CHOICES, AnnotatingProgress, evenly_spaced, suggested
from skn_annotator.evaluation.simulated_annotator import annotate

LENGTH = 12


@pytest.fixture
def dataset(tmp_path):
    """Frames of an object that the fake tracker carries rightly up to frame 5, then it stays where it was."""
    write(tmp_path, "stops", [min(t, 5) for t in range(LENGTH)])
    return tmp_path


def write(root, name, shifts, ids=(1,)):
    frames, masks = root / "JPEGImages" / name, root / "Annotations" / name
    frames.mkdir(parents=True)
    masks.mkdir(parents=True)
    for t, shift in enumerate(shifts):
        mask = np.zeros((40, 80), np.uint8)
        for n, i in enumerate(ids):
            mask[4 + 18 * n : 20 + 18 * n, 4 + shift : 24 + shift] = i
        Image.fromarray(np.full((40, 80, 3), 90, np.uint8)).save(frames / f"{t:05d}.png")
        (masks / f"{t:05d}.png").write_bytes(encode_mask(mask))


def clip_of(root, name="stops"):
    ((*place,),) = annotated_clips(root, [name])
    return read_clip(*place)


def record(clip, choice, tracker=None, **options):
    choices = {choice: FRAME_CHOICES[choice]}
    ((_, found),) = annotate(clip, tracker or FakeTracker(), choices, **options)
    return found


def test_the_worst_frame_is_corrected_first_until_every_mask_is_good(dataset):
    found = record(clip_of(dataset), "worst")
    assert found.corrections[0].t == LENGTH - 1  # where the tracker is farthest off
    assert found.needed == len(found.corrections) > 0
    assert list(found.jf) == sorted(found.jf)
    assert found.jf_after(100) == found.jf[-1]


def test_only_what_a_correction_makes_stale_is_carried_again(dataset):
    tracker = FakeTracker()
    found = record(clip_of(dataset), "even", tracker, most=2)
    assert [each.t for each in found.corrections] == [6, 9]
    # the masks before frame 6 are good, and were carried from a reference that is still the nearest
    assert [min(frames) for frames in tracker.passes] == [0, 6, 6]


def test_what_is_wrong_farther_before_a_correction_is_carried_again_too(tmp_path):
    write(tmp_path, "jumps", [0, 1, 2, 12, 12, 5, 6, 7, 8, 9, 10, 11])
    tracker = FakeTracker()
    found = record(clip_of(tmp_path, "jumps"), "even", tracker, most=1)
    assert (found.corrections[0].t, found.corrections[0].j) == (6, 1.0)
    assert tracker.passes[1][0] == 0


def test_what_is_wrong_before_a_correction_is_carried_again_from_both_sides(dataset):
    tracker = FakeTracker()
    found = record(clip_of(dataset), "worst", tracker, most=1)
    assert found.corrections[0].t == LENGTH - 1
    assert tracker.passes[1] == (*range(LENGTH - 1), *range(LENGTH - 1, 0, -1))
    assert found.jf[1] > found.jf[0]


def test_all_choices_go_on_from_one_first_pass(dataset):
    tracker = FakeTracker()
    found = dict(annotate(clip_of(dataset), tracker, FRAME_CHOICES, most=1))
    assert found.keys() == FRAME_CHOICES.keys()
    assert len({each.jf[0] for each in found.values()}) == 1
    assert len(tracker.passes) == 1 + len(FRAME_CHOICES)


def test_a_clip_that_is_never_done_is_bounded(dataset):
    found = record(clip_of(dataset), "even", goal=1.01, most=3)
    assert (len(found.corrections), found.needed) == (3, None)


def test_a_clip_that_is_right_from_the_start_needs_none(tmp_path):
    write(tmp_path, "moves", range(LENGTH))
    found = record(clip_of(tmp_path, "moves"), "worst")
    assert (found.corrections, found.jf, found.needed) == ((), (1.0,), 0)


def test_only_the_worst_object_of_a_frame_is_corrected(tmp_path):
    write(tmp_path, "pair", range(LENGTH), ids=(1, 2))
    masks = tmp_path / "Annotations" / "pair"
    for t in range(6, LENGTH):  # the second one is gone
        mask = np.zeros((40, 80), np.uint8)
        mask[4:20, 4 + t : 24 + t] = 1
        (masks / f"{t:05d}.png").write_bytes(encode_mask(mask))
    found = record(clip_of(tmp_path, "pair"), "worst", most=1)
    assert [(each.t, each.object_id) for each in found.corrections] == [(6, 2)]


def test_a_frame_that_was_right_becomes_a_reference_and_counts(tmp_path):
    write(tmp_path, "stops at the end", [min(t, LENGTH - 2) for t in range(LENGTH)])
    found = record(clip_of(tmp_path, "stops at the end"), "even", goal=0.99, most=1)
    assert [each.t for each in found.corrections] == [6]
    assert found.jf[0] == found.jf[1] < 1


def test_a_frame_on_which_all_is_right_becomes_a_reference_of_all_objects(tmp_path):
    write(tmp_path, "pair", [min(t, 8) for t in range(LENGTH)], ids=(1, 2))
    seen = []

    def choose(progress):
        seen.append(progress.annotation.references)
        return (4, 11)[len(seen) - 1]

    ((_, found),) = annotate(clip_of(tmp_path, "pair"), FakeTracker(), {"chosen": choose}, goal=0.9, most=2)
    right, wrong = found.corrections
    assert (right.j, seen[1][4]) == (1.0, {1, 2})
    assert wrong.j < 0.9


def test_only_the_object_that_was_wrong_becomes_a_reference(tmp_path):
    write(tmp_path, "pair", [min(t, 5) for t in range(LENGTH)], ids=(1, 2))
    seen = []

    def choose(progress):
        seen.append(progress.open[LENGTH - 1])
        return LENGTH - 1

    list(annotate(clip_of(tmp_path, "pair"), FakeTracker(), {"chosen": choose}, most=2))
    assert seen == [{1, 2}, {2}]


def test_clicks_are_counted(dataset):
    def correct(picture, found, truth):
        assert picture.shape == (*truth.shape, 3)
        return CorrectedMask(true_mask(picture, found, truth).pixels, clicks=2)

    found = record(clip_of(dataset), "worst", correct=correct)
    assert {each.clicks for each in found.corrections} == {2}


def test_the_suggested_frame_is_the_one_that_the_window_comes_to_first():
    mask = encode_mask(np.ones((2, 2), np.uint8))
    annotation = Annotation((2, 2), 30)
    annotation.apply(import_masks(annotation, {0: np.ones((2, 2), np.uint8)}))
    sure = {t: (None, {1: 0.2 if t == 17 else 0.9}) for t in range(1, 30)}
    annotation.apply(Edit("Propagate", masks=dict.fromkeys(sure, (None, mask)), confidence=sure))
    undecided = dict.fromkeys(range(1, 30), frozenset([1]))
    assert suggested(AnnotatingProgress(annotation, {}, undecided)) == 17
    assert suggested(AnnotatingProgress(Annotation((2, 2), 30), {}, undecided)) is None


def test_even_corrections_halve_the_longest_stretch():
    annotation = Annotation((2, 2), 17)
    taken = []
    for t in (0, 8, 4, 12):
        annotation.apply(import_masks(annotation, {t: np.ones((2, 2), np.uint8)}))
        taken.append(evenly_spaced(AnnotatingProgress(annotation, {}, {})))
    assert taken == [8, 12, 12, 14]


def test_a_frame_without_a_true_mask_is_named(dataset):
    (dataset / "Annotations" / "stops" / "00003.png").unlink()
    with pytest.raises(FormatError, match=r"lacks 00003\.png"):
        clip_of(dataset)


def test_masks_without_frames_are_named(dataset):
    for path in (dataset / "JPEGImages" / "stops").iterdir():
        path.unlink()
    (dataset / "JPEGImages" / "stops").rmdir()
    with pytest.raises(FormatError, match="masks of stops, but no frames"):
        annotated_clips(dataset)


def exchanged_from(root, name, t):
    """From frame `t` on each of two objects is where the tracker takes the other one to be."""
    write(root, name, range(LENGTH), ids=(1, 2))
    for r in range(t, LENGTH):
        path = root / "Annotations" / name / f"{r:05d}.png"
        mask = decode_mask(path.read_bytes())
        path.write_bytes(encode_mask(np.array([0, 2, 1], np.uint8)[mask]))


def test_one_correction_mends_two_objects_that_changed_places(tmp_path):
    exchanged_from(tmp_path, "pair", 6)
    found = record(clip_of(tmp_path, "pair"), "worst")
    assert [each.t for each in found.corrections] == [6]
    assert (found.needed, found.jf[-1]) == (1, 1.0)


def test_what_the_other_one_got_is_corrected_too_where_it_is_not_right(tmp_path):
    exchanged_from(tmp_path, "pair", 6)
    path = tmp_path / "Annotations" / "pair" / "00006.png"
    mask = decode_mask(path.read_bytes())
    mask[:, :18] = 0  # less than half of what the tracker finds of either is too much
    path.write_bytes(encode_mask(mask))
    found = record(clip_of(tmp_path, "pair"), "worst", most=2)
    assert {(each.t, each.object_id) for each in found.corrections} == {(6, 1), (6, 2)}
    assert found.jf[0] == found.jf[1] < found.jf[2]  # the pass comes after both
    one = record(clip_of(tmp_path, "pair"), "worst", most=1)
    assert len(one.corrections) == 1 == len(one.jf) - 1
    assert one.needed is None
