"""Two processes with a batch of b do what one does with 2 b."""

import csv
import os
import socket
import subprocess
import sys

import pytest
import torch
from safetensors.torch import load_file

TRAIN = """
import sys
from pathlib import Path

from skn_annotator.cli.train import main

main(sys.argv[1:])
threads = [path.read_text().strip() for path in Path("/proc/self/task").glob("*/comm")]
assert not [name for name in threads if "gloo" in name], f"may abort the process as it ends: {threads}"
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(stage, data, run, **environment):
    command = [sys.executable, "-c", TRAIN, str(stage), "--data", str(data)]
    command += ["--run", str(run), "--device", "cpu", "--workers", "0"]
    environment = {name: str(value) for name, value in environment.items()}
    return subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True)


def finish(process):
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors


def column(run, name, table="log.csv"):
    with (run / table).open() as file:
        return [float(row[name]) for row in csv.DictReader(file)]


@pytest.mark.skipif(not torch.distributed.is_available(), reason="this torch has no distributed package")
def test_two_processes_equal_one_with_twice_the_batch(data_root, stage_file, tmp_path):
    table = '[validation]\npath = "video"\nsize = 64\n\n[clip]'
    text = stage_file.read_text().replace("steps = 6", "steps = 3").replace("[clip]", table)
    stage_file.write_text(text)
    double = tmp_path / "double.toml"
    double.write_text(text.replace("batch = 2", "batch = 4"))

    finish(start(double, data_root, tmp_path / "one"))
    shared = {"WORLD_SIZE": 2, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": free_port()}
    both = [start(stage_file, data_root, tmp_path / "two", RANK=rank, **shared) for rank in range(2)]
    for process in both:
        finish(process)

    assert column(tmp_path / "two", "norm") == pytest.approx(column(tmp_path / "one", "norm"), rel=0.02)
    walks = [column(tmp_path / run, "walk", "validation.csv") for run in ("one", "two")]
    assert walks[1] == pytest.approx(walks[0], abs=0.02)  # one of the two processes has no sequence
    one, two = (load_file(tmp_path / run / "weights.safetensors") for run in ("one", "two"))
    moved = 0
    for name, tensor in one.items():
        torch.testing.assert_close(two[name], tensor, rtol=0.05, atol=3e-3)
        moved += tensor.numel()
    assert moved > 1e6
