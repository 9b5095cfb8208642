"""What the user is told of a project that is not found as it was saved, when it is opened."""

from collections.abc import Collection, Sequence
from pathlib import Path

from skn_annotator.errors import Message

_NAMED = 5
"""More files than these are counted; of more frames than these only the first are named."""


def foreign_notes(masks: Path, names: Sequence[str]) -> list[Message]:
    """The files `names` in the folder `masks` are of frames that the video lacks."""
    if len(names) > _NAMED:
        return [
            Message(
                "{n} masks in {folder} were left out: the video lacks their frames.",
                n=len(names),
                folder=masks,
            )
        ]
    return [left_out_note(masks / name) for name in names]


def left_out_note(path: Path) -> Message:
    """The file `path` holds no mask of the video."""
    return Message("{path} was left out: it is not a mask of this video.", path=path)


def gone_note(masks: Path, frames: Collection[int]) -> Message:
    """The masks of `frames` were saved in the folder `masks`, and are not there."""
    if len(frames) == 1:
        return Message(
            "The mask of frame {t} is not in {folder} any more: put it back, or draw it anew.",
            t=_named(frames),
            folder=masks,
        )
    return Message(
        "The masks of frames {frames} are not in {folder} any more: put them back, or draw them anew.",
        frames=_named(frames),
        folder=masks,
    )


def damage_note(path: Path, fields: Sequence[str]) -> Message:
    """In the JSON `path`, `fields` are unreadable; none: all of it."""
    if not fields:
        return Message("{path} is damaged: the masks were found, the names were not.", path=path)
    return Message(
        "{path} is damaged: {fields} cannot be read and were left out.",
        path=path,
        fields=", ".join(fields),
    )


def killed_note(frames: Collection[int]) -> Message:
    """The masks of `frames` were written, and the JSON that tells of them was not."""
    if len(frames) == 1:
        return Message(
            "The program ended while frame {t} was saved: it is kept as a reference frame.", t=_named(frames)
        )
    return Message(
        "The program ended while frames {frames} were saved: they are kept as reference frames.",
        frames=_named(frames),
    )


def _named(frames: Collection[int]) -> str:
    """The numbers, from 1, of the first of `frames`."""
    first = sorted(frames)[:_NAMED]
    return ", ".join(str(t + 1) for t in first) + (", ..." if len(frames) > _NAMED else "")
