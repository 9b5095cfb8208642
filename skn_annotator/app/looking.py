"""Looking: the verbs that say which frame is looked at. `Session` adds opening, saving and passes.

Frames are decoded in a worker, so the picture may lag behind the position; what was shown last stays until
the next one is there, or one that is nearer to it. What is painted is painted on the frame that is seen.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from skn_annotator.app.editing import Notice
from skn_annotator.app.frames.loader import FrameLoader, LoadedFrame
from skn_annotator.app.frames.thumbnails import Thumbnails
from skn_annotator.app.language import message_text, tr
from skn_annotator.app.painting import Painting
from skn_annotator.app.playback import FASTEST, Playback
from skn_annotator.app.project.opening import Sequence
from skn_annotator.app.review import frame_to_check
from skn_annotator.errors import SknError
from skn_annotator.settings import DEFAULT_FRAME_MEMORY


class Looking(Painting):
    """A `Painting` whose shown frame is one of a sequence."""

    position_changed = Signal(int)
    frame_shown = Signal(int)  # its picture arrived: `frame`
    thumbnail_arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sequence: Sequence | None = None
        self.playback = Playback(self._go, parent=self)
        self._frame_bytes = DEFAULT_FRAME_MEMORY << 20
        self._loader: FrameLoader | None = None
        self._ahead: LoadedFrame | None = None  # the next one, should the user go on as before
        self._thumbnails: Thumbnails | None = None
        self._checked: int | None = None  # the frame that `seek_to_check` went to
        self.draft_changed.connect(self._catch_up)
        self.selection_changed.connect(self._play_within)

    def _look_at(self, sequence: Sequence) -> None:
        """Frames come from `sequence` from now on."""
        self.sequence = sequence
        self._checked = self._ahead = None
        self._loader = FrameLoader(sequence.path, self._frame_bytes, self)
        self._loader.loaded.connect(self._on_frame)
        self._loader.failed.connect(self._on_error)
        self._thumbnails = Thumbnails(sequence.path, self)
        self._thumbnails.arrived.connect(self.thumbnail_arrived)

    def _look_away(self) -> None:
        """No frames come any more."""
        self.playback.stop()
        for threaded in (self._loader, self._thumbnails):
            if threaded is not None:
                threaded.close()
                threaded.deleteLater()
        self._loader = self._thumbnails = None
        self.sequence = self.frame = self._ahead = None

    def use_frame_memory(self, max_bytes: int) -> None:
        """How much memory the decoded frames around the shown one may take, from now on."""
        if max_bytes != self._frame_bytes:
            self._frame_bytes = max_bytes
            if self._loader is not None:
                self._loader.use_memory(max_bytes)

    # ---- what Session adds

    def _stop_following(self) -> None:
        """The user goes his own way: a running pass is no longer followed."""

    @property
    def _is_computing(self) -> bool:
        """True while a pass needs the processor."""
        return False

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, SknError):
            raise error
        self.noticed.emit(Notice(message_text(error), is_error=True))

    # ---- where we are

    def seek(self, t: int) -> None:
        """Go to frame `t`, or the nearest that exists; a running pass is no longer followed."""
        self.playback.stop()
        self._stop_following()
        self._go(t)

    def step(self, frames: int) -> None:
        """Go `frames` forward, or backward."""
        self.seek(self.position + frames)

    def seek_reference(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) reference frame."""
        ahead = [t for t in self.annotation.references if (t - self.position) * direction > 0]
        if ahead:
            self.seek(min(ahead, key=lambda t: abs(t - self.position)))

    def seek_to_check(self) -> None:
        """Go to the propagated frame that most deserves a look; again: to the next one."""
        t = self._checked = frame_to_check(self.annotation, self._checked)
        if t is None:
            self.noticed.emit(Notice(tr("Nothing to check: no frame was propagated yet")))
        else:
            self.seek(t)

    def start_range(self) -> None:
        """The chosen range begins at this frame; it ends where it did, or with the sequence."""
        last = self.annotation.length - 1 if self.selection is None else self.selection[1]
        self.select_range(self.position, max(self.position, last))

    def end_range(self) -> None:
        """The chosen range ends at this frame; it begins where it did, or with the sequence."""
        first = 0 if self.selection is None else self.selection[0]
        self.select_range(min(self.position, first), self.position)

    # ---- playing

    def toggle_play(self) -> None:
        """Play from here, from the beginning at the end; or stop."""
        if self.playback.playing:
            self.playback.stop()
        else:
            self._play(1, over=True)

    def play_on(self, direction: int) -> None:
        """Play forward (1) or backward (-1); twice as fast, up to a limit, where that is done already."""
        speed = self.playback.speed * direction
        self._play(direction * (min(2 * speed, FASTEST) if speed > 0 else 1))

    def stop_playing(self) -> None:
        """Stay on this frame."""
        self.playback.stop()

    def toggle_loop(self) -> None:
        """Whether playing goes round and round: over the chosen range, or the whole sequence."""
        self.playback.toggle_loop()
        self._play_within()

    def _play(self, speed: int, over: bool = False) -> None:
        """`over`: where there is nothing left to play, start over."""
        if self.sequence is None:
            return
        self._stop_following()
        frames = self._frames_to_play()
        is_end = self.position == frames[-1 if speed > 0 else 0]
        if not is_end or over or self.playback.loops:
            start = frames[0 if speed > 0 else -1] if is_end else self.position
            self.playback.play(start, frames, self.sequence.fps, speed)

    def _frames_to_play(self) -> range:
        if self.playback.loops and self.selection is not None:
            return range(self.selection[0], self.selection[1] + 1)
        return range(self.annotation.length)

    def _play_within(self) -> None:
        """The stretch to play is another one: what plays goes on in that."""
        if self.playback.playing:
            self._play(self.playback.speed)

    # ---- what is shown

    def _go(self, t: int) -> None:
        if self.sequence is None or self._loader is None:
            return
        self.end_draft()
        t = min(max(0, t), self.sequence.length - 1)
        if t != self.position or t != self.shown:
            self.position = t
            self._loader.request(t)
            self.position_changed.emit(t)
            if self._ahead is not None and self._ahead.t == t:
                self._on_frame(self._ahead)

    def _on_frame(self, loaded: LoadedFrame) -> None:
        if loaded.ahead and loaded.t != self.position:
            self._ahead = loaded
            return
        if self._draft is not None or not self._is_nearer(loaded.t):
            return
        self.shown, self.frame = loaded.t, loaded.rgb
        if loaded.rgb is not None and self._thumbnails is not None:
            self._thumbnails.keep(loaded.t, loaded.rgb)
        self.frame_shown.emit(loaded.t)
        if loaded.error is not None:
            self._on_error(loaded.error)

    def _is_nearer(self, t: int) -> bool:
        """True if frame `t` is the one to show, or nearer to it than what is shown meanwhile."""
        if t == self.position or self.shown is None:
            return True
        return abs(t - self.position) < abs(self.shown - self.position)

    def _stay(self) -> None:
        """What is seen is about to be painted: that is where we are, though another frame was on its way."""
        self.playback.stop()
        self._stop_following()
        if self.shown is not None and self.shown != self.position:
            self._go(self.shown)

    def _catch_up(self) -> None:
        """A frame that came while something on another one was half done was not shown."""
        if self._draft is None and self._loader is not None and self.shown != self.position:
            self._loader.request(self.position)

    # ---- small pictures of frames

    def thumbnail(self, t: int) -> NDArray[np.uint8] | None:
        """A small picture of frame `t`, RGB (h, w, 3); None while it is not there."""
        return None if self._thumbnails is None else self._thumbnails.get(t)

    def thumbnail_near(self, t: int) -> NDArray[np.uint8] | None:
        """A small picture of a frame near `t`, while that is decoded."""
        return None if self._thumbnails is None else self._thumbnails.near(t)

    def want_thumbnails(self, frames: Iterable[int], who: str = "") -> bool:
        """Ask for thumbnails in place of those that `who` asked for before; True if they will come.

        While a pass needs the processor, only frames that were shown have one.
        """
        if self._thumbnails is None or self._is_computing:
            return False
        self._thumbnails.want(frames, who)
        return True
