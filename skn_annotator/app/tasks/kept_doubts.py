"""KeptDoubts: what speaks against the masks that passes brought, for the texts that say why.

A doubt counts only while its frame has the mask that it was about. They are saved in the `view` of the
project: frame -> [checksum of that mask, {object: name of the doubt}], as `json` writes it.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from zlib import crc32

from skn_annotator.inference.step import Doubt


class KeptDoubts:
    """Frame and object -> the `Doubt` of the latest pass that came there."""

    def __init__(self, mask_of: Callable[[int], bytes | None]) -> None:
        """`mask_of`: the mask that a frame has now."""
        self._mask_of = mask_of
        self._doubts: dict[int, tuple[int, Mapping[int, Doubt]]] = {}  # with the checksum of the mask

    def put(self, t: int, doubts: Mapping[int, Doubt], mask: bytes) -> None:
        """Remember what speaks against the objects of `mask`, which a pass brought for frame `t`."""
        self._doubts[t] = crc32(mask), doubts

    def clear(self) -> None:
        """Forget every frame."""
        self._doubts.clear()

    def get(self, t: int, object_id: int) -> Doubt | None:
        """What speaks against an object on frame `t`; None: nothing does by much, or it is not known."""
        checksum, doubts = self._doubts.get(t, (0, {}))
        found, mask = doubts.get(object_id), self._mask_of(t)
        return found if found is not None and mask is not None and checksum == crc32(mask) else None

    def to_save(self) -> dict[str, Any]:
        """What `restore` takes; nothing of frames without doubts."""
        return {
            str(t): [checksum, {str(i): doubt.name for i, doubt in doubts.items()}]
            for t, (checksum, doubts) in self._doubts.items()
            if doubts
        }

    def restore(self, saved: object) -> None:
        """Remember what was saved; what is none of it, in a project of somebody else, is passed over, and so
        is a doubt that only a newer version knows."""
        for t, value in saved.items() if isinstance(saved, dict) else ():
            with suppress(ValueError, TypeError, AttributeError):
                checksum, doubts = value
                known = {int(i): Doubt[name] for i, name in doubts.items() if name in Doubt.__members__}
                self._doubts[int(t)] = int(checksum), known
