"""How a project's masks are bound to the frames of its video, which may have changed since they were saved.

The frames of a folder have names, which masks follow; those of a file have numbers only. A video of another
size or length may be another one altogether, so it is taken only where the user wants it: masks are scaled
then, and those of frames that it lacks are left aside.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from skn_annotator.annotation.masks import decode_mask, encode_mask, scaled
from skn_annotator.annotation.project_json import Stored, VideoRecord
from skn_annotator.arrays import Size
from skn_annotator.counts import frame_count
from skn_annotator.errors import Message, OtherVideo


def check_video(
    folder: Path,
    saved: VideoRecord | None,
    now: VideoRecord,
    known: Mapping[int, str],
    names: Sequence[str],
    anyway: bool,
) -> list[Message]:
    """What has changed about the video since the project in `folder` was saved.

    `known`: the names of frames that were saved, `names` those of all frames now. Raises OtherVideo if it has
    another size or, without common names, another length; not if the user wants it `anyway`.
    """
    if saved is None:
        return []
    is_same_file = not (now.fingerprint and saved.fingerprint) or now.fingerprint == saved.fingerprint
    if is_same_file and (saved.size, saved.length) == (now.size, now.length):
        return []
    video = Path(now.absolute)
    has_names = video.is_dir() and bool(set(known.values()) & set(names))
    is_other = saved.size != now.size or (saved.length != now.length and not has_names)
    if is_other and not anyway:
        raise OtherVideo(
            "{folder} belongs to another video ({other}, {length} of {size}), not to {video} "
            "({length_now} of {size_now}): open that one, move the project folder away, or open it "
            "with this video all the same (--anyway)",
            folder=folder,
            other=saved.absolute,
            length=frame_count(saved.length),
            size=_shown(saved.size),
            video=video,
            length_now=frame_count(now.length),
            size_now=_shown(now.size),
        )
    if saved.size != now.size:
        return [
            Message(
                "The masks of {folder} were scaled from {size} to {size_now}: check that they fit.",
                folder=folder,
                size=_shown(saved.size),
                size_now=_shown(now.size),
            )
        ]
    return [
        Message(
            "{video} has changed since {folder} was saved: check that the masks still fit.",
            video=video,
            folder=folder,
        )
    ]


def frames_now(
    frames: Iterable[int],
    known: Mapping[int, str],
    saved_length: int | None,
    length: int,
    names: Sequence[str],
) -> dict[int, int]:
    """Which frame of the video each of the saved `frames` is now, told by the `known` names; `length` or more
    where it is none.

    Where as many frames are there as were saved, and all names that are left stand where they stood, the
    others were renamed.
    """
    places = {name: t for t, name in enumerate(names)}
    if saved_length == length and all(places.get(name, t) == t for t, name in known.items()):
        return {t: t for t in frames}
    return {t: places.get(known[t], length) if t in known and names else t for t in frames}


def renumbered(stored: Stored, length: int, names: Sequence[str]) -> Stored:
    """The settings of a `project.json` with the frames' present numbers."""
    places = {name: t for t, name in enumerate(names)}
    moved = {str(t): str(places.get(name, length)) for t, name in stored.names.items()}
    settings = dict(stored.settings)
    for field in ("references", "confidence", "sources", "outlines"):
        if isinstance(settings.get(field), dict):
            settings[field] = {moved.get(t, t): value for t, value in settings[field].items()}
    return replace(stored, settings=settings)


def scaled_png(data: bytes, size: Size) -> bytes:
    """The palette PNG `data` at `size`, (H, W)."""
    return encode_mask(scaled(decode_mask(data), size))


def _shown(size: Size) -> str:
    height, width = size
    return f"{width} x {height}"
