"""KeptDoubts: what speaks against the masks that passes brought, for the texts that say why.

Never saved. A doubt counts only while its frame has the mask that it was about.
"""

from collections.abc import Callable, Mapping

from skn_annotator.inference.step import Doubt


class KeptDoubts:
    """Frame and object -> the `Doubt` of the latest pass that came there."""

    def __init__(self, mask_of: Callable[[int], bytes | None]) -> None:
        """`mask_of`: the mask that a frame has now."""
        self._mask_of = mask_of
        self._doubts: dict[int, tuple[int, Mapping[int, Doubt]]] = {}  # with the hash of the mask

    def put(self, t: int, doubts: Mapping[int, Doubt], mask: bytes) -> None:
        """Remember what speaks against the objects of `mask`, which a pass brought for frame `t`."""
        self._doubts[t] = hash(mask), doubts

    def clear(self) -> None:
        """Forget every frame."""
        self._doubts.clear()

    def get(self, t: int, object_id: int) -> Doubt | None:
        """What speaks against an object on frame `t`; None: nothing does by much, or it is not known."""
        mask, doubts = self._doubts.get(t, (0, {}))
        return doubts.get(object_id) if mask == hash(self._mask_of(t)) else None
