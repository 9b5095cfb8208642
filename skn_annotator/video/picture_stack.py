"""One file that holds several pictures as a sequence of frames: a TIFF stack, an animated PNG or WebP."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from skn_annotator.arrays import Frame
from skn_annotator.errors import Message, VideoError
from skn_annotator.video.cache import Decoded
from skn_annotator.video.image_folder import DEFAULT_RATE, ReadPicture
from skn_annotator.video.picture import (
    DAMAGE,
    Values,
    depth_notes,
    read_header,
    to_rgb,
    values_of,
    white_for,
)
from skn_annotator.video.replacement import WatchedFile

_LOOKED_AT = 9


class PictureStack:
    """The pictures in the file `path`."""

    def __init__(self, path: Path, fps: float | None = None) -> None:
        """`fps`: None is what the file says, or 24. Raises VideoError if there is only one picture."""
        self.path, self.name = path, path.stem
        self._watched = WatchedFile(path)
        header = read_header(path)
        if not header.has_pages:
            raise VideoError("{path} is a single picture: open the folder that holds the frames", path=path)
        self._image: Image.Image = Image.open(path)
        self.size = self.stored_size = header.size
        # Each page takes some bytes of the file, whatever the file says.
        self._length = max(1, min(int(getattr(self._image, "n_frames", 1)), path.stat().st_size // 8))
        with contextlib.suppress(*DAMAGE):
            self._image.load()  # only then an animation says how long a picture is shown
        self.fps = fps or _rate(self._image.info.get("duration"))
        self.stems: Sequence[str] = [f"{t:05d}" for t in range(len(self))]
        found = self._look_at_values()
        self._white = white_for(found)
        self.warnings: Sequence[Message] = tuple(depth_notes(path.name, found))

    def __len__(self) -> int:
        return self._length

    def run_start(self, t: int) -> int:
        """`t`: Pillow finds its way to a page by itself."""
        return t

    def read(self, first: int, stop: int) -> Iterator[Frame]:
        """Frames `first` to `stop` - 1, in order: RGB, uint8 (H, W, 3), read-only.

        Raises VideoError at a page that cannot be read or has another size than the first, and once another
        file is in this one's place.
        """
        for t in range(first, stop):
            self._watched.check()
            try:
                self._go_to(t)
                frame = to_rgb(self._image, self._white)
            except DAMAGE as error:
                raise self._unusable(t) from error
            if frame.shape[:2] != self.size:
                raise self._unusable(t)
            yield frame

    def run(self, t: int) -> Iterator[tuple[int, Decoded]]:
        """Frame `t` and all after it, with their numbers; VideoError as in `read`."""
        return ((u, ReadPicture(frame)) for u, frame in enumerate(self.read(t, len(self)), t))

    def close(self) -> None:
        """Release the file."""
        self._image.close()

    def _go_to(self, t: int) -> None:
        if t < self._image.tell() and self._image.format != "TIFF":
            self._image.close()
            self._image = Image.open(self.path)  # Pillow's way back through an animated PNG is broken
        self._image.seek(t)

    def _unusable(self, t: int) -> VideoError:
        return VideoError(
            "Picture {t} of {path} cannot be read, or has another size than the first: split the file, and "
            "take it out",
            t=t,
            path=self.path,
        )

    def _look_at_values(self) -> list[Values]:
        """What the values of the deep ones of a few pages are like."""
        found = []
        for t in range(0, len(self), max(1, len(self) // _LOOKED_AT)):
            with contextlib.suppress(*DAMAGE):
                self._go_to(t)
                found.append(values_of(self._image))
        return [each for each in found if each is not None]


def _rate(duration: object) -> float:
    """Frames per second, from the milliseconds that one lasts."""
    return 1000 / duration if isinstance(duration, int | float) and duration > 0 else DEFAULT_RATE
