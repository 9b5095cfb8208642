"""Settings of a stage that trains a propagation network on clips, read from a TOML file.

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

Unknown names are errors.
"""

from dataclasses import dataclass, field
from typing import Any

from skn_annotator.errors import FormatError
from skn_annotator.model.network import PRESETS, STRIDE
from skn_annotator.model.reader import ReaderConfig
from skn_annotator.training.adversarial import AdversarialConfig
from skn_annotator.training.clips import ClipConfig
from skn_annotator.training.datasets.kinds import KINDS, DataSource
from skn_annotator.training.motion import MotionRange
from skn_annotator.training.stage import StageConfig, check_counts, filled, table, tables
from skn_annotator.training.validation import ValidationConfig


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


@dataclass(frozen=True, kw_only=True)
class TrainConfig(StageConfig):
    """One stage of training the propagation network on clips."""

    data: tuple[DataConfig, ...]
    clip: ClipConfig = field(default_factory=ClipConfig)
    adversarial: AdversarialConfig = field(default_factory=AdversarialConfig)
    validation: ValidationConfig | None = None
    network: str = "compact"
    reader: ReaderConfig | None = None
    """Instead of the network's own: ``spatial_constrain = false`` is KMN's, with ``sigma_g = inf`` STM's."""
    bootstrap_start: int = 500
    bootstrap_end: int = 1500
    bootstrap_share: float = 0.25
    burn_in: int = 0
    """Frames of a clip, from the third on, that are followed without gradients and that no loss is taken of:
    the frames after them are learned from the mistakes that they leave."""
    teacher_forcing: float = 0.0
    """The share (0-1) of the clips of several objects in which the true masks are told after each frame, as
    last masks and for the memory: so that look-alikes are known by their places."""
    matching: float = 0.0
    """Weight of the loss of the matching alone, beside that of the masks: keys learn from it which object a
    cell shows, where the decoder would do with the last masks."""
    key_scale: float = 1.0
    """What the keys of the weights that the stage starts from are multiplied by: where they have grown so
    unlike that each cell reads a single one, hardly anything tells them how to become better."""
    gap_steps: int = 1000
    """Steps over which the gap between frames grows from 1 to the clip's largest (the curriculum of gaps)."""


def clip_stage(values: dict[str, Any]) -> TrainConfig:
    """The stage of a file's `values`. Raises TypeError, ValueError or FormatError about what is wrong."""
    parts: dict[str, Any] = {
        "data": tuple(filled(DataConfig, each) for each in tables(values.pop("data", [])))
    }
    clip = table(values.pop("clip", {}))
    motion = filled(MotionRange, clip.pop("motion", {}))
    parts["clip"] = filled(ClipConfig, {**clip, "motion": motion})
    parts["adversarial"] = filled(AdversarialConfig, values.pop("adversarial", {}))
    if "reader" in values:
        parts["reader"] = filled(ReaderConfig, values.pop("reader"))
    if "validation" in values:
        parts["validation"] = filled(ValidationConfig, values.pop("validation"))
    config = filled(TrainConfig, {**values, **parts})
    if not config.data:
        raise FormatError(f"needs [[data]] entries whose kind is one of: {', '.join(KINDS)}")
    for source in (*config.data, *((config.validation,) if config.validation else ())):
        source.check()
    if config.network not in PRESETS:
        raise FormatError(f"network is one of: {', '.join(PRESETS)}; not {config.network!r}")
    check_counts(
        steps=config.steps,
        batch=config.batch,
        save_every=config.save_every,
        crop=config.clip.crop,
        length=config.clip.length,
    )
    if config.validation:
        check_counts(every=config.validation.every, size=config.validation.size)
    if config.burn_in and config.clip.length < config.burn_in + 3:
        raise FormatError(
            f"length is {config.clip.length}: with burn_in = {config.burn_in} it must be"
            f" {config.burn_in + 3} or more"
        )
    if config.clip.crop % STRIDE:  # the crop consists of whole cells
        raise FormatError(f"crop is {config.clip.crop}, but must be a multiple of {STRIDE}")
    return config
