"""Tries broken inputs in a child process that may not use much memory or time, nor leave its folder.

An attempt is a function of a random generator and an empty folder: it makes an input there, has the program
read it, and returns how it was made. An `SknError` is an answer; any other exception, the death of the
process, more than `SECONDS`, a file outside of the folder that is read or touched, are failures.
"""

import json
import os
import random
import resource
import select
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from skn_annotator.errors import SknError

SECONDS = 60
"""Longer is a hang, on a busy machine too."""
HEADROOM = 1 << 30
"""Bytes that an attempt may take beside what the process has already."""

Attempt = Callable[[random.Random, Path], str]

_READABLE = tuple(
    os.path.realpath(path)
    for path in (sys.prefix, sys.base_prefix, Path(__file__).parents[2], "/proc", "/dev/null", "/etc", "/usr")
)
"""Where the program itself lies, with its libraries."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.symlink",
    "os.link",
    "os.truncate",
    "os.chmod",
)


@dataclass
class Report:
    """What became of the inputs: the failures, and how many were read and refused."""

    failures: list[str] = field(default_factory=list)
    read: int = 0
    refused: int = 0

    def __str__(self) -> str:
        return f"{self.read} read, {self.refused} refused, {len(self.failures)} failed"


def try_all(attempt: Attempt, seeds: Sequence[int], folder: Path) -> Report:
    """Make `attempt` with each of the seeds, in children that are started anew where one died."""
    report, left = Report(), list(seeds)
    while left:
        child, begun = _Child(attempt, left, folder), None
        for line in child.lines():
            number, outcome, text = json.loads(line)
            begun = number if outcome == "begun" else None
            if outcome == "begun":
                left.remove(number)
            elif outcome == "failed":
                report.failures.append(f"{number}: {text}")
            else:
                setattr(report, outcome, getattr(report, outcome) + 1)
        ended = child.end()
        if begun is not None:
            report.failures.append(f"{begun}: {ended}")
        elif left and ended:
            raise RuntimeError(f"the child cannot begin: {ended}")
    return report


class _Child:
    """A process that makes attempts and sends a line when one begins and when it ends."""

    def __init__(self, attempt: Attempt, seeds: Sequence[int], folder: Path) -> None:
        self._pipe, send = os.pipe()
        self._hangs = False
        self._pid = os.fork()
        if self._pid:
            os.close(send)
            return
        status = 1
        try:
            _try_here(attempt, seeds, folder, send)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def lines(self) -> Iterable[bytes]:
        """Until it ends, or is silent for too long."""
        rest = b""
        while select.select([self._pipe], [], [], SECONDS)[0]:
            data = os.read(self._pipe, 1 << 16)
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            yield from lines
        self._hangs = True
        os.kill(self._pid, signal.SIGKILL)

    def end(self) -> str:
        """How it ended; empty if well."""
        status = os.waitpid(self._pid, 0)[1]
        os.close(self._pipe)
        if self._hangs:
            return f"longer than {SECONDS} s"
        return f"died of signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "died" * (status != 0)


def _try_here(attempt: Attempt, seeds: Sequence[int], folder: Path, send: int) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(folder / "home")
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * os.sysconf("SC_PAGE_SIZE") + HEADROOM
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
    watch = _Watch(folder)
    sys.addaudithook(watch.see)

    def send_line(*values: object) -> None:
        os.write(send, json.dumps(values).encode() + b"\n")

    for seed in seeds:
        watch.is_on = False
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        send_line(seed, "begun", "")
        watch.is_on = True
        outcome, text = _outcome(attempt, random.Random(seed), folder)
        if watch.seen:
            outcome, text = "failed", f"outside of its folder: {watch.seen}"
            watch.seen.clear()
        send_line(seed, outcome, text[-2000:])


def _outcome(attempt: Attempt, rng: random.Random, folder: Path) -> tuple[str, str]:
    try:
        return "read", attempt(rng, folder)
    except SknError as error:
        if "\n" in str(error).strip():
            return "failed", f"more than a line: {error}"
        return "refused", str(error)
    except Exception:
        return "failed", "".join(traceback.format_exc(limit=-4))


class _Watch:
    """Notes what is opened or changed outside of `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.realpath(folder)
        self.seen: list[str] = []
        self.is_on = False

    def see(self, event: str, arguments: tuple[object, ...]) -> None:
        """An audit hook (PEP 578)."""
        if not self.is_on:
            return
        if event == "open" and isinstance(arguments[0], str | bytes):
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            real = os.path.realpath(os.fsdecode(arguments[0]))
            self._check(event, real, (self._folder,) if flags & _WRITING else (self._folder, *_READABLE))
        elif event in _CHANGES:
            for path in (each for each in arguments[:2] if isinstance(each, str | bytes)):
                named = Path(os.fsdecode(path))
                at = next((each for each in arguments[1:] if type(each) is int and each > 2), None)
                base = Path() if at is None else Path(f"/proc/self/fd/{at}")
                # what is changed is the link, not what it leads to
                place = os.path.realpath(base / named.parent)
                self._check(event, f"{place}/{named.name}", (self._folder,))

    def _check(self, event: str, place: str, allowed: tuple[str, ...]) -> None:
        if not any(place == each or place.startswith(f"{each}/") for each in allowed):
            self.seen.append(f"{event} {place}")
