"""Settings of one training stage, read from a TOML file.

Example::

    network = "compact"
    steps = 2000
    batch = 4
    learning_rate = 4e-4

    [clip]
    crop = 256
    length = 3

    [[data]]
    kind = "stills"          # images/NAME.jpg with masks/NAME.png
    path = "static/bsds"     # below --data
    weight = 1.0

    [[data]]
    kind = "sequences"       # JPEGImages/SEQ/NAME.jpg with Annotations/SEQ/NAME.png
    path = "davis2016-train"
    weight = 4.0

    [validation]             # optional, as are [adversarial] and [reader]
    kind = "sequences"
    path = "davis2016-dev"
    every = 500

Unknown names are errors. The defaults below are those of the bundled checkpoint.
"""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from skn_annotator.errors import FormatError
from skn_annotator.files import read_file
from skn_annotator.model.reader import ReaderConfig
from skn_annotator.training.adversarial import AdversarialConfig
from skn_annotator.training.clips import ClipConfig
from skn_annotator.training.datasets.kinds import KINDS, DataSource
from skn_annotator.training.motion import MotionRange
from skn_annotator.training.validation import ValidationConfig

T = TypeVar("T")

_CELL = 16
"""The network's stride: the crop consists of whole cells."""


@dataclass(frozen=True, kw_only=True)
class DataConfig(DataSource):
    """A data set to train on."""

    weight: float = 1.0
    """Its share in the clips, against the others'."""
    sprite_weight: float | None = None
    """Its share in what is pasted onto clips; None: as `weight`. With a weight of 0 it is for that alone."""
    largest_gap: int | None = None
    """Instead of the clip's: a set with every fifth frame needs smaller gaps than one with all."""
    whole: float = 0.0
    """The share of clips in which all ids of a picture are one object: a person instead of a shirt."""


@dataclass(frozen=True)
class TrainConfig:
    """One stage of training."""

    data: tuple[DataConfig, ...]
    clip: ClipConfig = field(default_factory=ClipConfig)
    adversarial: AdversarialConfig = field(default_factory=AdversarialConfig)
    validation: ValidationConfig | None = None
    network: str = "compact"
    reader: ReaderConfig | None = None
    """Instead of the network's own: ``spatial_constrain = false`` is KMN's, with ``sigma_g = inf`` STM's."""
    steps: int = 2000
    batch: int = 4
    learning_rate: float = 4e-4
    trunk_rate: float = 0.25
    """The backbone's learning rate over the rest's."""
    final_rate: float = 0.02
    """Where the cosine ends, over `learning_rate`."""
    warmup: int = 100
    weight_decay: float = 1e-3
    clip_gradient: float = 5.0
    bootstrap_start: int = 500
    bootstrap_end: int = 1500
    bootstrap_share: float = 0.25
    gap_steps: int = 1000
    """Steps over which the gap between frames grows from 1 to the clip's largest (the curriculum of gaps)."""
    ema: float = 0.999
    save_every: int = 200
    seed: int = 0


def read_config(path: Path) -> TrainConfig:
    """Read a stage. Raises FormatError that names the file and what is wrong with it."""
    try:
        values = tomllib.loads(read_file(path).decode("utf-8"))
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # ValueError: not TOML, not UTF-8, a number of 5,000 digits
        raise FormatError(f"{path} is not TOML: {error}") from error
    try:
        config = _config(values)
    except (TypeError, FormatError) as error:
        raise FormatError(f"{path}: {error}") from error
    return config


def _config(values: dict[str, Any]) -> TrainConfig:
    """Raises TypeError or FormatError about what is wrong."""
    parts: dict[str, Any] = {"data": tuple(_make(DataConfig, entry) for entry in values.pop("data", ()))}
    clip = dict(values.pop("clip", {}))
    motion = _make(MotionRange, clip.pop("motion", {}))
    parts["clip"] = _make(ClipConfig, {**clip, "motion": motion})
    parts["adversarial"] = _make(AdversarialConfig, values.pop("adversarial", {}))
    if "reader" in values:
        parts["reader"] = _make(ReaderConfig, values.pop("reader"))
    if "validation" in values:
        parts["validation"] = _make(ValidationConfig, values.pop("validation"))
    config = _make(TrainConfig, {**values, **parts})
    if not config.data:
        raise FormatError(f"needs [[data]] entries whose kind is one of: {', '.join(KINDS)}")
    for source in (*config.data, *((config.validation,) if config.validation else ())):
        source.check()
    if config.clip.crop % _CELL:
        raise FormatError(f"crop is {config.clip.crop}, but must be a multiple of {_CELL}")
    return config


def _make(cls: type[T], values: dict[str, Any]) -> T:
    known = {item.name for item in fields(cls)}  # type: ignore[arg-type]
    unknown = sorted(values.keys() - known)
    if unknown:
        raise TypeError(f"unknown setting {unknown[0]!r}; known are: {', '.join(sorted(known))}")
    return cls(**values)
