"""Checksums of objects as projects had them at first: CRC-32, which two masks have alike by chance.

A project that has some is opened with the present ones in their place, of all masks that still are what they
were; its next save writes these. Those of other masks stay: what came from them is stale, as before.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from zlib import crc32

import numpy as np

from skn_annotator.annotation.annotation import Outlines, Sources
from skn_annotator.annotation.masks import PICTURE_ERRORS, decode_mask, object_checksum
from skn_annotator.annotation.outlines import ObjectOutline
from skn_annotator.arrays import Mask

_END = 1 << 32
"""A checksum below this is a CRC-32."""


def crc_checksum(mask: Mask, object_id: int, t: int) -> int:
    """The CRC-32 of the bits of an object's area on frame `t`, starting at `t`."""
    return crc32(np.packbits(mask == object_id).data, t)


def renewed(
    sources: Mapping[int, Sources],
    outlines: Mapping[int, Outlines],
    references: Mapping[int, frozenset[int]],
    masks: Mapping[int, bytes],
) -> tuple[Mapping[int, Sources], Mapping[int, Outlines]]:
    """`sources` and `outlines` by frame with present checksums, where a reference, and the outlined mask,
    has what the CRC-32 is of. `masks`: the palette PNGs by frame; no more of them are decoded than needed.
    """
    at = _Checksums(masks)
    old = {i for by_object in sources.values() for i, of in by_object.items() if any(n < _END for n in of)}
    new = {(i, crc): now for t, ids in references.items() for i in ids & old for crc, now in at(t, i)}
    found = {
        t: {i: frozenset(new.get((i, n), n) for n in of) for i, of in by_object.items()}
        for t, by_object in sources.items()
    }
    return found, {t: {i: _renewed(t, i, each, at) for i, each in of.items()} for t, of in outlines.items()}


def _renewed(t: int, object_id: int, outline: ObjectOutline, at: "_Checksums") -> ObjectOutline:
    for crc, now in at(t, object_id) if outline.checksum < _END else ():
        if crc == outline.checksum:
            return replace(outline, checksum=now)
    return outline


class _Checksums:
    """Of objects in palette PNGs, given by frame."""

    def __init__(self, masks: Mapping[int, bytes]) -> None:
        self._masks = masks
        self._latest: tuple[int, Mask | None] = -1, None

    def __call__(self, t: int, object_id: int) -> list[tuple[int, int]]:
        """The CRC-32 and the present checksum of an object on frame `t`; nothing without a mask."""
        if t != self._latest[0]:
            self._latest = t, self._mask(t)
        mask = self._latest[1]
        if mask is None:
            return []
        return [(crc_checksum(mask, object_id, t), object_checksum(mask, object_id, t))]

    def _mask(self, t: int) -> Mask | None:
        with suppress(*PICTURE_ERRORS):
            return decode_mask(self._masks[t])  # LookupError, too: there is none
        return None
