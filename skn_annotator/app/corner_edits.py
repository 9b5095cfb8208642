"""CornerEdits: the corners of an outline that was kept are dragged, added and taken away.

Each is one draft on the shown frame, as a stroke is, and ends as one edit.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation import outlines
from skn_annotator.annotation.outlines import Lines
from skn_annotator.app.document import Document
from skn_annotator.app.draft import Trial
from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice
from skn_annotator.app.tasks.assistant import SelectionGround
from skn_annotator.arrays import Point

Corner = tuple[int, int]
"""Which line of an outline, and which of its corners."""


class CornerEdits(QObject):
    """Changes the outline of the active object on the shown frame."""

    painted = Signal(object)  # Rect of the frame that looks different now
    noticed = Signal(object)  # Notice

    def __init__(
        self,
        document: Document,
        shown: Callable[[], int | None],
        ground: Callable[[], SelectionGround | None],
        parent: QObject | None = None,
    ) -> None:
        """`shown`: the frame on the canvas. `ground`: what an action on it begins with; None, with a notice,
        if that is barred."""
        super().__init__(parent)
        self._document = document
        self._shown = shown
        self._make_ground = ground
        self._ground: SelectionGround | None = None
        self._held: Corner | None = None
        self._before: Lines = ()  # the outline before it was changed
        document.draft_closed.connect(self._let_go)

    @property
    def lines(self) -> Lines:
        """The outline of the active object as it is seen; empty where it has none."""
        t, active, draft = self._shown(), self._document.active, self._document.draft
        if draft is not None and draft.t == t:
            return draft.lines if draft.object_id == active else ()
        if t is None or active is None:
            return ()
        outline = self._document.annotation.outline(t, active)
        return () if outline is None else outline.lines

    @property
    def held(self) -> Corner | None:
        """The corner that is dragged."""
        return self._held

    def take(self, at: Corner) -> bool:
        """Take hold of a corner; False, with a notice, if that is barred."""
        if not self._begin(tr("Move corner"), self.lines):
            return False
        self._held = at
        return True

    def add(self, after: Corner, xy: Point) -> bool:
        """A new corner at `xy` follows the corner `after`, and is held; False, with a notice, if barred."""
        line, corner = after
        if not self._begin(tr("Add corner"), outlines.with_corner_after(self.lines, line, corner, xy)):
            return False
        self._held = line, corner + 1
        self._paint()
        return True

    def drag_to(self, xy: Point) -> None:
        """The held corner lies at `xy`, in pixels of the frame."""
        draft = self._document.draft
        if self._held is not None and draft is not None:
            draft.lines = outlines.with_corner_at(draft.lines, *self._held, xy)
            self._paint()

    def release(self) -> None:
        """The corner stays where it is; one that was not moved changes nothing."""
        draft = self._document.draft
        if draft is not None and draft.lines == self._before:
            self._document.cancel_draft()
        else:
            self._held = None
            self._document.end_draft_in_background()

    def remove(self, at: Corner) -> None:
        """Take a corner away; of a triangle none, with a notice, or its whole mask would go by one click."""
        line, _ = at
        if len(self.lines[line].corners) <= outlines.FEWEST_CORNERS:
            self.noticed.emit(
                Notice(tr("An outline has three corners at least: undo or the eraser take it away"))
            )
            return
        if self._begin(tr("Delete corner"), outlines.without_corner(self.lines, *at)):
            self._paint()
            self._document.end_draft_in_background()

    def _begin(self, name: str, lines: Lines) -> bool:
        ground = self._make_ground()
        if ground is None:
            return False
        self._ground, self._before = ground, self.lines
        draft = Trial(ground.t, ground.mask, ground.object_id, name)
        draft.lines = lines
        self._document.begin_draft(draft)
        return True

    def _paint(self) -> None:
        draft, ground = self._document.draft, self._ground
        if isinstance(draft, Trial) and ground is not None:
            lines = draft.lines
            rect = draft.retry(
                lambda mask: outlines.paint_lines(mask, lines, ground.object_id, ground.protected)
            )
            if rect is not None:
                self.painted.emit(rect)

    def _let_go(self) -> None:
        self._held = self._ground = None
