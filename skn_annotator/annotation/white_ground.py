"""Black-and-white masks that are white where the background is, as if black were the object.

White is the object (`mask_pixels`), and nothing in one picture proves the opposite: an object may reach all
four edges. Where all masks of a folder are white along their edges and black inside, though, they are most
likely exchanged, and whoever gave them is asked before hours are spent on the ground. A file whose values
say which object it shows, such as 0 and 1, is never doubted.
"""

from collections.abc import Iterable
from itertools import groupby, islice
from pathlib import Path

import numpy as np
from PIL import Image

from skn_annotator.annotation.masks import PICTURE_ERRORS, read_mask
from skn_annotator.errors import FormatError

_LOOKED_AT = 50
"""So many masks of a folder that show nothing, or all, are passed over in search of one that tells."""
_WHITE = 250


def check_ground(files: Iterable[Path], cut_mattes: bool = False) -> None:
    """Raises FormatError if all of the masks `files` in some folder are white along their edges.

    `cut_mattes`: as for `read_mask`. What cannot be read is left to whoever reads it. Most often one file of
    a folder is looked at.
    """
    for _, masks in groupby(files, key=lambda path: path.parent):
        found = ((path, _is_exchanged(path, cut_mattes)) for path in islice(masks, _LOOKED_AT))
        telling = ((path, is_exchanged) for path, is_exchanged in found if is_exchanged is not None)
        first, is_exchanged = next(telling, (None, False))
        if is_exchanged and all(each for _, each in telling):
            raise FormatError(
                "{path} is white along all its edges and black inside, but white is the object: exchange "
                "black and white, or, if the object lies around, save it as an 8-bit gray PNG of the "
                "values 0 and 1",
                path=first,
            )


def _is_exchanged(path: Path, cut_mattes: bool) -> bool | None:
    """Whether the mask is black and white with a white rim; None if it tells nothing about its ground."""
    try:
        ids = read_mask(path, cut_mattes=cut_mattes)
        with Image.open(path) as image:
            shown = np.array(image.convert("L"))
    except (FormatError, *PICTURE_ERRORS):
        return None
    if ids.min() == ids.max():
        return None
    rim = [np.concatenate([each[0], each[-1], each[:, 0], each[:, -1]]) for each in (shown, ids)]
    return bool(rim[0].min() >= _WHITE and (rim[1] == 1).all() and ids.max() == 1)
