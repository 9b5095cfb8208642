"""Frames of which the last one is held: passes that go side by side ask for each several times."""

from typing import Protocol

from skn_annotator.arrays import Frame, Size


class Frames(Protocol):
    """What a pass needs of a video: its frame size (H, W), and RGB uint8 (H, W, 3) by frame number."""

    @property
    def size(self) -> Size:
        """(H, W) of every frame."""
        ...

    def __len__(self) -> int: ...

    def __getitem__(self, t: int) -> Frame: ...


class HeldFrames:
    """Frames, read once where the same one is asked for again and again."""

    def __init__(self, frames: Frames) -> None:
        self.size, self._frames = frames.size, frames
        self._last: tuple[int, Frame] | None = None

    def __len__(self) -> int:
        return len(self._frames)

    def __getitem__(self, t: int) -> Frame:
        if self._last is None or self._last[0] != t:
            self._last = (t, self._frames[t])
        return self._last[1]
