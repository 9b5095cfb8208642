"""Shapes of the three networks, soft aggregation, and the names that public weights have."""

import pytest
import torch

from skn_annotator.model.aspp import ASPP
from skn_annotator.model.decoder import soft_aggregate
from skn_annotator.model.network import PRESETS, SKNConfig, build


@pytest.mark.parametrize("name", PRESETS)
def test_memorize_then_segment(name):
    config = PRESETS[name]
    network = build(config).eval()
    frame = torch.rand(1, 3, 48, 64)
    masks = torch.zeros(1, 2, 48, 64)
    masks[:, 0, :19, :19] = 1
    masks[:, 1, 25:, 30:] = 1
    with torch.inference_mode():
        query = network.encode(frame)
        memory = network.memorize(frame, masks, query)
        result = network.segment(query, memory, masks)
    assert query.key.shape == (1, config.key_channels, 3, 4)
    assert memory.value.shape == (1, 2, config.value_channels, 12)
    assert memory.owner.unflatten(1, (3, 4)).tolist() == [[[1, 0, 0, 0], [0, 0, 2, 2], [0, 0, 2, 2]]]
    assert memory.key.shape[1] == (1 if config.shared_keys else 2)
    assert result.logits.shape == (1, 3, 48, 64)
    assert result.readout.matches.cells.shape == (1, 1 if config.shared_keys else 2, 12)
    assert result.expected.prior.known.tolist() == [[True, True]]


def test_objects_do_not_change_one_anothers_readout_order():
    """Swapping two objects swaps their masks and nothing else."""
    torch.manual_seed(0)
    network = build(PRESETS["compact"]).eval()
    frame, masks = torch.rand(1, 3, 48, 64), (torch.rand(1, 2, 48, 64) > 0.5).float()
    with torch.inference_mode():
        query = network.encode(frame)

        def logits(m):
            memory = network.memorize(frame, m, query)
            return network.segment(query, memory, m).logits

        straight, swapped = logits(masks), logits(masks[:, [1, 0]])
    torch.testing.assert_close(straight[:, [0, 2, 1]], swapped, rtol=1e-3, atol=1e-4)


def test_soft_aggregation_follows_its_formula():
    p = torch.tensor([0.9, 0.2])
    merged = soft_aggregate(torch.logit(p).view(1, 2, 1, 1)).softmax(1).flatten()
    odds = torch.tensor([0.1 * 0.8, 0.9, 0.2])
    odds = odds / (1 - odds)
    torch.testing.assert_close(merged, odds / odds.sum())


def test_soft_aggregation_survives_certainty():
    merged = soft_aggregate(torch.full((1, 3, 1, 1), 200.0))
    assert torch.isfinite(merged).all()


def test_resnet50_carries_the_names_of_its_imagenet_checkpoint():
    names = set(build(PRESETS["resnet50"]).query_encoder.backbone.state_dict())
    assert {
        "conv1.weight",
        "bn1.running_var",
        "layer1.0.downsample.0.weight",
        "layer3.5.conv3.weight",
    } <= names
    assert not any(name.startswith("layer4") for name in names)


def test_resnest101_carries_the_names_and_shapes_of_its_imagenet_checkpoint():
    state = build(PRESETS["resnest101"]).query_encoder.backbone.state_dict()
    expected = {
        "conv1.0.weight": (64, 3, 3, 3),
        "conv1.6.weight": (128, 64, 3, 3),
        "bn1.weight": (128,),
        "layer1.0.conv2.conv.weight": (128, 32, 3, 3),
        "layer1.0.conv2.fc1.weight": (32, 64, 1, 1),
        "layer1.0.conv2.fc2.weight": (128, 32, 1, 1),
        "layer1.0.downsample.1.weight": (256, 128, 1, 1),
        "layer3.22.conv3.weight": (1024, 256, 1, 1),
    }
    assert {name: tuple(state[name].shape) for name in expected} == expected


def test_aspp_starts_as_the_identity():
    x = torch.rand(1, 8, 5, 6)
    torch.testing.assert_close(ASPP(8, 4)(x), x)


def test_choices_that_exclude_each_other_are_refused():
    for mistake, message in (
        ({"backbone": "vgg"}, "no backbone 'vgg'"),
        ({"backbone": "efficientnet_lite0", "shared_keys": False}, "has no keys that see the masks"),
    ):
        with pytest.raises(ValueError, match=message):
            SKNConfig(**mistake)
