"""Occluders: cut-outs that are pasted in front of the object of a sample, or become its object.

What a box or a click means depends on what stands before what: a chair before a person, a cat in a basket.
Stills seldom show it, and their masks tell it even less often.
"""

import numpy as np
import numpy.typing as npt

from skn_annotator.arrays import Frame, Pixels
from skn_annotator.training.clicks.click_stage import OccluderConfig
from skn_annotator.training.datasets.pictures import Dataset, Picture
from skn_annotator.training.motion import similarity
from skn_annotator.training.sprites import Sprite, boxed, cut_out, matched, paste, shrunk

_LEAST_AREA = 100  # pixels of a cut-out in its picture


class Occluders:
    """Pastes objects of `datasets`, which are chosen with the probabilities `shares`."""

    def __init__(
        self, datasets: list[Dataset], shares: npt.NDArray[np.float64], config: OccluderConfig
    ) -> None:
        self.datasets, self.shares, self.config = datasets, shares, config

    def paste(self, rng: np.random.Generator, image: Frame, truth: Pixels) -> tuple[Frame, Pixels]:
        """`image`, RGB (S, S, 3), with something pasted over the object `truth`, bool (S, S), and what is the
        object then: what is left of it, or what was pasted.

        They stay as they are where too little would be seen. Raises DamagedFileError.
        """
        sprite = self._sprite(rng, image, truth)
        if sprite is None:
            return image, truth
        frames, masks = image[None].copy(), truth[None].astype(np.uint8)
        paste(frames, masks, sprite, 2)
        pasted = masks[0] == 2
        rest = masks[0] == 1
        seen = np.count_nonzero(rest) / np.count_nonzero(truth)
        if not pasted.any() or seen < self.config.least_seen:
            return image, truth
        takes = seen == 1 or rng.random() < self.config.taken
        return frames[0], pasted if takes else rest

    def _sprite(self, rng: np.random.Generator, image: Frame, truth: Pixels) -> Sprite | None:
        """One that begins near the object's edge."""
        picture = self._picture(rng)
        ids = [each for each in np.unique(picture.mask) if each]
        if not ids:
            return None
        cut, _ = boxed([cut_out(picture, int(rng.choice(ids)))])
        rows, columns = np.nonzero(cut[0].mask)
        if len(rows) < _LEAST_AREA:
            return None
        x, y = float(columns.mean()), float(rows.mean())
        extent = np.sqrt(np.count_nonzero(truth))
        scale = float(rng.uniform(self.config.sizes[0], self.config.sizes[1]) * extent / np.sqrt(len(rows)))
        places = np.argwhere(truth)
        row, column = places[int(rng.integers(len(places)))] + rng.normal(0, 0.3 * extent, 2)
        place = similarity((x, y), (float(column), float(row)), scale, float(rng.normal(0, 12)))
        if rng.random() < 0.5:
            place = place @ np.array([[-1, 0, 2 * x], [0, 1, 0], [0, 0, 1]])
        bends = np.zeros((1, 4, 4, 2), np.float32)
        sprite = matched(rng, Sprite(cut, [place], bends), image, 1.0)
        smaller, back = shrunk(sprite.pictures, scale)
        return sprite._replace(pictures=smaller, path=[place @ back])

    def _picture(self, rng: np.random.Generator) -> Picture:
        dataset = self.datasets[int(rng.choice(len(self.datasets), p=self.shares))]
        index = int(rng.integers(len(dataset)))
        return dataset.read(index, int(rng.integers(dataset.length(index))))
