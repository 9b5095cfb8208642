"""TimelineKeys: keys with a meaning of their own while the timeline has the keyboard.

With shift, the arrows extend a range as they do in a text, so a page stands for ten frames.
"""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from skn_annotator.app.language import translatable
from skn_annotator.app.session import Session

TIMELINE_KEYS: tuple[tuple[str, str], ...] = (
    (translatable("Extend the range"), translatable("Shift + arrows, Home, End")),
    (translatable("No range"), translatable("Escape")),
    (translatable("Ten frames back or on"), translatable("Page up, page down")),
    (translatable("Object above or below"), translatable("Up, Down")),
    (translatable("Zoom in, out, show all"), translatable("+, -, 0")),
    (translatable("Play or stop"), translatable("Space")),
)
"""The keys as the shortcut sheet shows them."""

_Key = Qt.Key
_PAGE = 10


class Zooms(Protocol):
    """What the keys need of the timeline."""

    def zoom(self, steps: int) -> None:
        """Closer, or further away."""

    def fit(self) -> None:
        """Show the whole sequence."""


class TimelineKeys:
    """Maps a key to what it does on the timeline."""

    def __init__(self, session: Session, timeline: Zooms) -> None:
        self._session = session
        zoom_in, zoom_out = partial(timeline.zoom, 1), partial(timeline.zoom, -1)
        self._plain: dict[int, Callable[[], None]] = {
            _Key.Key_Up: partial(self._choose, -1),
            _Key.Key_Down: partial(self._choose, 1),
            _Key.Key_PageUp: partial(session.viewer.step, -_PAGE),
            _Key.Key_PageDown: partial(session.viewer.step, _PAGE),
            _Key.Key_Plus: zoom_in,
            _Key.Key_Equal: zoom_in,
            _Key.Key_Minus: zoom_out,
            _Key.Key_0: timeline.fit,
            _Key.Key_Space: session.viewer.toggle_play,
        }
        self._shifted: dict[int, Callable[[], None]] = {
            _Key.Key_Left: lambda: self._extend_to(session.viewer.position - 1),
            _Key.Key_Right: lambda: self._extend_to(session.viewer.position + 1),
            _Key.Key_Home: lambda: self._extend_to(0),
            _Key.Key_End: lambda: self._extend_to(session.document.annotation.length - 1),
            _Key.Key_Plus: zoom_in,  # keyboards on which + needs shift
        }

    def command(self, event: QKeyEvent) -> Callable[[], None] | None:
        """The action of the key on the timeline; None if it has none there."""
        session = self._session
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if session.project.sequence is None or (event.key() == _Key.Key_Space and event.isAutoRepeat()):
            return None
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            return self._shifted.get(event.key())
        if modifiers:
            return None
        if (
            event.key() == _Key.Key_Escape
            and session.viewer.chosen_range is not None
            and session.tasks.current is None
        ):
            return session.viewer.clear_range
        return self._plain.get(event.key())

    def _extend_to(self, t: int) -> None:
        """Go to frame `t` and extend the range to it; without a range, begin one at the current frame."""
        session = self._session
        start, chosen = session.viewer.position, session.viewer.chosen_range
        if chosen is not None and start in chosen:
            start = chosen[0] if start == chosen[1] else chosen[1]
        session.viewer.seek(t)
        session.viewer.select_range(start, session.viewer.position)

    def _choose(self, places: int) -> None:
        """Make the object `places` further down the list the active one."""
        ids = [o.id for o in self._session.document.annotation.objects]
        if self._session.document.active in ids:
            place = ids.index(self._session.document.active) + places
            self._session.document.choose(ids[min(max(0, place), len(ids) - 1)])
