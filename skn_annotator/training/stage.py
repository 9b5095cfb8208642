"""What the settings of every stage of training have in common, whatever network it trains, and how they are
read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from skn_annotator.errors import FormatError
from skn_annotator.files import read_file

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class StageConfig:
    """How long a stage is, and how weights move in it."""

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
    ema: float = 0.999
    save_every: int = 200
    seed: int = 0


def read_values(path: Path) -> dict[str, Any]:
    """The values of a TOML file. Raises FormatError if it cannot be read."""
    try:
        return tomllib.loads(read_file(path).decode("utf-8"))
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # ValueError: not TOML, not UTF-8, a number of 5,000 digits
        raise FormatError(f"{path} is not TOML: {error}") from error


def filled(cls: type[T], values: Mapping[str, Any]) -> T:
    """A dataclass of settings with `values`. Raises TypeError that names a setting it does not have."""
    known = {item.name for item in fields(cls)}  # type: ignore[arg-type]
    unknown = sorted(values.keys() - known)
    if unknown:
        raise TypeError(f"unknown setting {unknown[0]!r}; known are: {', '.join(sorted(known))}")
    return cls(**values)
