"""Videos made on the spot; every frame carries its own number, so that a frame off by one is seen."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

HEIGHT, WIDTH, BITS = 64, 96, 8


def numbered_frames(count, height=HEIGHT, width=WIDTH):
    """uint8 (count, height, width, 3): stripes spell the number in binary, over a moving wave."""
    y, x = np.mgrid[:height, :width]
    frames = np.empty((count, height, width, 3), np.uint8)
    for t in range(count):
        wave = np.sin((x + 2 * t) / 7) * np.cos((y - t) / 5)
        frames[t] = 128 + wave[..., None] * (60, -40, 20)
        bits = (t >> (x * BITS // width)) & 1
        frames[t, : height // 2] = (30 + 200 * bits[: height // 2])[..., None]
    return frames


def number_in(frame):
    """The number that `numbered_frames` put there."""
    height, width, _ = frame.shape
    centres = ((np.arange(BITS) + 0.5) * width / BITS).astype(int)
    return sum(int(frame[height // 4, x, 1] > 128) << bit for bit, x in enumerate(centres))


def ffmpeg(*args, data=None):
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, args)]
    subprocess.run(command, input=data, check=True, capture_output=True)


@pytest.fixture(scope="session")
def make_video(tmp_path_factory):
    """`make_video("a.mp4", "-c:v", "libx264", ..., count=100)` -> the path of a file with numbered frames."""
    folder = tmp_path_factory.mktemp("videos")

    def make(name, *args, count=100, height=HEIGHT, width=WIDTH) -> Path:
        path = folder / name
        if not path.exists():
            source = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", "25", "-i", "-")
            ffmpeg(*source, *args, path, data=numbered_frames(count, height, width).tobytes())
        return path

    return make


@pytest.fixture(scope="session")
def clip(make_video):
    """An ordinary MP4: 100 frames, a keyframe every 40, B-frames; its index stands before the pictures."""
    args = "-c:v libx264 -g 40 -keyint_min 40 -sc_threshold 0 -bf 3 -pix_fmt yuv420p -movflags +faststart"
    return make_video("clip.mp4", *args.split())


@pytest.fixture(autouse=True)
def no_trace(tmp_path_factory, monkeypatch):
    """What is kept of long files goes to a temporary folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
