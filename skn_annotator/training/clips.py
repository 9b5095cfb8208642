"""Training clips: T frames with masks, made from stills and sequences by moving, pasting and recolouring.

A clip is a base layer (a still under random motion, or frames of a sequence) with up to two sprites pasted
onto it: cut-outs of another picture, or of the same object, a twin that only its place tells apart (the case
that the spatial-constrain kernel is for). A sprite is a second object to follow, or a distractor that belongs
to the background and may cover the object. Source of the three-frame clips: Oh et al., STM, Section 3.4.1;
SKN, Section 3; of the hidden patches: Seong et al., KMN, Section 3.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from skn_annotator.errors import FormatError
from skn_annotator.training.crossing import cross
from skn_annotator.training.datasets.pictures import DamagedFileError, Dataset, Picture
from skn_annotator.training.motion import Matrix, MotionRange, random_bends, random_path, similarity, warp

_ATTEMPTS = 12
_DAMAGED_IN_A_ROW = 20
_HIDE_GRIDS = (4, 6, 8, 12)
_HIDDEN_SHARE = 0.25


@dataclass(frozen=True)
class ClipConfig:
    """How clips are made. Probabilities are 0-1."""

    crop: int = 256
    length: int = 3
    objects: int = 2
    largest_gap: int = 5
    """Frames between two frames of a clip from a sequence, at most."""
    paste: float = 0.6
    twin: float = 0.4
    """Of the pasted sprites, the share that repeats the clip's own object."""
    distractor: float = 0.5
    """Of the pasted sprites, the share that is not to be followed."""
    crossing: float = 0.0
    """Clips in which a double of the object passes it: see `crossing`."""
    occluder: float = 0.0
    """Clips in which something covers an object from the second frame on (played backward: but the last)."""
    hide: float = 0.0
    """Clips of which random patches are hidden, from the second frame on."""
    short_side: int = 0
    """Pixels that the short side of a picture is brought to before the crop; 0: at random, 0.86-1.8 crops."""
    motion: MotionRange = field(default_factory=MotionRange)


class Clip(NamedTuple):
    """frames: RGB uint8 (T, S, S, 3); masks: object ids uint8 (T, S, S), ids 1..objects.

    damaged: a sentence about each file that was wanted and could not be read.
    """

    frames: npt.NDArray[np.uint8]
    masks: npt.NDArray[np.uint8]
    damaged: tuple[str, ...] = ()


class _Sprite(NamedTuple):
    """A cut-out per frame: RGB, its mask (0/1), and the placements on the crop."""

    pictures: list[Picture]
    path: list[Matrix]
    bends: npt.NDArray[np.float32]


class ClipMaker:
    """Makes clips out of weighted data sets. All randomness comes from the generator that `make` is given."""

    def __init__(
        self,
        datasets: Sequence[Dataset],
        weights: Sequence[float],
        config: ClipConfig,
        largest_gaps: Sequence[int] | None = None,
        wholes: Sequence[float] | None = None,
    ) -> None:
        """`largest_gaps`: of each data set, instead of the configuration's; `wholes`: of each the share of
        clips in which all ids are one object."""
        self.datasets = datasets
        self.shares = np.asarray(weights, float) / sum(weights)
        self.config = config
        self.largest_gaps = largest_gaps or [config.largest_gap] * len(datasets)
        self.wholes = wholes or [0.0] * len(datasets)

    def make(self, rng: np.random.Generator, progress: float = 1.0) -> Clip:
        """One clip whose first frame shows an object; at `progress` 0 all gaps are 1, at 1 up to the largest.

        A sequence with a damaged file is replaced by the next one, so that the clip depends on nothing but
        `rng` and the files. Raises FormatError if many in a row are damaged.
        """
        damaged: list[str] = []
        for _ in range(_ATTEMPTS):
            clip = self._attempt(rng, progress, damaged)
            enough = 4e-4 * self.config.crop**2
            if np.count_nonzero(clip.masks[0]) > enough:
                break
        return clip._replace(damaged=tuple(damaged))

    def _attempt(self, rng: np.random.Generator, progress: float, damaged: list[str]) -> Clip:
        config = self.config
        pictures = self._pictures(rng, progress, damaged)
        chosen, free = _choose_objects(rng, pictures[0].mask, config.objects)
        pictures = [Picture(p.image, chosen[p.mask]) for p in pictures]
        frames, masks = self._base(rng, pictures)
        if config.crossing and rng.random() < config.crossing:
            free += self._cross(rng, frames, masks, free)
        if rng.random() < config.paste:
            for _ in range(1 if rng.random() < 0.7 else 2):
                object_id = free if rng.random() > config.distractor and free <= config.objects else 0
                free += 1 if object_id else 0
                twin = rng.random() < config.twin
                sprite = self._sprite(rng, pictures if twin else self._pictures(rng, progress, damaged))
                if sprite is not None:
                    _paste(frames, masks, sprite, object_id)
        if config.occluder and rng.random() < config.occluder:
            sprite = self._sprite(rng, self._pictures(rng, progress, damaged), _focus(rng, masks[1]))
            if sprite is not None:
                _paste(frames, masks, sprite, 0, first=1)
        frames = _recolor(rng, frames)
        if rng.random() < 0.5:
            frames, masks = frames[:, :, ::-1], masks[:, :, ::-1]
        if len(pictures) > 1 and rng.random() < 0.5:
            frames, masks = frames[::-1], masks[::-1]
        if config.hide and rng.random() < config.hide:
            frames, masks = _hide(rng, frames, masks)
        masks = np.where(np.isin(masks, masks[0]), masks, np.uint8(0))  # what comes later nobody can know
        return Clip(np.ascontiguousarray(frames), np.ascontiguousarray(masks))

    def _cross(
        self,
        rng: np.random.Generator,
        frames: npt.NDArray[np.uint8],
        masks: npt.NDArray[np.uint8],
        free: int,
    ) -> int:
        """Let a double of an object pass it; 1 if it took the id `free`, 0 if it is a distractor."""
        ids = [int(i) for i in np.unique(masks[0]) if i]
        if not ids:
            return 0
        followed = free <= self.config.objects and rng.random() > 0.3
        done = cross(rng, frames, masks, int(rng.choice(ids)), free if followed else 0)
        return int(done and followed)

    def _pictures(self, rng: np.random.Generator, progress: float, damaged: list[str]) -> list[Picture]:
        """One picture of a still, or `length` frames of a sequence in order; adds to `damaged`."""
        number = rng.choice(len(self.datasets), p=self.shares)
        data = self.datasets[number]
        largest_gap = 1 + round(progress * (self.largest_gaps[number] - 1))
        index = int(rng.integers(len(data)))
        for offset in range(_DAMAGED_IN_A_ROW):
            sequence = (index + offset) % len(data)
            times = self._times(rng, data.length(sequence), largest_gap)
            try:
                pictures = [data.read(sequence, t) for t in times]
            except DamagedFileError as error:
                damaged.append(str(error))
                continue
            if self.wholes[number] and rng.random() < self.wholes[number]:
                pictures = [Picture(p.image, np.minimum(p.mask, 1)) for p in pictures]
            return pictures
        raise FormatError(
            f"{data.root}: {_DAMAGED_IN_A_ROW} files in a row cannot be used, such as: {damaged[-1]}"
        )

    def _times(self, rng: np.random.Generator, length: int, largest_gap: int) -> list[int]:
        """The frames of a clip from a sequence of `length` frames."""
        if length == 1:
            return [0]
        gaps = rng.integers(1, largest_gap + 1, self.config.length - 1)
        times = np.concatenate(([0], np.cumsum(gaps)))
        if times[-1] >= length:
            times = np.linspace(0, length - 1, self.config.length).round().astype(int)
        return [int(t) for t in times + rng.integers(0, length - times[-1])]

    def _base(
        self, rng: np.random.Generator, pictures: list[Picture]
    ) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
        """The base layer on the crop: frames (T, S, S, 3) and masks (T, S, S)."""
        config = self.config
        still = len(pictures) == 1
        motion = config.motion if still else config.motion.scaled(0.15)
        height, width = pictures[0].mask.shape
        x, y = _focus(rng, pictures[0].mask)
        spread = float(np.exp(rng.uniform(-0.15, 0.6)))
        scale = (
            config.short_side / min(height, width)
            if config.short_side
            else config.crop / min(height, width) * spread
        )
        middle = config.crop / 2
        offset = rng.uniform(-0.25, 0.25, 2) * config.crop
        # the crop stays on the picture where that is possible
        reach_x, reach_y = max(width * scale / 2 - middle, 0), max(height * scale / 2 - middle, 0)
        target_x = np.clip(
            middle + offset[0],
            (x - width / 2) * scale + middle - reach_x,
            (x - width / 2) * scale + middle + reach_x,
        )
        target_y = np.clip(
            middle + offset[1],
            (y - height / 2) * scale + middle - reach_y,
            (y - height / 2) * scale + middle + reach_y,
        )
        turn, shear = rng.uniform(-1, 1, 2) * (config.motion.rotation, config.motion.shear)
        first = similarity((x, y), (float(target_x), float(target_y)), scale, turn, shear)
        path = random_path(rng, first, config.length, config.crop, motion, (x, y))
        bends = random_bends(rng, config.length, config.crop, config.motion) if still else None
        frames, masks = [], []
        for t in range(config.length):
            picture = pictures[0 if still else t]
            bend = None if bends is None else bends[t]
            frames.append(warp(picture.image, path[t], config.crop, bend))
            masks.append(warp(picture.mask, path[t], config.crop, bend, nearest=True))
        return np.stack(frames), np.stack(masks)

    def _sprite(
        self, rng: np.random.Generator, pictures: list[Picture], place: tuple[float, float] | None = None
    ) -> _Sprite | None:
        """Cut one object out of `pictures` and give it a motion of its own; None if there is none.

        It starts at `place` (x, y) of the crop, None: anywhere.
        """
        config = self.config
        ids = [i for i in np.unique(pictures[0].mask) if i]
        if not ids:
            return None
        object_id = rng.choice(ids)
        cut = [Picture(p.image, (p.mask == object_id).astype(np.uint8)) for p in pictures]
        rows, columns = np.nonzero(cut[0].mask)
        if len(rows) < 100:
            return None
        x, y = float(columns.mean()), float(rows.mean())
        wanted = rng.uniform(0.12, 0.5) * config.crop
        scale = min(wanted / np.sqrt(len(rows)), 3 * config.crop / min(cut[0].mask.shape))
        place = place or tuple(rng.uniform(0.1, 0.9, 2) * config.crop)
        turn = rng.uniform(-20, 20)
        first = similarity((x, y), (float(place[0]), float(place[1])), float(scale), float(turn))
        if rng.random() < 0.5:
            first = first @ similarity((x, y), (x, y), 1.0) @ _mirror(x)
        path = random_path(rng, first, config.length, config.crop, config.motion, (x, y))
        return _Sprite(cut, path, random_bends(rng, config.length, config.crop, config.motion))


def _mirror(x: float) -> Matrix:
    """Left and right swapped around the column `x`."""
    return np.array([[-1, 0, 2 * x], [0, 1, 0], [0, 0, 1]], float)


def _choose_objects(
    rng: np.random.Generator, mask: npt.NDArray[np.uint8], most: int
) -> tuple[npt.NDArray[np.uint8], int]:
    """A table old id -> new id (0: background) for the objects to follow, and the next free id."""
    table = np.zeros(256, np.uint8)
    ids, counts = np.unique(mask, return_counts=True)
    share = counts / mask.size
    fair = [int(i) for i, s in zip(ids, share, strict=True) if i and 0.002 < s < 0.6]
    rng.shuffle(fair)
    wanted = 1 if rng.random() < 0.5 else most
    for new, old in enumerate(fair[:wanted], 1):
        table[old] = new
    return table, len(fair[:wanted]) + 1


def _focus(rng: np.random.Generator, mask: npt.NDArray[np.uint8]) -> tuple[float, float]:
    """A pixel (x, y) of an object, or any pixel where there is none."""
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return float(rng.uniform(0, mask.shape[1])), float(rng.uniform(0, mask.shape[0]))
    index = int(rng.integers(len(rows)))
    return float(columns[index]), float(rows[index])


def _paste(
    frames: npt.NDArray[np.uint8],
    masks: npt.NDArray[np.uint8],
    sprite: _Sprite,
    object_id: int,
    first: int = 0,
) -> None:
    """Draw the sprite over the frames from `first` on, in place, with soft edges; its pixels become
    `object_id`."""
    crop = frames.shape[1]
    for t in range(first, len(frames)):
        picture = sprite.pictures[t if len(sprite.pictures) > 1 else 0]
        image = warp(picture.image, sprite.path[t], crop, sprite.bends[t])
        alpha = warp(
            picture.mask * np.uint8(255), sprite.path[t], crop, sprite.bends[t], border=cv2.BORDER_CONSTANT
        )
        soft = cv2.GaussianBlur(alpha, (3, 3), 0).astype(np.float32)[..., None] / 255
        frames[t] = (frames[t] * (1 - soft) + image * soft).astype(np.uint8)
        masks[t][alpha > 127] = object_id


def _recolor(rng: np.random.Generator, frames: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Brightness, contrast, saturation and tint of the clip, and a little per frame; rarely grey."""
    gain = 1 + rng.uniform(-0.25, 0.25) + rng.uniform(-0.06, 0.06, (len(frames), 1, 1, 1))
    tint = 1 + rng.uniform(-0.08, 0.08, (1, 1, 1, 3)) + rng.uniform(-0.02, 0.02, (len(frames), 1, 1, 3))
    bias = rng.uniform(-20, 20) + rng.uniform(-6, 6, (len(frames), 1, 1, 1))
    saturation = np.float32(0 if rng.random() < 0.03 else rng.uniform(0.6, 1.3))
    colors = frames.astype(np.float32)
    grey = colors.mean(-1, keepdims=True)
    colors = grey + (colors - grey) * saturation
    middle = np.float32(colors.mean())
    colors = (
        (colors - middle) * gain.astype(np.float32) * tint.astype(np.float32)
        + middle
        + bias.astype(np.float32)
    )
    recolored: npt.NDArray[np.uint8] = np.clip(colors, 0, 255).astype(np.uint8)
    return recolored


def _hide(
    rng: np.random.Generator, frames: npt.NDArray[np.uint8], masks: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Hide-and-seek: patches of a random grid take the clip's mean colour, and hide what lies there.

    The first frame stays whole: it shows what is to be followed [choice]. Returns new arrays.
    """
    crop = frames.shape[1]
    frames, masks = frames.copy(), masks.copy()
    mean = frames.mean((0, 1, 2)).astype(np.uint8)
    for t in range(1, len(frames)):
        cells = int(rng.choice(_HIDE_GRIDS))
        grid = (rng.random((cells, cells)) < _HIDDEN_SHARE).astype(np.uint8)
        hidden = cv2.resize(grid, (crop, crop), interpolation=cv2.INTER_NEAREST) > 0
        frames[t][hidden] = mean
        masks[t][hidden] = 0
    return frames, masks
