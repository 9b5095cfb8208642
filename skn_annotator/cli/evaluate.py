"""``skn-evaluate GT RESULTS``: J, F and J&F of a folder of masks against ground truth, as a table and as CSV.

``skn-evaluate --interactive DATASET`` is in `interactive`.
"""

import argparse
import csv
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from skn_annotator.cli import options
from skn_annotator.cli.interactive import add_interactive_options, evaluate_interactively
from skn_annotator.cli.run import command_parser, run
from skn_annotator.errors import FormatError
from skn_annotator.files import replace_files, writing

if TYPE_CHECKING:
    from skn_annotator.evaluation.evaluate import Mean, Scores

DESCRIPTION = """\
Score masks against ground truth with the measures of the DAVIS benchmark.

GT and RESULTS hold SEQUENCE/STEM.png, one PNG for each frame, whose values are object ids (0 and 255
where there is one object). GT may also be a whole DAVIS folder, and both may be one sequence's folder.

J    region: intersection over union
F    boundary: F-measure, tolerance 0.8 % of the image diagonal
J&F  their mean, by which the benchmark ranks

As in the official protocol the first and the last frame of a sequence are left out, an object's score is
the mean over its frames, and the overall score the mean over all objects. All figures are per cent.

With --interactive GT is a data set, JPEGImages/SEQ and Annotations/SEQ, and there are no RESULTS: the
masks of the first frame are carried through each clip, and a simulated annotator corrects one object on
one frame, carries again what that makes stale, and so on. Printed is J&F after 0, 1, 2, 3, 5 and 8
corrections, over all frames but the first, and how many it takes until every object has a J of 85 on
every frame; then which frames were corrected, counted from 1, each with the J that it had: one that was
right already counts, too, since it was looked at. Where it looks:

suggested  the frame that the window suggests first: that round which most is in doubt
worst      the frame with the mask of lowest J, which nobody can know
even       the middle of the longest stretch without a reference"""

EXAMPLES = """\
examples:
  skn-evaluate DAVIS/Annotations/480p results
  skn-evaluate DAVIS/Annotations/480p results --sequences bear camel --csv scores.csv
  skn-evaluate ground_truth/bear results/bear
  skn-evaluate --interactive DAVIS --choices suggested even --size 360"""

COLUMNS = ("J&F", "J", "F", "J recall", "J decay", "F recall", "F decay")
_HEADER = ("sequence", "object", *COLUMNS)


def main(argv: Sequence[str] | None = None) -> int:
    """The command; returns the exit status."""
    parser = command_parser("skn-evaluate", DESCRIPTION, EXAMPLES)
    parser.add_argument("gt", metavar="GT", type=options.path, help="folder of the ground truth")
    parser.add_argument(
        "results", metavar="RESULTS", type=options.path, nargs="?", help="folder of the masks to score"
    )
    parser.add_argument(
        "--sequences",
        nargs="+",
        metavar="NAME",
        help="score these only (default: all that both folders have)",
    )
    parser.add_argument(
        "--cut-mattes", action="store_true", help="cut masks with soft edges (many grays) at one half"
    )
    parser.add_argument("--statistics", action="store_true", help="also print recall and decay of J and F")
    parser.add_argument(
        "--csv", type=options.path, metavar="FILE", help="also write the table there, with all columns"
    )
    add_interactive_options(parser)
    return run(parser, _evaluate, argv)


def _evaluate(arguments: argparse.Namespace) -> int:
    if arguments.interactive:
        return evaluate_interactively(arguments)
    if arguments.results is None:
        raise FormatError("RESULTS is missing: give the folder of the masks to score, or --interactive")
    from tqdm import tqdm

    from skn_annotator.evaluation.evaluate import common_sequences, evaluate_sequence, sequences_in, together

    if arguments.csv is not None:
        _check_csv(arguments.csv)
    pairs = common_sequences(arguments.gt, arguments.results, arguments.sequences)
    progress = tqdm(pairs, desc="scoring", unit="sequence", leave=False, disable=None)
    scores = together(evaluate_sequence(gt, result, arguments.cut_mattes) for gt, result in progress)
    for note in scores.notes:
        print(f"skn-evaluate: {note}", file=sys.stderr)
    rows = list(_rows(scores))
    _print_table(rows, COLUMNS if arguments.statistics else COLUMNS[:3])
    if arguments.csv is not None:
        _write_csv(arguments.csv, rows)
    if arguments.sequences is None and len(pairs) < len(sequences_in(arguments.gt)):
        left_out = sorted(sequences_in(arguments.gt).keys() - set(scores.sequences))
        print(f"left out, as {arguments.results} lacks them: {' '.join(left_out)}", file=sys.stderr)
    return 0


def _rows(scores: "Scores") -> Iterator[tuple[str, str, "Mean"]]:
    """(sequence, object, mean): each object, each sequence that has several, everything."""
    from skn_annotator.evaluation.evaluate import mean_of

    for sequence in scores.sequences:
        objects = scores.of(sequence)
        for entry in objects:
            yield sequence, str(entry.object_id), mean_of([entry])
        if len(objects) > 1:
            yield sequence, "mean", mean_of(objects)
    yield "overall", str(len(scores.objects)), scores.overall


def _values(mean: "Mean") -> tuple[float, ...]:
    """The figures of one row in per cent, as `COLUMNS` orders them."""
    shares = (mean.jf, mean.j, mean.f, mean.j_recall, mean.j_decay, mean.f_recall, mean.f_decay)
    return tuple(100 * share for share in shares)


def _print_table(rows: Sequence[tuple[str, str, "Mean"]], columns: Sequence[str]) -> None:
    width = max(len(sequence) for sequence, _, _ in [("sequence", "", None), *rows])
    print(f"{'sequence':{width}}  object", *(f"{column:>8}" for column in columns))
    for sequence, object_id, mean in rows:
        figures = (f"{value:8.1f}" for value in _values(mean)[: len(columns)])
        print(f"{sequence:{width}}  {object_id:>6}", *figures)


def _check_csv(path: Path) -> None:
    """Before the scoring, not after it: whether the table can be written to `path`."""
    with writing(path):
        is_new = not path.exists()
        first = path.read_bytes().partition(b"\r\n")[0] if path.is_file() else b""
        if first not in (b"", ",".join(_HEADER).encode()):
            raise FormatError(
                f"{path} is there and holds no scores: give another file to --csv, or remove it"
            )
        with path.open("ab"):
            pass
        if is_new:
            path.unlink()


def _write_csv(path: Path, rows: Sequence[tuple[str, str, "Mean"]]) -> None:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_HEADER)
    for sequence, object_id, mean in rows:
        table.writerow([sequence, object_id, *(f"{value:.4f}" for value in _values(mean))])
    data = text.getvalue().encode(errors="backslashreplace")
    with writing(path):
        if path.exists() and not path.is_file():  # /dev/stdout
            path.write_bytes(data)
        else:  # in one step: where the disk is full, an older table stays
            replace_files({path.resolve(): data})


if __name__ == "__main__":
    raise SystemExit(main())
