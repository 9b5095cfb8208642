"""Published checkpoints, generated here with exactly their names and shapes."""

import errno
import os

import pytest
import torch

from skn_annotator.cli.convert import main
from skn_annotator.errors import WeightsError
from skn_annotator.model.backbones.resnest import resnest101
from skn_annotator.model.backbones.resnet import resnet50
from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.network import PRESETS
from skn_annotator.model.public_weights import stm_to_skn
from skn_annotator.model.weights import read_state


def batch_norm(name, channels):
    shapes = dict.fromkeys(("weight", "bias", "running_mean", "running_var"), (channels,))
    return {f"{name}.{key}": shape for key, shape in (*shapes.items(), ("num_batches_tracked", ()))}


def convolution(name, inputs, outputs, kernel, bias=True):
    shapes = {f"{name}.weight": (outputs, inputs, kernel, kernel)}
    return shapes | ({f"{name}.bias": (outputs,)} if bias else {})


def resnet_stage(name, inputs, width, blocks):
    shapes = {}
    for index in range(blocks):
        block = f"{name}.{index}"
        shapes |= convolution(f"{block}.conv1", inputs, width, 1, bias=False)
        shapes |= convolution(f"{block}.conv2", width, width, 3, bias=False)
        shapes |= convolution(f"{block}.conv3", width, 4 * width, 1, bias=False)
        for k, channels in enumerate((width, width, 4 * width), 1):
            shapes |= batch_norm(f"{block}.bn{k}", channels)
        if index == 0:
            shapes |= convolution(f"{block}.downsample.0", inputs, 4 * width, 1, bias=False)
            shapes |= batch_norm(f"{block}.downsample.1", 4 * width)
        inputs = 4 * width
    return shapes


def stm_shapes():
    """The names and shapes of STM_weights.pth."""
    shapes = {}
    for encoder in ("Encoder_M", "Encoder_Q"):
        shapes |= convolution(f"{encoder}.conv1", 3, 64, 7, bias=False) | batch_norm(f"{encoder}.bn1", 64)
        for k, (inputs, width, blocks) in enumerate(((64, 64, 3), (256, 128, 4), (512, 256, 6)), 2):
            shapes |= resnet_stage(f"{encoder}.res{k}", inputs, width, blocks)
        shapes |= {f"{encoder}.mean": (1, 3, 1, 1), f"{encoder}.std": (1, 3, 1, 1)}
    for extra in ("conv1_m", "conv1_o"):
        shapes |= convolution(f"Encoder_M.{extra}", 1, 64, 7, bias=False)
    for part in ("KV_M_r4", "KV_Q_r4"):
        shapes |= convolution(f"{part}.Key", 1024, 128, 3) | convolution(f"{part}.Value", 1024, 512, 3)
    shapes |= convolution("Decoder.convFM", 1024, 256, 3) | convolution("Decoder.pred2", 256, 2, 3)
    blocks = ["ResMM", "RF3.ResFS", "RF3.ResMM", "RF2.ResFS", "RF2.ResMM"]
    for block in blocks:
        for k in (1, 2):
            shapes |= convolution(f"Decoder.{block}.conv{k}", 256, 256, 3)
    shapes |= convolution("Decoder.RF3.convFS", 512, 256, 3) | convolution("Decoder.RF2.convFS", 256, 256, 3)
    return shapes


def random_state(shapes, prefix=""):
    generator = torch.Generator().manual_seed(0)
    return {
        prefix + name: torch.rand(shape, generator=generator) * 0.01 if shape else torch.tensor(0)
        for name, shape in shapes.items()
    }


@pytest.mark.parametrize("prefix", ["", "module."])
def test_stm_becomes_a_checkpoint_that_loads(tmp_path, prefix, capsys):
    torch.save(random_state(stm_shapes(), prefix), tmp_path / "STM_weights.pth")
    assert main([str(tmp_path / "STM_weights.pth"), str(tmp_path / "stm.safetensors")]) == 0
    assert load_network(tmp_path / "stm.safetensors", "cpu").config == PRESETS["resnet50"]
    assert "stm.safetensors" in capsys.readouterr().out


def test_a_conversion_replaces_its_own_file_and_no_other(tmp_path, capsys):
    source, target = tmp_path / "STM_weights.pth", tmp_path / "stm.safetensors"
    torch.save(random_state(stm_shapes()), source)
    assert main([str(source), str(target)]) == 0
    assert main([str(source), str(target)]) == 0
    assert main([str(source), str(source), "--overwrite"]) == 1
    assert "is read here, so it is never written to" in capsys.readouterr().err
    target.write_bytes(b"of the user")
    assert main([str(source), str(target)]) == 1
    assert "would be replaced" in capsys.readouterr().err
    assert target.read_bytes() == b"of the user"
    assert main([str(source), str(target), "--overwrite"]) == 0


def test_every_weight_finds_its_place():
    state = random_state(stm_shapes())
    ours = stm_to_skn(state, "STM_weights.pth")
    same = {
        "Encoder_Q.res4.5.conv3.weight": "query_encoder.backbone.layer3.5.conv3.weight",
        "Encoder_M.conv1_o.weight": "memory_encoder.backbone.conv1_o.weight",
        "KV_M_r4.Key.bias": "memory_encoder.head.key.bias",
        "Decoder.RF3.ResFS.conv2.weight": "decoder.refine8.skip_block.conv2.weight",
        "Decoder.RF2.ResMM.conv1.bias": "decoder.refine4.block.conv1.bias",
        "Decoder.pred2.weight": "decoder.predict.weight",
    }
    for theirs, own in same.items():
        assert torch.equal(state[theirs], ours[own])


def test_the_decoder_reads_the_query_first():
    """STM joins (memory, query), equation (11) has (query, memory): the first convolution is turned round."""
    state = random_state(stm_shapes())
    ours = stm_to_skn(state, "x")["decoder.compress.weight"]
    readout = torch.rand(1, 1024, 3, 3)
    swapped = torch.cat((readout[:, 512:], readout[:, :512]), 1)
    conv = torch.nn.functional.conv2d
    expected = conv(readout, state["Decoder.convFM.weight"])
    torch.testing.assert_close(conv(swapped, ours), expected, rtol=1e-4, atol=1e-4)


def test_surplus_and_missing_weights_are_listed(tmp_path, capsys):
    state = random_state(stm_shapes())
    torch.save({**state, "Decoder.pred3.weight": torch.zeros(1)}, tmp_path / "a.pth")
    assert main([str(tmp_path / "a.pth"), str(tmp_path / "out")]) == 1
    assert "Decoder.pred3.weight" in capsys.readouterr().err
    del state["KV_Q_r4.Key.weight"]
    torch.save(state, tmp_path / "b.pth")
    assert main([str(tmp_path / "b.pth"), str(tmp_path / "out")]) == 1
    assert "query_encoder.head.key.weight" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_resnet50_of_torchvision_starts_both_trunks(tmp_path):
    shapes = convolution("conv1", 3, 64, 7, bias=False) | batch_norm("bn1", 64)
    for k, (inputs, width, blocks) in enumerate(
        ((64, 64, 3), (256, 128, 4), (512, 256, 6), (1024, 512, 3)), 1
    ):
        shapes |= resnet_stage(f"layer{k}", inputs, width, blocks)
    state = random_state(shapes | {"fc.weight": (1000, 2048), "fc.bias": (1000,)})
    torch.save(state, tmp_path / "resnet50.pth")
    for backbone in (resnet50(), resnet50(with_masks=True)):
        backbone.load_imagenet(tmp_path / "resnet50.pth")
        assert torch.equal(backbone.state_dict()["layer3.5.conv2.weight"], state["layer3.5.conv2.weight"])


def resnest_stage(name, inputs, width, blocks):
    shapes = {}
    for index in range(blocks):
        block = f"{name}.{index}"
        hidden = max(width * 2 // 4, 32)
        shapes |= convolution(f"{block}.conv1", inputs, width, 1, bias=False)
        shapes |= convolution(f"{block}.conv2.conv", width // 2, 2 * width, 3, bias=False)
        shapes |= batch_norm(f"{block}.conv2.bn0", 2 * width) | batch_norm(f"{block}.conv2.bn1", hidden)
        shapes |= convolution(f"{block}.conv2.fc1", width, hidden, 1)
        shapes |= convolution(f"{block}.conv2.fc2", hidden, 2 * width, 1)
        shapes |= convolution(f"{block}.conv3", width, 4 * width, 1, bias=False)
        shapes |= batch_norm(f"{block}.bn1", width) | batch_norm(f"{block}.bn3", 4 * width)
        if index == 0:
            shapes |= convolution(f"{block}.downsample.1", inputs, 4 * width, 1, bias=False)
            shapes |= batch_norm(f"{block}.downsample.2", 4 * width)
        inputs = 4 * width
    return shapes


def test_the_official_resnest101_starts_its_trunk(tmp_path):
    shapes = batch_norm("bn1", 128)
    for k, (inputs, outputs) in ((0, (3, 64)), (3, (64, 64)), (6, (64, 128))):
        shapes |= convolution(f"conv1.{k}", inputs, outputs, 3, bias=False)
    for k in (1, 4):
        shapes |= batch_norm(f"conv1.{k}", 64)
    for k, (inputs, width, blocks) in enumerate(((128, 64, 3), (256, 128, 4), (512, 256, 23)), 1):
        shapes |= resnest_stage(f"layer{k}", inputs, width, blocks)
    torch.save(random_state(shapes | {"fc.weight": (1000, 2048)}), tmp_path / "resnest101.pth")
    resnest101().load_imagenet(tmp_path / "resnest101.pth")


@pytest.mark.parametrize("content", [b"", b"no weights"])
def test_a_file_that_holds_no_weights(tmp_path, content):
    (tmp_path / "w.pth").write_bytes(content)
    with pytest.raises(WeightsError, match=r"w\.pth"):
        read_state(tmp_path / "w.pth")


def test_a_pickle_that_would_run_code_is_refused(tmp_path):
    class Evil:
        def __reduce__(self):
            return print, ("ran",)

    torch.save({"a": Evil()}, tmp_path / "evil.pth")
    with pytest.raises(WeightsError, match=r"evil\.pth"):
        read_state(tmp_path / "evil.pth")


def test_what_hinders_a_conversion_is_called_what_it_is(tmp_path, capsys, monkeypatch):
    source, damaged = tmp_path / "STM_weights.pth", tmp_path / "damaged.pth"
    torch.save(random_state(stm_shapes()), source)
    damaged.write_bytes(b"no weights")
    for given, words in (
        (damaged, "damaged.pth is not a file of PyTorch weights, or it is damaged"),
        (tmp_path / "none.pth", "none.pth cannot be read: it does not exist"),
        (tmp_path, f"{tmp_path} cannot be read: it is a folder"),
    ):
        assert main([str(given), str(tmp_path / "out")]) == 1
        assert words in capsys.readouterr().err
    assert main([str(source), str(tmp_path / "none" / "out")]) == 1
    assert "its folder does not exist; make that, or choose another place" in capsys.readouterr().err
    monkeypatch.setattr(os, "open", refuse)
    assert main([str(source), str(tmp_path / "out")]) == 1
    err = capsys.readouterr().err
    assert "STM_weights.pth cannot be read: you have no permission to read it" in err
    assert "damaged" not in err


def refuse(path, *_, **__):
    raise PermissionError(errno.EACCES, "Permission denied", path)
