"""WaitingOutlines: outlines that are not closed yet are kept with the project, and wait there again.

They stand in the `view` of the project: tool -> frame -> outline, as `json` writes it. What is no outline
there, in a project of somebody else, is passed over.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QObject

from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice, Offer
from skn_annotator.app.session import Session
from skn_annotator.gui.canvas.shape_tools import OpenOutline, PolygonTool
from skn_annotator.gui.canvas.toolbox import Toolbox

_KEY = "open_outlines"
_FARTHEST = 1e6
"""Pixels: no point lies beyond, on any frame."""


class WaitingOutlines(QObject):
    """Writes them down when the project is closed, and brings them back when it is opened."""

    def __init__(self, session: Session, toolbox: Toolbox) -> None:
        super().__init__(toolbox)
        self._session, self._toolbox = session, toolbox
        self._tools = {name: tool for name, tool in toolbox.tools.items() if isinstance(tool, PolygonTool)}
        session.project.closing.connect(self._keep)
        session.project.opened.connect(self._bring_back)

    def _keep(self) -> None:
        project = self._session.project
        kept = {
            name: {str(t): asdict(outline) for t, outline in outlines.items()}
            for name, outlines in self._waiting().items()
        }
        if kept != project.view.get(_KEY, {}):
            project.view[_KEY] = kept
            project.save_soon(())

    def _bring_back(self) -> None:
        sequence, stored = self._session.project.sequence, self._session.project.view.get(_KEY)
        if sequence is None or not isinstance(stored, dict):
            return
        frames: set[int] = set()
        for name, tool in self._tools.items():
            found = dict(_read(stored.get(name), sequence.length))
            tool.wait_with(found)
            frames |= found.keys()
        if frames:
            text = tr("Outlines that are not closed yet wait in their tools, on frames: {frames}")
            numbers = ", ".join(str(t + 1) for t in sorted(frames))
            offer = Offer(tr("Go there"), self._go_to_first)
            self._session.noticed.emit(
                Notice(text.format(frames=numbers), stays=True, offer=offer, holds=self._is_news)
            )

    def _is_news(self) -> bool:
        """True until nothing waits any more, or the user has begun to work, whom the message would cover."""
        is_any_left = any(tool.left for tool in self._tools.values())
        return is_any_left and self._session.document.history.latest is None

    def _go_to_first(self) -> None:
        """Take the tool of the first outline that waits, on its frame."""
        t, name = min((tool.left[0], name) for name, tool in self._tools.items() if tool.left)
        self._session.viewer.seek(t)
        self._toolbox.choose(name)

    def _waiting(self) -> dict[str, dict[int, OpenOutline]]:
        """Tool -> frame -> what is not closed."""
        return {name: tool.waiting for name, tool in self._tools.items() if tool.waiting}


def _read(stored: Any, length: int) -> Iterator[tuple[int, OpenOutline]]:
    """(Frame, outline) of each that is sound, in a sequence of `length` frames."""
    for t, value in stored.items() if isinstance(stored, dict) else ():
        with suppress(ValueError, TypeError, KeyError, OverflowError):
            if 0 <= int(t) < length:
                yield int(t), _outline(value)


def _outline(value: Any) -> OpenOutline:
    points = tuple((float(x), float(y)) for x, y in value["points"])
    corners = tuple(int(corner) for corner in value["corners"])
    is_sound = all(abs(number) <= _FARTHEST for point in points for number in point)
    if not is_sound or not corners or corners != tuple(sorted({*corners} & {*range(len(points))})):
        raise ValueError(value)
    object_id = value.get("object_id")  # versions before 0.2.0 kept none
    its_own = object_id if isinstance(object_id, int) else None
    return OpenOutline(points, corners, bool(value["erases"]), bool(value["replaces"]), its_own)
