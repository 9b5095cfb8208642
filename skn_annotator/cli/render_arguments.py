"""The options of exports that draw: frames, objects, size, edges, codec, quality, and the colour behind."""

import argparse
import re
from typing import TYPE_CHECKING, Any

from skn_annotator.cli.options import frame_range, number, short, whole
from skn_annotator.errors import SknError

if TYPE_CHECKING:
    from skn_annotator.annotation.annotation import Annotation
    from skn_annotator.annotation.formats import Format
    from skn_annotator.annotation.formats.render_options import RenderOptions


_DEFAULTS: dict[str, Any] = {
    "edge": "soft",
    "grow": 0.0,
    "feather": 0.0,
    "quality": "high",
    "backdrop": (0, 177, 64),
}


def add_render_options(parser: argparse.ArgumentParser) -> None:
    """Add them to a command."""
    group = parser.add_argument_group("overlay, rgba, alpha-video, cut-out")
    group.add_argument("--frames", metavar="A-B", type=frame_range, help="only frames A to B, from 1")
    group.add_argument("--objects", metavar="LIST", help="only these, by id or name: 1,ball")
    group.add_argument("--height", metavar="N", type=whole(16, 8640), help="of what is written, in pixels")
    group.add_argument(
        "--edge",
        choices=("soft", "network", "hard"),
        default=_DEFAULTS["edge"],
        help="of a matte: along the edges in the picture, from the network's probability (slower), or as the "
        "masks are",
    )
    group.add_argument(
        "--grow",
        metavar="N",
        type=number(-200, 200),
        default=_DEFAULTS["grow"],
        help="a matte, by pixels; -N shrinks",
    )
    group.add_argument(
        "--feather",
        metavar="N",
        type=number(0, 200),
        default=_DEFAULTS["feather"],
        help="a matte, over pixels",
    )
    group.add_argument("--codec", metavar="NAME", default="", help="h264, h265; with alpha prores, animation")
    group.add_argument(
        "--quality", choices=("high", "medium", "small"), default=_DEFAULTS["quality"], help="of a video"
    )
    group.add_argument(
        "--backdrop",
        metavar="RRGGBB",
        type=_color,
        default=_DEFAULTS["backdrop"],
        help="the colour of cut-out (default: 00b140)",
    )


def render_options(
    arguments: argparse.Namespace, format_: "Format", annotation: "Annotation"
) -> "RenderOptions":
    """What the arguments say; raises SknError if there is no such object or codec."""
    from skn_annotator.annotation.formats.render_options import Quality, RenderOptions
    from skn_annotator.annotation.mattes import Edge, EdgeKind

    _check_taken(arguments, format_)
    codecs = [codec.key for codec in format_.codecs]
    if arguments.codec and arguments.codec not in codecs:
        raise SknError(f"{format_.key} has no codec {arguments.codec}: {', '.join(codecs) or 'none'}")
    return RenderOptions(
        arguments.frames,
        None if arguments.objects is None else _objects(arguments.objects, annotation),
        arguments.height,
        Edge(EdgeKind(arguments.edge), arguments.grow, arguments.feather),
        arguments.codec,
        Quality(arguments.quality),
        arguments.backdrop,
    )


def _check_taken(arguments: argparse.Namespace, format_: "Format") -> None:
    """Raises SknError if an option is given that the format would ignore, such as frames."""
    from skn_annotator.annotation.formats.render_options import Choice

    choice_of = {
        "frames": Choice.FRAMES,
        "objects": Choice.OBJECTS,
        "height": Choice.HEIGHT,
        "edge": Choice.EDGE,
        "grow": Choice.EDGE,
        "feather": Choice.EDGE,
        "quality": Choice.QUALITY,
        "backdrop": Choice.BACKDROP,
    }
    for name, choice in choice_of.items():
        if getattr(arguments, name) != _DEFAULTS.get(name) and choice not in format_.choices:
            raise SknError(f"{format_.key} takes no --{name}: leave it out, or choose another format")


def _objects(text: str, annotation: "Annotation") -> frozenset[int]:
    known = {str(o.id): o.id for o in annotation.objects} | {o.name: o.id for o in annotation.objects}
    wanted = [each.strip() for each in text.split(",")]
    missing = [each for each in wanted if each not in known]
    if missing:
        names = ", ".join(f"{o.id} ({o.name})" for o in annotation.objects)
        raise SknError(f"There is no object {missing[0]}: there are {names}")
    return frozenset(known[each] for each in wanted)


def _color(text: str) -> tuple[int, int, int]:
    if re.fullmatch(r"#?[0-9a-fA-F]{6}", text) is None:
        raise argparse.ArgumentTypeError(f"{short(text)} is no colour, such as 00b140")
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue
