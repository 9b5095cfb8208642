"""A batch on a Dask cluster: one task for each video, which a worker runs in a process of its own.

The scheduler places tasks, starts those of a lost worker again on another one, and shows all on its
dashboard. Workers see the same folders by the same paths, and have the same version of this package.
"""

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from skn_annotator.batch.video_run import Outcome, VideoRun, check_version
from skn_annotator.errors import SknError

if TYPE_CHECKING:
    from distributed import Client

RETRIES = 2
"""How often a video is tried again whose process was killed; a lost worker counts apart from that."""
_PATIENCE = "30s"


def run_on_cluster(
    runs: Sequence[VideoRun], address: str, resources: Mapping[str, float]
) -> Iterator[Outcome]:
    """Yields as they end. `resources`: what each takes of a worker's, such as {"GPU": 1}.

    Closing it cancels what waits. Raises SknError if Dask is not installed, or no scheduler answers.
    """
    client = _connect(address)
    try:
        futures = client.map(
            _run,
            runs,
            key=[f"skn-{run.name}-{time.time_ns()}" for run in runs],
            retries=RETRIES,
            resources=dict(resources) or None,
            pure=False,
        )
        names = {future.key: run.name for future, run in zip(futures, runs, strict=True)}
        for future in _as_completed(futures):
            if future.status == "finished":
                yield future.result()
            else:
                yield Outcome(names[future.key], "failed", 0.0, str(future.exception()))
            future.release()  # or the scheduler would keep every outcome
    finally:
        client.close()


def _connect(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise SknError("--scheduler needs Dask: pip install 'skn-annotator[cluster]'") from error
    try:
        return Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise SknError(
            f"no Dask scheduler answers at {address} ({error}): start it, or check the address"
        ) from error


def _as_completed(futures: Sequence[Any]) -> Iterator[Any]:
    from distributed import as_completed

    yield from as_completed(futures)


def _run(run: VideoRun) -> Outcome:
    """What a worker does. A process that was killed raises, so that the scheduler tries it again."""
    check_version(run)
    start = time.monotonic()
    process = run.start()
    try:
        status = process.wait()
    finally:
        if process.poll() is None:  # the worker is being closed
            process.terminate()
    problem = run.problem(status)
    if status < 0:
        raise subprocess.SubprocessError(problem)
    return Outcome(run.name, "failed" if problem else "done", time.monotonic() - start, problem)
