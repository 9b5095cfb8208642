"""LabState: what the views of the lab show: a frame, an object, how it was read, and what is pointed at."""

from PySide6.QtCore import QObject, QTimer, Signal

from skn_annotator.app.language import tr
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.kept_readings import CellWeights, Explanation, MemoryCell, ReadFrame, ReadShare

_DURING_A_PASS = 2000
"""Milliseconds between two looks at least, while a pass needs the processor."""


class LabState(QObject):
    """Follows the shown frame and the active object of a session while it is `active`."""

    changed = Signal()  # another frame or object is shown, or it was read otherwise
    cell_changed = Signal()  # another memory cell was chosen
    pointed = Signal()  # another query cell is pointed at, or none

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.active = False
        self.t: int | None = None
        self.object_id: int | None = None
        self.explanation: Explanation | None = None
        self.reading: ReadFrame | None = None
        self.weights: CellWeights | None = None  # of the memory cell that was chosen
        self.query_cell: tuple[int, int] | None = None  # what is pointed at on the shown frame
        self.shares: tuple[ReadShare, ...] = ()  # where that was read from
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        for signal in (
            session.viewer.frame_shown,
            session.document.objects_changed,
            session.document.frames_changed,
            session.project.opened,
            session.tasks.pass_changed,
        ):
            signal.connect(self.look_soon)

    @property
    def is_passing(self) -> bool:
        """True while a pass needs the processor."""
        return self.session.tasks.passes.current is not None

    @property
    def blending(self) -> str:
        """A sentence where the object's mask is no one pass's: what is shown is how the last one read."""
        if self.t is None or self.object_id is None:
            return ""
        origins = self.session.document.stale.origins(self.t, self.object_id)
        if len(origins) < 2:
            return ""
        frames = ", ".join(str(t + 1) for t in origins)
        text = tr("Blended from passes from frames {frames}; shown is how the last one read")
        return text.format(frames=frames)

    def look_soon(self) -> None:
        """Look again, once, when all that is being done now is done."""
        if self.active and not self._timer.isActive():
            self._timer.start(_DURING_A_PASS if self.is_passing else 0)

    def look(self) -> None:
        """Find out what is to be shown now."""
        document, matches = self.session.document, self.session.tasks.passes.matches
        before = self.reading, self.object_id
        self.t, self.object_id = self.session.viewer.shown, document.active
        self.explanation = matches.explanation(self.t, self.object_id)
        self.reading = matches.reading(self.t, self.object_id)
        if (self.reading, self.object_id) != before:
            self.query_cell, self.shares, self.weights = None, (), None
            if self.reading is not None and self.object_id is not None:
                self.weights = self.reading.weights(self.object_id, self.reading.strongest(self.object_id))
        self.changed.emit()

    def choose(self, cell: MemoryCell) -> None:
        """Look at a memory cell."""
        if self.reading is not None and self.object_id is not None:
            self.weights = self.reading.weights(self.object_id, cell)
            self.cell_changed.emit()

    def point_at(self, cell: tuple[int, int] | None) -> None:
        """Point at a query cell (row, column) of the shown frame, or at none."""
        if self.reading is None or self.object_id is None or cell == self.query_cell:
            return
        self.query_cell = cell
        self.shares = () if cell is None else self.reading.shares(self.object_id, cell)
        self.pointed.emit()
