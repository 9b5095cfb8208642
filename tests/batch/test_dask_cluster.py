"""A batch on a Dask cluster of two workers, of which one is killed in the middle."""

import json
import subprocess
import sys
import time

import pytest
from small_clips import masks_of, write_clip, write_list

from skn_annotator.cli import propagate

distributed = pytest.importorskip("distributed")
psutil = pytest.importorskip("psutil")  # distributed brings it
NAMES = ["a", "b"]


def dask(*arguments):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "-m", "dask", *map(str, arguments)], **quiet)


@pytest.fixture
def cluster(tmp_path):
    """(address of the scheduler, its two workers, which it knows)."""
    place = tmp_path / "scheduler.json"
    local = ["--scheduler-file", place]
    scheduler = dask("scheduler", *local, "--host", "127.0.0.1", "--port", 0, "--no-dashboard")
    workers = [
        dask("worker", *local, "--nthreads", 1, "--no-nanny", "--no-dashboard", "--local-directory", tmp_path)
        for _ in range(2)
    ]
    while not place.exists() or not place.read_bytes().endswith(b"}"):
        assert scheduler.poll() is None
        time.sleep(0.05)
    address = json.loads(place.read_bytes())["address"]
    with distributed.Client(address) as client:
        client.wait_for_workers(len(workers))
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def wait_for_video(worker, batch):
    """Until `worker` has started the process of a video, however long the machine takes for that."""
    while not psutil.Process(worker.pid).children():
        assert batch.poll() is None, "the batch ended before this worker had a video"
        time.sleep(0.02)


def test_a_lost_worker_costs_nothing_and_results_are_those_of_one_process(cluster, tmp_path):
    address, workers = cluster
    for n, name in enumerate(NAMES):
        write_clip(tmp_path / name, 20 + 30 * n)
    write_list(tmp_path / "list.csv", NAMES)
    output = tmp_path / "out"
    command = [sys.executable, "-m", "skn_annotator.cli.batch", tmp_path / "list.csv", "--output", output]
    batch = subprocess.Popen([*command, "--scheduler", address], stdout=subprocess.PIPE, text=True)
    wait_for_video(workers[0], batch)
    workers[0].kill()
    printed, _ = batch.communicate()
    assert batch.returncode == 0, printed
    assert printed.endswith("2 done, 0 skipped, 0 failed\n")
    for name in NAMES:
        source, masks = tmp_path / name, tmp_path / f"{name}.png"
        options = ["--size", "64", "--device", "cpu", "--threads", "1"]
        arguments = [source, "--masks", masks, "--output", tmp_path / "alone", *options]
        assert propagate.main([str(each) for each in arguments]) == 0
        assert masks_of(output, name) == masks_of(tmp_path / "alone", name)
