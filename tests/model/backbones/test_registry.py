"""Every backbone answers what training asks of it; one that does not cannot be built."""

import pytest
import torch
from torch import nn

from skn_annotator.errors import WeightsError
from skn_annotator.model.backbones.backbone import Backbone, Features
from skn_annotator.model.backbones.registry import BACKBONES, backbone_kind
from skn_annotator.model.network import PRESETS


@pytest.mark.parametrize("name", BACKBONES)
def test_each_returns_the_channels_that_it_announces(name):
    backbone = BACKBONES[name].query().eval()
    with torch.inference_mode():
        features = backbone(torch.rand(1, 3, 32, 48))
    assert isinstance(features, Features)
    assert tuple(part.shape[1] for part in features) == backbone.channels
    assert [part.shape[2:] for part in features] == [(8, 12), (4, 6), (2, 3)]


@pytest.mark.parametrize("name", BACKBONES)
def test_each_refuses_a_file_that_is_not_its_own(name, tmp_path):
    (tmp_path / "w").write_bytes(b"something else")
    with pytest.raises(WeightsError):
        BACKBONES[name].query().load_imagenet(tmp_path / "w")


@pytest.mark.parametrize("name", BACKBONES)
def test_each_enters_training_mode_with_batch_statistics_as_they_came(name):
    backbone = BACKBONES[name].query().eval()
    backbone.prepare_for_training()
    assert backbone.training
    assert not any(m.training for m in backbone.modules() if isinstance(m, nn.BatchNorm2d))
    assert any(parameter.requires_grad for parameter in backbone.parameters())


def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(ValueError, match=r"no backbone 'vgg'; there are: .*resnet50"):
        backbone_kind("vgg")


def test_one_that_does_not_say_how_it_is_trained_cannot_be_built():
    class Silent(Backbone):
        channels = (1, 1, 1)

        def load_imagenet(self, path):
            pass

    with pytest.raises(TypeError, match="prepare_for_training"):
        Silent()


def test_presets_name_backbones_that_there_are():
    assert {config.backbone for config in PRESETS.values()} <= BACKBONES.keys()
