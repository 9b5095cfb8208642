"""Broken weights: checkpoints of ours, PyTorch's files, ImageNet's arrays."""

import json
import pickletools
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import product

import numpy as np
import pytest
import torch
from confined import try_all
from damage import broken_bytes, broken_json, odd_value, put
from torch import nn

from skn_annotator.model.backbones import registry
from skn_annotator.model.backbones.backbone import Backbone
from skn_annotator.model.backbones.mobilenet_v2 import mobilenet_v2
from skn_annotator.model.checkpoints import load_network, read_checkpoint, save_checkpoint
from skn_annotator.model.encoders import Features
from skn_annotator.model.network import PRESETS, SKNConfig, build
from skn_annotator.model.public_weights import stm_to_skn
from skn_annotator.model.weights import check_weights, read_state
from skn_annotator.training.optimization import prepare_for_training
from skn_annotator.training.packed_state import pack, unpack
from skn_annotator.training.run_folder import RunFolder


class TinyBackbone(Backbone):
    """One convolution for each stride: a checkpoint of 50 kB instead of 4 MB."""

    channels = (4, 4, 4)

    def __init__(self):
        super().__init__()
        self.steps = nn.ModuleList(nn.Conv2d(n, 4, 3, stride, 1) for n, stride in ((3, 4), (4, 2), (4, 2)))

    def forward(self, x):
        maps = []
        for step in self.steps:
            x = step(x)
            maps.append(x)
        return Features(*maps)

    def load_imagenet(self, path): ...

    def prepare_for_training(self):
        self.train()


TINY = SKNConfig(backbone="compact", key_channels=4, value_channels=4, decoder_widths=(4, 4, 4))


@pytest.fixture(scope="module", autouse=True)
def tiny_backbone():
    with pytest.MonkeyPatch.context() as patch:
        kinds = {**registry.BACKBONES, "tiny": registry.BackboneKind(query=TinyBackbone)}
        patch.setattr(registry, "BACKBONES", kinds)
        yield


@cache
def run():
    """A network after no step, its average and its optimizer."""
    torch.manual_seed(0)
    network = build(replace(TINY, backbone="tiny"))
    prepare_for_training(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-4)
    sum(parameter.sum() for parameter in network.parameters()).backward()
    optimizer.step()
    return network, build(network.config), optimizer


# ---- checkpoints of ours


@cache
def checkpoint(folder):
    network, average, optimizer = run()
    plain, packed = folder / "plain.safetensors", folder / "packed.safetensors"
    save_checkpoint(plain, network.config, network.state_dict(), {"step": "7"})
    pack(packed, 7, network, average, optimizer)
    return [plain.read_bytes(), packed.read_bytes()]


def safetensors(folder):
    whole = checkpoint(folder)

    def attempt(rng, place):
        path = place / "w.safetensors"
        how = put(rng, path, _broken_checkpoint(rng, rng.choice(whole)))
        if rng.random() < 0.7:
            network = load_network(path, "cpu")
            assert all(value.isfinite().all() for value in network.state_dict().values())
        else:
            network, average, optimizer = run()
            unpack(path, network, average, optimizer)
        return how

    return attempt


def _broken_checkpoint(rng, data):
    length = int.from_bytes(data[:8], "little")
    header, values = json.loads(data[8 : 8 + length]), bytearray(data[8 + length :])
    way = rng.randrange(6)
    if way == 0:
        return broken_bytes(rng, data)
    if way == 1:  # values that are no numbers, and other numbers
        for _ in range(rng.randint(1, 5)):
            at = 2 * rng.randrange(len(values) // 2)
            values[at : at + 2] = rng.choice([b"\0\x7e", b"\0\x7c", b"\0\xfc", rng.randbytes(2)])
    elif way in (2, 3):
        metadata = header["__metadata__"]
        text = broken_json(rng, json.loads(metadata["config"])).decode("utf-8", "replace")
        metadata[rng.choice(["config", "config", "config", "format"])] = text
    elif way == 4:
        name = rng.choice(list(header))
        header[name] = odd_value(rng) if rng.random() < 0.3 else _other_tensor(rng, dict(header[name]))
    else:
        header = json.loads(json.dumps(header))
        text = broken_json(rng, header)
        return len(text).to_bytes(8, "little") + text + bytes(values)
    text = json.dumps(header).replace('"a nesting that no parser follows"', "[" * 5000).encode()
    wrong = rng.choice([0] * 20 + [1, -1, 10**9])
    return (len(text) + wrong).to_bytes(8, "little") + text + bytes(values)


def _other_tensor(rng, entry):
    change = rng.choice(["dtype", "shape", "shape", "data_offsets"])
    entry[change] = {
        "dtype": rng.choice(["F64", "F32", "BF16", "I64", "BOOL", "U8", "F8_E4M3", "C64", "F4", ""]),
        "shape": rng.choice([[], [0], [2**40], [2**62, 4], [-1], [1] * 70, [2**32, 0, 2**32]]),
        "data_offsets": rng.choice([[0, 0], [4, 2], [0, 2**62], [-4, 4], [0], []]),
    }[change]
    return entry


# ---- PyTorch's files


@cache
def states(folder):
    """A training's state, and weights with STM's names and shapes that take no room, in both formats."""
    network, average, optimizer = run()
    RunFolder(folder).save(7, network, average, optimizer)
    names = {"query_encoder.backbone": "Encoder_Q", "memory_encoder.backbone": "Encoder_M"}
    stm = {}
    for name, value in META.state_dict().items():
        for ours, theirs in names.items():
            name = name.replace(ours, theirs)
        stm[f"module.{name}"] = torch.zeros(()).expand(value.shape)
    found = [(folder / "state.pt").read_bytes()]
    other = {"a": torch.ones(3, 4), "b": [torch.zeros(2), 1.5]}
    for state, new_format in product(({"state_dict": stm}, other), (True, False)):
        stream = BytesIO()
        torch.save(state, stream, _use_new_zipfile_serialization=new_format)
        found.append(stream.getvalue())
    return found


with torch.device("meta"):
    META = build(PRESETS["resnet50"])


def pytorch(folder):
    whole = states(folder)

    def attempt(rng, place):
        data = rng.choice(whole)
        broken = _broken_zip(rng, data) if data.startswith(b"PK") and rng.random() < 0.7 else None
        path = place / "state.pt"
        how = put(rng, path, broken or broken_bytes(rng, data))
        if data is whole[0]:
            network, average, optimizer = run()
            RunFolder(place).resume(network, average, optimizer, torch.device("cpu"))
        else:
            check_weights(META, stm_to_skn(read_state(path), str(path)), str(path))
        return how

    return attempt


def _broken_zip(rng, data):
    """The same archive with records broken, lost, added or compressed, and right checksums."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        names = old.namelist()
        chosen = next((n for n in names if n.endswith("data.pkl")), names[0])
        chosen = chosen if rng.random() < 0.7 else rng.choice(names)
        for name in names:
            record = old.read(name)
            if name == chosen:
                way = rng.randrange(6)
                if way == 0:
                    continue
                record = _broken_pickle(rng, record) if way < 4 else broken_bytes(rng, record)
                if way == 5 and rng.random() < 0.3:
                    new.writestr(name, bytes(30_000_000), zipfile.ZIP_DEFLATED)
                    continue
            new.writestr(name, record)
    return stream.getvalue()


def _broken_pickle(rng, data):
    """Another argument for one instruction, or one instruction more."""
    try:
        places = [at for _, _, at in pickletools.genops(data)]
    except Exception:
        return broken_bytes(rng, data)
    at = rng.choice(places)
    odd = rng.choice(
        [
            *(
                b"N",
                b"}",
                b"]",
                b")",
                b"R",
                b"b",
                b"0",
                b"2",
                b"t",
                b"u",
                b"s",
                b"a",
                b"e",
                b"(",
                b"Q",
                b"\x81",
            ),
            *(b"cos\nsystem\n", b"cbuiltins\nexec\n", b"ctorch\nSize\n", b"\x8a\x08" + b"\xff" * 7 + b"\x7f"),
            *(b"J\xff\xff\xff\x7f", b"J\xff\xff\xff\xff", b"K\xff", b"h\xff", b"G\x7f\xf8\0\0\0\0\0\0"),
            b"cbuiltins\nbytearray\n\x8a\x06\0\0\0\0\0\1\x85R",
        ]
    )
    return data[:at] + odd + data[at + rng.choice([0, 0, 1, 5]) :]


# ---- ImageNet's arrays


@cache
def arrays(folder):
    found = {}
    for number, module in enumerate(mobilenet_v2().modules()):
        if isinstance(module, nn.Conv2d):
            found[f"{number:03d}.weight"] = np.zeros((1, 1, 1, 1), np.float16)
            found[f"{number:03d}.bias"] = np.zeros(1, np.float16)
    stream = BytesIO()
    np.savez(stream, **found)
    return stream.getvalue()


def imagenet(folder):
    whole, backbone = arrays(folder), mobilenet_v2()

    def attempt(rng, place):
        data = _broken_zip(rng, whole) if rng.random() < 0.5 else broken_bytes(rng, whole)
        how = put(rng, place / "w.npz", data)
        backbone.load_imagenet(place / "w.npz")
        return how

    return attempt


@pytest.mark.parametrize("kind", [safetensors, pytorch, imagenet])
def test_broken_weights_are_loaded_or_refused(kind, seeds, tmp_path, report):
    made = tmp_path / "made"
    made.mkdir()
    report(try_all(kind(made), seeds(30), tmp_path / "tried"))


def test_the_files_are_whole_before_they_are_broken(tmp_path):
    (tmp_path / "w.safetensors").write_bytes(checkpoint(tmp_path)[0])
    assert load_network(tmp_path / "w.safetensors", "cpu").config.backbone == "tiny"
    assert read_checkpoint(tmp_path / "w.safetensors")[0].key_channels == 4
    (tmp_path / "stm.pth").write_bytes(states(tmp_path)[1])
    assert len(read_state(tmp_path / "stm.pth")) == len(META.state_dict())
