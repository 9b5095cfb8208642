"""``skn-batch LIST --output DIR``: carry masks through many videos, on one machine or on many."""

import argparse
import csv
import io
import shlex
import sys
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import closing, redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

from skn_annotator.cli import INTERRUPTED, options
from skn_annotator.cli.propagate import propagate_parser
from skn_annotator.cli.run import FAILED, command_parser, run
from skn_annotator.errors import ProjectError, SknError
from skn_annotator.hardware import network_threads

if TYPE_CHECKING:
    from skn_annotator.batch.rows import BatchRow
    from skn_annotator.batch.video_run import Outcome, VideoRun

DESCRIPTION = """\
Carry masks through many videos, each by a process of its own: skn-propagate, once for each row of LIST.

LIST is a CSV file whose first line names its columns:

  source     a video or a folder of frames
  masks      its masks, as for skn-propagate --masks
  name       what its results are called, DIR/NAME (may be left out: like the source)
  options    options of skn-propagate for this video (may be left out)

or a folder in which beside each video NAME.mp4, or folder of frames NAME, lies NAME.png or NAME_masks.

What is finished is skipped, as long as source, masks, weights and settings are what it was made from: call
the same command again to go on. A video that fails is reported, and the rest goes on. Ctrl-C, or a machine
that stops, loses at most the videos at hand. DIR/batch.csv says how each ended.

Results are the same, byte by byte, on one process or on many, as long as the machines compute alike: each
takes one processor thread, unless the options say otherwise. docs/cluster.md says how to start a cluster."""

EXAMPLES = """\
examples:
  skn-batch videos.csv --output results
  skn-batch videos.csv --output results --options "--size 360" --reports
  skn-batch videos.csv --output results --devices cuda:0 cuda:1
  skn-batch videos.csv --output /shared/results --scheduler tcp://10.0.0.1:8786 --resource GPU"""

HEADER = ("name", "state", "seconds", "message")
TABLE = "batch.csv"


def main(argv: Sequence[str] | None = None) -> int:
    """The command; returns the exit status: 1 if a video failed."""
    parser = command_parser("skn-batch", DESCRIPTION, EXAMPLES)
    parser.add_argument(
        "list", metavar="LIST", type=options.path, help="a CSV file, or a folder of videos with masks"
    )
    parser.add_argument(
        "--output", metavar="DIR", type=options.path, required=True, help="where DIR/NAME/ is made"
    )
    parser.add_argument(
        "--options", metavar="WORDS", default="", help="options of skn-propagate for all; a row's own win"
    )
    parser.add_argument(
        "--processes",
        metavar="N",
        type=options.whole(1, options.MAX_PROCESSES),
        help="videos at a time on this machine (default: all processors but one)",
    )
    parser.add_argument(
        "--devices",
        metavar="NAME",
        nargs="+",
        type=options.device,
        help="one video at a time on each of these: cuda:0 cuda:1",
    )
    parser.add_argument("--reports", action="store_true", help="also DIR/NAME.html, a page of each pass")
    parser.add_argument("--overlays", action="store_true", help="also DIR/NAME.mp4, the masks over the video")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster: tcp://host:8786")
    parser.add_argument(
        "--resource", metavar="NAME", help="what each video takes one of, of what Dask's workers have: GPU"
    )
    return run(parser, _batch, argv)


def _batch(arguments: argparse.Namespace) -> int:
    from skn_annotator.batch.rows import read_rows

    if arguments.scheduler is None and arguments.resource is not None:
        raise SknError("--resource is of Dask's workers: give --scheduler, too, or leave it out")
    if arguments.scheduler is not None and (arguments.devices or arguments.processes):
        raise SknError("--devices and --processes are of this machine: leave them out with --scheduler")
    rows = read_rows(arguments.list)
    options_of = {row.name: _options(row, arguments) for row in rows}
    output = arguments.output.absolute()
    _check_table(output)
    outcomes: list[Outcome] = []
    status = 0
    try:
        with closing(_outcomes(rows, options_of, output, arguments)) as ended:
            for outcome in ended:
                outcomes.append(outcome)
                message = f": {outcome.message}" if outcome.message else ""
                seconds = f", {outcome.seconds:.1f} s" if outcome.state == "done" else ""
                print(f"{outcome.name}: {outcome.state}{seconds}{message}", flush=True)
    except KeyboardInterrupt:
        print("skn-batch: stopped; call it again to go on", file=sys.stderr)
        status = INTERRUPTED
    finally:
        _write_table(output, outcomes)
    counts = Counter(outcome.state for outcome in outcomes)
    print(", ".join(f"{counts[state]} {state}" for state in ("done", "skipped", "failed")))
    return status or (FAILED if counts["failed"] else 0)


def _options(row: "BatchRow", arguments: argparse.Namespace) -> tuple[str, ...]:
    """All options of a row's skn-propagate. Raises SknError if it would not take them."""
    output = arguments.output.absolute()
    pages = ("--report", str(output / f"{row.name}.html")) if arguments.reports else ()
    videos = ("--overlay", str(output / f"{row.name}.mp4")) if arguments.overlays else ()
    given = (*_words(arguments.options), *row.options)
    parsed = vars(_parsed(row, given))  # by then what was abbreviated is known, too
    for name in ("masks", "output", "name", "overlay", "report"):
        if parsed[name] is not None:
            raise SknError(f"{row.name}: --{name} is said by skn-batch itself: leave it out of the options")
    return ("--threads", "1", *given, *pages, *videos)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise SknError(f"--options cannot be read ({error}): {options.short(text)}") from error


def _parsed(row: "BatchRow", options: Sequence[str]) -> argparse.Namespace:
    printed = io.StringIO()
    try:
        with redirect_stderr(printed):
            return propagate_parser().parse_args([str(row.source), *options])
    except SystemExit as error:
        reason = printed.getvalue().strip().rpartition("error: ")[2]
        raise SknError(f"{row.name}: skn-propagate does not take {shlex.join(options)}: {reason}") from error


def _outcomes(
    rows: "Sequence[BatchRow]",
    options_of: dict[str, tuple[str, ...]],
    output: Path,
    arguments: argparse.Namespace,
) -> "Generator[Outcome, None, None]":
    """What is finished, or cannot begin, at once; then the others as they end."""
    from skn_annotator.batch.dask_cluster import run_on_cluster
    from skn_annotator.batch.processes import run_in_processes
    from skn_annotator.batch.video_run import Outcome

    runs = []
    for row in rows:
        try:
            each = _video_run(row, options_of[row.name], output)
        except SknError as error:
            yield Outcome(row.name, "failed", 0.0, str(error))
            continue
        if each.is_finished:
            yield Outcome(row.name, "skipped")
        else:
            runs.append(each)
    if arguments.scheduler is not None:
        resources = {} if arguments.resource is None else {arguments.resource: 1.0}
        yield from run_on_cluster(runs, arguments.scheduler, resources)
    else:
        devices = arguments.devices or [None] * (arguments.processes or network_threads())
        yield from run_in_processes(runs, devices)


def _video_run(row: "BatchRow", options: tuple[str, ...], output: Path) -> "VideoRun":
    from skn_annotator.batch.provenance import provenance
    from skn_annotator.batch.video_run import VideoRun
    from skn_annotator.resources import default_weights

    parsed = _parsed(row, options)
    weights = parsed.weights or default_weights()
    if not weights.is_file():
        raise SknError(f"{weights} does not exist: give --weights a checkpoint")
    what = provenance(row.source, row.masks, weights.absolute(), vars(parsed))
    return VideoRun(row.name, str(row.source), str(row.masks), str(output), options, str(Path.cwd()), what)


def _check_table(output: Path) -> None:
    """Raises ProjectError if a file is in the way that no batch wrote."""
    from skn_annotator.files import cannot_read, read_file

    table = output / TABLE
    try:
        is_ours = read_file(table).startswith(",".join(HEADER).encode())
    except FileNotFoundError:
        return
    except PermissionError as error:
        raise ProjectError(cannot_read(table, error)) from error
    except OSError:  # a folder or a pipe
        is_ours = False
    if not is_ours:
        raise ProjectError(f"{table} is there and is no table of a batch: give --output another folder")


def _write_table(output: Path, outcomes: "Sequence[Outcome]") -> None:
    from skn_annotator.files import replace_files, writing

    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(HEADER)
    for each in outcomes:
        table.writerow([each.name, each.state, f"{each.seconds:.1f}", each.message])
    with writing(output):
        output.mkdir(parents=True, exist_ok=True)
        replace_files({output / TABLE: text.getvalue().encode(errors="backslashreplace")})


if __name__ == "__main__":
    raise SystemExit(main())
