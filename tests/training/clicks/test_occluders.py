"""Occluders cover a part of the object, or are the object."""

import numpy as np
import pytest

from skn_annotator.errors import FormatError
from skn_annotator.training.clicks.click_stage import OccluderConfig
from skn_annotator.training.clicks.occluders import Occluders
from skn_annotator.training.clicks.picture_samples import SampleDataset
from skn_annotator.training.datasets.pictures import Picture
from skn_annotator.training.stage_files import read_stage


class RedSquares:
    """One picture: a red square on black."""

    def __len__(self):
        return 1

    def length(self, index):
        return 1

    def read(self, index, frame):
        mask = np.zeros((60, 60), np.uint8)
        mask[20:40, 20:40] = 3
        return Picture(np.where(mask[..., None] > 0, np.uint8([250, 0, 0]), np.uint8(0)), mask)


def ground():
    image = np.zeros((96, 96, 3), np.uint8)
    truth = np.zeros((96, 96), bool)
    truth[20:76, 20:76] = True
    image[truth] = (0, 0, 250)
    return image, truth


def pasted(count, **config):
    occluders = Occluders([RedSquares()], np.ones(1), OccluderConfig(probability=1, **config))
    return [(*ground(), *occluders.paste(np.random.default_rng(i), *ground())) for i in range(count)]


def test_what_is_covered_does_not_belong_to_the_object_any_more():
    covered = 0
    for image, truth, now, left in pasted(30, taken=0.0):
        changed = (now != image).any(2)
        if (truth & ~left).any() and not (left & ~truth).any():
            covered += 1
            assert changed[truth & ~left].mean() > 0.95
            assert not changed[left].mean() > 0.3  # a soft edge at most
            assert np.count_nonzero(left) >= 0.4 * np.count_nonzero(truth)
    assert covered > 10


def test_what_is_pasted_may_be_the_object():
    found = [(image, now, left) for image, truth, now, left in pasted(30, taken=1.0) if left is not truth]
    taken = [(now, left) for image, now, left in found if (now != image).any()]
    assert len(taken) > 10
    for now, left in taken:
        red, blue = now[left].astype(int).mean(0)[[0, 2]]
        assert red > blue


def test_the_picture_that_was_given_stays_as_it_is():
    image, truth = ground()
    before = image.copy(), truth.copy()
    Occluders([RedSquares()], np.ones(1), OccluderConfig(probability=1)).paste(
        np.random.default_rng(1), image, truth
    )
    assert np.array_equal(image, before[0])
    assert np.array_equal(truth, before[1])


def test_a_stage_pastes_from_the_sources_that_have_a_weight_for_it(data_root, click_file):
    text = click_file.read_text()
    click_file.write_text(text.replace("[crop]", "[occluders]\nprobability = 1.0\n\n[crop]"))
    with pytest.raises(FormatError, match="sprite_weight"):
        read_stage(click_file)
    click_file.write_text(
        text.replace("[crop]", "[occluders]\nprobability = 1.0\n\n[crop]").replace(
            "[[data]]", "[[data]]\nsprite_weight = 1.0", 1
        )
    )
    covered, plain = SampleDataset(read_stage(click_file), data_root), None
    click_file.write_text(text)
    plain = SampleDataset(read_stage(click_file), data_root)
    pairs = [zip(covered[i].samples, plain[i].samples, strict=True) for i in range(6)]
    assert any(not np.array_equal(a.image, b.image) for pair in pairs for a, b in pair)
