"""``skn-convert``: a checkpoint that others published as a checkpoint of ours."""

import argparse
from collections.abc import Sequence

from skn_annotator.cli import options
from skn_annotator.cli.run import command_parser, run

_DESCRIPTION = """\
Turn a published checkpoint into one that the other commands load: its wiring and weights, with SKN's reader
on top. Which it is is told by its names: STM's (STM_weights.pth, ResNet-50), that of MiVOS's propagation
(propagation_model.pth) or STCN's (stcn.pth). Nothing is downloaded.
"""

_EXAMPLES = """\
  skn-convert STM_weights.pth stm.safetensors
  skn-convert stcn.pth stcn.safetensors
  skn-convert propagation_model.pth mivos.safetensors
  skn-annotate cups.mp4 --weights stcn.safetensors
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Parse the command line and convert; returns the exit status."""
    parser = command_parser("skn-convert", _DESCRIPTION, _EXAMPLES)
    parser.add_argument(
        "source", type=options.path, help="STM's, MiVOS's or STCN's checkpoint, a PyTorch file"
    )
    parser.add_argument("target", type=options.path, help="the checkpoint to write, .safetensors")
    parser.add_argument(
        "--overwrite", action="store_true", help="replace a file that was not converted from SOURCE"
    )
    return run(parser, _convert, argv)


def _convert(arguments: argparse.Namespace) -> int:
    from skn_annotator.annotation.output import OutputRule
    from skn_annotator.annotation.stamp import Stamp
    from skn_annotator.model.public_weights import convert_public

    OutputRule(arguments.source, overwrite=arguments.overwrite).check([arguments.target])
    made = {"made": Stamp(arguments.source).line()}
    whose = convert_public(arguments.source, arguments.target, made)
    print(f"{arguments.target}: {whose}'s weights with SKN's reader")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
