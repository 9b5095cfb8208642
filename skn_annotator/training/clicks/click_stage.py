"""Settings of a stage that trains the network of clicks, read from a TOML file whose `kind` is "clicks".

Example::

    kind = "clicks"
    steps = 10000
    batch = 12

    [crop]
    side = 256

    [[data]]
    kind = "stills"
    path = "static/bsds"
    weight = 1.0

Unknown names are errors; `StageConfig` has what this stage shares with the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from skn_annotator.errors import FormatError
from skn_annotator.model.network import STRIDE
from skn_annotator.training.clicks.simulated_prompts import PromptConfig
from skn_annotator.training.datasets.kinds import KINDS, DataSource
from skn_annotator.training.stage import StageConfig, check_counts, filled, tables


@dataclass(frozen=True, kw_only=True)
class PictureConfig(DataSource):
    """A data set to take pictures from."""

    weight: float = 1.0
    """Its share in the samples, against the others'."""
    whole: float = 0.0
    """The share of samples in which all ids of a picture are one object: a person instead of a shirt."""
    sprite_weight: float = 0.0
    """Its share in the cut-outs that are pasted, against the others'."""


@dataclass(frozen=True)
class CropConfig:
    """How a picture is cut."""

    side: int = 256
    zoom: float = 0.6
    """The share of crops in which the object is as large as the program's zoom makes it."""
    zoomed: Sequence[float] = (0.55, 0.85)
    """How large that is: its longer side over the crop's."""
    smallest: float = 0.1
    """In the other crops it is between this and the upper bound of `zoomed`."""
    enlarged: float = 3.0
    """How far a picture is enlarged at most."""
    least_area: int = 100
    """Pixels of the object that the crop shows at least."""


@dataclass(frozen=True)
class OccluderConfig:
    """What is pasted in front of an object."""

    probability: float = 0.0
    """The share of samples."""
    taken: float = 0.35
    """The share of these whose object is what was pasted, instead of what it covers."""
    sizes: Sequence[float] = (0.25, 1.0)
    """The square root of its area over that of the object."""
    least_seen: float = 0.4
    """How much of the object stays visible at least."""


@dataclass(frozen=True, kw_only=True)
class ClickStage(StageConfig):
    """One stage of training on clicks."""

    data: tuple[PictureConfig, ...]
    crop: CropConfig = field(default_factory=CropConfig)
    prompt: PromptConfig = field(default_factory=PromptConfig)
    occluders: OccluderConfig = field(default_factory=OccluderConfig)
    rounds: Sequence[float] = (0.45, 0.3, 0.15, 0.1)
    """The shares of steps in which the network is asked 0, 1, 2, ... times, and clicked at, before it
    learns."""


def click_stage(values: dict[str, Any]) -> ClickStage:
    """The stage of a file's `values`. Raises TypeError, ValueError or FormatError about what is wrong."""
    data = tables(values.pop("data", []))
    parts: dict[str, Any] = {"data": tuple(filled(PictureConfig, each) for each in data)}
    parts["crop"] = filled(CropConfig, values.pop("crop", {}))
    parts["prompt"] = filled(PromptConfig, values.pop("prompt", {}))
    parts["occluders"] = filled(OccluderConfig, values.pop("occluders", {}))
    stage = filled(ClickStage, {**values, **parts})
    if not stage.data:
        raise FormatError(f"needs [[data]] entries whose kind is one of: {', '.join(KINDS)}")
    for source in stage.data:
        source.check()
    check_counts(steps=stage.steps, batch=stage.batch, save_every=stage.save_every, side=stage.crop.side)
    if stage.crop.side % STRIDE:  # the crop consists of whole cells
        raise FormatError(f"the side of the crop is {stage.crop.side}, but must be a multiple of {STRIDE}")
    if stage.occluders.probability > 0 and not any(source.sprite_weight > 0 for source in stage.data):
        raise FormatError("occluders need [[data]] with a sprite_weight")
    if abs(sum(stage.rounds) - 1) > 1e-6:
        raise FormatError(f"rounds add up to {sum(stage.rounds):g}, but must to 1")
    return stage
