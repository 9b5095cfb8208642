"""skn-annotate: the window."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from skn_annotator.cli import leave_at_once, options
from skn_annotator.cli.desktop import check_desktop
from skn_annotator.cli.run import command_parser, run
from skn_annotator.errors import SknError
from skn_annotator.settings import load_settings

_DESCRIPTION = """\
Paint objects on one frame of a video and let the network carry the masks on.

SOURCE is a video, a folder of JPEG or PNG frames, or a project folder (clip.skn). Work is saved as you go, in
a project folder beside the video, or in your data folder where that cannot be written; open the video again
to go on."""

_EXAMPLES = """\
examples:
  skn-annotate clip.mp4
  skn-annotate DAVIS/JPEGImages/480p/bear
  skn-annotate --demo"""


def main(argv: Sequence[str] | None = None) -> int:
    """The command; returns its exit status."""
    parser = command_parser("skn-annotate", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("source", nargs="?", type=options.path, metavar="SOURCE", help="what to open")
    parser.add_argument("--demo", action="store_true", help="open the bundled clip, its first frame painted")
    parser.add_argument(
        "--weights", type=options.path, metavar="FILE", help="a checkpoint (default: as preferred)"
    )
    parser.add_argument(
        "--device", type=options.device, help="auto, cpu, cuda or cuda:N (default: as preferred)"
    )
    parser.add_argument(
        "--size",
        type=options.whole(options.MIN_SIZE, options.MAX_SIZE),
        metavar="N",
        help="short side inside the network, pixels (default: as preferred)",
    )
    parser.add_argument("--anyway", action="store_true", help=options.ANYWAY)
    return run(parser, _annotate, argv)


def _annotate(arguments: argparse.Namespace) -> int:
    for path in (arguments.source, arguments.weights):
        if path is not None and not path.exists():
            raise SknError(f"{path} does not exist: check its name")
    check_desktop()
    leave_at_once()  # PySide6 aborts, or goes on, when Ctrl-C raises an exception while it is imported
    # PySide6 loads here, after its libraries were found; torch is loaded by the first pass.
    from skn_annotator.app.tasks.pass_work import NetworkTracker
    from skn_annotator.gui.program import run_window

    preferred = load_settings()
    tracker = NetworkTracker(
        arguments.weights or (Path(preferred.weights) if preferred.weights else None),
        arguments.device or preferred.device,
        arguments.size or preferred.size,
        preferred.threads,
    )
    return run_window(tracker, arguments.source, arguments.demo, arguments.anyway)


if __name__ == "__main__":
    sys.exit(main())
