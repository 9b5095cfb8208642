"""The guided filter: makes values follow the edges of a picture (He, Sun and Tang, "Guided image filtering",
TPAMI 2013, equations 19 to 21, with a colour guide).

In each neighbourhood the values are taken for a linear function of the colours. OpenCV has a filter like it
in ximgproc, which is not in the build that the program uses.
"""

from typing import TypeVar

import cv2
import numpy as np

from skn_annotator.arrays import Alpha, ColorMap, Frame

_Map = TypeVar("_Map", Alpha, ColorMap)


def guided_filter(picture: Frame, values: Alpha, radius: int, epsilon: float) -> Alpha:
    """`values` (H, W) as the linear functions of the colours of `picture` that fit them best.

    A neighbourhood has `radius` pixels on each side. `epsilon`: how strong an edge in the picture has to be
    to count, as the variance of colours in [0, 1].
    """
    colors = in_unit(picture)
    functions = linear_functions(colors, values, radius, epsilon)
    result: Alpha = (functions[..., :3] * colors).sum(2) + functions[..., 3]
    return result


def linear_functions(colors: ColorMap, values: Alpha, radius: int, epsilon: float) -> ColorMap:
    """The functions themselves, (H, W, 4): what red, green and blue count in each pixel, and a constant.

    `colors` (H, W, 3) are in [0, 1]; the rest is as `guided_filter` takes it. Applied to a larger picture
    than they were fitted on, they make the filter a fast one (He and Sun, "Fast guided filter", 2015).
    """
    mean_color, mean_value = _mean(colors, radius), _mean(values, radius)
    covariance = _mean(colors * values[..., None], radius) - mean_color * mean_value[..., None]
    slope = _solved(colors, mean_color, covariance, radius, epsilon)  # equation 19
    offset = mean_value - (slope * mean_color).sum(2)  # equation 20
    result: ColorMap = np.dstack((_mean(slope, radius), _mean(offset, radius)))  # the means of equation 21
    return result


def in_unit(picture: Frame) -> ColorMap:
    """Colours of 0 to 255 as float32 in [0, 1]."""
    return np.divide(picture, 255, dtype=np.float32)


def _solved(colors: ColorMap, mean: ColorMap, wanted: ColorMap, radius: int, epsilon: float) -> ColorMap:
    """(S + `epsilon` I)^-1 `wanted` in each pixel, S being the covariance of the colours around it; by
    cofactors, which is quickest, in float64: of a grey picture they are differences of nearly equal
    products."""
    squares = (_mean(colors * colors, radius) - mean * mean).astype(np.float64) + epsilon
    shifted, mean_shifted = colors[..., [1, 2, 0]], mean[..., [1, 2, 0]]
    # of red and green, green and blue, blue and red
    mixed = (_mean(colors * shifted, radius) - mean * mean_shifted).astype(np.float64)
    (rr, gg, bb), (rg, gb, br) = np.moveaxis(squares, 2, 0), np.moveaxis(mixed, 2, 0)
    first = gg * bb - gb * gb, gb * br - rg * bb, rg * gb - gg * br
    second = first[1], rr * bb - br * br, rg * br - rr * gb
    third = first[2], second[2], rr * gg - rg * rg
    determinant = rr * first[0] + rg * first[1] + br * first[2]
    red, green, blue = np.moveaxis(wanted, 2, 0)
    rows = [a * red + b * green + c * blue for a, b, c in (first, second, third)]
    return np.asarray(np.dstack(rows) / determinant[..., None], np.float32)


def _mean(of: _Map, radius: int) -> _Map:
    """The mean over each pixel's neighbourhood."""
    window = (2 * radius + 1, 2 * radius + 1)
    return np.asarray(cv2.blur(of, window, borderType=cv2.BORDER_REFLECT), np.float32)
