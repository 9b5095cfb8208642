"""What a large batch asks of a Dask scheduler, simulated on one machine.

    python benchmarks/cluster.py --videos 10000 --workers 100 --seconds 1 --lose 3

The scheduler is the real one, and so are the messages: tasks as `skn-batch` submits them, over TCP. The
workers are real, too, but all in this process, and a task only waits (`--seconds` on average; spread as
videos are, most short, some long). All share one processor, so that a scheduler on a machine of its own
does better than what is measured here. `--lose N` closes so many workers on the way.

It prints the makespan against the ideal (all workers busy all the time), the processor's time for each video,
and the memory. Last, how long skn-batch takes to find out whether a video is finished.
"""

import argparse
import asyncio
import logging
import random
import resource
import tempfile
import time
from pathlib import Path

import dask
import numpy as np
from distributed import Client, Scheduler, Worker, as_completed
from PIL import Image

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.batch.made_of import made_of
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
    async with Scheduler(host="127.0.0.1", port=0, dashboard_address=":0") as scheduler:
        workers = [
            await Worker(scheduler.address, nthreads=1, name=n, dashboard=False, host="127.0.0.1")
            for n in range(options.workers)
        ]
        async with Client(scheduler.address, asynchronous=True) as client:
            before, start = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
            futures = client.map(wait, runs_of(options.videos), waits, pure=False, retries=2)
            submitted = time.monotonic() - start
            done = 0
            async for future in as_completed(futures):
                await future
                future.release()
                done += 1
                if (
                    options.lose
                    and done % max(1, options.videos // (options.lose + 1)) == 0
                    and len(workers) > 1
                ):
                    await workers.pop().close()
            took = time.monotonic() - start
            after = resource.getrusage(resource.RUSAGE_SELF)
        ideal = sum(waits) / options.workers
        busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{done} videos on {options.workers} workers, {options.workers - len(workers)} of them lost")
        print(f"makespan {took:.1f} s, ideal {ideal:.1f} s; submitted in {submitted:.1f} s")
        print(
            f"{done / took:.0f} videos/s; processor {1000 * busy / done:.2f} ms for each, "
            f"{100 * busy / took:.0f} % busy"
        )
        print(f"memory {after.ru_maxrss >> 10} MB")
        await asyncio.gather(*(worker.close() for worker in workers))


def time_of_made_of() -> float:
    """Seconds for a video of 60 frames and one mask."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "frames"
        source.mkdir()
        for t in range(60):
            Image.new("RGB", (854, 480)).save(source / f"{t:05d}.jpg")
        (Path(place) / "frames.png").write_bytes(encode_mask(np.ones((480, 854), np.uint8)))
        arguments = source, Path(place) / "frames.png", default_weights(), {"size": 480}
        made_of(*arguments)
        start = time.monotonic()
        for _ in range(100):
            made_of(*arguments)
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
    logging.getLogger("distributed").setLevel(logging.ERROR)
    asyncio.run(simulate(given))
    print(f"finding out whether a video is finished: {1000 * time_of_made_of():.1f} ms")
