"""One video of a batch, in a process of its own: `skn-propagate`, then a record that it is finished.

    DIR/NAME/00000.png ...       the masks
    DIR/.skn-batch/NAME.json     their provenance; written last, so a video without it is not finished
    DIR/.skn-batch/NAME.log      what the process printed

A process of its own, because one that is killed, or runs out of memory, takes nobody along. It writes the
record itself, so that a video which is at hand when the batch is killed may still be finished.
"""

import contextlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from skn_annotator import __version__
from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.errors import SknError
from skn_annotator.files import replace_files

RECORDS = ".skn-batch"


@dataclass(frozen=True)
class VideoRun:
    """`options`: skn-propagate's, without source, masks, output and name; `provenance`: what the results are
    made from, as `batch.provenance` finds it."""

    name: str
    source: str
    masks: str
    output: str
    options: tuple[str, ...]
    folder: str
    """Where relative paths in the options start from."""
    provenance: dict[str, Any] = field(default_factory=dict)
    version: str = __version__

    @property
    def record(self) -> Path:
        """What is written when the video is finished."""
        return Path(self.output) / RECORDS / f"{self.name}.json"

    @property
    def log(self) -> Path:
        """What the process prints."""
        return self.record.with_suffix(".log")

    @property
    def files(self) -> list[str]:
        """What the options ask for beside the masks: the paths of a report and of an overlay."""
        return [self.options[n + 1] for n, o in enumerate(self.options) if o in ("--overlay", "--report")]

    @property
    def is_finished(self) -> bool:
        """Whether all that is asked for is there, and was made from the same."""
        try:
            record = json.loads(self.record.read_bytes())
            made = record["provenance"] == json.loads(json.dumps(self.provenance))
            there = set(masks_in(Path(self.output) / self.name).masks)
            return made and set(record["masks"]) <= there and all(Path(path).is_file() for path in self.files)
        except (OSError, ValueError, LookupError, TypeError):
            return False

    def start(self) -> "subprocess.Popen[bytes]":
        """The process; it writes into `log`, below the folder of records, which is made."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", __name__, json.dumps(asdict(self))]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=self.folder
            )

    def problem(self, status: int) -> str:
        """Why the process ended with `status`, in a sentence; "" for 0."""
        if status == 0:
            return ""
        if status < 0:
            return f"ended by signal {-status}, maybe as memory ran out"
        with contextlib.suppress(OSError, IndexError):
            lines = self.log.read_text(encoding="utf-8", errors="replace").split("\n")
            return [line.removeprefix("skn-propagate: ") for line in lines if line.strip()][-1]
        return f"ended with status {status}"


def main(argv: Sequence[str]) -> int:
    """What the process does: `argv` is a `VideoRun` as JSON."""
    from skn_annotator.cli import propagate

    values = json.loads(argv[0])
    run = VideoRun(**{**values, "options": tuple(values["options"])})
    run.record.unlink(missing_ok=True)  # from here on the old results are no whole
    name = f"--name={run.name}"  # in one word: it may begin like an option
    paths = [run.source, "--masks", run.masks, "--output", run.output, name]
    status = propagate.main([*paths, *run.options])
    if status == 0:
        masks = sorted(masks_in(Path(run.output) / run.name).masks)
        content = {"provenance": run.provenance, "masks": masks}
        replace_files({run.record: json.dumps(content, indent=1).encode()})
    return status


@dataclass(frozen=True)
class Outcome:
    """How a video ended: `state` is "done", "skipped" or "failed", `message` says why it failed."""

    name: str
    state: str
    seconds: float = 0.0
    message: str = ""


def check_version(run: VideoRun) -> None:
    """Raises SknError on a machine of another version: its results would not be the same."""
    if run.version != __version__:
        raise SknError(
            f"this worker has version {__version__}, the batch {run.version}: install the same everywhere"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
