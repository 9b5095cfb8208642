"""Whether masks of a project are what was saved, as far as opening it has time to find out.

Decoding all of them would take minutes for an hour of video. So references are decoded, and the first of the
others; the pixels of more are inflated, as many as a second allows, and for the rest the checksum has to do.
"""

import time

from skn_annotator.annotation.masks import is_mask, is_whole_png
from skn_annotator.arrays import Size

DECODED, SECONDS = 300, 1.0
"""How many masks are decoded beside the references, and how long others are inflated."""


class SavedMasks:
    """Looks at the masks of one project, of `size`, (H, W), one by one."""

    def __init__(self, size: Size, references: frozenset[int]) -> None:
        """`references`: the frames with references."""
        self._size, self._references = size, references
        self._decoded, self._seconds = 0, 0.0

    def is_sound(self, t: int, data: bytes) -> bool:
        """Whether `data`, a file whose checksum was saved, can be shown as the mask of frame `t`."""
        if t in self._references or self._decoded < DECODED:
            self._decoded += 1
            return is_mask(data, self._size)
        began = time.monotonic()
        sound = is_whole_png(data, self._size, inflate=self._seconds < SECONDS)
        self._seconds += time.monotonic() - began
        return sound
