"""``skn-evaluate --interactive DATASET``: how many corrections the masks of clips need, as a table."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from skn_annotator.cli import options
from skn_annotator.errors import FormatError

if TYPE_CHECKING:
    from skn_annotator.evaluation.corrections import Correct
    from skn_annotator.evaluation.simulated_annotator import AnnotatingRecord

COUNTS = (0, 1, 2, 3, 5, 8)
"""The numbers of corrections after which J&F is printed."""
CHOICES = ("suggested", "worst", "even")
MOST_CORRECTIONS = 1000


def add_interactive_options(parser: argparse.ArgumentParser) -> None:
    """What belongs to `--interactive`."""
    group = parser.add_argument_group("with --interactive")
    group.add_argument(
        "--interactive", action="store_true", help="simulate an annotator over the data set GT"
    )
    group.add_argument(
        "--choices", nargs="+", choices=CHOICES, default=CHOICES, help="where to look (default: all of them)"
    )
    group.add_argument(
        "--clicks", action="store_true", help="correct by clicks up to an IoU of 90, not by the true mask"
    )
    group.add_argument(
        "--most",
        metavar="N",
        type=options.whole(1, MOST_CORRECTIONS),
        default=20,
        help="corrections of a clip at most",
    )
    group.add_argument(
        "--goal",
        metavar="J",
        type=options.number(1, 100),
        default=85.0,
        help="J of every object on every frame, at which a clip is done",
    )
    options.add_network_options(parser)


def evaluate_interactively(arguments: argparse.Namespace) -> int:
    """Annotate the clips of the data set; prints a row for each as it is done. Returns the exit status."""
    if arguments.results is not None:
        raise FormatError(f"{arguments.results} is of no use with --interactive: give the data set alone")
    if arguments.csv is not None or arguments.statistics:
        raise FormatError("--csv and --statistics are of scores: leave them out with --interactive")
    from skn_annotator.evaluation.annotated_clip import annotated_clips

    names = [name for name, _, _ in annotated_clips(arguments.gt, arguments.sequences)]
    width = max(len(each) for each in ("sequence", "mean", *names))
    print(
        f"{'sequence':{width}}  {'choice':9}",
        *(f"{f'J&F {n}':>7}" for n in COUNTS),
        " needed  frames",
        flush=True,
    )
    found: dict[str, list[AnnotatingRecord]] = {choice: [] for choice in arguments.choices}
    for choice, record in _records(arguments):
        found[choice].append(record)
        needed = "never" if record.needed is None else str(record.needed)
        frames = " ".join(f"{each.t + 1}({100 * each.j:.0f})" for each in record.corrections)
        print(_row(record.clip, choice, [record], width), f"{needed:>7} ", frames, flush=True)
    for choice, records in found.items():
        print(_row("mean", choice, records, width), f"{_mean_needed(records, arguments.most):7.1f}")
    for choice, records in found.items():
        never = [record.clip for record in records if record.needed is None]
        if never:
            count = f"{len(never)} of {len(records)}"
            print(f"{choice}: {count} never done, {arguments.most} at most: {' '.join(never)}")
    return 0


def _records(arguments: argparse.Namespace) -> "Iterator[tuple[str, AnnotatingRecord]]":
    from skn_annotator.app.tasks.pass_work import NetworkTracker
    from skn_annotator.evaluation.annotated_clip import annotated_clips, read_clip
    from skn_annotator.evaluation.frame_choices import FRAME_CHOICES
    from skn_annotator.evaluation.simulated_annotator import annotate

    make_tracker = NetworkTracker(arguments.weights, arguments.device, arguments.size, arguments.threads)
    choices = {name: FRAME_CHOICES[name] for name in arguments.choices}
    correct = _correct(arguments)
    for place in annotated_clips(arguments.gt, arguments.sequences):
        clip = read_clip(*place)
        yield from annotate(clip, make_tracker, choices, correct, arguments.most, arguments.goal / 100)


def _correct(arguments: argparse.Namespace) -> "Correct":
    from skn_annotator.evaluation.corrections import by_clicks, true_mask
    from skn_annotator.model.checkpoints import load_click_network

    return by_clicks(load_click_network(None, arguments.device)) if arguments.clicks else true_mask


def _row(name: str, choice: str, records: "list[AnnotatingRecord]", width: int) -> str:
    """The means over `records`."""
    means = (sum(each.jf_after(n) for each in records) / len(records) for n in COUNTS)
    return f"{name:{width}}  {choice:9} " + " ".join(f"{100 * mean:7.1f}" for mean in means)


def _mean_needed(records: "list[AnnotatingRecord]", most: int) -> float:
    """Clips that are not done count as if the last correction had done it."""
    return sum(most if each.needed is None else each.needed for each in records) / len(records)
