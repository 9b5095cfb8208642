"""EfficientNet-Lite: the layers of the published tables, the features' shapes, the input's range."""

import pytest
import torch

from skn_annotator.model.backbones.efficientnet_lite import efficientnet_lite0, efficientnet_lite2
from skn_annotator.model.backbones.inverted_residual import SameConv

# layers, and the parameters up to the last stage: those of the published networks without head and classifier
KINDS = [
    (efficientnet_lite0, (24, 40, 112), 48, 320),
    (efficientnet_lite2, (24, 48, 120), 63, 352),
]


@pytest.mark.parametrize(("build", "channels", "layers", "top"), KINDS)
def test_layers_and_features(build, channels, layers, top):
    backbone = build().eval()
    convolutions = [module for module in backbone.modules() if isinstance(module, SameConv)]
    assert len(convolutions) == layers
    assert convolutions[-1].out_channels == top
    assert [c.kernel_size[0] for c in convolutions if c.groups > 1 and c.stride[0] == 2] == [3, 5, 3, 5]
    assert backbone.channels == channels
    with torch.inference_mode():
        features = backbone(torch.rand(2, 3, 48, 80))
    shapes = [tuple(part.shape[1:]) for part in features]
    assert shapes == [(c, 48 // s, 80 // s) for c, s in zip(channels, (4, 8, 16), strict=True)]


def test_the_first_layer_sees_what_tensorflow_feeds_it():
    """(255 x - 127) / 128: black is -127 / 128, white 1."""
    backbone = efficientnet_lite0()
    seen = []
    backbone.stem.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    backbone(torch.tensor([0.0, 1.0]).view(2, 1, 1, 1).expand(2, 3, 32, 32))
    torch.testing.assert_close(seen[0][:, 0, 0, 0], torch.tensor([-127 / 128, 1.0]))
