"""Colours. The DAVIS palette is PASCAL VOC's: the bits of the id, spread over the channels."""

import colorsys

import numpy as np

from skn_annotator.arrays import Color, Colors

VOID = 255
"""The id that data sets use for pixels that count for nothing."""


def davis_palette() -> Colors:
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


_VIVID = (
    (239, 83, 80),
    (92, 190, 104),
    (250, 200, 60),
    (84, 140, 250),
    (206, 98, 218),
    (50, 196, 214),
    (255, 148, 54),
    (168, 212, 86),
    (240, 118, 166),
    (150, 124, 226),
)


def display_color(object_id: int) -> Color:
    """What a new object is drawn in, RGB 0-255: brighter than the palette's, whose dark tones vanish on a
    frame.

    The first ten keep the palette's family of hues (red, green, yellow, blue, ...); the others go round by
    the golden angle, so that neighbours differ.
    """
    if 1 <= object_id <= len(_VIVID):
        return _VIVID[object_id - 1]
    hue = (object_id * 0.618034) % 1.0
    red, green, blue = (round(255 * channel) for channel in colorsys.hsv_to_rgb(hue, 0.62, 0.94))
    return red, green, blue


_SAFE = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (213, 94, 0),
    (204, 121, 167),
)


def safe_color(object_id: int) -> Color:
    """A colour that people tell apart however they see colours, RGB 0-255.

    Source: Okabe and Ito, "Color Universal Design" (2008), without black. After the seventh they return
    darker, then paler: a difference in lightness is seen by everyone.
    """
    turn, place = divmod(object_id - 1, len(_SAFE))
    red, green, blue = (round(_shade(channel, turn % 3)) for channel in _SAFE[place])
    return red, green, blue


def _shade(channel: int, turn: int) -> float:
    return (channel, 0.55 * channel, 255 - 0.45 * (255 - channel))[turn]
