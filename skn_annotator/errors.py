"""Errors that the user can act on: each message names the file and the remedy.

    SknError
    ├── VideoError      a video or a folder of frames that cannot be read, or not to its end
    ├── ProjectError    a project folder that cannot be read or written
    ├── WeightsError    a checkpoint that is missing, damaged, or of another network
    ├── FormatError     a mask or a data set that does not hold what its format promises
    └── OutOfMemory     the device's memory does not suffice for the frame size and the number of objects

They are raised at the boundary (file, device), with ``from`` where another error caused them. Everything else
is a bug and propagates. Three places catch: `app.worker.Worker.run`, `sys.excepthook`, a command's ``main``.
"""


class SknError(Exception):
    """The root: ``str(error)`` is one sentence for the user."""


class VideoError(SknError):
    """A video or a folder of frames cannot be read."""


class ProjectError(SknError):
    """A project folder cannot be read or written."""


class WeightsError(SknError):
    """A checkpoint is missing, damaged, or belongs to another network."""


class FormatError(SknError):
    """A mask or a data set does not hold what its format promises."""


class OutOfMemory(SknError):  # noqa: N818 -- torch names it so, too
    """The device's memory does not suffice; the message says what to lower."""
