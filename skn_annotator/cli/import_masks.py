"""``skn-import PROJECT PATH``: masks from files into a project, as the window's Import does."""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from skn_annotator.cli import options
from skn_annotator.cli.run import command_parser, run
from skn_annotator.counts import counted
from skn_annotator.errors import SknError

if TYPE_CHECKING:
    from skn_annotator.annotation.annotation import Annotation
    from skn_annotator.annotation.mask_import import ReadMasks
    from skn_annotator.app.project.opening import Opened

_DESCRIPTION = """\
Import masks into a project.

PROJECT is a project folder (cups.skn), or a video or folder of frames: then the project beside it, which is
made if there is none. PATH is one PNG, a folder of PNGs, what skn-propagate wrote, folders of black-and-white
PNGs per object, or a data set: DAVIS, YouTube-VOS or COCO.

Masks go to the frames that they are named for; --first moves them. An imported object gets exactly the pixels
that its masks have; the other objects keep what is not covered. Close the project in the window first."""

_EXAMPLES = """\
examples:
  skn-import cups.skn results/cups --propagated
  skn-import cups.mp4 corrected.png --first 41
  skn-import cups.mp4 DAVIS --sequence cups-2 --object 1=2 --object "3=red cup" """


def main(argv: Sequence[str] | None = None) -> int:
    """The command; returns the exit status."""
    parser = command_parser("skn-import", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("project", metavar="PROJECT", type=options.path, help="a project, or its video")
    parser.add_argument("path", metavar="PATH", type=options.path, help="the masks")
    parser.add_argument("--sequence", metavar="NAME", help="which one of a data set (default: the video's)")
    parser.add_argument(
        "--object",
        metavar="ID=TARGET",
        type=_object,
        action="append",
        help="import only what is named so: the id in the files, and the project's object, by id or name, "
        "or a new name (default: all, by name or else by id)",
    )
    parser.add_argument(
        "--propagated",
        action="store_true",
        help="as if a pass had brought them: references stay, and later passes may change the masks "
        "(default: as references)",
    )
    parser.add_argument(
        "--first",
        metavar="N",
        type=options.whole(1, 10_000_000),
        help="the frame, from 1, that the first mask goes to",
    )
    parser.add_argument("--range", metavar="A-B", type=options.frame_range, help="only frames A to B, from 1")
    parser.add_argument(
        "--cut-mattes", action="store_true", help="cut masks with soft edges (many grays) at one half"
    )
    parser.add_argument("--anyway", action="store_true", help=options.ANYWAY)
    return run(parser, _import, argv)


def _object(text: str) -> tuple[int, str]:
    match = re.fullmatch(r"(\d{1,3})=(.+)", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{options.short(text)} is not ID=TARGET, such as 1=2 or 1=cup")
    return int(match[1]), match[2]


def _import(arguments: argparse.Namespace) -> int:
    from skn_annotator.annotation.mask_import import ImportChoice, import_change
    from skn_annotator.app.project.opening import Opened, open_sequence

    opening = open_sequence(arguments.project, anyway=arguments.anyway)
    opened = [each for each in opening if isinstance(each, Opened)][-1]
    for warning in opened.warnings:
        print(f"skn-import: {warning}", file=sys.stderr)
    read = _read(arguments, opened)
    shift = 0 if arguments.first is None else arguments.first - 1 - min(read.masks)
    annotation = opened.annotation
    targets, names = _targets(arguments.object or (), annotation, read)
    choice = ImportChoice(targets, not arguments.propagated, shift, arguments.range)
    change = import_change(annotation, _renamed(read, names), choice)
    changed = annotation.apply(change.edit(annotation))
    for note in (*read.notes, *opened.store.save(annotation, changed, opened.view)):
        print(f"skn-import: {note}", file=sys.stderr)
    beyond = sum(not 0 <= t + shift < annotation.length for t in read.masks)
    if beyond:
        print(
            f"skn-import: {counted(beyond, 'mask')} left out: the video has no such frames", file=sys.stderr
        )
    objects = ", ".join(o.name for o in annotation.objects if o.id in change.placed)
    print(f"{opened.store.folder}: masks of {objects} on {counted(len(change.given), 'frame')}")
    return 0


def _read(arguments: argparse.Namespace, opened: "Opened") -> "ReadMasks":
    from skn_annotator.annotation.formats import WantedMasks
    from skn_annotator.annotation.mask_import import ReadMasks, find_numbered, reading, sequences_at

    sequence, path = opened.sequence, arguments.path
    if not path.exists():
        raise SknError(f"{path} does not exist: check its name")
    name = arguments.sequence or sequence.name
    there = sequences_at(path)
    if there and name not in there and len(there) > 1:
        raise SknError(f"{path} holds no masks of {name}: choose with --sequence among {', '.join(there)}")
    name = there[0] if len(there) == 1 and arguments.sequence is None else name
    wanted = WantedMasks(name, sequence.stems, sequence.size, arguments.cut_mattes, sequence.stored_size)
    items = reading(find_numbered(path, wanted), path.is_file())
    read = [each for each in items if isinstance(each, ReadMasks)][-1]
    if not read.objects:
        raise SknError(f"{path} shows no object: there is nothing to import")
    return read


def _targets(
    wanted: Sequence[tuple[int, str]], annotation: "Annotation", read: "ReadMasks"
) -> tuple[dict[int, int], dict[int, str]]:
    """Id in the files -> object, or new; and the names of those that are new."""
    from skn_annotator.annotation.mask_import import NEW, default_targets

    if not wanted:
        return default_targets(annotation, read), {}
    missing = [i for i, _ in wanted if i not in read.objects]
    if missing:
        there = ", ".join(map(str, read.objects))
        raise SknError(f"No mask shows object {missing[0]}: there are {there}")
    known: Mapping[str, int] = {str(o.id): o.id for o in annotation.objects} | {
        o.name: o.id for o in annotation.objects
    }
    unknown = [text for _, text in wanted if text.isdecimal() and text not in known]
    if unknown:
        raise SknError(f"The project has no object {unknown[0]}: give a name to add one")
    targets = {i: known.get(text, NEW) for i, text in wanted}
    return targets, {i: text for i, text in wanted if targets[i] == NEW}


def _renamed(read: "ReadMasks", names: Mapping[int, str]) -> "ReadMasks":
    from dataclasses import replace

    return replace(read, names={**read.names, **names})


if __name__ == "__main__":
    sys.exit(main())
