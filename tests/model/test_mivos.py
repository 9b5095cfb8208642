"""MiVOS's checkpoint: its names and shapes become ours, and what the network computes is what MiVOS computes.

The names and shapes are those of the published propagation network; the reference is written here, layer by
layer under the published names, from the paper and its supplement (Cheng et al., CVPR 2021).
"""

from dataclasses import replace
from math import inf, sqrt

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from skn_annotator.cli.convert import main
from skn_annotator.errors import WeightsError
from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.network import PRESETS, build
from skn_annotator.model.public_weights import mivos_to_skn

SIZE = (64, 80)
GRID = (SIZE[0] // 16, SIZE[1] // 16)
STAGES = ((64, 64, 3), (256, 128, 4), (512, 256, 6))


def shapes():
    found = {}
    for encoder, channels, first in (("rgb_encoder", 3, "res2"), ("mask_rgb_encoder", 5, "layer1")):
        found[f"{encoder}.conv1.weight"] = (64, channels, 7, 7)
        found |= norm(f"{encoder}.bn1", 64)
        for name, (inputs, width, blocks) in zip((first, "layer2", "layer3"), STAGES, strict=True):
            for k in range(blocks):
                found |= bottleneck(f"{encoder}.{name}.{k}", inputs if k == 0 else 4 * width, width, k == 0)
    for part in ("kv_m_f16", "kv_q_f16"):
        found |= convolution(f"{part}.key_proj", 1024, 128) | convolution(f"{part}.val_proj", 1024, 512)
    found |= block("decoder.compress", 1024, 512)
    for name, skip, inputs, outputs in (("up_16_8", 512, 512, 256), ("up_8_4", 256, 256, 256)):
        found |= convolution(f"decoder.{name}.skip_conv1", skip, inputs)
        found |= block(f"decoder.{name}.skip_conv2", inputs, inputs)
        found |= block(f"decoder.{name}.out_conv", inputs, outputs)
    return found | convolution("decoder.pred", 256, 1)


def convolution(name, inputs, outputs):
    return {f"{name}.weight": (outputs, inputs, 3, 3), f"{name}.bias": (outputs,)}


def block(name, inputs, outputs):
    found = convolution(f"{name}.conv1", inputs, outputs) | convolution(f"{name}.conv2", outputs, outputs)
    return found | (convolution(f"{name}.downsample", inputs, outputs) if inputs != outputs else {})


def norm(name, channels):
    return {f"{name}.{key}": (channels,) for key in ("weight", "bias", "running_mean", "running_var")}


def bottleneck(name, inputs, width, widens):
    found = {f"{name}.conv1.weight": (width, inputs, 1, 1), f"{name}.conv2.weight": (width, width, 3, 3)}
    found |= {f"{name}.conv3.weight": (4 * width, width, 1, 1)}
    for k, channels in enumerate((width, width, 4 * width), 1):
        found |= norm(f"{name}.bn{k}", channels)
    if widens:
        found |= {f"{name}.downsample.0.weight": (4 * width, inputs, 1, 1)}
        found |= norm(f"{name}.downsample.1", 4 * width)
    return found


@pytest.fixture(scope="module")
def state():
    random = np.random.default_rng(3)
    made = {}
    for name, shape in shapes().items():
        values = random.standard_normal(shape, dtype=np.float32)
        if name.endswith("running_var"):
            values = 1 + 0.1 * np.abs(values)
        elif len(shape) == 1:
            values = 0.1 * values + np.float32(name.endswith("weight"))
        else:
            values *= np.float32(1 / sqrt(np.prod(shape[1:])))
        made[name] = torch.from_numpy(values)
    return made


class Reference:
    """MiVOS's propagation, from its weights."""

    def __init__(self, state):
        self.state = state

    def conv(self, name, x, stride=1, padding=1):
        return F.conv2d(x, self.state[f"{name}.weight"], self.state.get(f"{name}.bias"), stride, padding)

    def norm(self, name, x):
        keys = ("running_mean", "running_var", "weight", "bias")
        return F.batch_norm(x, *(self.state[f"{name}.{key}"] for key in keys))

    def encode(self, encoder, first, x):
        """Features at stride 4, 8, 16."""
        x = self.norm(f"{encoder}.bn1", self.conv(f"{encoder}.conv1", x, 2, 3)).relu()
        x, found = F.max_pool2d(x, 3, 2, 1), []
        for name, (_, _, blocks) in zip((first, "layer2", "layer3"), STAGES, strict=True):
            for k in range(blocks):
                x = self.bottleneck(f"{encoder}.{name}.{k}", x, 2 if k == 0 and name != first else 1, k == 0)
            found.append(x)
        return found

    def bottleneck(self, name, x, stride, widens):
        out = self.norm(f"{name}.bn1", self.conv(f"{name}.conv1", x, 1, 0)).relu()
        out = self.norm(f"{name}.bn2", self.conv(f"{name}.conv2", out, stride)).relu()
        out = self.norm(f"{name}.bn3", self.conv(f"{name}.conv3", out, 1, 0))
        if widens:
            x = self.norm(f"{name}.downsample.1", self.conv(f"{name}.downsample.0", x, stride, 0))
        return (out + x).relu()

    def block(self, name, x):
        out = self.conv(f"{name}.conv2", self.conv(f"{name}.conv1", x.relu()).relu())
        return out + (self.conv(f"{name}.downsample", x) if f"{name}.downsample.weight" in self.state else x)

    def up(self, name, skip, x):
        skip = self.block(f"{name}.skip_conv2", self.conv(f"{name}.skip_conv1", skip))
        return self.block(
            f"{name}.out_conv",
            skip + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False),
        )

    def probabilities(self, frames, masks, top):
        """Of each object on the second frame, read from the first with its masks (O, 1, H, W)."""
        mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
        frames = (frames - mean[:, None, None]) / std[:, None, None]
        others = masks.sum(0, keepdim=True) - masks
        shown = torch.cat((frames[:1].expand(len(masks), -1, -1, -1), masks, others), 1)
        memory = self.encode("mask_rgb_encoder", "layer1", shown)[-1]
        key, value = (self.conv(f"kv_m_f16.{part}", memory).flatten(2) for part in ("key_proj", "val_proj"))
        skip4, skip8, query = self.encode("rgb_encoder", "res2", frames[1:])
        query_key, query_value = (self.conv(f"kv_q_f16.{part}", query) for part in ("key_proj", "val_proj"))
        affinity = key.transpose(1, 2) @ query_key.flatten(2) / sqrt(key.shape[1])
        largest, places = affinity.topk(top, 1)
        weight = torch.zeros_like(affinity).scatter(1, places, largest.softmax(1))
        readout = (value @ weight).unflatten(2, GRID)
        x = torch.cat((readout, query_value.expand(len(masks), -1, -1, -1)), 1)
        x = self.up("decoder.up_16_8", skip8, self.block("decoder.compress", x))
        x = self.conv("decoder.pred", self.up("decoder.up_8_4", skip4, x).relu())
        return F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=False).sigmoid()[:, 0]


def test_it_computes_what_the_paper_says(state):
    config = PRESETS["mivos"]
    reader = replace(config.reader, sigma_g=inf, spatial_constrain=False, top=7)
    network = build(replace(config, reader=reader)).eval()
    network.load_state_dict(mivos_to_skn(state, "propagation_model.pth"), strict=False)
    frames = torch.from_numpy(np.random.default_rng(7).random((2, 3, *SIZE), dtype=np.float32))
    masks = torch.zeros(2, 1, *SIZE)
    masks[0, 0, 8:40, 8:40] = 1
    masks[1, 0, 24:56, 44:72] = 1
    with torch.inference_mode():
        memory = network.memorize(frames[:1], masks[None, :, 0], network.encode(frames[:1]))
        found = network.segment(network.encode(frames[1:]), memory, masks[None, :, 0])
        each = Reference(state).probabilities(frames, masks, 7)
    ground = (1 - each).prod(0, keepdim=True)
    odds = torch.cat((ground, each)).clamp(1e-7, 1 - 1e-7)
    expected = (odds / (1 - odds)) / (odds / (1 - odds)).sum(0)  # soft aggregation, as STM has it
    torch.testing.assert_close(found.logits.softmax(1)[0], expected, rtol=1e-3, atol=2e-4)


def test_it_becomes_a_checkpoint_that_loads(state, tmp_path, capsys):
    counts = {
        n.replace("running_var", "num_batches_tracked"): torch.tensor(0) for n in state if "running_var" in n
    }
    torch.save({**state, **counts}, tmp_path / "propagation_model.pth")
    assert main([str(tmp_path / "propagation_model.pth"), str(tmp_path / "mivos.safetensors")]) == 0
    assert "MiVOS's weights with SKN's reader" in capsys.readouterr().out
    assert load_network(tmp_path / "mivos.safetensors", "cpu").config == PRESETS["mivos"]


def test_unknown_names_are_named():
    with pytest.raises(WeightsError, match=r"is not MiVOS's checkpoint: 1 surplus \(head\.weight\)"):
        mivos_to_skn({"rgb_encoder.conv1.weight": torch.zeros(1), "head.weight": torch.zeros(1)}, "p.pth")
