"""Whose weights a file holds that is no checkpoint of ours, told by the names in it."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from safetensors import SafetensorError, safe_open

from skn_annotator.errors import WeightsError
from skn_annotator.model.weights import read_state

_CONVERTED = {"key_comp.": "STCN", "mask_rgb_encoder.": "MiVOS", "KV_M_r4.": "STM"}
"""How names begin in checkpoints that skn-convert takes."""
_OTHERS = {
    "object_transformer.": "Cutie",
    "key_proj.d_proj.": "XMem",
    "memory_attention.": "SAM 2",
    "prompt_encoder.": "SAM",
    "sam_mask_decoder.": "SAM 2",
    "backbone.0.body.": "DETR",
}
"""The same of checkpoints for which there is no network here."""


def foreign_weights(path: Path) -> WeightsError | None:
    """The error about weights that others published; None if `path` holds none that are known."""
    names = _names(path)
    for begins, whose in _CONVERTED.items():
        if any(name.startswith(begins) for name in names):
            return WeightsError(
                "{path} is the checkpoint that {whose} published: make one of ours of it with skn-convert",
                path=path,
                whose=whose,
            )
    for begins, whose in _OTHERS.items():
        if any(name.startswith(begins) for name in names):
            return WeightsError(
                "{path} looks like the weights of {whose}, for which this program has no network",
                path=path,
                whose=whose,
            )
    return None


def _names(path: Path) -> Collection[str]:
    """Of the weights in `path`, a safetensors file or PyTorch's; none if it is neither."""
    if not path.is_file():  # to open a pipe takes as long as nobody writes to it
        return ()
    try:
        with safe_open(path, framework="pt") as file:
            return list(file.keys())
    except (SafetensorError, OSError, ValueError, TypeError, MemoryError):
        with suppress(WeightsError):
            return read_state(path).keys()
    return ()
