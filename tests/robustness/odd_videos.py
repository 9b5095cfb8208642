"""Videos that go wrong in many ways, made from a seed: joined, cut, stamped anew, damaged.

Every frame carries its number as stripes, so that what is decoded tells which frame it is.
"""

import random
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import imageio_ffmpeg
import numpy as np

HEIGHT, WIDTH, BITS, COUNT = 64, 96, 8, 36
FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()

X264 = "-c:v libx264 -pix_fmt yuv420p -sc_threshold 0 -preset ultrafast"
CODECS = {
    "h264": f"{X264} -g 12 -bf 2 -x264-params b-adapt=0",
    "h264 open": f"{X264} -x264-params open-gop=1:keyint=12:min-keyint=12:b-adapt=0:bframes=3",
    "h264 refreshed": f"{X264} -g 12 -x264-params intra-refresh=1:bframes=0",
    "h264 plain": f"{X264} -g 10 -bf 0",
    "hevc": "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=12:bframes=3:open-gop=1",
    "mpeg2": "-c:v mpeg2video -g 9 -bf 2 -q:v 3",
    "mpeg1": "-c:v mpeg1video -g 9 -bf 2 -q:v 3",
    "mpeg4": "-c:v mpeg4 -g 10 -bf 2 -q:v 3",
    "mpeg4 plain": "-c:v mpeg4 -g 10 -bf 0 -q:v 3",
    "vp8": "-c:v libvpx -g 12 -auto-alt-ref 1 -lag-in-frames 10 -b:v 400k -deadline realtime -cpu-used 8",
    "vp9": "-c:v libvpx-vp9 -g 12 -b:v 400k -cpu-used 8 -deadline realtime",
    "mjpeg": "-c:v mjpeg -pix_fmt yuvj420p -q:v 3",
    "ffv1": "-c:v ffv1 -g 5",
    "prores": "-c:v prores_ks",
    "theora": "-c:v libtheora -q:v 8 -g 10",
    "flv1": "-c:v flv -g 10 -q:v 3",
    "wmv2": "-c:v wmv2 -g 10 -q:v 3",
}
CONTAINERS = {
    "mp4": ["h264", "h264 open", "h264 refreshed", "h264 plain", "hevc", "mpeg4", "mjpeg", "vp9"],
    "mov": ["h264", "prores", "mjpeg"],
    "mkv": [
        *("h264", "h264 open", "h264 refreshed", "hevc", "mpeg2", "mpeg4", "vp8", "vp9", "ffv1", "theora")
    ],
    "webm": ["vp8", "vp9"],
    "avi": ["h264", "h264 plain", "mpeg4", "mpeg4 plain", "mjpeg", "ffv1", "wmv2"],
    "ts": ["h264", "h264 open", "h264 refreshed", "h264 plain", "hevc", "mpeg2", "mpeg4"],
    "mpg": ["mpeg2", "mpeg1"],
    "vob": ["mpeg2"],
    "flv": ["h264", "h264 plain", "flv1"],
    "ogv": ["theora"],
    "asf": ["wmv2", "h264"],
    "nut": ["h264", "mpeg4", "ffv1"],
    "h264": ["h264", "h264 plain", "h264 refreshed", "h264 open"],
    "hevc": ["hevc"],
    "mjpeg": ["mjpeg"],
    "mxf": ["mpeg2"],
    "3gp": ["h264"],
}
STAMPS = (
    "pts=if(eq(N\\,{k})\\,PTS-{m}*DURATION\\,PTS)",
    "pts=if(gt(N\\,{k})\\,PTS-{m}*DURATION\\,PTS)",
    "pts=if(mod(N\\,{m}+1)\\,PTS\\,NOPTS)",
    "pts=DTS",
    "pts=floor(PTS/({m}*DURATION))*{m}*DURATION",
    "dts=DTS-{m}*DURATION:pts=PTS",
    "pts=if(gt(N\\,{k})\\,PTS+1000/TB\\,PTS):dts=if(gt(N\\,{k})\\,DTS+1000/TB\\,DTS)",
    "pts=if(gt(N\\,{k})\\,PTS-{k}*DURATION\\,PTS):dts=if(gt(N\\,{k})\\,DTS-{k}*DURATION\\,DTS)",
)
"""Timestamps that repeat, fall, jump ahead or are missing, as `setts` makes them."""
CORRECTED = ("mp4", "mov", "3gp")
"""Containers in which timestamps cannot fall: FFmpeg squeezes them so that they name other frames."""


def numbered(first):
    """uint8 (COUNT, H, W, 3): frames `first` and on."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    frames = np.empty((COUNT, HEIGHT, WIDTH, 3), np.uint8)
    for i, t in enumerate(range(first, first + COUNT)):
        frames[i] = 128 + (np.sin((x + 2 * t) / 7) * np.cos((y - t) / 5))[..., None] * (60, -40, 20)
        frames[i, : HEIGHT // 2] = (30 + 200 * ((t >> (x * BITS // WIDTH)) & 1))[: HEIGHT // 2, :, None]
    return frames


def number_in(frame):
    """The number that the stripes of a frame spell."""
    at = ((np.arange(BITS) + 0.5) * WIDTH / BITS).astype(int)
    return sum(int(frame[HEIGHT // 4, x, 1] > 128) << bit for bit, x in enumerate(at))


def decoded_by_ffmpeg(path):
    """All frames that FFmpeg's own program decodes: uint8 (n, H, W, 3)."""
    args = f"-map 0:v:0 -fps_mode passthrough -s {WIDTH}x{HEIGHT} -f rawvideo -pix_fmt rgb24 -".split()
    command = [FFMPEG, "-v", "quiet", "-threads", "1", "-i", str(path), *args]
    done = subprocess.run(command, capture_output=True, timeout=300)
    size = HEIGHT * WIDTH * 3
    pixels = np.frombuffer(done.stdout, np.uint8)
    return pixels[: pixels.size // size * size].reshape(-1, HEIGHT, WIDTH, 3)


def _ffmpeg(*args, data=None):
    command = [FFMPEG, "-v", "quiet", "-y", *map(str, args)]
    return subprocess.run(command, input=data, capture_output=True).returncode == 0


def _cut(rng, data):
    return data[: rng.randrange(len(data) // 4, len(data))]


def _blank(rng, data):
    at, length = rng.randrange(len(data)), rng.randrange(1, 400)
    return data[:at] + bytes(len(data[at : at + length])) + data[at + length :]


def _lose(rng, data):
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.randrange(1, 600) :]


def _flip(rng, data):
    flipped = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
    return bytes(flipped)


@dataclass
class Workshop:
    """Makes odd videos in `folder`; what they are made of is encoded once."""

    folder: Path
    _encoded: dict[tuple, Path] = field(default_factory=dict)

    def video(self, seed, kinds):
        """The path of the video number `seed`, one of `kinds`, and how it was made; None if it cannot be."""
        rng = random.Random(seed)
        suffix = rng.choice(list(CONTAINERS))
        codec, kind = rng.choice(CONTAINERS[suffix]), rng.choice(kinds)
        path = self.folder / f"odd{seed}.{suffix}"
        making: dict[str, Callable] = {
            "joined": self._join,
            "cut and joined": self._join_cut,
            "begun late": self._begin_late,
            "stamped": self._stamp,
            "put together": self._put_together,
            "damaged": self._damage,
        }
        how = making[kind](rng, path, suffix, codec)
        return (path, f"{seed}: {suffix}, {codec}, {kind} {how}") if how is not None else None

    def _base(self, suffix, codec, first=0):
        key = suffix, codec, first
        if key not in self._encoded:
            path = self.folder / f"base{len(self._encoded)}.{suffix}"
            source = f"-f rawvideo -pix_fmt rgb24 -s {WIDTH}x{HEIGHT} -r 25 -i -".split()
            _ffmpeg(*source, *CODECS[codec].split(), path, data=numbered(first).tobytes())
            self._encoded[key] = path
        return self._encoded[key]

    def _join(self, rng, path, suffix, codec):
        path.write_bytes(b"".join(self._base(suffix, codec, t).read_bytes() for t in (0, COUNT)))
        return ""

    def _join_cut(self, rng, path, suffix, codec):
        first, second = (self._base(suffix, codec, t).read_bytes() for t in (0, COUNT))
        path.write_bytes(_cut(rng, first) + second)
        return ""

    def _begin_late(self, rng, path, suffix, codec):
        data = self._base(suffix, codec).read_bytes()
        path.write_bytes(data[rng.randrange(1, len(data) // 2) :])
        return ""

    def _stamp(self, rng, path, suffix, codec):
        stamps = STAMPS[2:5] if suffix in CORRECTED else STAMPS
        stamp = rng.choice(stamps).format(k=rng.randrange(1, COUNT), m=rng.randrange(1, 8))
        made = _ffmpeg("-i", self._base(suffix, codec), "-c", "copy", "-bsf:v", f"setts={stamp}", path)
        return stamp if made else None

    def _put_together(self, rng, path, suffix, codec):
        other = rng.choice(CONTAINERS[suffix])
        parts = (self._base(suffix, codec), self._base(suffix, other, COUNT))
        listed = path.with_suffix(".txt")
        listed.write_text("".join(f"file '{part}'\n" for part in parts))
        made = _ffmpeg("-f", "concat", "-safe", "0", "-i", listed, "-c", "copy", path)
        return f"with {other}" if made else None

    def _damage(self, rng, path, suffix, codec):
        data, ways = self._base(suffix, codec).read_bytes(), rng.sample([_cut, _blank, _lose, _flip], 2)
        for way in ways:
            data = way(rng, data) if len(data) > 8 else data
        path.write_bytes(data)
        return " ".join(way.__name__ for way in ways)
