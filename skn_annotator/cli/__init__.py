"""The commands. Until `run` takes over, Ctrl-C ends one in a word, without the traceback of some import."""

import os
import signal
import sys

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells count it: 128 + SIGINT."""


def leave_at_once() -> None:
    """From now on Ctrl-C ends the process without an exception: where nothing was begun, or all is done."""
    signal.signal(signal.SIGINT, _leave)


def _leave(*_: object) -> None:
    os.write(2, b"interrupted\n")
    os._exit(INTERRUPTED)


if os.path.basename(sys.argv[0]).startswith(("skn-", "-m")):  # noqa: PTH119 -- pathlib takes long to load
    leave_at_once()
