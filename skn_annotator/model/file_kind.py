"""What a file looks like that holds no weights, told by its first bytes: for the message that refuses it."""

from pathlib import Path

from skn_annotator.errors import Message

_HEAD = 512
_KINDS: tuple[tuple[int, bytes, Message], ...] = (
    (0, b"\x89PNG", Message("a picture")),
    (0, b"\xff\xd8\xff", Message("a picture")),
    (0, b"GIF8", Message("a picture")),
    (0, b"II*\0", Message("a picture")),
    (0, b"MM\0*", Message("a picture")),
    (8, b"WEBP", Message("a picture")),
    (4, b"ftyp", Message("a video")),
    (0, b"\x1aE\xdf\xa3", Message("a video")),
    (8, b"AVI ", Message("a video")),
    (0, b"\x89HDF", Message("an HDF5 file, as Keras writes")),
    (0, b"GGUF", Message("a GGUF file, as language models have")),
    (0, b"%PDF", Message("a PDF document")),
    (0, b"PK\x03\x04", Message("a ZIP archive, or a file of PyTorch that holds more than weights")),
    (0, b"\x1f\x8b", Message("a compressed file: unpack it first")),
)
"""Where in a file which bytes stand, and what it is then."""


def kind_of_file(path: Path) -> Message | None:
    """What the file `path` looks like, as in "it looks like a picture"; None if that cannot be told."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    if not head:
        return Message("an empty file")
    for start, begins, kind in _KINDS:
        if head[start : start + len(begins)] == begins:
            return kind
    return Message("a text") if _is_text(head) else None


def _is_text(head: bytes) -> bool:
    """Whether `head` is printable UTF-8; a letter may be cut in two at its end."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3 or len(head) < _HEAD:
            return False
        text = head[: error.start].decode("utf-8")
    return all(letter.isprintable() or letter.isspace() for letter in text)
