"""What the settings of every stage of training have in common, whatever network it trains, and how they are
read."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from skn_annotator.errors import FormatError
from skn_annotator.files import cannot_read, read_file

T = TypeVar("T")

_MOST_WHOLE = 1 << 31


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
        raise FormatError(cannot_read(path, error)) from error
    except (ValueError, RecursionError) as error:  # ValueError: not TOML, not UTF-8, a number of 5,000 digits
        raise FormatError(f"{path} is not TOML: {error}") from error


def table(value: object) -> dict[str, Any]:
    """A copy of the table `value`. Raises TypeError if it is none."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{str(value)[:20]!r} stands where a table of settings belongs")
    return dict(value)


def tables(value: object) -> list[dict[str, Any]]:
    """A copy of the tables in the list `value`. Raises TypeError if it is none."""
    if not isinstance(value, list):
        raise TypeError(f"{str(value)[:20]!r} stands where a list of tables belongs, such as [[data]]")
    return [table(each) for each in value]


def filled(cls: type[T], values: object) -> T:
    """A dataclass of settings with `values`, which TOML or `filled` has made.

    Raises TypeError for a setting that it does not have, or that is of another type, ValueError for a number
    that no setting can be.
    """
    given, types = table(values), get_type_hints(cls)
    unknown = sorted(given.keys() - types.keys())
    if unknown:
        raise TypeError(f"unknown setting {unknown[0]!r}; known are: {', '.join(sorted(types))}")
    for name, value in given.items():
        if not _is_a(value, types[name]):
            raise TypeError(f"{name} cannot be {str(value)[:20]!r}: see what is there by default")
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, int | float) and not (0 <= each <= _MOST_WHOLE or each == math.inf):
                raise ValueError(f"{name} cannot be {str(each)[:20]}: settings are from 0 to {_MOST_WHOLE}")
    return cls(**given)


def check_counts(**counts: int) -> None:
    """Raises FormatError where there is none of what a training needs at least one of."""
    for name, count in counts.items():
        if count < 1:
            raise FormatError(f"{name} is {count}, but must be 1 or more")


def _is_a(value: object, hint: Any) -> bool:
    """Whether `value` is what the type `hint` of a setting asks for."""
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return any(_is_one(value, option) for option in options)


def _is_one(value: object, option: Any) -> bool:
    origin = get_origin(option)
    if origin is Literal:
        return value in get_args(option)
    if origin is not None:  # a sequence
        made_already = isinstance(value, tuple)
        return made_already or (isinstance(value, list) and all(_is_a(e, get_args(option)[0]) for e in value))
    return type(value) is option or (option is float and type(value) is int)
