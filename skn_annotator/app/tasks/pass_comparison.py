"""PassComparison: what the last pass changed, beside what was there before it."""

from collections.abc import Callable, Iterable, Mapping

from skn_annotator.annotation.masks import decode_mask
from skn_annotator.app.document import Document
from skn_annotator.app.language import tr
from skn_annotator.app.tasks.passes import Pass
from skn_annotator.arrays import Mask


class PassComparison:
    """The masks of a document and those from before the last pass, which may still be running."""

    def __init__(self, document: Document, latest: Callable[[], Pass | None]) -> None:
        """`latest`: the pass that is running, or the last one that ended."""
        self._document = document
        self._latest = latest

    def mask_before(self, t: int) -> Mask | None:
        """The id map that frame `t` had before the last pass; where that has not been, the one it has."""
        latest = self._latest()
        if latest is None or not latest.delivered(t):
            return self._document.mask(t)
        data = latest.before(t)
        return None if data is None else decode_mask(data)

    def about(self, t: int | None) -> str:
        """A sentence on what `mask_before` shows on frame `t`."""
        latest = self._latest()
        if latest is None or t is None or not latest.delivered(t):
            return tr("The last pass changed nothing here")
        if latest.before(t) is None:
            return tr("Before {name}: no mask").format(name=latest.name)
        return tr("Before {name}").format(name=latest.name)

    def changes(self, frames: Iterable[int] | None = None) -> Mapping[int, float | None]:
        """Of `frames` (None: all) those whose mask is what the last pass left there, and how much it changed
        it, 0-1; None is a mask where there was none before.

        Frames that were painted since, or where the pass was undone, are left out.
        """
        latest = self._latest()
        if latest is None:
            return {}
        annotation = self._document.annotation
        among = latest.changed if frames is None else frames
        return {t: latest.change(t) for t in among if latest.left(t, annotation.mask_bytes(t))}
