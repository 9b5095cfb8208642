"""What a large batch asks of a Dask scheduler, simulated on one machine.

    python benchmarks/cluster.py --videos 10000 --workers 100 --seconds 1 --lose 3

The scheduler is the real one, a process of its own, and so are the messages: tasks as `skn-batch` submits
them, over TCP. The workers are real, too, but all in this process, and a task only waits (`--seconds` on
average; spread as videos are, most short, some long). `--lose N` closes so many workers on the way.

It prints the makespan against the ideal (all workers busy all the time), what the scheduler's process took of
its processor for each video, and its memory. Last, how long skn-batch takes to find out whether a video is
finished.
"""

import argparse
import asyncio
import json
import logging
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dask
import numpy as np
import psutil
from distributed import Client, Worker, as_completed
from PIL import Image

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.batch.provenance import provenance
from skn_annotator.batch.video_run import VideoRun
from skn_annotator.resources import default_weights

QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.interval": "60s",
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
}
"""What workers do beside their work, each on a machine of its own: a hundred times here it hides the rest."""


async def wait(run: VideoRun, seconds: float) -> str:
    """What stands for a video's process."""
    await asyncio.sleep(seconds)
    return run.name


def runs_of(count: int) -> list[VideoRun]:
    """Videos as long in their descriptions as real ones."""
    what = {
        "source": "0" * 32,
        "masks": "0" * 64,
        "weights": "0" * 64,
        "settings": {"size": 480},
        "version": "0",
    }
    options = ("--threads", "1", "--size", "480", "--report", "/shared/results/video.html")
    return [
        VideoRun(
            f"video-{n:05d}",
            f"/shared/videos/video-{n:05d}.mp4",
            f"/shared/masks/{n:05d}.png",
            "/shared",
            options,
            "/",
            what,
        )
        for n in range(count)
    ]


async def simulate(options: argparse.Namespace) -> None:
    """One batch; prints what it took."""
    chance = random.Random(0)
    # lognormal: the median is 0.6 of the mean, one in a hundred takes six times the mean
    waits = [options.seconds * chance.lognormvariate(-0.5, 1) for _ in range(options.videos)]
    place = Path(tempfile.mkdtemp()) / "scheduler.json"
    command = [sys.executable, "-m", "dask", "scheduler", "--scheduler-file", str(place), "--no-dashboard"]
    command += ["--host", "127.0.0.1", "--port", "0"]
    process = psutil.Popen(command, stderr=subprocess.DEVNULL)
    while not place.exists() or not place.read_bytes().endswith(b"}"):
        await asyncio.sleep(0.05)
    address = json.loads(place.read_bytes())["address"]
    workers = [
        await Worker(address, nthreads=1, name=n, dashboard=False, host="127.0.0.1")
        for n in range(options.workers)
    ]
    async with Client(address, asynchronous=True) as client:
        before, ours, start = sum(process.cpu_times()[:2]), time.process_time(), time.monotonic()
        futures = client.map(wait, runs_of(options.videos), waits, pure=False, retries=2)
        done = 0
        async for future in as_completed(futures):
            await future
            future.release()
            done += 1
            if done % max(1, options.videos // (options.lose + 1)) == 0 and done < options.videos:
                await workers.pop().close()
        took = time.monotonic() - start
        busy = sum(process.cpu_times()[:2]) - before
        ours = time.process_time() - ours
    print(f"{done} videos on {options.workers} workers, {options.workers - len(workers)} of them lost")
    print(f"makespan {took:.1f} s, ideal {sum(waits) / options.workers:.1f} s")
    print(f"{done / took:.1f} videos a second")
    print(f"scheduler: {1000 * busy / done:.2f} ms for each video, {busy:.1f} s of its processor in all")
    print(f"its memory: {process.memory_info().rss >> 20} MB")
    print(f"all workers and the client, one process here: {ours:.1f} s of its processor")
    await asyncio.gather(*(worker.close() for worker in workers))
    process.kill()


def time_of_provenance() -> float:
    """Seconds for a video of 60 frames and one mask."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "frames"
        source.mkdir()
        for t in range(60):
            Image.new("RGB", (854, 480)).save(source / f"{t:05d}.jpg")
        (Path(place) / "frames.png").write_bytes(encode_mask(np.ones((480, 854), np.uint8)))
        arguments = source, Path(place) / "frames.png", default_weights(), {"size": 480}
        provenance(*arguments)
        start = time.monotonic()
        for _ in range(100):
            provenance(*arguments)
        return (time.monotonic() - start) / 100


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--videos", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=0.5, help="of a video, on average")
    parser.add_argument("--lose", type=int, default=0, help="workers to close on the way")
    given = parser.parse_args()
    dask.config.set(QUIET)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    asyncio.run(simulate(given))
    print(f"finding out whether a video is finished: {1000 * time_of_provenance():.1f} ms")
