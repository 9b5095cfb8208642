"""Comparing: the verbs that say what the latest pass changed. `Session` adds the passes themselves."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.masks import decode_mask
from skn_annotator.app.editing import Notice
from skn_annotator.app.language import tr
from skn_annotator.app.looking import Looking
from skn_annotator.app.review import most_changed
from skn_annotator.app.tasks.passes import Pass


class Comparing(Looking):
    """A `Looking` that knows what was there before the latest pass."""

    @property
    def latest_pass(self) -> Pass | None:
        """The pass that is running, or the last one that ended."""
        return None

    def mask_before(self, t: int) -> NDArray[np.uint8] | None:
        """The id map that frame `t` had before the latest pass; where that has not been, the one it has."""
        latest = self.latest_pass
        if latest is None or not latest.delivered(t):
            return self.mask(t)
        data = latest.before(t)
        return None if data is None else decode_mask(data)

    def about_before(self) -> str:
        """What `mask_before` shows on the shown frame, as a person says it."""
        latest = self.latest_pass
        if latest is None or self.shown is None or not latest.delivered(self.shown):
            return tr("The last pass changed nothing here")
        if latest.before(self.shown) is None:
            return tr("Before {name}: no mask").format(name=latest.name)
        return tr("Before {name}").format(name=latest.name)

    def changes(self, frames: Iterable[int]) -> Mapping[int, float | None]:
        """Of `frames` those whose mask is what the latest pass left there: how much it changed it, 0-1.

        None is a mask where there was none before. What was undone or painted since is not told.
        """
        latest = self.latest_pass
        if latest is None:
            return {}
        return {t: latest.change(t) for t in frames if latest.left(t, self.annotation.mask_bytes(t))}

    def seek_changed(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) of the frames that the latest pass changed most."""
        latest = self.latest_pass
        known = self.changes(latest.changed if latest is not None else ())
        frames = most_changed({t: change for t, change in known.items() if change is not None})
        ahead = [t for t in frames if (t - self.position) * direction > 0]
        if ahead:
            self.seek(min(ahead, key=lambda t: abs(t - self.position)))
        elif not frames:
            self.noticed.emit(Notice(tr("The last pass changed no mask that was there before")))
        else:
            self.noticed.emit(
                Notice(
                    tr("The last pass changed little after this frame")
                    if direction > 0
                    else tr("The last pass changed little before this frame")
                )
            )
