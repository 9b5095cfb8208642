"""SelectionPreview: what a click or a box would select, while the pointer moves and nothing is selected yet.

It is computed beside the GUI thread, one answer at a time: of all that is asked meanwhile only the last
counts. It waits for nothing and holds nothing up. The network is loaded before it is needed, while nothing is
done.
"""

from collections.abc import Callable, Generator
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from skn_annotator.app.tasks.assistant import Combination, FoundRegion, Gesture, SelectionGround, cropped
from skn_annotator.app.tasks.click_assistant import ClickAssistant
from skn_annotator.app.tasks.picture_selectors import SelectsOnPictures
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.arrays import Frame
from skn_annotator.errors import SknError

_EVERY_MS = 40
_REST_MS = 200
_IDLE_MS = 1500


class SelectionPreview(QObject):
    """The pixels that would be added to the active object on the shown frame."""

    changed = Signal()

    def __init__(
        self,
        ground: Callable[[], SelectionGround | None],
        is_idle: Callable[[], bool],
        selectors: SelectsOnPictures,
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        """`ground`: what a selection would be made on; None while nothing is to be computed for it.
        `is_idle`: whether nothing else is done or computed."""
        super().__init__(parent)
        self.region: FoundRegion | None = None
        self._make_ground = ground
        self._is_idle = is_idle
        self._selectors = selectors
        self._runner = runner
        self._wanted: tuple[Gesture, Combination] | None = None  # the next to be computed
        self._is_shown = False  # whether an answer that arrives is still wanted
        self._next = QTimer(self, singleShot=True, interval=_EVERY_MS)
        self._next.timeout.connect(self._ask_next)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._prepare)
        self._is_loaded = False
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._load)

    def load_when_idle(self) -> None:
        """Load the network if nothing is done for a moment: the first click need not wait for it then."""
        if not self._is_loaded:
            self._idle.start()

    def _load(self) -> None:
        if self._is_idle() and not self._runner.busy:
            self._run(self._work_of_loading)

    def _work_of_loading(self) -> Generator[FoundRegion | None, None, None]:
        self._selectors.load()
        yield from ()

    def prepare_soon(self) -> None:
        """Load the network and look at the shown frame, unless another one is shown soon."""
        self._rest.start()

    def ask(self, gesture: Gesture, combination: Combination) -> None:
        """Find what `gesture` would select; `changed` follows."""
        self._wanted, self._is_shown = (gesture, combination), True
        if not self._next.isActive():
            self._next.start()

    def clear(self) -> None:
        """Show nothing, and look at nothing."""
        self._rest.stop()
        self._next.stop()
        self._wanted, self._is_shown = None, False
        self._show(None)

    def _show(self, region: FoundRegion | None) -> None:
        if region is not None or self.region is not None:
            self.region = region
            self.changed.emit()

    def _prepare(self) -> None:
        ground = self._make_ground()
        if ground is not None and self._runner.busy:
            self._rest.start()
        elif ground is not None:
            self._run(partial(self._look, ground.frame))

    def _ask_next(self) -> None:
        if self._runner.busy or self._wanted is None:
            return  # `_on_end` comes back to it
        (gesture, combination), self._wanted = self._wanted, None
        ground = self._make_ground()
        if ground is None:
            self._show(None)
        else:
            self._run(partial(self._find, ground, gesture, combination))

    def _run(self, work: Callable[[], Generator[FoundRegion | None, None, None]]) -> None:
        self._runner.start(Task(work, self._on_found, self._on_end))

    def _look(self, frame: Frame) -> Generator[FoundRegion | None, None, None]:
        self._selectors.prepare(frame)
        yield from ()

    def _find(
        self, ground: SelectionGround, gesture: Gesture, combination: Combination
    ) -> Generator[FoundRegion | None, None, None]:
        assistant = ClickAssistant(self._selectors, ground, combination)
        pixels = assistant.after(None, gesture).pixels & (ground.mask != ground.object_id)
        yield cropped(pixels) if pixels.any() else None

    def _on_found(self, region: FoundRegion | None) -> None:
        if self._is_shown:
            self._show(region)

    def _on_end(self, error: Exception | None) -> None:
        # What the user can act on is said when he clicks.
        if error is not None and not isinstance(error, SknError):
            raise error
        self._is_loaded = True  # or it cannot be, which a click would not change
        if self._wanted is not None:
            self._ask_next()
