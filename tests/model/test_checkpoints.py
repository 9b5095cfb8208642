"""Checkpoints rebuild their own network, and bad files are named."""

import pytest
import torch
from safetensors.torch import save_file

from skn_annotator.errors import WeightsError
from skn_annotator.model.checkpoints import load_network, read_checkpoint, save_checkpoint
from skn_annotator.model.network import PRESETS, SKNConfig, build
from skn_annotator.model.reader import ReaderConfig
from skn_annotator.model.weights import load_weights

TINY = SKNConfig(
    key_channels=8, value_channels=8, decoder_widths=(16, 8, 8), reader=ReaderConfig(sigma_g=3.0)
)


def test_a_file_rebuilds_its_own_network(tmp_path):
    network = build(TINY)
    path = tmp_path / "tiny.safetensors"
    save_checkpoint(path, TINY, network.state_dict(), {"step": "7"})
    loaded = load_network(path, "cpu")
    assert loaded.config == TINY
    assert not loaded.training
    for name, tensor in network.state_dict().items():
        torch.testing.assert_close(loaded.state_dict()[name], tensor, rtol=1e-3, atol=1e-3)


def test_saving_leaves_no_temporary_file(tmp_path):
    save_checkpoint(tmp_path / "a.safetensors", TINY, build(TINY).state_dict())
    assert [p.name for p in tmp_path.iterdir()] == ["a.safetensors"]


def test_the_bundled_checkpoint_loads():
    assert load_network(None, "cpu").config.backbone == "compact32"


@pytest.mark.parametrize("content", [b"", b"not weights at all", b"\x80\x04K\x01."])
def test_a_file_that_is_no_checkpoint(tmp_path, content):
    path = tmp_path / "w.safetensors"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=r"w\.safetensors"):
        read_checkpoint(path)


def test_a_missing_file(tmp_path):
    with pytest.raises(WeightsError, match="does not exist"):
        load_network(tmp_path / "none.safetensors", "cpu")


def test_weights_without_configuration(tmp_path):
    save_file({"a": torch.zeros(1)}, tmp_path / "other.safetensors")
    with pytest.raises(WeightsError, match="names no configuration"):
        read_checkpoint(tmp_path / "other.safetensors")


def test_weights_of_another_network_are_listed():
    weights = build(TINY).state_dict()
    del weights["decoder.predict.bias"]
    weights["extra"] = torch.zeros(1)
    weights["decoder.compress.bias"] = torch.zeros(3)
    with pytest.raises(WeightsError) as caught:
        load_weights(build(TINY), weights, "w.safetensors")
    message = str(caught.value)
    for part in (
        "w.safetensors",
        "1 missing (decoder.predict.bias)",
        "1 surplus (extra)",
        "decoder.compress.bias",
    ):
        assert part in message


def test_a_backbone_that_this_version_lacks_is_named(tmp_path):
    network, path = build(TINY), tmp_path / "w.safetensors"
    save_checkpoint(path, TINY, network.state_dict())
    path.write_bytes(path.read_bytes().replace(b'backbone\\": \\"compact\\"', b'backbone\\": \\"another\\"'))
    with pytest.raises(WeightsError, match=r"w\.safetensors.*no backbone 'another'; there are: .*compact, "):
        read_checkpoint(path)


@pytest.mark.parametrize("name", ["nonsense", "meta"])
def test_a_device_that_cannot_be_used(name):
    with pytest.raises(WeightsError, match=name):
        load_network(None, name)


def test_presets_are_what_their_papers_say():
    assert PRESETS["resnet50"].reader.similarity == PRESETS["resnest101"].reader.similarity == "dot"
    assert PRESETS["resnest101"].aspp
    assert not PRESETS["resnet50"].aspp
