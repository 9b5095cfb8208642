"""How fast a network is here: the parts of one step, frames per second, and the machine's own rate.

    python benchmarks/speed.py [--weights FILE] [--device cpu|cuda] [--threads 2] [--frames 500]

The step is what `Tracker` does per frame, without decoding the video and without writing masks. Frames are
rendered beforehand. The ratio of the network's frame rate to the machine's matrix-product rate, measured
in the same run, compares machines. With ``--flat N`` it also follows N frames and compares their end with
frame 50; ``--plot FILE`` draws that (needs matplotlib).
"""

import argparse
import itertools
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
import torch

from skn_annotator.inference.memory_bank import BankSettings
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.reading import BLOCK
from skn_annotator.inference.region import whole_frame
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.encoders import Memory, side_by_side
from skn_annotator.model.kernels import cells_of_mask, prior_of_cells, spatial_constrain_kernel

SIZES = {"480p": (480, 854), "1080p": (1080, 1920)}
WARM_UP = 30  # frames, until the memory is full


class Drifting:
    """A textured picture that drifts, with discs that move on it: endless frames and their masks."""

    def __init__(self, size: tuple[int, int], objects: int) -> None:
        self.size = size
        rng = np.random.default_rng(0)
        coarse = torch.from_numpy(rng.random((1, 3, 24, 40))).float()
        ground = torch.nn.functional.interpolate(coarse, (size[0], 2 * size[1]), mode="bicubic")[0]
        self.ground = (ground.clamp(0, 1) * 255).byte().permute(1, 2, 0).numpy()
        self.objects = objects

    def __len__(self) -> int:
        return sys.maxsize

    def mask(self, t: int) -> np.ndarray:
        """The discs' ids on frame t."""
        rows, columns = np.ogrid[: self.size[0], : self.size[1]]
        mask = np.zeros(self.size, np.uint8)
        for i in range(1, self.objects + 1):
            row = self.size[0] * (0.5 + 0.3 * np.sin(0.02 * t + 2 * i))
            column = self.size[1] * (0.5 + 0.35 * np.cos(0.017 * t + 2 * i))
            mask[(rows - row) ** 2 + (columns - column) ** 2 < (self.size[0] * 0.12) ** 2] = i
        return mask

    def __getitem__(self, t: int) -> np.ndarray:
        shift = t % self.size[1]
        frame = self.ground[:, shift : shift + self.size[1]].copy()
        mask = self.mask(t)
        for i in range(1, self.objects + 1):
            frame[mask == i] = frame[mask == i] // 2 + (40 * i, 90, 120 - 30 * i)
        return frame


def clock(device: torch.device) -> float:
    """Seconds, once the device has finished what it was given."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter()


def median_ms(device: torch.device, work: Callable[[], object], repeats: int = 12) -> float:
    """Median milliseconds of `work`, after three calls to warm up."""
    times = []
    for _ in range(repeats + 3):
        start = clock(device)
        work()
        times.append(1e3 * (clock(device) - start))
    return median(times[3:])


def matrix_rate(device: torch.device, dtype: torch.dtype) -> float:
    """The machine's rate in GFLOP/s on a 2048 x 2048 matrix product."""
    a, b = (torch.randn(2048, 2048, device=device, dtype=dtype) for _ in range(2))
    return 2 * 2048**3 / 1e6 / median_ms(device, lambda: a @ b, 8)


@torch.inference_mode()
def parts(tracker: Tracker, size: tuple[int, int], objects: int) -> dict[str, float]:
    """Milliseconds of the parts of one step, with the memory full."""
    network, device, dtype = tracker.network, tracker.device, tracker.dtype
    frames = Drifting(size, objects)
    region = whole_frame(size, tracker.size, device)
    frame = region.frame(frames[0]).to(dtype)
    masks = region.masks(frames.mask(0), range(1, objects + 1)).to(dtype)
    query = network.encode(frame)
    memory = network.memorize(frame, masks, query)
    held = 1 + BankSettings().predicted
    key, value, owner = side_by_side([memory] * held)
    prior = prior_of_cells(cells_of_mask(masks, region.grid.size))
    kernels = spatial_constrain_kernel(prior, region.grid.size, network.config.reader.prior_floor)
    kernels = torch.cat((torch.ones_like(kernels[:, :1]), kernels), 1)
    full = Memory(key, value, owner)
    segment = median_ms(device, lambda: network.segment(query, full, masks, block=BLOCK))
    read = median_ms(device, lambda: network.reader(query.key, key[:, 0], value, kernels, owner, BLOCK))
    return {
        "encode": median_ms(device, lambda: network.encode(frame)),
        "read": read,
        "decode": segment - read,
        "memorize": median_ms(device, lambda: network.memorize(frame, masks, query)),
    }


def step_seconds(tracker: Tracker, frames: Drifting) -> Iterator[float]:
    """Seconds of each step of an endless pass, the frame's rendering left out."""
    rendered = [frames[t] for t in range(60)]

    class Ready(Drifting):
        def __getitem__(self, t: int) -> np.ndarray:
            bounce = t % 118
            return rendered[bounce if bounce < 60 else 118 - bounce]

    ready = Ready(frames.size, frames.objects)
    steps = tracker.propagate(ready, {0: frames.mask(0)}, cover(range(10**6), decisions({0: frames.mask(0)})))
    next(steps)
    while True:
        start = clock(tracker.device)
        next(steps)
        yield clock(tracker.device) - start


def resident_mb() -> float:
    """Resident memory of this process in MB (Linux); elsewhere its peak."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, help="checkpoint (default: the bundled one)")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--size", type=int, default=480, help="short side inside the network")
    parser.add_argument("--frames", type=int, default=40, help="steps measured per row")
    parser.add_argument("--flat", type=int, default=0, help="also follow this many frames")
    parser.add_argument("--plot", type=Path, help="draw the time and memory of each of those frames")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    network = load_network(options.weights, options.device)
    tracker = Tracker(network, options.size)
    rate = matrix_rate(tracker.device, tracker.dtype)
    print(
        f"{tracker.device}, {options.threads} threads, {tracker.dtype}: {rate:.0f} GFLOP/s in matrix products"
    )
    print("source  objects  encode   read  decode  memorize | median  worst ms  frames/s  per TFLOP/s")
    for (name, size), objects in itertools.product(SIZES.items(), (1, 3)):
        p = parts(tracker, size, objects)
        steps = step_seconds(tracker, Drifting(size, objects))
        times = [1e3 * next(steps) for _ in range(WARM_UP + options.frames)][WARM_UP:]
        fps = 1e3 / median(times)
        print(
            f"{name:7s} {objects:7d} {p['encode']:7.0f} {p['read']:6.0f} {p['decode']:7.0f}"
            f" {p['memorize']:9.0f} |"
            f" {median(times):6.0f} {max(times):9.0f} {fps:9.2f} {1e3 * fps / rate:12.1f}",
            flush=True,
        )
    if options.flat:
        times, memory = flat(tracker, options.flat)
        if options.plot:
            plot(times, memory, options.plot)


def flat(tracker: Tracker, frames: int) -> tuple[list[float], list[float]]:
    """Follow `frames` frames of one object at 480p and compare the last ten with those from frame 50 on.

    The machine's rate is measured before both: beside other programs it changes more than the step does.
    Returns the milliseconds and the resident MB of each frame.
    """
    steps = step_seconds(tracker, Drifting(SIZES["480p"], 1))
    times, memory, rates = [], [], {}
    for t in range(frames):
        if t in (50, frames - 11):
            rates[t] = matrix_rate(tracker.device, tracker.dtype)
        times.append(1e3 * next(steps))
        memory.append(resident_mb())
    for start, rate in rates.items():
        ms = median(times[start : start + 10])
        print(f"frame {start + 10}: {ms:.0f} ms, {memory[start]:.0f} MB resident, {rate:.0f} GFLOP/s")
    return times, memory


def plot(times: list[float], memory: list[float], path: Path) -> None:
    """Draw both over the frame number."""
    from matplotlib.figure import Figure

    figure = Figure((8, 4.5), layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True)
    upper.plot(times, linewidth=0.8)
    upper.set(ylabel="ms per frame", ylim=(0, 1.1 * max(times[WARM_UP:])))
    lower.plot(memory, linewidth=1.2)
    lower.set(ylabel="resident MB", xlabel="frame", ylim=(0, 1.1 * max(memory)))
    for axes in (upper, lower):
        axes.grid(alpha=0.3)
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    main()
