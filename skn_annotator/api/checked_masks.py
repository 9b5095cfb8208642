"""Masks as a script hands them over: any integers, made the id maps that the rest of the package takes."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from skn_annotator.arrays import Mask, Size
from skn_annotator.errors import FormatError


def checked_masks(masks: Mapping[int, npt.ArrayLike], length: int, size: Size) -> dict[int, Mask]:
    """Copies of `masks` as uint8 (H, W); raises FormatError where one does not fit `length` frames of `size`,
    or holds anything but ids."""
    return {int(t): _id_map(t, np.asarray(mask), length, size) for t, mask in masks.items()}


def _id_map(t: int, ids: npt.NDArray[np.generic], length: int, size: Size) -> Mask:
    if not 0 <= t < length:
        raise FormatError(
            "there is a mask for frame {t}, but the video has frames 0 to {last}", t=t, last=length - 1
        )
    if ids.shape != size:
        raise FormatError(
            "the mask of frame {t} is {size}, the video's frames are {wanted}",
            t=t,
            size=ids.shape,
            wanted=size,
        )
    if ids.dtype.kind not in "bui" or not 0 <= int(ids.min()) <= int(ids.max()) <= 255:
        raise FormatError("the mask of frame {t} is no id map: make it integers from 0 to 255", t=t)
    return ids.astype(np.uint8)
