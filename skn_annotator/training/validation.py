"""Validation while training: the J&F that the program would reach with the averaged weights.

Each sequence is propagated from its first mask by the program's own `Tracker`, and scored as DAVIS does
(Perazzi et al., CVPR 2016; the first and the last frame are left out, an object's score is the mean over its
frames, the result the mean over all objects). Objects that appear after the first frame are not followed.
"""

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, distributed

from skn_annotator.arrays import Frame, Mask
from skn_annotator.errors import FormatError
from skn_annotator.evaluation.metrics import boundary_f, jaccard
from skn_annotator.inference.augmentation import AugmentedTracker
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.network import SKN
from skn_annotator.training.datasets.kinds import DataSource
from skn_annotator.training.datasets.pictures import Dataset, Picture

_SHORTEST = 3
"""Frames that a sequence needs, as its ends are not scored."""


@dataclass(frozen=True, kw_only=True)
class ValidationConfig(DataSource):
    """What is validated on, and when."""

    kind: str = "sequences"
    every: int = 500
    """Steps between two validations; there is one after the last step, too."""
    size: int = 480
    """Short side of the frames inside the network."""
    frames: int = 0
    """Of each sequence at most, from the first on; 0: all."""


class Sample(NamedTuple):
    """A frame to look at: its number, the picture with the true mask, and the mask that was found."""

    t: int
    picture: Picture
    found: Mask


@dataclass(frozen=True)
class ValidationScores:
    """`j` and `f` of each sequence by name: means over its objects, in [0, 1]; `objects`: their number."""

    j: dict[str, float]
    f: dict[str, float]
    objects: dict[str, float]

    @property
    def row(self) -> dict[str, float]:
        """J&F, J and F over all objects, then the J&F of each sequence by its name."""
        total = sum(self.objects.values())
        j, f = (sum(part[name] * n for name, n in self.objects.items()) / total for part in (self.j, self.f))
        return {"jf": (j + f) / 2, "j": j, "f": f} | {
            name: (self.j[name] + self.f[name]) / 2 for name in self.j
        }


class Validation:
    """The sequences, and their scores with a network; under ``torchrun`` each process takes its share."""

    def __init__(self, config: ValidationConfig, root: Path, rank: int = 0, processes: int = 1) -> None:
        """Raises FormatError if no sequence has three frames or more and an object in its first."""
        self.config = config
        self.data = data = config.open(root)
        self.rank, self.processes = rank, processes
        long = [i for i in range(len(data)) if self._length(i) >= _SHORTEST]
        self.numbers = [i for i in long if data.read(i, 0).mask.any()]
        if not self.numbers:
            raise FormatError(
                f"{data.root} has nothing to validate on: no sequence of {_SHORTEST} frames or more shows an "
                "object in its first"
            )

    def _length(self, number: int) -> int:
        return min(self.data.length(number), self.config.frames or self.data.length(number))

    def due(self, done: int, steps: int) -> bool:
        """Whether to validate after `done` of `steps` steps."""
        return done % self.config.every == 0 or done == steps

    def scores(self, network: SKN, augmented: bool = False) -> tuple[ValidationScores, dict[str, Sample]]:
        """The scores over all sequences, and the middle frame of each that this process went through.

        `augmented`: with the mean over mirrored and enlarged frames. Neither changes the network nor draws
        random numbers.
        """
        network = copy.deepcopy(network).eval()
        kind = AugmentedTracker if augmented else Tracker
        tracker = kind(network, self.config.size)
        sums = torch.zeros(len(self.numbers), 3, dtype=torch.float64)  # J, F, objects
        samples = {}
        for place in range(self.rank, len(self.numbers), self.processes):
            number = self.numbers[place]
            j, f, sample = _score(tracker, self.data, number, self._length(number))
            sums[place] = torch.tensor((j.mean(), f.mean(), len(j)))
            samples[self.data.name(number)] = sample
        sums = self._together(sums, next(network.parameters()).device)
        names = [self.data.name(number) for number in self.numbers]
        columns = [dict(zip(names, column, strict=True)) for column in sums.T.tolist()]
        return ValidationScores(*columns), samples

    def _together(self, sums: Tensor, device: torch.device) -> Tensor:
        """Add up what the processes have found; each has zeros for the others' sequences."""
        if self.processes > 1:
            sums = sums.to(device)
            distributed.all_reduce(sums)
        return sums.cpu()


def _score(
    tracker: Tracker | AugmentedTracker, data: Dataset, number: int, length: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], Sample]:
    """J and F of each object of one sequence, float64 (O,), and its middle frame."""
    frames = _Frames(data, number, length)
    first = frames.picture(0).mask
    ids = [int(i) for i in np.unique(first) if i]
    j, f = np.zeros((2, len(ids), length - 2))
    for step in tracker.propagate(frames, {0: first}, cover(range(length - 1), decisions({0: first}))):
        picture = frames.picture(step.t)
        if step.t == length // 2:
            sample = Sample(step.t, picture, step.mask)
        if step.t > 0:
            pairs = [(picture.mask == i, step.mask == i) for i in ids]
            j[:, step.t - 1] = [jaccard(*pair) for pair in pairs]
            f[:, step.t - 1] = [boundary_f(*pair) for pair in pairs]
    return j.mean(1), f.mean(1), sample


class _Frames:
    """One sequence of a data set as the tracker wants it. The last picture is kept: mask and frame are one
    read."""

    def __init__(self, data: Dataset, number: int, length: int) -> None:
        self._data, self._number, self._length = data, number, length
        self._last: tuple[int, Picture] = (0, data.read(number, 0))
        height, width = self._last[1].mask.shape
        self.size = (height, width)

    def picture(self, t: int) -> Picture:
        """Frame `t` with its mask."""
        if self._last[0] != t:
            self._last = (t, self._data.read(self._number, t))
        return self._last[1]

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, t: int) -> Frame:
        return self.picture(t).image
