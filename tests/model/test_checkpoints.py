"""Checkpoints rebuild their own network, and bad files are named."""

import json

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

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
    assert load_network(None, "cpu").config.backbone == "efficientnet_lite0"


@pytest.mark.parametrize("content", [b"", b"not weights at all", b"\x80\x04K\x01."])
def test_a_file_that_is_no_checkpoint(tmp_path, content):
    path = tmp_path / "w.safetensors"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=r"w\.safetensors"):
        read_checkpoint(path)


def test_a_missing_file(tmp_path):
    with pytest.raises(WeightsError, match="does not exist"):
        load_network(tmp_path / "none.safetensors", "cpu")


def test_weights_that_nobody_knows_are_counted_and_two_are_named(tmp_path):
    save_file({name: torch.zeros(1) for name in "cab"}, tmp_path / "other.safetensors")
    with pytest.raises(WeightsError, match="not those of an SKN network: 3 of them, such as a, b"):
        read_checkpoint(tmp_path / "other.safetensors")
    save_file({}, tmp_path / "empty.safetensors")
    with pytest.raises(WeightsError, match="holds no weights"):
        read_checkpoint(tmp_path / "empty.safetensors")


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["key_encoder.conv1.weight", "key_comp.weight"], "STCN published: make one of ours"),
        (["module.KV_M_r4.Key.weight"], "STM published: make one of ours"),
        (["rgb_encoder.conv1.weight", "mask_rgb_encoder.conv1.weight"], "MiVOS published: make one of ours"),
        (["key_encoder.conv1.weight", "key_proj.d_proj.weight"], "looks like the weights of XMem"),
        (["pixel_encoder.a", "object_transformer.query_init.weight"], "looks like the weights of Cutie"),
        (["memory_attention.norm.weight"], "looks like the weights of SAM 2"),
        (["conv1.weight", "layer1.0.conv1.weight"], "looks like the weights of ResNet"),
    ],
)
@pytest.mark.parametrize("wrap", [dict, lambda state: {"model": state}, lambda state: {"state_dict": state}])
def test_weights_that_others_published_are_named(tmp_path, names, sentence, wrap):
    torch.save(wrap({name: torch.zeros(1) for name in names}), tmp_path / "theirs.pth")
    with pytest.raises(WeightsError, match=sentence):
        load_network(tmp_path / "theirs.pth")


def test_weights_that_others_keep_as_safetensors_are_named(tmp_path):
    save_file({"prompt_encoder.not_a_point_embed.weight": torch.zeros(1)}, tmp_path / "sam.safetensors")
    with pytest.raises(WeightsError, match="looks like the weights of SAM,"):
        load_network(tmp_path / "sam.safetensors")


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


@pytest.fixture
def checkpoint(tmp_path):
    path = tmp_path / "w.safetensors"
    save_checkpoint(path, TINY, build(TINY).state_dict())
    return path


def rewrite(path, **changes):
    """Change what the checkpoint says of its network's configuration."""
    with safe_open(path, "pt") as file:
        metadata = file.metadata()
    config = json.loads(metadata["config"]) | changes
    save_file(load_file(path), path, {**metadata, "config": json.dumps(config)})


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("key_channels", 10**9, "channels are whole numbers"),
        ("value_channels", -1, "channels are whole numbers"),
        ("decoder_widths", [64] * 10**6, "channels are whole numbers"),
        ("aspp", 10**400, "aspp and sensory are whole numbers"),
        ("sensory", 0.5, "aspp and sensory are whole numbers"),
        ("decode_prior", "yes", "true or false"),
        ("confidence", [float("nan"), 0], "confidence"),
        ("reader", {"sigma_g": -1}, "sigma_g"),
        ("reader", [], "is unknown"),
        ("reader", {"similarity": []}, "similarity is"),
        ("backbone", [], "is unknown"),
    ],
)
def test_a_configuration_that_no_network_has_is_refused(checkpoint, field, value, words):
    rewrite(checkpoint, **{field: value})
    with pytest.raises(WeightsError, match=words):
        load_network(checkpoint)


def test_sizes_are_compared_before_anything_is_allocated(checkpoint):
    """Weights of 100 GB would be needed, and the file has 4 MB."""
    rewrite(checkpoint, key_channels=16384, value_channels=16384, decoder_widths=[16384] * 3)
    with pytest.raises(WeightsError, match=r"of another network: weights .* of another shape"):
        load_network(checkpoint)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_refused(checkpoint, value):
    weights = build(TINY).state_dict()
    weights["decoder.predict.bias"][0] = value
    save_checkpoint(checkpoint, TINY, weights)
    with pytest.raises(WeightsError, match=r"no finite numbers \(decoder\.predict\.bias\)"):
        load_network(checkpoint)
