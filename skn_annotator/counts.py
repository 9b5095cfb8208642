"""How many there are of something, in words: "1 frame", "3 frames".

`counted` is for what is English only: the output of commands, reports. `frame_count` and `object_count` are
messages, to be put into others: the window shows them in its language. Whole sentences of the window have a
text for one and a text for more where they are made.
"""

from skn_annotator.errors import Message


def counted(n: int, thing: str) -> str:
    """`n` of `thing`, an English noun in the singular that takes an s."""
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"


def frame_count(n: int) -> Message:
    """`n` frames, to stand in another message."""
    return Message("1 frame") if n == 1 else Message("{n} frames", n=n)


def object_count(n: int) -> Message:
    """`n` objects, to stand in another message."""
    return Message("1 object") if n == 1 else Message("{n} objects", n=n)
