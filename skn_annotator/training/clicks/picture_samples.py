"""Samples for the network of clicks: a crop of a picture round one object, and the prompt that begins.

The samples of picture number i of a run depend on the seed and i alone, so no random state needs saving.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from torch.utils.data import DataLoader, Dataset

from skn_annotator.arrays import Frame, Mask, Pixels
from skn_annotator.errors import FormatError, SknError
from skn_annotator.inference.prompts import Prompt
from skn_annotator.training.camera_effects import recolor
from skn_annotator.training.clicks.click_stage import ClickStage, CropConfig
from skn_annotator.training.clicks.occluders import Occluders
from skn_annotator.training.clicks.simulated_prompts import first_prompt
from skn_annotator.training.datasets.pictures import DamagedFileError, Picture
from skn_annotator.training.motion import similarity, warp
from skn_annotator.training.placement import target_of

_ATTEMPTS = 20
_PER_PICTURE = 2  # reading a picture costs as much as two crops


@dataclass(frozen=True)
class PictureSample:
    """image: RGB uint8 (S, S, 3); truth: bool (S, S), not empty; the prompt is in the crop's pixels."""

    image: Frame
    truth: Pixels
    prompt: Prompt


class Samples(NamedTuple):
    """A batch, and a sentence about each file that was wanted and could not be read."""

    samples: Sequence[PictureSample]
    damaged: Sequence[str]


class SampleDataset(Dataset[Samples | SknError]):
    """Pictures of the run by number, each with its samples."""

    def __init__(self, stage: ClickStage, root: Path) -> None:
        self.stage = stage
        self.datasets = [entry.open(root) for entry in stage.data]
        self.shares = _shares([entry.weight for entry in stage.data])
        sprites = _shares([entry.sprite_weight for entry in stage.data])
        self.occluders = Occluders(self.datasets, sprites, stage.occluders)
        self.pictures = -(-stage.batch // _PER_PICTURE)

    def __len__(self) -> int:
        return self.stage.steps * self.pictures

    def __getitem__(self, index: int) -> "Samples | SknError":
        """An error is returned, not raised: out of a worker process it would come as a traceback."""
        rng = np.random.default_rng((self.stage.seed, index))
        damaged: list[str] = []
        for _ in range(_ATTEMPTS):
            try:
                samples = self._samples(rng)
            except DamagedFileError as error:
                damaged.append(str(error))
                continue
            except SknError as error:
                return error
            if samples:
                return Samples(samples, damaged)
        return FormatError(f"{_ATTEMPTS} pictures in a row show no object: {'; '.join(damaged)}")

    def _samples(self, rng: np.random.Generator) -> list[PictureSample]:
        number = int(rng.choice(len(self.datasets), p=self.shares))
        dataset, entry = self.datasets[number], self.stage.data[number]
        index = int(rng.integers(len(dataset)))
        picture = dataset.read(index, int(rng.integers(dataset.length(index))))
        found = (self._sample(rng, picture, entry.whole) for _ in range(3 * _PER_PICTURE))
        return list(islice((sample for sample in found if sample is not None), _PER_PICTURE))

    def _sample(self, rng: np.random.Generator, picture: Picture, whole: float) -> PictureSample | None:
        """None if the object is too small, or most of it lies outside the crop."""
        truth = chosen_object(rng, picture.mask, whole)
        if truth is None:
            return None
        image, mask = crop_of(rng, picture.image, truth, self.stage.crop)
        if np.count_nonzero(mask) < self.stage.crop.least_area:
            return None
        if rng.random() < self.stage.occluders.probability:
            image, mask = self.occluders.paste(rng, image, mask)
        image = recolor(rng, image[None])[0]
        return PictureSample(image, mask, first_prompt(rng, mask, self.stage.prompt))


def _shares(weights: Sequence[float]) -> npt.NDArray[np.float64]:
    """Of each source; all 0 if none has a weight."""
    return np.array(weights, float) / (sum(weights) or 1)


def chosen_object(rng: np.random.Generator, ids: Mask, whole: float) -> Pixels | None:
    """One of the objects of `ids`, or all of them together in the share `whole` of cases; None: there is
    none."""
    areas = np.bincount(ids.ravel())
    areas[0] = 0
    present = np.flatnonzero(areas)
    if not len(present):
        return None
    if rng.random() < whole:
        return ids > 0
    share = np.sqrt(areas[present])  # small ones are many
    chosen: Pixels = ids == int(rng.choice(present, p=share / share.sum()))
    return chosen


def crop_of(
    rng: np.random.Generator, image: Frame, truth: Pixels, config: CropConfig
) -> tuple[Frame, Pixels]:
    """A square crop round the object, flipped, turned and scaled at random: image and mask."""
    rows, columns = np.flatnonzero(truth.any(1)), np.flatnonzero(truth.any(0))
    extent = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
    center = ((columns[0] + columns[-1] + 1) / 2, (rows[0] + rows[-1] + 1) / 2)
    share = float(rng.uniform(config.zoomed[0], config.zoomed[1]))
    if rng.random() >= config.zoom:
        share = float(np.exp(rng.uniform(np.log(config.smallest), np.log(config.zoomed[1]))))
    scale = float(min(share * config.side / extent, config.enlarged))
    scale = max(scale, config.side / (1.05 * max(truth.shape)))  # the program sees the whole picture at most
    share = extent * scale / config.side
    degrees = rng.normal(0, 10) if rng.random() < 0.5 else 0.0
    if share < config.zoomed[0]:
        target = target_of(rng, image.shape, center, scale, config.side)
    else:  # as the zoom of the program has it, up to what a user's box is off
        x, y = config.side * (0.5 + rng.uniform(-0.05, 0.05, 2))
        target = (float(x), float(y))
    pixels, inner = _shrunk(image, scale)
    matrix = similarity(center, target, scale, degrees)
    if rng.random() < 0.5:
        matrix = np.array([[-1, 0, config.side - 1], [0, 1, 0], [0, 0, 1]]) @ matrix
    soft = warp(truth.view(np.uint8) * np.uint8(255), matrix, config.side, border=cv2.BORDER_CONSTANT)
    matrix = matrix @ np.diag([1 / inner[0], 1 / inner[1], 1])
    return warp(pixels, matrix, config.side, border=cv2.BORDER_REPLICATE), soft > 127


def _shrunk(image: Frame, scale: float) -> tuple[Frame, tuple[float, float]]:
    """The image nearer to the size that `scale` gives it, and its own scale (x, y): a warp that shrinks much
    skips pixels."""
    if scale >= 0.7:
        return image, (1.0, 1.0)
    height, width = image.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    pixels = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    return pixels, (size[0] / width, size[1] / height)


def _together(items: list["Samples | SknError"]) -> "Samples | SknError":
    for item in items:
        if isinstance(item, SknError):
            return item
    parts = [item for item in items if isinstance(item, Samples)]
    return Samples(
        [sample for part in parts for sample in part.samples],
        [sentence for part in parts for sentence in part.damaged],
    )


def sample_batches(dataset: SampleDataset, start: int, workers: int) -> Iterator[Samples]:
    """The batches from step `start` on."""
    order = range(start * dataset.pictures, len(dataset))
    loader = DataLoader(dataset, dataset.pictures, sampler=order, num_workers=workers, collate_fn=_together)
    for batch in loader:
        if isinstance(batch, SknError):
            raise batch
        yield batch
