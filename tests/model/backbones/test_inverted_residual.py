"""Padding and the order of execution of the folded trunks, and the ImageNet files that do not fit them."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from skn_annotator.errors import WeightsError
from skn_annotator.model.backbones.inverted_residual import SameConv
from skn_annotator.model.backbones.mobilenet_v2 import mobilenet_v2


def test_strided_convolutions_pad_as_tensorflow_does():
    """SAME: an odd side gets a row at both ends, an even one only at the far end."""
    conv = mobilenet_v2().stem[0]
    torch.nn.init.ones_(conv.weight)
    torch.nn.init.zeros_(conv.bias)
    for side, corner in ((5, 2 * 2 * 3), (6, 3 * 3 * 3)):
        out = conv(torch.ones(1, 3, side, side))
        assert out.shape[-2:] == (3, 3)
        assert out[0, 0, 0, 0].item() == corner


@pytest.mark.parametrize(("side", "before"), [(12, 1), (13, 2)])
@pytest.mark.parametrize("trained", [True, False])
def test_kernels_of_five_at_stride_two_pad_as_tensorflow_does(side, before, trained):
    """SAME: three rows and columns at an even side, one of them before; four at an odd one."""
    conv = SameConv(2, 2, 5, stride=2, groups=2).requires_grad_(trained)
    x = torch.rand(1, 2, side, side)
    padded = F.pad(x, (before, 2, before, 2))
    expected = F.conv2d(padded, conv.weight, conv.bias, stride=2, groups=2)
    torch.testing.assert_close(conv(x), expected)
    assert expected.shape[-1] == (side + 1) // 2


def folded(backbone, leave_out=0):
    """The arrays of an ImageNet file of this backbone, with a classifier behind the trunk's layers."""
    rng = np.random.default_rng(0)
    layers = [module for module in backbone.modules() if isinstance(module, SameConv)]
    arrays = {}
    for number, layer in enumerate(layers[: len(layers) - leave_out]):
        arrays[f"{number:02d}.conv.weight"] = rng.normal(size=tuple(layer.weight.shape)).astype(np.float16)
        arrays[f"{number:02d}.conv.bias"] = rng.normal(size=tuple(layer.bias.shape)).astype(np.float16)
    if not leave_out:
        arrays[f"{len(layers)}.head.weight"] = np.zeros((10, 320, 1, 1), np.float16)
        arrays[f"{len(layers)}.head.bias"] = np.zeros(10, np.float16)
    return arrays


def test_arrays_go_to_the_layers_in_the_order_of_execution(tmp_path):
    backbone = mobilenet_v2(deep=True)
    arrays = folded(backbone)
    np.savez(tmp_path / "w.npz", **arrays)
    backbone.load_imagenet(tmp_path / "w.npz")
    seen = []
    layers = [module for module in backbone.modules() if isinstance(module, SameConv)]
    for layer in layers:
        layer.register_forward_hook(lambda module, *_: seen.append(module))
    backbone(torch.rand(1, 3, 32, 32))
    assert seen == layers
    for number, layer in enumerate(seen):
        assert (layer.weight.detach().numpy() == arrays[f"{number:02d}.conv.weight"]).all()
        assert (layer.bias.detach().numpy() == arrays[f"{number:02d}.conv.bias"]).all()


def test_a_file_that_lacks_layers_is_refused(tmp_path):
    """Layers left as chance made them would only show in worse masks."""
    np.savez(tmp_path / "w.npz", **folded(mobilenet_v2(deep=True), leave_out=1))
    with pytest.raises(WeightsError, match=r"w\.npz.*50 arrays end in \.weight, but it has 51 layers"):
        mobilenet_v2(deep=True).load_imagenet(tmp_path / "w.npz")


def test_a_file_of_other_shapes_is_refused(tmp_path):
    np.savez(tmp_path / "w.npz", **{"00.weight": np.zeros((8, 3, 3, 3)), "00.bias": np.zeros(8)})
    with pytest.raises(WeightsError, match=r"w\.npz.*00\.weight is \(8, 3, 3, 3\), not \(32, 3, 3, 3\)"):
        mobilenet_v2().load_imagenet(tmp_path / "w.npz")


def test_a_file_that_holds_no_arrays_is_refused(tmp_path):
    (tmp_path / "w.npz").write_bytes(b"nothing")
    with pytest.raises(WeightsError, match=r"w\.npz"):
        mobilenet_v2().load_imagenet(tmp_path / "w.npz")


def test_the_first_layers_stay_while_the_rest_learns():
    backbone = mobilenet_v2().eval()
    backbone.prepare_for_training()
    assert backbone.training
    learns = {name for name, parameter in backbone.named_parameters() if parameter.requires_grad}
    assert learns
    assert not any(name.startswith(("stem.", "stages.0.", "stages.1.")) for name in learns)
    assert {name.split(".")[1] for name in learns} == {"2", "3", "4"}
