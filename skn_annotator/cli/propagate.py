"""``skn-propagate SOURCE --masks PATH --output DIR``: carry masks through a whole video, without a window."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from skn_annotator.cli import INTERRUPTED, options
from skn_annotator.cli.first_selection import add_selection_options, select_first
from skn_annotator.cli.lost_objects import LOST, lost_objects, report_lost
from skn_annotator.cli.project_pass import propagate_project
from skn_annotator.cli.report_file import check_report, result_of_masks, write_report
from skn_annotator.cli.result_folder import ResultFolder
from skn_annotator.cli.run import command_parser, run
from skn_annotator.counts import counted
from skn_annotator.errors import ProjectError, SknError
from skn_annotator.files import check_writable
from skn_annotator.hardware import network_threads

if TYPE_CHECKING:
    from skn_annotator.annotation.output import OutputRule
    from skn_annotator.api.given_masks import GivenMasks
    from skn_annotator.arrays import Mask
    from skn_annotator.inference.augmentation import AugmentedTracker
    from skn_annotator.inference.step import Step
    from skn_annotator.inference.tracker import Tracker
    from skn_annotator.video.frames import FrameSource

    References = Mapping[int, Mask]

DESCRIPTION = """\
Carry the masks of one or several frames through a whole video.

SOURCE is a video file, a folder of frames, or a project (cups.skn). From a project's references the pass goes
over the whole video, as in the window, and is saved in the project: nothing else need be said. To a video
belong masks, palette or gray PNGs of its size whose values are object ids: 0 background, 1, 2, ... objects (0
and 255 where there is one object).

  --masks mask.png   the mask of the first frame
  --masks FOLDER     masks of any frames, named like them: 00012.png for the thirteenth frame of a video
  --masks DATASET    a DAVIS, YouTube-VOS or COCO data set, or folders of black-and-white masks per object:
                     the masks of the sequence that is called like SOURCE

  --box X0,Y0,X1,Y1  instead of a mask, a box round an object of the first frame
  --point X,Y        or a point on it; both may end in the object's number, --box 300,80,420,300,2

Every given mask decides all objects that any of them shows: it is written as it is, bounds what is carried
to it, and stays in the network's memory. Frames between two of them are reached from both, and what arrives
is blended. Frames before the first one are reached backwards.

Written is DIR/NAME/STEM.png for every frame: NAME is the name of the folder or the file, STEM that of the
frame (00000, 00001, ... for a video). These are palette PNGs of the source's size as a player shows it, as
skn-evaluate and the DAVIS tools read them. With --step N only every N-th frame is; what lies between is left
as it is. Ctrl-C keeps what is done. Results of an earlier run on SOURCE are replaced; what this command did
not write, or was changed since, only with --overwrite, and what is read never.

Objects that are not seen from some frame on are named at the end; --strict makes that an exit status."""

EXAMPLES = """\
examples:
  skn-propagate cups.mp4 --masks first.png --output results
  skn-propagate DAVIS/JPEGImages/480p/bear --masks DAVIS/Annotations/480p/bear/00000.png --output results
  skn-propagate cups.mp4 --masks corrected/ --output results --size 360 --overlay cups_overlay.mp4
  skn-propagate cups.mp4 --box 310,120,420,300 --output results
  skn-propagate cups.skn --report cups.html"""


def main(argv: Sequence[str] | None = None) -> int:
    """The command; returns the exit status."""
    return run(propagate_parser(), _propagate, argv)


def propagate_parser() -> argparse.ArgumentParser:
    """What the command takes; a batch reads its options with it, too."""
    parser = command_parser("skn-propagate", DESCRIPTION, EXAMPLES)
    _add_files(parser)
    _add_network(parser)
    _add_rules(parser)
    return parser


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="SOURCE", type=options.path, help="a video file, a folder of frames, or a project"
    )
    parser.add_argument(
        "--masks",
        metavar="PATH",
        type=options.path,
        help="one PNG, a folder of PNGs named like frames, or a data set",
    )
    add_selection_options(parser)
    parser.add_argument("--output", metavar="DIR", type=options.path, help="where DIR/NAME/ is made")
    parser.add_argument(
        "--name", metavar="NAME", type=options.file_name, help="another NAME than that of SOURCE"
    )
    parser.add_argument(
        "--overlay", metavar="FILE", type=options.path, help="also write a video with the masks over it"
    )
    parser.add_argument(
        "--fps",
        metavar="N",
        type=options.number(options.LEAST_FPS, options.MOST_FPS),
        help="frames per second of the overlay (default: the video's own, 24 for a folder)",
    )
    parser.add_argument(
        "--report",
        metavar="FILE",
        type=options.path,
        help="also write a page with the frames to look at, per object, and a contact sheet",
    )


def _add_network(parser: argparse.ArgumentParser) -> None:
    options.add_network_options(parser)
    parser.add_argument(
        "--step",
        metavar="N",
        type=options.whole(1, 1_000_000),
        default=1,
        help="only every N-th frame, from the first one on",
    )
    parser.add_argument(
        "--tta",
        action="store_true",
        help="the mean over mirrored and enlarged frames: a little better, five times slower",
    )


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cut-mattes", action="store_true", help="cut masks with soft edges (many grays) at one half"
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="replace masks and videos that this command did not write from SOURCE; never what it reads",
    )
    parser.add_argument(
        "--strict", action="store_true", help=f"exit status {LOST} if an object is lost on the way"
    )
    parser.add_argument("--anyway", action="store_true", help=options.ANYWAY)


def _propagate(arguments: argparse.Namespace) -> int:
    from skn_annotator.annotation.output import OutputRule
    from skn_annotator.annotation.project_files import is_project
    from skn_annotator.video.frames import open_frames

    if is_project(arguments.source):
        return propagate_project(arguments, lambda: _tracker(arguments))
    selects = bool(arguments.box or arguments.point)
    if (arguments.masks is None and not selects) or arguments.output is None:
        raise SknError(f"{arguments.source} is no project: give --masks, --box or --point, and --output")
    if arguments.masks is not None and selects:
        raise SknError("--masks and --box or --point both say what the objects are: leave one of them out")
    frames = open_frames(arguments.source, fps=arguments.fps)
    try:
        for warning in frames.warnings:
            _print_message(warning)
        given = _selected(arguments, frames) if selects else _read(arguments, frames)
        weights = () if arguments.weights is None else (arguments.weights,)
        rule = OutputRule(frames.path, (*given.files, *weights), arguments.overwrite)
        if arguments.overlay is not None:
            _check_overlay(arguments.overlay, rule)
        if arguments.report is not None:
            check_report(arguments.report, rule)
        wanted = sorted({*range(0, len(frames), arguments.step), *given.masks})
        results = ResultFolder(arguments.output, frames, wanted, rule, arguments.name)
        tracker = _tracker(arguments)
        results.make()
        for note in given.notes:
            _print_message(note)
        sure: dict[int, Mapping[int, float]] = {}
        if not _propagate_into(results, tracker, frames, given.masks, arguments.step, sure):
            return INTERRUPTED
        if arguments.overlay is not None:
            rate = (arguments.fps or frames.fps) / arguments.step
            _write_overlay(arguments.overlay, frames, wanted, rate, results, rule)
        if arguments.report is not None:
            write_report(arguments.report, result_of_masks(frames, given.masks, sure, results.read), rule)
        ids = frozenset(i for shown in results.areas.values() for i in shown)
        lost = lost_objects(results.areas, dict.fromkeys(given.masks, ids), wanted)
        status = report_lost(lost, frames, arguments)
    finally:
        frames.close()
    return status


def _read(arguments: argparse.Namespace, frames: "FrameSource") -> "GivenMasks":
    from skn_annotator.api.given_masks import read_given_masks

    given = read_given_masks(arguments.masks, frames, arguments.cut_mattes)
    return given._replace(files=(arguments.masks, *given.files))


def _selected(arguments: argparse.Namespace, frames: "FrameSource") -> "GivenMasks":
    from skn_annotator.api.given_masks import GivenMasks

    return GivenMasks({0: select_first(frames[0], arguments.box, arguments.point)}, (), ())


def _propagate_into(
    results: ResultFolder,
    tracker: "Tracker | AugmentedTracker",
    frames: "FrameSource",
    references: "References",
    step: int,
    sure: dict[int, Mapping[int, float]],
) -> bool:
    """Write the masks and say what was done; False if Ctrl-C ended it. `sure` gets how sure."""
    start, done = time.monotonic(), 0
    try:
        for done in _write_masks(tracker, frames, references, step, results, sure):  # noqa: B007
            pass
    except KeyboardInterrupt:
        total = len({*range(0, len(frames), step), *references})
        _print_message(f"stopped; {results.path} holds {done} of {counted(total, 'mask')}")
        return False
    else:
        print(f"{results.path}: {counted(done, 'mask')}, {done / (time.monotonic() - start):.2f} frames/s")
        return True
    finally:
        _print_message(results.left_over())


def _print_message(text: str) -> None:
    if text:
        print(f"skn-propagate: {text}", file=sys.stderr)


def _check_overlay(path: Path, rule: "OutputRule") -> None:
    """Before the long work, not after it: whether the video can be written to `path`."""
    from skn_annotator.annotation.formats.ffmpeg_writer import require_ending

    require_ending(path, ".mp4")
    if not path.absolute().parent.is_dir():
        raise ProjectError(f"{path.parent} is not a folder: give --overlay a file in one")
    rule.check([path])
    check_writable(path.absolute().parent)


def _tracker(arguments: argparse.Namespace) -> "Tracker | AugmentedTracker":
    import torch

    from skn_annotator.inference.augmentation import AugmentedTracker
    from skn_annotator.inference.tracker import Tracker
    from skn_annotator.model.checkpoints import load_network

    torch.set_num_threads(network_threads(arguments.threads))
    kind = AugmentedTracker if arguments.tta else Tracker
    return kind(load_network(arguments.weights, arguments.device), arguments.size)


def _write_masks(
    tracker: "Tracker | AugmentedTracker",
    frames: "FrameSource",
    references: "References",
    step: int,
    results: ResultFolder,
    sure: dict[int, Mapping[int, float]],
) -> Iterator[int]:
    """Propagates and yields, at first and after each frame, how many masks are in `results`; `sure` gets how
    sure."""
    from tqdm import tqdm

    from skn_annotator.inference.carry import carry, plan_for

    plan = plan_for(references, len(frames), step)
    done = set(references)

    def keep(found: "Step") -> "Callable[[], Mask]":
        results.write(found.t, found.mask)
        done.add(found.t)
        sure[found.t] = found.confidence
        return partial(results.read, found.t)

    for t, mask in references.items():
        results.write(t, mask)
    yield len(done)
    steps = carry(tracker, frames, references, plan, keep)
    for _ in tqdm(steps, total=plan.total, unit="frame", desc=frames.name, disable=None):
        yield len(done)


def _write_overlay(
    path: Path,
    frames: "FrameSource",
    wanted: Sequence[int],
    fps: float,
    results: ResultFolder,
    rule: "OutputRule",
) -> None:
    """A video of the frames `wanted`."""
    from tqdm import tqdm

    from skn_annotator.annotation.formats.overlay_video import OverlayWriter
    from skn_annotator.annotation.masks import read_mask
    from skn_annotator.annotation.output import move_in, staged
    from skn_annotator.annotation.stamp import Stamp
    from skn_annotator.video.frames import frame_or_black

    folder = path.absolute().parent
    with staged(folder) as staging:
        aside = staging / path.name
        with OverlayWriter(aside, frames.size, fps, Stamp(frames.path)) as video:
            for t in tqdm(wanted, unit="frame", desc=path.name, disable=None):
                video.write(frame_or_black(frames, t), read_mask(results.path_of(t), frames.size))
        rule.check([path])
        move_in(staging, folder, [Path(path.name)])
    print(f"{path}: {counted(len(wanted), 'frame')}")


if __name__ == "__main__":
    raise SystemExit(main())
