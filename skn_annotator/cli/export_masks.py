"""``skn-export SOURCE [PLACE] --format FORMAT``: a project, or masks of a video, for other programs."""

import argparse
import collections.abc
import itertools
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from skn_annotator.cli import options
from skn_annotator.cli.opened_project import open_project
from skn_annotator.cli.render_arguments import add_render_options, render_options
from skn_annotator.cli.run import command_parser, run
from skn_annotator.counts import counted

if TYPE_CHECKING:
    from skn_annotator.annotation.annotation import Annotation
    from skn_annotator.app.project.opening import Sequence

FORMATS = ("davis", "youtube-vos", "coco", "overlay", "rgba", "alpha-video", "cut-out", "binary")
"""The keys of `annotation.formats.FORMATS`; written out, as `--help` imports nothing heavy."""
_LISTED = 8
"""So many files of one folder are listed; of more, their number."""

DESCRIPTION = """\
Write the masks of a project in a format that other programs read, as the window's export does.

SOURCE is a project folder (cups.skn), or a video or a folder of frames that has a project; with --masks it is
any video, and the masks are those: a PNG, a folder of them, such as skn-propagate writes, or a data set.

  davis          DAVIS data set: for the official scorer, XMem, Cutie
  youtube-vos    YouTube-VOS data set: objects may first appear on a later frame
  coco           COCO instances, run-length encoded: for detectors and labelling tools
  overlay        an MP4 with the masks over the frames
  rgba           cut-out pictures: PNGs with alpha
  alpha-video    a cut-out video with alpha: ProRes 4444, or --codec animation
  cut-out        an MP4 of the objects over a colour
  binary         a black-and-white PNG per object and frame

PLACE is the data set's folder, which keeps what else is in it, or the file of an overlay; by default it lies
beside the video. What is there already is replaced only if it was written from the same source. All appears
when all is written, and is read back."""

EXAMPLES = """\
examples:
  skn-export cups.skn --format davis
  skn-export cups.skn dataset --format coco
  skn-export cups.skn --format alpha-video --objects 1,ball --frames 10-80 --edge network --feather 2
  skn-export cups.mp4 cups_overlay.mp4 --masks results/cups --format overlay --opacity 0.4"""


def main(argv: collections.abc.Sequence[str] | None = None) -> int:
    """The command; returns the exit status."""
    parser = command_parser("skn-export", DESCRIPTION, EXAMPLES)
    parser.add_argument(
        "source", metavar="SOURCE", type=options.path, help="a project, or a video or folder of frames"
    )
    parser.add_argument("place", metavar="PLACE", type=options.path, nargs="?", help="where to write")
    parser.add_argument("--format", choices=FORMATS, required=True, help="what to write")
    parser.add_argument("--masks", metavar="PATH", type=options.path, help="these masks, not a project's")
    parser.add_argument(
        "--opacity",
        metavar="N",
        type=options.number(0, 1),
        default=0.5,
        help="of the masks in an overlay, 0 to 1",
    )
    parser.add_argument(
        "--fps",
        metavar="N",
        type=options.number(options.LEAST_FPS, options.MOST_FPS),
        help="frames per second of an overlay (default: the video's own; of a folder as preferred, or 24)",
    )
    add_render_options(parser)
    parser.add_argument(
        "--cut-mattes", action="store_true", help="cut masks with soft edges (many grays) at one half"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace what was not written from SOURCE, too"
    )
    parser.add_argument("--anyway", action="store_true", help=options.ANYWAY)
    return run(parser, _export, argv)


def _export(arguments: argparse.Namespace) -> int:
    from tqdm import tqdm

    from skn_annotator.annotation.output import OutputRule
    from skn_annotator.api.mask_files import format_of
    from skn_annotator.app.tasks.export import Export, default_place
    from skn_annotator.app.tasks.pass_work import NetworkTracker

    chosen = format_of(arguments.format)
    found = _of_project(arguments) if arguments.masks is None else _of_masks(arguments)
    sequence = replace(found.sequence, fps=arguments.fps or found.sequence.fps)
    place = arguments.place or default_place(chosen, sequence)
    rendered = render_options(arguments, chosen, found.annotation)
    export = Export.of(chosen, place, sequence, found.annotation, arguments.opacity, rendered)
    export = replace(export, overwrite=arguments.overwrite, make_tracker=NetworkTracker())
    for note in export.notes():
        print(f"skn-export: {note}", file=sys.stderr)
    makes = chosen.makes(place, export.sequence)
    OutputRule(found.sequence.path, found.inputs, arguments.overwrite).check(makes)
    with tqdm(unit="frame", desc=found.sequence.name, disable=None) as bar:
        for progress in export.run():
            bar.total = progress.total
            bar.update(progress.done - bar.n)
    for line in _listed(makes):
        print(line)
    return 0


def _listed(paths: collections.abc.Sequence[Path]) -> collections.abc.Iterator[str]:
    """One line for each of `paths`, and one for all in a folder that gets a picture for each frame."""
    for folder, own in itertools.groupby(paths, key=lambda path: path.parent):
        inside = list(own)
        if len(inside) > _LISTED:
            yield f"{folder}: {counted(len(inside), 'file')}"
        else:
            yield from map(str, inside)


class _Found(NamedTuple):
    """What is exported, and the files that it was read from."""

    sequence: "Sequence"
    annotation: "Annotation"
    inputs: tuple[Path, ...] = ()


def _of_project(arguments: argparse.Namespace) -> _Found:
    opened = open_project(arguments.source, "skn-export", arguments.anyway)
    return _Found(opened.sequence, opened.annotation)


def _of_masks(arguments: argparse.Namespace) -> _Found:
    from skn_annotator.annotation.annotation import Annotation
    from skn_annotator.annotation.edits import import_masks
    from skn_annotator.api.given_masks import read_given_masks
    from skn_annotator.app.project.opening import Sequence
    from skn_annotator.video.frames import open_frames

    with closing(open_frames(arguments.source)) as frames:
        given = read_given_masks(arguments.masks, frames, arguments.cut_mattes)
        for message in (*frames.warnings, *given.notes):
            print(f"skn-export: {message}", file=sys.stderr)
        annotation = Annotation(frames.size, len(frames))
        annotation.apply(import_masks(annotation, given.masks))
        sequence = Sequence(
            frames.name, frames.path, frames.size, len(frames), frames.fps, tuple(frames.stems)
        )
    return _Found(sequence, annotation, (arguments.masks, *given.files))


if __name__ == "__main__":
    raise SystemExit(main())
