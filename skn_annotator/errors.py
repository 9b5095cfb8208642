"""Errors that the user can act on: each message names the file and the remedy.

    SknError
    ├── VideoError      a video or a folder of frames that cannot be read, or not to its end
    │   └── UnreadableFrame  one frame that cannot be read where others can; a pass steps over it
    ├── ProjectError    a project folder that cannot be read or written
    │   ├── OtherVideo  a project of a video of another size or length; it opens if the user wants it
    │   └── MissingVideo  a project whose video is not found; it opens with one that the user shows
    ├── WeightsError    a checkpoint that is missing, damaged, or of another network
    ├── FormatError     a mask or a data set that does not hold what its format promises
    │   └── MatteError  a mask with soft edges, which could be cut at one half
    └── OutOfMemory     the device's memory does not suffice for the frame size and the number of objects

They are raised at the boundary (file, device), with ``from`` where another error caused them. Everything else
is a bug and propagates. Three places catch: `Worker.run`, `sys.excepthook`, a command's ``main``.

What they say is a `Message`: English in itself, and translatable for whoever has translations, which is the
window alone. Its text is one literal, so that Qt's lupdate finds it.
"""

import re
from pathlib import Path
from typing import Self

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Line breaks, and what terminals obey."""


class Message(str):
    """Sentences for the user, in English: ``Message("{path} does not exist", path=path)``.

    It remembers its `text` and `values`, which may be messages themselves. A text without values is taken as
    it is. It is one line: control characters, from the names in a broken file, are shown as "\\n" or "\\x1b".
    """

    text: str
    values: dict[str, object]

    def __new__(cls, text: str, /, **values: object) -> Self:
        values = {name: _on_one_line(value) for name, value in values.items()}
        text = text if values else str(_on_one_line(text))
        message = super().__new__(cls, text.format(**values) if values else text)
        message.text, message.values = text, values
        return message


def _on_one_line(value: object) -> object:
    """`value` itself, or its text with the control characters escaped, where it has some."""
    if isinstance(value, Message) or not _CONTROL.search(text := str(value)):
        return value
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class SknError(Exception):
    """The root: ``str(error)`` is one sentence for the user; ``SknError("no {what}", what=...)``, or a
    `Message` that says it."""

    def __init__(self, text: str, /, **values: object) -> None:
        self.message = text if isinstance(text, Message) else Message(text, **values)
        super().__init__(str(self.message))


class VideoError(SknError):
    """A video or a folder of frames cannot be read."""


class UnreadableFrame(VideoError):  # noqa: N818 -- a pass steps over it
    """One frame is there and cannot be read; others may be."""


class ProjectError(SknError):
    """A project folder cannot be read or written."""


class OtherVideo(ProjectError):  # noqa: N818 -- it can be answered
    """A project belongs to a video of another size or length."""


class MissingVideo(ProjectError):  # noqa: N818 -- it can be answered
    """The video of a project is neither where it was nor beside it."""

    @property
    def video(self) -> Path:
        """Where the video was."""
        return Path(str(self.message.values["video"]))


class WeightsError(SknError):
    """A checkpoint is missing, damaged, or belongs to another network."""


class FormatError(SknError):
    """A mask or a data set does not hold what its format promises."""


class MatteError(FormatError):
    """A mask has soft edges: it could be read if it were cut at one half."""


class OutOfMemory(SknError):  # noqa: N818 -- torch names it so, too
    """The device's memory does not suffice; the message says what to lower."""
