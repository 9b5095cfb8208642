"""DemoHints: what can be seen in the bundled clip, step by step, each when its turn comes.

Together they would cover a part of the picture that they are about.
"""

import numpy as np
from PySide6.QtCore import QObject

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.app.language import tr, translatable
from skn_annotator.app.notice import Notice
from skn_annotator.app.session import Session
from skn_annotator.resources import demo_clip

_STEPS = (
    translatable("Two red balls that look alike are painted here: Ctrl+Enter carries the masks on."),
    translatable(
        "A small blue ball came out from behind a red one and was taken for a part of it: press C, which "
        "leads there, and K; hold Ctrl and drag a box round that red ball alone, and press Enter."
    ),
    translatable("That ball is right here now: Shift+Enter carries it on both ways."),
    translatable(
        "Every frame has its masks now: C goes to the one that most deserves a look, Ctrl+E exports them."
    ),
)
BLUE_BALL = 48, (423, 317)
"""A frame, and the (x, y) of the middle of the small blue ball there."""
_NEAR = 20
"""So many pixels round the middle, each way, are still of that ball."""


class DemoHints(QObject):
    """Shows the hint of the next step while the demo is open; none while a pass runs, and after the last."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: int | None = None  # of `_STEPS`
        session.project.opened.connect(self._begin)
        for signal in (session.document.history_changed, session.tasks.pass_changed):
            signal.connect(self._go_on)

    def _begin(self) -> None:
        self._shown = None
        self._go_on()

    def _go_on(self) -> None:
        step = self._next()
        if step != self._shown:
            self._shown = step
            if step is not None:
                notice = Notice(tr(_STEPS[step]), stays=True, holds=lambda: self._next() == step)
                self._session.noticed.emit(notice)

    def _next(self) -> int | None:
        """The step that is to be made; None: none is."""
        session = self._session
        sequence, annotation = session.project.sequence, session.document.annotation
        if sequence is None or sequence.path != demo_clip() or session.tasks.passes.current is not None:
            return None
        if any(t > 0 for t in annotation.references):
            return 2 if session.tasks.stale() else None
        masks = len(annotation.frames())
        if masks < annotation.length:
            return 0 if masks == 1 else None  # who stopped a pass knows how to go on
        return 1 if _is_ball_taken(annotation) else 3


def _is_ball_taken(annotation: Annotation) -> bool:
    """Whether the blue ball is mostly of an object: not every network takes it for a part of one."""
    t, (x, y) = BLUE_BALL
    mask = annotation.mask(t)
    if mask is None:
        return False
    around = mask[y - _NEAR : y + _NEAR + 1, x - _NEAR : x + _NEAR + 1]
    return 2 * int(np.count_nonzero(around)) > around.size
