"""Training clips: T frames with masks, made from stills and sequences by motion, pasting and camera effects.

A clip is a base (a still under random motion, or frames of a sequence) with sprites pasted onto it: cut-outs
of another picture, or of the same object, a double that only its place tells apart (the case that the
spatial-constrain kernel is for). A sprite is another object to follow, or a distractor that belongs to the
background and may cover the object. Source of the three-frame clips: Oh et al., STM, Section 3.4.1; SKN,
Section 3; of the hidden patches: Seong et al., KMN, Section 3.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from skn_annotator.arrays import FrameStack, Mask, MaskStack, Matrix, Point, Regions
from skn_annotator.errors import FormatError
from skn_annotator.training.camera_effects import hide, recolor, record
from skn_annotator.training.crossing import cross
from skn_annotator.training.datasets.pictures import DamagedFileError, Dataset, Picture
from skn_annotator.training.motion import (
    MotionRange,
    random_bends,
    random_path,
    similarity,
    warp,
    without_mirror_images,
)
from skn_annotator.training.placement import center_of, focus_of, target_of, wanted_size
from skn_annotator.training.regions import mirrored, random_regions, region_matrix, whole_crop
from skn_annotator.training.sprites import Sprite, boxed, cut_out, matched, paste, shrunk

_ATTEMPTS = 12
_DAMAGED_IN_A_ROW = 20
_ENLARGED = 3.0  # a picture at most, for the sake of an object's wanted size


@dataclass(frozen=True)
class ClipConfig:
    """How clips are made. Probabilities are 0-1."""

    crop: int = 256
    length: int = 3
    objects: int = 2
    largest_gap: int = 5
    """Frames between two frames of a clip from a sequence, at most."""
    paste: float = 0.6
    sprites: int = 2
    """Pasted onto such a clip at most."""
    twin: float = 0.4
    """Of the pasted sprites, the share that repeats the clip's own object."""
    distractor: float = 0.5
    """Of the pasted sprites, the share that is not to be followed."""
    crossing: float = 0.0
    """Clips in which a double of an object passes it: see `crossing`."""
    doubles: int = 1
    """How often that is drawn: so many doubles there are at most."""
    crossing_speeds: Sequence[float] | None = None
    """The least and the largest way of a double from frame to frame, in sizes of the object; None: as far as
    it takes to pass it within the clip."""
    occluder: float = 0.0
    """Clips in which something covers an object from the second frame on (played backward: but the last)."""
    passing: float = 0.0
    """Clips in which something passes over an object, which comes back from behind it."""
    hide: float = 0.0
    """Clips of which random patches are hidden, from the second frame on."""
    short_side: int = 0
    """Pixels that the short side of a picture is brought to before the crop; 0: at random, 0.86-1.8 crops."""
    sizes: Sequence[float] | None = None
    """Instead of both: the least and the largest side (root of the area) that the object in focus, and each
    sprite, is brought to, in pixels of the crop, as far as the picture's size allows."""
    regions: float = 0.0
    """Clips whose frames are seen through regions that move and change size: see `regions`."""
    seamless: bool = False
    """Whether sprites take on the clip's colours and sharpness, and all of a frame goes through one
    camera."""
    motion: MotionRange = field(default_factory=MotionRange)


class Clip(NamedTuple):
    """frames: RGB uint8 (T, S, S, 3); masks: object ids uint8 (T, S, S), the first frame's objects 1, 2, ...

    regions: float32 (T, 3), see `regions`. damaged: a sentence about each file that was wanted and could not
    be read.
    """

    frames: FrameStack
    masks: MaskStack
    regions: Regions
    damaged: tuple[str, ...] = ()


class _Base(NamedTuple):
    """What sprites are pasted onto; `scale`: how often its pictures are enlarged."""

    frames: FrameStack
    masks: MaskStack
    regions: Regions
    scale: float


class ClipMaker:
    """Makes clips out of weighted data sets. All randomness comes from the generator that `make` is given."""

    def __init__(
        self,
        datasets: Sequence[Dataset],
        weights: Sequence[float],
        config: ClipConfig,
        largest_gaps: Sequence[int] | None = None,
        wholes: Sequence[float] | None = None,
        sprite_weights: Sequence[float] | None = None,
    ) -> None:
        """`largest_gaps`: of each data set, instead of the configuration's; `wholes`: of each the share of
        clips in which all ids are one object; `sprite_weights`: its share in the sprites, None: as in the
        clips."""
        self.datasets = datasets
        self.shares = np.asarray(weights, float) / sum(weights)
        chosen = weights if sprite_weights is None else sprite_weights
        self.sprite_shares = np.asarray(chosen, float) / sum(chosen)
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
        pictures = self._pictures(rng, progress, damaged, self.shares)
        chosen, free = _choose_objects(rng, pictures[0].mask, config.objects)
        pictures = [picture._replace(mask=chosen[picture.mask]) for picture in pictures]
        base = self._base(rng, pictures)
        frames, masks, regions = base.frames, base.masks, base.regions
        for _ in range(config.doubles):
            if config.crossing and rng.random() < config.crossing:
                free += self._cross(rng, frames, masks, free)
        if rng.random() < config.paste:
            for _ in range(_how_many(rng, config.sprites)):
                object_id = free if rng.random() > config.distractor and free <= config.objects else 0
                twin = rng.random() < config.twin
                others = pictures if twin else self._pictures(rng, progress, damaged, self.sprite_shares)
                sprite = self._sprite(rng, others, base, twin=twin)
                if sprite is not None:
                    paste(frames, masks, sprite, object_id)
                free += 1 if object_id else 0
        if config.occluder and rng.random() < config.occluder:
            others = self._pictures(rng, progress, damaged, self.sprite_shares)
            sprite = self._sprite(rng, others, base, focus_of(rng, masks[1]))
            if sprite is not None:
                paste(frames, masks, sprite, 0, first=1)
        if config.passing and rng.random() < config.passing:
            others = self._pictures(rng, progress, damaged, self.sprite_shares)
            sprite = self._sprite(rng, others, base, focus_of(rng, masks[0]))
            if sprite is not None:
                paste(frames, masks, _passing(rng, sprite, config.crop), 0, first=1)
        frames = recolor(rng, frames)
        if config.seamless:
            frames = record(rng, frames)
        if rng.random() < 0.5:
            frames, masks, regions = frames[:, :, ::-1], masks[:, :, ::-1], mirrored(regions)
        if len(pictures) > 1 and rng.random() < 0.5:
            frames, masks, regions = frames[::-1], masks[::-1], regions[::-1]
        if config.hide and rng.random() < config.hide:
            frames, masks = hide(rng, frames, masks)
        masks = _numbered(masks)
        return Clip(np.ascontiguousarray(frames), np.ascontiguousarray(masks), np.ascontiguousarray(regions))

    def _cross(
        self,
        rng: np.random.Generator,
        frames: FrameStack,
        masks: MaskStack,
        free: int,
    ) -> int:
        """Let a double of an object pass it; 1 if it took the id `free`, 0 if it is a distractor."""
        ids = [int(i) for i in np.unique(masks[0]) if i]
        if not ids:
            return 0
        followed = free <= self.config.objects and rng.random() > 0.3
        double = free if followed else 0
        done = cross(rng, frames, masks, int(rng.choice(ids)), double, self.config.crossing_speeds)
        return int(done and followed)

    def _pictures(
        self, rng: np.random.Generator, progress: float, damaged: list[str], shares: npt.NDArray[np.float64]
    ) -> list[Picture]:
        """One picture of a still, or `length` frames of a sequence in order; adds to `damaged`."""
        number = rng.choice(len(self.datasets), p=shares)
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
                pictures = [picture._replace(mask=np.minimum(picture.mask, 1)) for picture in pictures]
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

    def _base(self, rng: np.random.Generator, pictures: list[Picture]) -> _Base:
        """The base on the crop."""
        config = self.config
        still = len(pictures) == 1
        motion = config.motion if still else config.motion.scaled(0.15)
        focus = focus_of(rng, pictures[0].mask)
        scale = self._scale(rng, pictures[0].mask, focus)
        target = target_of(rng, pictures[0].mask.shape, focus, scale, config.crop)
        turn, shear = rng.uniform(-1, 1, 2) * (config.motion.rotation, config.motion.shear)
        first = similarity(focus, target, scale, turn, shear)
        path = random_path(rng, first, config.length, config.crop, motion, focus)
        bends = random_bends(rng, config.length, config.crop, config.motion) if still else None
        regions = whole_crop(config.length)
        if config.regions and rng.random() < config.regions:
            centers = [
                center_of(pictures[0 if still else t].mask, path[t], focus) for t in range(config.length)
            ]
            regions = random_regions(rng, np.array(centers) * 2 / config.crop - 1)
            path = self._seen(path, regions)
        frames, masks = [], []
        for t in range(config.length):
            picture = pictures[0 if still else t]
            bend = None if bends is None else bends[t]
            frames.append(warp(picture.image, path[t], config.crop, bend))
            mask = warp(picture.mask, path[t], config.crop, bend, nearest=True)
            masks.append(
                without_mirror_images(mask, path[t], picture.mask.shape) if config.seamless else mask
            )
        return _Base(np.stack(frames), np.stack(masks), regions, scale)

    def _seen(self, path: list[Matrix], regions: Regions) -> list[Matrix]:
        """A path on the clip's own crop as its regions show it."""
        return [
            region_matrix(region, self.config.crop) @ step for region, step in zip(regions, path, strict=True)
        ]

    def _scale(self, rng: np.random.Generator, mask: Mask, focus: Point) -> float:
        """How often the base's pictures are enlarged."""
        config = self.config
        filled = config.crop / min(mask.shape)
        spread = np.exp(rng.uniform(-0.15, 0.6))
        if config.short_side:
            return float(config.short_side / min(mask.shape))
        size = np.sqrt(np.count_nonzero(mask == mask[int(focus[1]), int(focus[0])]))
        if config.sizes is None or not mask.any():
            return float(filled * spread)
        wanted = wanted_size(rng, config.sizes, 0.9 * config.crop)
        return float(np.clip(wanted / size, 0.86 * filled, max(_ENLARGED, 1.8 * filled)))

    def _sprite(
        self,
        rng: np.random.Generator,
        pictures: list[Picture],
        base: _Base,
        place: Point | None = None,
        twin: bool = False,
    ) -> Sprite | None:
        """Cut one object out of `pictures` and give it a motion of its own; None if there is none.

        It starts at `place` (x, y) of the crop, None: anywhere. A `twin` keeps its colours: they are the
        clip's.
        """
        config = self.config
        ids = [i for i in np.unique(pictures[0].mask) if i]
        if not ids:
            return None
        object_id = rng.choice(ids)
        cut = [cut_out(picture, object_id) for picture in pictures]
        rows, columns = np.nonzero(cut[0].mask)
        if len(rows) < 100:
            return None
        x, y = float(columns.mean()), float(rows.mean())
        if config.sizes is None:
            wanted = rng.uniform(0.12, 0.5) * config.crop
        else:
            wanted = wanted_size(rng, config.sizes, 0.6 * config.crop)
        scale = min(wanted / np.sqrt(len(rows)), 3 * config.crop / min(cut[0].mask.shape))
        place = place or tuple(rng.uniform(0.1, 0.9, 2) * config.crop)
        turn = rng.uniform(-20, 20)
        first = similarity((x, y), (float(place[0]), float(place[1])), float(scale), float(turn))
        if rng.random() < 0.5:
            first = first @ similarity((x, y), (x, y), 1.0) @ _mirror(x)
        path = random_path(rng, first, config.length, config.crop, config.motion, (x, y))
        cut, back = boxed(cut)
        path = [step @ back for step in path]
        sprite = Sprite(cut, path, random_bends(rng, config.length, config.crop, config.motion))
        if not config.seamless:
            return sprite
        if not twin:
            sprite = matched(rng, sprite, base.frames[0], base.scale)
        smaller, back = shrunk(sprite.pictures, float(scale))
        path = self._seen([step @ back for step in sprite.path], base.regions)
        return sprite._replace(pictures=smaller, path=path)


def _numbered(masks: MaskStack) -> MaskStack:
    """The objects of the first frame as 1, 2, ..; those that come later are background: nobody can know of
    them."""
    table = np.zeros(256, np.uint8)
    ids = [i for i in np.unique(masks[0]) if i]
    table[ids] = np.arange(1, len(ids) + 1)
    return table[masks]


def _mirror(x: float) -> Matrix:
    """Left and right swapped around the column `x`."""
    return np.array([[-1, 0, 2 * x], [0, 1, 0], [0, 0, 1]], float)


def _choose_objects(rng: np.random.Generator, mask: Mask, most: int) -> tuple[npt.NDArray[np.uint8], int]:
    """A table old id -> new id (0: background) for the objects to follow, and the next free id."""
    table = np.zeros(256, np.uint8)
    ids, counts = np.unique(mask, return_counts=True)
    share = counts / mask.size
    fair = [int(i) for i, s in zip(ids, share, strict=True) if i and 0.002 < s < 0.6]
    rng.shuffle(fair)
    wanted = 1 if rng.random() < 0.5 else most if most < 3 else int(rng.integers(2, most + 1))
    for new, old in enumerate(fair[:wanted], 1):
        table[old] = new
    return table, len(fair[:wanted]) + 1


def _how_many(rng: np.random.Generator, most: int) -> int:
    """A number of sprites: one in 70 per cent of the clips where there may be two, else any number."""
    if most < 3:
        return 1 if rng.random() < 0.7 else most
    return int(rng.integers(1, most + 1))


def _passing(rng: np.random.Generator, sprite: Sprite, crop: int) -> Sprite:
    """The sprite comes from one side and leaves by the other, over the place where it was to start, in
    mid-clip; slow ones show what they covered bit by bit."""
    length = len(sprite.path)
    angle = rng.uniform(0, 2 * np.pi)
    stride = np.exp(rng.uniform(np.log(0.06), np.log(0.5))) * crop * np.array([np.cos(angle), np.sin(angle)])
    middle = rng.uniform(1, max(1, length - 2))
    moved = []
    for t, place in enumerate(sprite.path):
        shift = np.eye(3)
        shift[:2, 2] = stride * (t - middle)
        moved.append(shift @ place)
    return sprite._replace(path=moved)
