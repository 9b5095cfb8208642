"""Viewer: which frame is looked at, its picture, playing, the chosen range, and what to look at next.

Frames are decoded in a worker, so the picture may lag behind the position; what was shown last stays until
the next one is there, or one that is nearer to it. While an action on the shown frame is unfinished, that
frame stays. The annotation is only read here.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.app.frames.loader import FrameLoader, LoadedFrame
from skn_annotator.app.frames.thumbnails import Thumbnails
from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice, notice_of
from skn_annotator.app.playback import FASTEST, Playback
from skn_annotator.app.project.opening import Sequence
from skn_annotator.app.reasons import reason_to_check
from skn_annotator.app.review import most_changed, suggestion
from skn_annotator.app.verb_queue import VerbQueue
from skn_annotator.arrays import Frame
from skn_annotator.inference.step import Doubt
from skn_annotator.settings import DEFAULT_FRAME_MEMORY


class Viewer(QObject):
    """Looks at one frame of a sequence at a time."""

    leaving = Signal()  # another frame is about to be shown
    steered = Signal()  # the user chose the frame, or plays: a pass is no longer followed
    position_changed = Signal(int)
    frame_shown = Signal(int)  # its picture arrived: `frame`
    thumbnail_arrived = Signal()
    range_changed = Signal()
    doubted = Signal(int)  # the object that the frame which is gone to deserves a look for
    noticed = Signal(object)  # Notice

    def __init__(
        self,
        is_drafting: Callable[[], bool],
        verbs: VerbQueue,
        is_computing: Callable[[], bool],
        changes: Callable[[], Mapping[int, float | None]],
        doubt: Callable[[int, int], Doubt | None],
        parent: QObject | None = None,
    ) -> None:
        """`is_drafting`: whether an action on the shown frame is unfinished; `verbs`: while what it finds is
        on its way, another frame is gone to in its turn. `is_computing`: whether a pass needs the processor.
        `changes`: the masks that the last pass changed, and how much, 0-1. `doubt`: what speaks against the
        mask that a frame has of an object, as far as that is known."""
        super().__init__(parent)
        self._is_drafting = is_drafting
        self._verbs = verbs
        self._is_computing = is_computing
        self._changes = changes
        self._doubt = doubt
        self._frame_bytes = DEFAULT_FRAME_MEMORY << 20
        self._loader: FrameLoader | None = None
        self._thumbnails: Thumbnails | None = None
        self.playback = Playback(self.show_frame, parent=self)
        self.range_changed.connect(self._play_within)
        self._look_at(None, Annotation((1, 1), 1), 0)

    def open(self, sequence: Sequence, annotation: Annotation, position: int) -> None:
        """Show frames of `sequence` from now on, beginning with that at `position`, or the nearest."""
        self._look_at(sequence, annotation, min(max(0, position), sequence.length - 1))
        self._loader = FrameLoader(sequence.path, self._frame_bytes, self)
        self._loader.loaded.connect(self._on_frame)
        self._loader.failed.connect(self._on_error)
        self._thumbnails = Thumbnails(sequence.path, self)
        self._thumbnails.arrived.connect(self.thumbnail_arrived)
        self._loader.request(self.position)

    def close(self) -> None:
        """Show nothing more, and end the threads that decode."""
        self.playback.stop()
        for threaded in (self._loader, self._thumbnails):
            if threaded is not None:
                threaded.close()
                threaded.deleteLater()
        self._loader = self._thumbnails = None
        self._look_at(None, Annotation((1, 1), 1), 0)

    def _look_at(self, sequence: Sequence | None, annotation: Annotation, position: int) -> None:
        self._sequence = sequence
        self._annotation = annotation
        self.position = self._opened_at = position
        self.chosen_range: tuple[int, int] | None = None  # the chosen frames, first and last
        self._loaded: LoadedFrame | None = None  # what is on the canvas
        self._ahead: LoadedFrame | None = None  # the next one, should the user go on as before
        self._checked: int | None = None  # the frame that `seek_to_check` went to
        self._next: int | None = None  # the frame to go to once the shown one has its answer
        self._going: Callable[[], None] | None = None  # the verb that will go there

    def use_frame_memory(self, max_bytes: int) -> None:
        """The decoded frames around the shown one may take `max_bytes` of memory from now on."""
        if max_bytes != self._frame_bytes:
            self._frame_bytes = max_bytes
            if self._loader is not None:
                self._loader.use_memory(max_bytes)

    def _on_error(self, error: Exception) -> None:
        self.noticed.emit(notice_of(error))

    # ---- where we are

    def seek(self, t: int) -> None:
        """Go to frame `t`, or the nearest that exists; a running pass is no longer followed."""
        self.playback.stop()
        self.steered.emit()
        self.show_frame(t)

    def step(self, frames: int) -> None:
        """Go `frames` forward, or backward."""
        self.seek((self.position if self._next is None else self._next) + frames)

    def seek_reference(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) reference frame; those that only follow drawn outlines are
        passed over."""
        annotation = self._annotation
        drawn = (
            t for t, ids in annotation.references.items() if not all(annotation.follows(t, i) for i in ids)
        )
        self._seek_among(drawn, direction)

    def seek_to_check(self) -> None:
        """Go to the propagated frame that most deserves a look, and say why; again: to the next one."""
        found = suggestion(self._annotation, self._checked)
        self._checked = None if found is None else found.t
        if found is None:
            self.noticed.emit(Notice(tr("Nothing to check: no frame was propagated yet")))
        else:
            self.seek(found.t)
            self.doubted.emit(found.object_id)
            doubt = self._doubt(found.t, found.object_id)
            self.noticed.emit(Notice(reason_to_check(self._annotation, found, doubt)))

    def seek_changed(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) of the frames that the last pass changed most."""
        frames = most_changed({t: change for t, change in self._changes().items() if change is not None})
        if not frames:
            self.noticed.emit(Notice(tr("The last pass changed no mask that was there before")))
        elif not self._seek_among(frames, direction):
            self.noticed.emit(
                Notice(
                    tr("The last pass changed little after this frame")
                    if direction > 0
                    else tr("The last pass changed little before this frame")
                )
            )

    def _seek_among(self, frames: Iterable[int], direction: int) -> bool:
        """Go to the nearest of `frames` in that direction; False if there is none."""
        ahead = [t for t in frames if (t - self.position) * direction > 0]
        if ahead:
            self.seek(min(ahead, key=lambda t: abs(t - self.position)))
        return bool(ahead)

    # ---- a range of frames

    def select_range(self, first: int, last: int) -> None:
        """Choose the frames from `first` to `last`, both included, in either order, as far as they exist."""
        end = self._annotation.length - 1
        self._choose_range((min(max(0, min(first, last)), end), min(max(0, first, last), end)))

    def clear_range(self) -> None:
        """Choose no range."""
        self._choose_range(None)

    def start_range(self) -> None:
        """Begin the chosen range at this frame; it ends where it did, or with the sequence."""
        last = self._annotation.length - 1 if self.chosen_range is None else self.chosen_range[1]
        self.select_range(self.position, max(self.position, last))

    def end_range(self) -> None:
        """End the chosen range at this frame; it begins where it did, or with the sequence."""
        first = 0 if self.chosen_range is None else self.chosen_range[0]
        self.select_range(min(self.position, first), self.position)

    def _choose_range(self, chosen_range: tuple[int, int] | None) -> None:
        if chosen_range != self.chosen_range:
            self.chosen_range = chosen_range
            self.range_changed.emit()

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

    def toggle_loop(self) -> None:
        """Switch whether playback repeats: the chosen range, or the whole sequence."""
        self.playback.toggle_loop()
        self._play_within()

    def _play(self, speed: int, over: bool = False) -> None:
        """`over`: where there is nothing left to play, start over."""
        if self._sequence is None:
            return
        self.steered.emit()
        frames = self._frames_to_play()
        is_end = self.position == frames[-1 if speed > 0 else 0]
        if not is_end or over or self.playback.loops:
            start = frames[0 if speed > 0 else -1] if is_end else self.position
            self.playback.play(start, frames, self._sequence.fps, speed)

    def _frames_to_play(self) -> range:
        if self.playback.loops and self.chosen_range is not None:
            return range(self.chosen_range[0], self.chosen_range[1] + 1)
        return range(self._annotation.length)

    def _play_within(self) -> None:
        """The frames to play are others now: what plays goes on in those."""
        if self.playback.playing:
            self._play(self.playback.speed)

    # ---- what is shown

    @property
    def shown(self) -> int | None:
        """The frame on the canvas; while frames are decoded it lags behind `position`."""
        return None if self._loaded is None else self._loaded.t

    @property
    def frame(self) -> Frame | None:
        """The picture of the shown frame: RGB (H, W, 3); None where it could not be decoded."""
        return None if self._loaded is None else self._loaded.rgb

    def show_frame(self, t: int) -> None:
        """Go to frame `t`, or the nearest that exists, without stopping what plays or follows a pass.

        While an answer for the shown frame is on its way, that is left in its turn: the window does not stand
        still to wait for it.
        """
        if self._sequence is None or self._loader is None:
            return
        if self._verbs.must_wait:
            self._next, going = t, partial(self.show_frame, t)
            self._verbs.run(going, instead_of=self._going)
            self._going = going
            return
        self._next = None
        self.leaving.emit()
        t = min(max(0, t), self._sequence.length - 1)
        if t != self.position or t != self.shown:
            self.position = t
            self._loader.request(t)
            self.position_changed.emit(t)
            if self._ahead is not None and self._ahead.t == t:
                self._on_frame(self._ahead)

    def show_one_of(self, frames: Iterable[int]) -> None:
        """Go to the nearest of `frames`, unless this is one of them or there is none."""
        nearest = min(frames, key=lambda t: abs(t - self.position), default=self.position)
        if nearest != self.position:
            self.show_frame(nearest)

    def stay_at_shown(self) -> None:
        """Stop at the frame that is seen, though another one may be on its way to the canvas."""
        self.playback.stop()
        self.steered.emit()
        if self.shown is not None and self.shown != self.position:
            self.show_frame(self.shown)

    def catch_up(self) -> None:
        """Show the frame that arrived while an action on another one was unfinished."""
        if self._loader is not None and self.shown != self.position and not self._is_drafting():
            self._loader.request(self.position)

    def _on_frame(self, loaded: LoadedFrame) -> None:
        if loaded.ahead and loaded.t != self.position:
            self._ahead = loaded
            return
        if self._is_drafting() or not self._is_nearer(loaded.t):
            return
        self._loaded = loaded
        if loaded.rgb is not None and self._thumbnails is not None:
            self._thumbnails.keep(loaded.t, loaded.rgb)
        self.frame_shown.emit(loaded.t)
        if loaded.error is not None:
            self._on_error(loaded.error)

    def _is_nearer(self, t: int) -> bool:
        """True if frame `t` is the one to show, or nearer to it than what is shown meanwhile.

        Nothing stands in for the frame on which a sequence is opened: nobody asked for another one.
        """
        if t == self.position:
            return True
        if self.shown is None:
            return self.position != self._opened_at
        return abs(t - self.position) < abs(self.shown - self.position)

    # ---- small pictures of frames

    def thumbnail(self, t: int) -> Frame | None:
        """A small picture of frame `t`, RGB (h, w, 3); None while it is not there."""
        return None if self._thumbnails is None else self._thumbnails.get(t)

    def thumbnail_near(self, t: int) -> Frame | None:
        """A small picture of a frame near `t`, while that is decoded."""
        return None if self._thumbnails is None else self._thumbnails.near(t)

    def want_thumbnails(self, frames: Iterable[int], who: str = "") -> bool:
        """Ask for thumbnails in place of those that `who` asked for before; True if they will come.

        While a pass needs the processor, only frames that were shown have one.
        """
        if self._thumbnails is None or self._is_computing():
            return False
        self._thumbnails.want(frames, who)
        return True
