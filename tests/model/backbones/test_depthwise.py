"""The quick gradient of 5x5 depthwise convolutions is that of torch's own."""

import pytest
import torch
import torch.nn.functional as F

from skn_annotator.model.backbones.depthwise import depthwise5


@pytest.mark.parametrize("shape", [(2, 6, 7, 9), (1, 3, 2, 1)])
def test_values_and_gradients_are_those_of_the_plain_convolution(shape):
    torch.manual_seed(0)
    found = []
    x, weight, bias = torch.rand(shape), torch.rand(shape[1], 1, 5, 5), torch.rand(shape[1])
    target = torch.rand(shape)
    for convolve in (depthwise5, lambda *a: F.conv2d(*a, padding=2, groups=shape[1])):
        leaves = [part.clone().requires_grad_() for part in (x, weight, bias)]
        out = convolve(*leaves)
        (out * target).sum().backward()
        found.append([out, *(leaf.grad for leaf in leaves)])
    for one, other in zip(*found, strict=True):
        torch.testing.assert_close(one, other)
