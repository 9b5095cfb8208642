"""What a pass keeps of the frame that it came to last."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from torch import Tensor

from skn_annotator.arrays import Frame
from skn_annotator.inference.region import Region


@dataclass(frozen=True)
class LastFrame:
    """The masks (1, O, H', W') of all objects as `region` shows them, and the network's sensory memory.

    `sensory` (1, O, C, H, W) lies on the region's cells; None: nothing is remembered, or there is none.

    `level`: how closely the frame was looked at, as `ZoomedRegion` has it; None: it was not looked at.
    `frame`: how it looks, the whole source; None: that is not kept.
    """

    region: Region
    masks: Tensor
    sensory: Tensor | None = None
    level: int | None = None
    frame: Frame | None = None

    def seen_in(self, region: Region, channels: Sequence[int]) -> "LastFrame":
        """The same of the objects `channels` only, as another region shows them."""
        masks = region.moved(self.masks[:, channels], self.region)
        if self.sensory is None:
            return replace(self, region=region, masks=masks)
        sensory = region.moved_cells(self.sensory[:, channels], self.region)
        return replace(self, region=region, masks=masks, sensory=sensory)

    def with_objects(self, channels: Sequence[int], masks: Tensor, sensory: Tensor | None) -> "LastFrame":
        """The same with `masks` and `sensory` of the objects `channels`, seen in this region."""
        all_masks = self.masks.clone()
        all_masks[:, channels] = masks
        if sensory is None:
            return replace(self, masks=all_masks, sensory=None)
        shape = (1, all_masks.shape[1], *sensory.shape[2:])
        states = sensory.new_zeros(shape) if self.sensory is None else self.sensory.clone()
        states[:, channels] = sensory
        return replace(self, masks=all_masks, sensory=states)
