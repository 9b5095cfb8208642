"""MobileNetV2 to stride 16 and 32."""

import pytest
import torch

from skn_annotator.model.backbones.mobilenet_v2 import mobilenet_v2


@pytest.mark.parametrize("grid", [(3, 5), (4, 6)])
def test_a_trunk_to_stride_32_starts_as_the_one_to_stride_16_and_takes_odd_grids(grid):
    torch.manual_seed(0)
    plain, deep = mobilenet_v2(), mobilenet_v2(deep=True)
    deep.load_state_dict({**deep.state_dict(), **plain.state_dict()})
    frame = torch.rand(1, 3, 16 * grid[0], 16 * grid[1])
    with torch.inference_mode():
        for one, other in zip(plain(frame), deep(frame), strict=True):
            torch.testing.assert_close(one, other)
        deep.merge.weight.fill_(0.01)
        changed = deep(frame).stride16
    assert changed.shape == (1, 96, *grid)
    assert (changed != plain(frame).stride16).any()
