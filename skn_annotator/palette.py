"""The DAVIS palette: object id -> RGB. It is PASCAL VOC's, whose bits are the id's, spread over the channels."""

import numpy as np
import numpy.typing as npt

VOID = 255
"""The id that data sets use for pixels that count for nothing."""


def davis_palette() -> npt.NDArray[np.uint8]:
    """The 256 colours, uint8 (256, 3), RGB: 0 black, 1 (128, 0, 0), 2 (0, 128, 0), 3 (128, 128, 0), ...

    Source: the PASCAL VOC development kit (VOClabelcolormap), which DAVIS took over.
    """
    ids = np.arange(256)
    palette = np.zeros((256, 3), np.uint8)
    for bit in range(8):
        for channel in range(3):
            palette[:, channel] |= (((ids >> (3 * bit + channel)) & 1) << (7 - bit)).astype(np.uint8)
    return palette


DAVIS_PALETTE = davis_palette()


def color_of(object_id: int) -> tuple[int, int, int]:
    """The palette's RGB of `object_id` (0-255), each 0-255."""
    red, green, blue = DAVIS_PALETTE[object_id].tolist()
    return red, green, blue
