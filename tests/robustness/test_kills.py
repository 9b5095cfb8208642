"""Kills of the window while somebody paints: what it called saved is there, and how much is lost at most.

python -m pytest tests/robustness/test_kills.py --count 100 --lost-at-most 1.0
"""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from skn_annotator.app.project.opening import Opened, open_sequence

LENGTH = 24
SIZES = ((480, 854), (1080, 1920))
PROGRAM = Path(__file__).with_name("painted_window.py")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal there")


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """A folder of frames of each size."""
    root = tmp_path_factory.mktemp("clips")
    rng = np.random.default_rng(0)
    for height, width in SIZES:
        (root / f"clip{height}").mkdir()
        for t in range(LENGTH):
            coarse = rng.integers(0, 255, (height // 8, width // 8, 3), np.uint8)
            frame = Image.fromarray(coarse).resize((width, height))
            frame.save(root / f"clip{height}" / f"{t:05d}.jpg")
    return root


def killed_while_painting(clip, log, seed):
    """Start the window, let it be painted in for a while, and kill it; the time of that and the log."""
    process = subprocess.Popen([sys.executable, PROGRAM, clip, log, str(seed)], stderr=subprocess.PIPE)
    try:
        while not log.exists() or not log.stat().st_size:
            assert process.poll() is None, process.stderr.read().decode()
            time.sleep(0.02)
        time.sleep(random.Random(seed).uniform(0.2, 6))
        assert process.poll() is None, process.stderr.read().decode()
    finally:
        killed = time.monotonic()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stderr.close()
    return killed, [json.loads(line) for line in log.read_text().splitlines()]


def lost_points(clip, log):
    """The points of the log that the project does not have."""
    annotation = next(each for each in open_sequence(clip) if isinstance(each, Opened)).annotation
    masks = {t: annotation.mask(t) for t in annotation.frames()}
    points = [each for each in log if "x" in each]
    return [p for p in points if p["t"] not in masks or not masks[p["t"]][p["y"], p["x"]]]


def test_a_kill_costs_at_most_a_second_of_strokes(clips, seeds, tmp_path, monkeypatch, request, capsys):
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    limit, seconds = request.config.getoption("--lost-at-most", default=None), {}
    for seed in seeds(1):
        clip = shutil.copytree(clips / f"clip{SIZES[seed % len(SIZES)][0]}", tmp_path / f"clip{seed}")
        killed, log = killed_while_painting(clip, tmp_path / f"log{seed}", seed)
        lost = lost_points(clip, log)
        saved = max((each["time"] for each in log if "saved" in each), default=0.0)
        assert all(point["time"] > saved for point in lost), f"{seed}: lost what was called saved"
        seconds[seed] = max((killed - point["time"] for point in lost), default=0.0)
    if limit is not None:
        with capsys.disabled():
            print(f"\n{summary(list(seconds.values()))}")
        assert {seed: each for seed, each in seconds.items() if each > limit} == {}


def summary(seconds):
    """How many seconds of strokes were lost, at the usual percentiles."""
    shares = {share: np.percentile(seconds, share) for share in (50, 90, 99, 100)}
    return f"{len(seconds)} kills, seconds of strokes lost: " + ", ".join(
        f"{value:.2f} at {share} %" for share, value in shares.items()
    )
