"""Samples show their object, in a square, and come again for the same number."""

import numpy as np
import pytest

from skn_annotator.errors import FormatError
from skn_annotator.training.clicks.click_stage import CropConfig
from skn_annotator.training.clicks.picture_samples import (
    SampleDataset,
    chosen_object,
    crop_of,
    sample_batches,
)
from skn_annotator.training.stage_files import read_stage


def test_a_sample_shows_its_object_and_begins_with_a_prompt(data_root, click_file):
    stage = read_stage(click_file)
    for batch, _ in zip(sample_batches(SampleDataset(stage, data_root), 0, 0), range(4), strict=False):
        assert len(batch.samples) == stage.batch
        for sample in batch.samples:
            assert sample.image.shape == (64, 64, 3)
            assert np.count_nonzero(sample.truth) >= stage.crop.least_area
            strongest = sample.image.max(2)
            assert strongest[sample.truth].mean() > strongest[~sample.truth].mean()  # objects are coloured


def test_the_same_number_gives_the_same_sample(data_root, click_file):
    dataset = SampleDataset(read_stage(click_file), data_root)
    first, again = dataset[3].samples, dataset[3].samples
    assert all(np.array_equal(a.image, b.image) for a, b in zip(first, again, strict=True))
    assert [a.prompt.clicks for a in first] == [b.prompt.clicks for b in again]


def test_a_file_that_is_damaged_is_named_and_another_takes_its_place(data_root, click_file):
    for broken in (data_root / "stills/images").iterdir():
        broken.write_bytes(broken.read_bytes()[:800])
    dataset = SampleDataset(read_stage(click_file), data_root)
    found = [dataset[i] for i in range(8)]
    assert all(len(each.samples) == 2 for each in found)
    assert any("is damaged" in sentence for each in found for sentence in each.damaged)


def test_pictures_without_objects_end_a_run_with_a_sentence(data_root, click_file):
    values = click_file.read_text().replace("side = 64", "side = 64\nleast_area = 100000")
    click_file.write_text(values)
    dataset = SampleDataset(read_stage(click_file), data_root)
    with pytest.raises(FormatError, match="show no object"):
        next(sample_batches(dataset, 0, 0))


def test_an_object_is_one_id_or_all_of_them_together():
    ids = np.zeros((40, 40), np.uint8)
    ids[5:15, 5:15], ids[20:35, 20:35] = 2, 7
    rng = np.random.default_rng(0)
    assert {np.count_nonzero(chosen_object(rng, ids, 0.0)) for _ in range(20)} == {100, 225}
    assert np.count_nonzero(chosen_object(rng, ids, 1.0)) == 325
    assert chosen_object(rng, np.zeros_like(ids), 0.5) is None


def test_a_zoomed_crop_holds_the_object_as_large_as_the_program_will_make_it():
    rng = np.random.default_rng(1)
    image = rng.integers(0, 255, (300, 400, 3), np.uint8)
    truth = np.zeros((300, 400), bool)
    truth[100:180, 150:210] = True
    config = CropConfig(side=128, zoom=1.0)
    for _ in range(20):
        _, mask = crop_of(rng, image, truth, config)
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        extent = max(np.ptp(rows), np.ptp(columns)) + 1
        assert 0.5 * 128 < extent <= 128
        assert abs(rows.mean() - 64) < 12
        assert abs(columns.mean() - 64) < 12
