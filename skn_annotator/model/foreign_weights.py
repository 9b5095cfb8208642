"""What a file holds that is no checkpoint of ours: whose weights, told by the names in it, or none at all."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from safetensors import SafetensorError, safe_open

from skn_annotator.errors import WeightsError
from skn_annotator.model.file_kind import kind_of_file
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
    "layer1.0.conv1.": "ResNet",
    "text_model.": "CLIP",
}
"""The same of checkpoints for which there is no network here."""
_NAMED = 2
"""So many names of weights are given where nobody is known who has them."""


def foreign_weights(path: Path) -> WeightsError | None:
    """The error about what `path` is instead of a checkpoint of ours; None if it may be one, damaged."""
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
    if names:
        return WeightsError(
            "{path} holds weights, but not those of an SKN network: {n} of them, such as {names}",
            path=path,
            n=len(names),
            names=", ".join(sorted(names)[:_NAMED]),
        )
    kind = kind_of_file(path) if path.is_file() else None
    return (
        None if kind is None else WeightsError("{path} is no checkpoint: it is {kind}", path=path, kind=kind)
    )


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
