"""OutlineInterpolation: frames between two outlines that were drawn of an object get what lies between these.

They are references, so that no pass changes them, and follow the drawn outlines: when one of these changes,
so do they, in the same step of undo. Who changes one of them makes it a drawn one.
"""

from bisect import bisect_left
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.between_outlines import lines_between
from skn_annotator.annotation.followed_outlines import FollowedOutlines
from skn_annotator.annotation.outlines import Lines
from skn_annotator.app.document import Document
from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice, Offer
from skn_annotator.app.tasks.remap import Remaps
from skn_annotator.app.verb_queue import in_turn

Gap = tuple[int, int]
"""Two frames with outlines drawn of one object, none between them."""


class OutlineInterpolation(QObject):
    """Fills the frames between drawn outlines, and keeps them in step."""

    noticed = Signal(object)  # Notice

    def __init__(self, document: Document, remaps: Remaps, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.verbs = document.verbs
        self._document = document
        self._remaps = remaps

    @in_turn
    def interpolate(self, t: int, protect: frozenset[int]) -> None:
        """Fill the gap of the active object that frame `t` lies in; from a drawn outline on, the gap before
        it, or else the one after. `protect`: ids that keep their pixels.

        What the user decided otherwise on a frame of the gap stays.
        """
        self._document.end_draft()
        active = self._document.active_object
        if active is None or self._document.any_locked([active.id]):
            return
        annotation = self._document.annotation
        gap = _gap_at(annotation, active.id, t)
        if gap is None:
            text = tr(
                "Draw the outline of {name} with the polygon tool on two frames, some frames apart; "
                "it has nothing else there"
            )
            self.noticed.emit(Notice(text.format(name=active.name)))
            return
        lines = _lines_in(annotation, active.id, gap, _free_in(annotation, active.id, gap))
        if lines is None:
            text = tr("The outlines of {name} on frames {a} and {b} have different numbers of parts")
            self.noticed.emit(Notice(text.format(name=active.name, a=gap[0] + 1, b=gap[1] + 1)))
        else:
            self._remaps.start(FollowedOutlines(active.id, lines, annotation.size, protect))

    def follow(self, object_id: int, frames: frozenset[int], protect: frozenset[int]) -> None:
        """Outlines of the object were drawn on `frames`: what lies between them and the next ones follows.

        Where nothing lies there yet, a notice offers it.
        """
        annotation = self._document.annotation
        lines: dict[int, Lines] = {}
        gaps = _gaps_beside(annotation, object_id, frames)
        for gap in gaps:
            linked = [n for n in range(gap[0] + 1, gap[1]) if annotation.follows(n, object_id)]
            lines |= _lines_in(annotation, object_id, gap, linked) or {}
        if lines:
            self._remaps.start(FollowedOutlines(object_id, lines, annotation.size, protect, follows=True))
        elif gaps:
            self._offer(object_id, gaps[0], protect)

    def _offer(self, object_id: int, gap: Gap, protect: frozenset[int]) -> None:
        if not self._is_empty(object_id, gap):
            return
        text = tr("The outline can be moved and bent from frame {a} to frame {b} (I)")
        offer = Offer(tr("Interpolate"), partial(self.interpolate, gap[1], protect))
        holds = partial(self._is_empty, object_id, gap)
        self.noticed.emit(Notice(text.format(a=gap[0] + 1, b=gap[1] + 1), offer=offer, holds=holds))

    def _is_empty(self, object_id: int, gap: Gap) -> bool:
        """True if outlines of the object, which is the active one, bound the gap, and nothing is between."""
        annotation, running = self._document.annotation, self._remaps.current
        is_made = running is not None and isinstance(running.change, FollowedOutlines)
        return (
            object_id == self._document.active
            and not is_made
            and gap[1] - gap[0] > 1
            and gap in pairwise(_drawn(annotation, object_id))
            and not any(object_id in annotation.known(n) for n in range(gap[0] + 1, gap[1]))
        )


def _drawn(annotation: Annotation, object_id: int) -> list[int]:
    """The frames on which an outline of the object was drawn by hand, ascending."""
    frames = annotation.outlined_frames(object_id)
    return [t for t in frames if not annotation.follows(t, object_id)]


def _gap_at(annotation: Annotation, object_id: int, t: int) -> Gap | None:
    drawn = _drawn(annotation, object_id)
    end = max(1, bisect_left(drawn, t))
    return (drawn[end - 1], drawn[end]) if end < len(drawn) and drawn[end - 1] <= t else None


def _free_in(annotation: Annotation, object_id: int, gap: Gap) -> list[int]:
    """The frames of the gap on which the user decided nothing else of the object."""
    return [
        t
        for t in range(gap[0] + 1, gap[1])
        if object_id not in annotation.decided(t) or annotation.follows(t, object_id)
    ]


def _gaps_beside(annotation: Annotation, object_id: int, frames: frozenset[int]) -> list[Gap]:
    """The gaps that begin or end on one of `frames`, ascending."""
    drawn = _drawn(annotation, object_id)
    return [gap for gap in pairwise(drawn) if frames & {*gap}]


def _lines_in(annotation: Annotation, object_id: int, gap: Gap, frames: list[int]) -> dict[int, Lines] | None:
    """The lines on `frames` of `gap`; None if those at its ends do not correspond."""
    first, last = (annotation.outline(t, object_id) for t in gap)
    assert first is not None and last is not None, "a gap lies between outlines"
    shares = [(n - gap[0]) / (gap[1] - gap[0]) for n in frames]
    found = lines_between(first.lines, last.lines, shares)
    return None if found is None else dict(zip(frames, found, strict=True))
