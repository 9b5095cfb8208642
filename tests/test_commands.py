"""The commands as a shell sees them: separate processes, their output and their exit status."""

import ast
import importlib
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from twins import twins

from skn_annotator import __version__
from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.resources import demo_clip, demo_mask

PYPROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
SCRIPTS = PYPROJECT["project"]["scripts"]


def _command(name, *arguments):
    module = SCRIPTS[name].partition(":")[0]
    return [sys.executable, "-m", module, *map(str, arguments)]


def _run(name, *arguments):
    return subprocess.run(_command(name, *arguments), capture_output=True, text=True)


def test_the_commands_have_their_names():
    names = ("annotate", "propagate", "batch", "import", "export", "evaluate", "train", "convert")
    assert set(SCRIPTS) == {f"skn-{name}" for name in names}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_command_says_what_it_is(name):
    module, _, function = SCRIPTS[name].partition(":")
    assert callable(getattr(importlib.import_module(module), function))
    assert _run(name, "--version").stdout == f"{name} {__version__}\n"
    help_text = _run(name, "--help").stdout
    assert help_text.startswith(f"usage: {name} ")
    assert len(help_text.splitlines()) > 10


def test_from_frames_and_one_mask_to_scores(tmp_path):
    """The bundled network follows the two balls, painted as one object, through the demo's first frames."""
    frames, truth, results = tmp_path / "twins", tmp_path / "truth" / "twins", tmp_path / "results"
    frames.mkdir()
    truth.mkdir(parents=True)
    for t, (frame, mask) in zip(range(7), twins((240, 427), oversample=1), strict=False):
        Image.fromarray(frame).save(frames / f"{t:05d}.jpg", quality=92)
        (truth / f"{t:05d}.png").write_bytes(encode_mask(np.minimum(mask, 1)))
    result = _run("skn-propagate", frames, "--masks", truth / "00000.png", "--output", results, "--size", 240)
    assert result.returncode == 0, result.stderr
    result = _run("skn-evaluate", tmp_path / "truth", results)
    assert result.returncode == 0, result.stderr
    name, objects, jf, *_ = result.stdout.splitlines()[-1].split()
    assert (name, objects) == ("overall", "1")
    assert float(jf) > 85


def test_ctrl_c_keeps_whole_masks_and_ends_with_130(tmp_path):
    command = _command(
        "skn-propagate", demo_clip(), "--masks", demo_mask(), "--output", tmp_path, "--size", 64
    )
    folder = tmp_path / "twins"
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not (folder / "00002.png").exists():
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=300)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"{t:05d}.png" for t in range(len(names))]
    assert 3 <= len(names) < 96
    assert all(read_mask(folder / name, (480, 854)).any() for name in names)


def test_what_is_missing_is_one_line_on_stderr(tmp_path):
    nowhere = tmp_path / "nowhere"
    for name, arguments in (
        ("skn-propagate", [nowhere, "--masks", nowhere, "--output", tmp_path / "results"]),
        ("skn-evaluate", [nowhere, tmp_path / "results"]),
    ):
        result = _run(name, *arguments)
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr.startswith(f"{name}: {nowhere}")
        assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_recipe_of_the_frozen_program_names_commands_that_there_are():
    recipe = (Path(__file__).parents[1] / ".ci" / "skn_annotator.spec").read_text(encoding="utf-8")
    (named,) = (
        ast.literal_eval(node.value)
        for node in ast.parse(recipe).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COMMANDS"
    )
    assert {"skn-annotate", "skn-propagate"} <= named.keys()
    for name, module in named.items():
        assert SCRIPTS[name] == f"skn_annotator.cli.{module}:main"
