"""MaskChange: a change of the masks of many frames that ends as one edit.

The long part, mask by mask, touches no annotation, so it can run in another thread. What was made there is
taken where a frame still has the mask that it was made of; the rest is made again when the edit is.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping
from typing import ClassVar

from skn_annotator.annotation.annotation import Annotation, Edit

MadePair = tuple[bytes | None, bytes]
"""A mask, as palette PNG, before and after; None: there was none."""
Made = Mapping[int, MadePair]
"""By frame."""
MadeMask = tuple[int, bytes | None, bytes]
"""Frame, mask before, mask after."""


class MaskChange(ABC):
    """A description of one change, without the annotation that it is applied to."""

    name: str
    """What its edit is called."""
    cost: ClassVar[float] = 1.0
    """How long a mask takes, in times of what merging two objects takes."""
    follows: bool = False
    """Whether it belongs to the edit before it, and is undone with that."""

    @abstractmethod
    def masks(self, annotation: Annotation) -> dict[int, bytes | None]:
        """The frames that it changes, each with the mask that it has now."""

    @abstractmethod
    def make(self, masks: Mapping[int, bytes | None]) -> Generator[MadeMask, None, None]:
        """Make the new mask of each frame of `masks`, one after the other."""

    @abstractmethod
    def edit(self, annotation: Annotation, made: Made | None = None) -> Edit:
        """The whole change as one edit; it uses those masks in `made` whose frame was not changed since."""

    def remade(self, masks: Mapping[int, bytes | None], made: Made | None) -> dict[int, MadePair]:
        """What `edit` needs: frame -> (before, after), of `made` where that fits, else made now."""
        ready = made or {}
        fresh = {t: data for t, data in masks.items() if t not in ready or ready[t][0] is not data}
        again = {t: (before, after) for t, before, after in self.make(fresh)}
        return {t: again[t] if t in again else ready[t] for t in masks}
