"""A batch on this machine: so many processes at a time, each with one video."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from skn_annotator.batch.video_run import Outcome, VideoRun

_PAUSE = 0.05


@dataclass(frozen=True)
class _Started:
    run: VideoRun
    process: "subprocess.Popen[bytes]"
    device: str | None
    since: float


def run_in_processes(runs: Sequence[VideoRun], devices: Sequence[str | None]) -> Iterator[Outcome]:
    """As many at a time as there are `devices`; each of these, or None, is what one process computes on.

    Yields as they end. Closing it, or Ctrl-C, ends the processes; what they had finished stays.
    """
    waiting, free = list(reversed(runs)), list(devices)
    started: list[_Started] = []
    try:
        while waiting or started:
            while waiting and free:
                started.append(_start(waiting.pop(), free.pop(0)))
            ended = [each for each in started if each.process.poll() is not None]
            for each in ended:
                started.remove(each)
                free.append(each.device)
                yield _outcome(each)
            if not ended:
                time.sleep(_PAUSE)
    finally:
        for each in started:
            each.process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)
        for each in started:
            each.process.wait()


def _start(run: VideoRun, device: str | None) -> _Started:
    options = run.options if device is None else (*run.options, "--device", device)
    return _Started(run, replace(run, options=options).start(), device, time.monotonic())


def _outcome(ended: _Started) -> Outcome:
    problem = ended.run.problem(ended.process.returncode)
    seconds = time.monotonic() - ended.since
    return Outcome(ended.run.name, "failed" if problem else "done", seconds, problem)
