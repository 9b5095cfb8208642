"""Folders of masks against each other: which frames and objects count, and what is wrong with a folder."""

import numpy as np
import pytest
from PIL import Image

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.errors import FormatError
from skn_annotator.evaluation.evaluate import common_sequences, evaluate, evaluate_sequence, mean_of

SIZE = (48, 64)


def _mask(*boxes, fill=0):
    """An id map with a square of side 10 for each (id, row, column)."""
    mask = np.full(SIZE, fill, np.uint8)
    for object_id, row, column in boxes:
        mask[row : row + 10, column : column + 10] = object_id
    return mask


def _write(folder, masks):
    folder.mkdir(parents=True)
    for t, mask in enumerate(masks):
        (folder / f"{t:05d}.png").write_bytes(encode_mask(mask))
    return folder


def test_first_and_last_frame_are_left_out(tmp_path):
    here, there = _mask((1, 5, 5)), _mask((1, 30, 40))
    gt = _write(tmp_path / "gt", [here, here, here, here])
    result = _write(tmp_path / "result", [there, here, there, there])
    (scores,) = evaluate_sequence(gt, result).objects
    assert scores.stems == ("00001", "00002")
    assert scores.j.tolist() == [1.0, 0.0]
    assert scores.f.tolist() == [1.0, 0.0]


def test_every_object_counts_the_same_in_the_overall_score(tmp_path):
    two, one = _mask((1, 5, 5), (2, 5, 40)), _mask((1, 5, 5))
    _write(tmp_path / "gt" / "pair", [two] * 3)
    _write(tmp_path / "gt" / "alone", [one] * 6)
    _write(tmp_path / "result" / "pair", [one] * 3)
    _write(tmp_path / "result" / "alone", [one] * 6)
    scores = evaluate(tmp_path / "gt", tmp_path / "result")
    assert scores.sequences == ("alone", "pair")
    assert [(o.sequence, o.object_id, o.j.mean()) for o in scores.objects] == [
        ("alone", 1, 1.0),
        ("pair", 1, 1.0),
        ("pair", 2, 0.0),
    ]
    assert scores.overall.j == pytest.approx(2 / 3)
    assert scores.overall.jf == pytest.approx(2 / 3)
    assert mean_of(scores.of("pair")).j == pytest.approx(0.5)


def test_objects_are_those_of_the_first_frame(tmp_path):
    gt = _write(tmp_path / "gt", [_mask((2, 5, 5)), *[_mask((2, 5, 5), (7, 30, 30))] * 3])
    result = _write(tmp_path / "result", [_mask((2, 5, 5), (9, 30, 5))] * 4)
    (scores,) = evaluate_sequence(gt, result).objects
    assert (scores.object_id, scores.j.tolist()) == (2, [1.0, 1.0])


def test_binary_masks_are_object_1(tmp_path):
    gt = _write(tmp_path / "gt", [_mask((255, 5, 5))] * 3)
    result = _write(tmp_path / "result", [_mask((1, 5, 5))] * 3)
    (scores,) = evaluate_sequence(gt, result).objects
    assert (scores.object_id, scores.j.tolist()) == (1, [1.0])


def test_void_is_ignored_and_never_taken_for_an_object(tmp_path):
    start = _mask((1, 5, 5), (2, 5, 40))
    only_void = _mask((255, 20, 20))
    gt = _write(tmp_path / "gt", [start, only_void, start])
    result = _write(tmp_path / "result", [start, _mask((1, 20, 20)), start])
    assert [o.j.tolist() for o in evaluate_sequence(gt, result).objects] == [[1.0], [1.0]]


def test_a_davis_folder_is_its_own_ground_truth(tmp_path):
    _write(tmp_path / "davis" / "Annotations" / "480p" / "bear", [_mask((1, 5, 5))] * 3)
    _write(tmp_path / "davis" / "Annotations" / "480p" / "swan", [_mask((1, 5, 5))] * 3)
    _write(tmp_path / "result" / "swan", [_mask((1, 5, 5))] * 3)
    assert evaluate(tmp_path / "davis", tmp_path / "result").sequences == ("swan",)


def test_two_folders_of_masks_are_one_sequence_whatever_their_names(tmp_path):
    gt = _write(tmp_path / "truth", [_mask((1, 5, 5))] * 3)
    result = _write(tmp_path / "guess", [_mask((1, 5, 5))] * 3)
    assert common_sequences(gt, result) == [(gt, result)]
    assert evaluate(gt, result).overall.jf == 1.0


def test_what_is_wrong_with_the_folders_is_named(tmp_path):
    gt, result = tmp_path / "gt", tmp_path / "result"
    square = _mask((1, 5, 5))
    with pytest.raises(FormatError, match="gt is not a folder"):
        evaluate(gt, result)
    _write(gt / "bear", [square] * 5)
    result.mkdir()
    with pytest.raises(FormatError, match="result holds no masks"):
        evaluate(gt, result)
    _write(result / "swan", [square] * 5)
    with pytest.raises(FormatError, match=r"\(bear\) and .* \(swan\) have no sequence in common"):
        evaluate(gt, result)
    with pytest.raises(FormatError, match="result holds no sequence bear: it has swan"):
        evaluate(gt, result, ["bear"])


def test_what_is_wrong_with_a_sequence_is_named(tmp_path):
    square = _mask((1, 5, 5))
    gt = _write(tmp_path / "gt", [square] * 5)
    with pytest.raises(FormatError, match=r"lacks 2 of 3 frames \(00002.png, 00003.png\)"):
        evaluate_sequence(gt, _write(tmp_path / "short", [square] * 2))
    with pytest.raises(FormatError, match=r"00001.png is 32 x 48, but the frames are 64 x 48"):
        evaluate_sequence(gt, _write(tmp_path / "narrow", [square[:, :32]] * 5))
    colour = _write(tmp_path / "colour", [square] * 5)
    Image.new("RGB", (64, 48)).save(colour / "00002.png")
    with pytest.raises(FormatError, match=r"00002.png is a colour image"):
        evaluate_sequence(gt, colour)
    with pytest.raises(FormatError, match="has 2 frames: a score needs three"):
        evaluate_sequence(_write(tmp_path / "tiny", [square] * 2), gt)
    with pytest.raises(FormatError, match=r"00000.png shows no object"):
        evaluate_sequence(_write(tmp_path / "blank", [_mask()] * 5), gt)
