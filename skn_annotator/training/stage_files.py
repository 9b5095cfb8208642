"""Stage files: TOML whose `kind` says which network is trained, "clips" (the default) or "clicks"."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from skn_annotator.errors import FormatError
from skn_annotator.training.clicks.click_stage import ClickStage, click_stage
from skn_annotator.training.config import TrainConfig, clip_stage
from skn_annotator.training.stage import read_values

_LONGEST = 300
"""Letters of a reason."""
_READERS: dict[str, Callable[[dict[str, Any]], TrainConfig | ClickStage]] = {
    "clips": clip_stage,
    "clicks": click_stage,
}


def read_stage(path: Path) -> TrainConfig | ClickStage:
    """Read a stage. Raises FormatError that names the file and what is wrong with it."""
    values = read_values(path)
    kind = values.pop("kind", "clips")
    if not isinstance(kind, str) or kind not in _READERS:
        raise FormatError(f"{path}: kind is one of: {', '.join(_READERS)}; not {str(kind)[:20]!r}")
    try:
        return _READERS[kind](values)
    except (TypeError, ValueError, FormatError) as error:
        raise FormatError(f"{path}: {str(error)[:_LONGEST]}") from error
