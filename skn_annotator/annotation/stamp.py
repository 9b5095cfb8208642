"""The stamp: a line inside of every file that is written for others, by which the program knows its own work.

    Written by SKN Annotator (9f3c2a51, 5d0e91aa) from cups.mp4

The first number stands for the source, a video or a folder of frames, with the place where it lies; the
second is a checksum of all bytes of the file before the line: a mask that somebody corrected in another
program is theirs. It stands in the last text chunk of a PNG and at the end of a table; the comments of JPEG
and MP4 have no checksum.
"""

import mmap
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from struct import pack
from zlib import crc32

_LONGEST_NAME = 80
_LINE = re.compile(rb"Written by SKN Annotator \(([0-9a-f]{8})(?:, ([0-9a-f]{8}))?\)")
_PNG_END = pack(">I", 0) + b"IEND" + pack(">I", crc32(b"IEND"))


@dataclass(frozen=True)
class Stamp:
    """The stamp of what is made from `source`, a video or a folder of frames."""

    source: Path

    @property
    def key(self) -> str:
        """8 hexadecimal digits that stand for the source and its place."""
        return sha256(str(self.source.resolve()).encode(errors="surrogateescape")).hexdigest()[:8]

    def line(self, before: bytes | None = None) -> str:
        """The line, in ASCII; with a checksum where `before` is all that the file holds in front of it."""
        checksum = "" if before is None else f", {crc32(before):08x}"
        name = "".join(c if c.isprintable() and c not in '"\\' else "_" for c in self.source.name)
        name = name[:_LONGEST_NAME].encode("ascii", "replace").decode()
        return f"Written by SKN Annotator ({self.key}{checksum}) from {name}"

    def on_png(self, data: bytes) -> bytes:
        """The PNG `data` with the stamp as its last text chunk."""
        before = data.removesuffix(_PNG_END)
        head = b"tEXtComment\0"
        start = before + pack(">I", len(head) - 4 + len(self.line(b""))) + head
        chunk = head + self.line(start).encode()
        return start + chunk[len(head) :] + pack(">I", crc32(chunk)) + _PNG_END

    def is_on(self, path: Path) -> bool:
        """Whether the file was written from this source, and is as it was written."""
        return read_stamp(path) == self.key


def read_stamp(path: Path) -> str | None:
    """The key in the stamp of the file `path`; None if there is none, or the file was changed since."""
    if not path.is_file():  # opening a pipe would wait for a writer
        return None
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            lines = [(line.start(), line[1], line[2]) for line in _LINE.finditer(data)]
            if not lines:
                return None
            start, key, checksum = lines[-1]
            return str(key, "ascii") if not checksum or int(checksum, 16) == crc32(data[:start]) else None
    except (OSError, ValueError):  # ValueError: an empty file cannot be mapped
        return None
