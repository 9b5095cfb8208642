"""The network of clicks: its shapes, what is computed once per picture, and its checkpoints."""

import pytest
import torch

from skn_annotator.errors import WeightsError
from skn_annotator.model.checkpoints import (
    load_click_network,
    load_network,
    read_checkpoint,
    save_checkpoint,
)
from skn_annotator.model.click_network import ClickConfig, ClickNetwork
from skn_annotator.model.network import PRESETS, build


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return ClickNetwork(ClickConfig()).eval()


def test_a_logit_for_every_pixel_at_any_size_of_whole_cells(network):
    for height, width in ((64, 96), (80, 48)):
        seen = network.look(torch.rand(2, 3, height, width))
        assert network(seen, torch.zeros(2, 4, height, width)).shape == (2, height, width)


def test_what_was_seen_of_a_picture_serves_every_prompt(network):
    picture = torch.rand(1, 3, 64, 64)
    seen = network.look(picture)
    prompt = torch.zeros(1, 4, 64, 64)
    prompt[:, 0, 30:36, 30:36] = 1
    with torch.no_grad():
        first = network(seen, prompt)
        other = network(seen, torch.zeros_like(prompt))
        again = network(network.look(picture), prompt)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_it_fits_into_eight_mebibytes_in_half_precision(network):
    assert 2 * sum(parameter.numel() for parameter in network.parameters()) < 8 * 2**20


def test_training_leaves_what_is_computed_once_as_it_is():
    network = ClickNetwork(ClickConfig())
    network.trunk.prepare_for_training()
    assert not network.look(torch.rand(1, 3, 32, 32)).requires_grad
    assert all(parameter.requires_grad for parameter in network.prompt.parameters())


def test_a_checkpoint_rebuilds_its_network(network, tmp_path):
    path = tmp_path / "clicks.safetensors"
    save_checkpoint(path, network.config, network.state_dict())
    loaded = load_click_network(path, "cpu")
    assert loaded.config == network.config
    for name, tensor in loaded.state_dict().items():
        assert torch.equal(tensor, network.state_dict()[name].half().float())


@pytest.mark.parametrize("values", [{"decoder_widths": (8, 8)}, {"prompt_width": 0}, {"prompt_width": "8"}])
def test_a_configuration_that_no_network_can_have_is_refused(values):
    with pytest.raises(ValueError, match="channels"):
        ClickConfig(**values)


def test_the_two_kinds_of_checkpoint_are_told_apart(network, tmp_path):
    clicks, skn = tmp_path / "clicks.safetensors", tmp_path / "skn.safetensors"
    save_checkpoint(clicks, network.config, network.state_dict())
    propagation = build(PRESETS["compact"])
    save_checkpoint(skn, propagation.config, propagation.state_dict())
    with pytest.raises(WeightsError, match="is a network of clicks"):
        load_network(clicks, "cpu")
    with pytest.raises(WeightsError, match="is an SKN network, not"):
        load_click_network(skn, "cpu")
    assert read_checkpoint(skn)[0] == propagation.config
