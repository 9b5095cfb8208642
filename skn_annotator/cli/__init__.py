"""The commands. Until `run` takes over, Ctrl-C ends one without the traceback of some import."""

import os
import signal
import sys

if os.path.basename(sys.argv[0]).startswith(("skn-", "-m")):  # noqa: PTH119 -- pathlib takes long to load
    signal.signal(signal.SIGINT, signal.SIG_DFL)
