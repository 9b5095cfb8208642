"""The sensory memory: what the decoder remembers of each object from one frame to the next.

Source: Cheng and Schwing, "XMem", ECCV 2022, Section 3.3: a small recurrent state at stride 16, which the
decoder reads and writes on every frame. The reader compares looks; the state says where an object was and
where it was going, which is all that tells look-alikes apart once they have crossed. Unlike XMem's, the state
starts from the value of a memorized frame instead of zero [choice]: any frame can be a reference.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class SensoryMemory(nn.Module):
    """A gated recurrent unit over the decoder's maps, one state (C, H, W) per object at stride 16."""

    def __init__(self, channels: int, value_channels: int, widths: Sequence[int]) -> None:
        """`channels`: of the state; `widths`: of the decoder's maps at stride 16, 8 and 4."""
        super().__init__()
        self.start = nn.Conv2d(value_channels, channels, 1)
        self.from16 = nn.Conv2d(widths[0], channels, 1)
        self.from8 = nn.Conv2d(widths[1], channels, 1)
        self.from4 = nn.Conv2d(widths[2] + 1, channels, 1)  # with the probability
        self.gates = nn.Conv2d(2 * channels, 3 * channels, 3, padding=1)

    def begin(self, value: Tensor) -> Tensor:
        """The states (N, C, H, W) of objects whose masks are known, from their values (N, CV, H, W)."""
        state: Tensor = self.start(value)
        return state.tanh()

    def forward(self, state: Tensor, maps: Sequence[Tensor], probability: Tensor) -> Tensor:
        """The states after a frame.

        state (N, C, H, W); maps: the decoder's (N, C16, H, W), (N, C8, 2H, 2W) and (N, C4, 4H, 4W);
        probability (N, 16H, 16W): of the objects' pixels, merged.
        """
        map16, map8, map4 = maps
        shown = F.avg_pool2d(probability[:, None], 4).to(map4.dtype)
        seen = self.from16(map16) + self.from8(F.avg_pool2d(map8, 2))
        pooled = [
            F.avg_pool2d(each, 4) for each in (map4, shown)
        ]  # put together before, they are copied large
        seen = seen + self.from4(torch.cat(pooled, 1))
        gates = self.gates(torch.cat((seen, state), 1))
        new = gates[:, 2 * state.shape[1] :].tanh()
        forget, update, _ = gates.sigmoid().chunk(3, 1)  # of a whole map it is quicker than of its slices
        out: Tensor = forget * state * (1 - update) + update * new
        return out
