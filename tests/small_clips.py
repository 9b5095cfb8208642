"""Clips of a few small frames for batches, with their masks and a list."""

from pathlib import Path

import numpy as np
from PIL import Image

from skn_annotator.annotation.masks import encode_mask

SIZE, LENGTH = (64, 80), 3


def write_clip(folder: Path, shade: int, length: int = LENGTH) -> None:
    """A folder of frames, and beside it the mask of the first one."""
    folder.mkdir(parents=True)
    for t in range(length):
        frame = np.full((*SIZE, 3), shade, np.uint8)
        frame[16:48, 16 + t : 48 + t] = (220, 180, 60)
        Image.fromarray(frame).save(folder / f"{t:05d}.png")
    mask = np.zeros(SIZE, np.uint8)
    mask[16:48, 16:48] = 1
    folder.with_name(f"{folder.name}.png").write_bytes(encode_mask(mask))


def write_list(path: Path, names: list[str], options: str = "--size 64 --device cpu") -> Path:
    """A CSV file of clips in its folder."""
    lines = [f"{name},{name}.png,{options}" for name in names]
    path.write_text("\n".join(["source,masks,options", *lines, ""]))
    return path


def masks_of(output: Path, name: str) -> dict[str, bytes]:
    """The files of the masks."""
    return {path.name: path.read_bytes() for path in sorted((output / name).iterdir())}
