"""Stale masks: those that a pass carried from what is different now.

An object's mask on a frame is stale if a reference that it was carried from was changed or is none any more,
or if another reference of the object lies between that one and the frame now: the pass came through what was
corrected. The next pass over the frame renews it. Of a mask that nobody knows the source of, nothing is said.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from skn_annotator.annotation.annotation import NONE, Annotation, Sources


class StaleMasks:
    """Which masks of an annotation are stale, kept up to date by the numbers of frames that changed."""

    def __init__(self, annotation: Annotation) -> None:
        self._annotation = annotation
        self._references: dict[int, dict[int, int]] = {}  # object -> reference frame -> checksum there
        self._frames: dict[int, set[int]] = {}  # object -> frames on which it is stale
        self.update({*annotation.references, *annotation.carried_frames()})

    def at(self, t: int) -> frozenset[int]:
        """The objects that are stale on frame `t`."""
        return frozenset(i for i, frames in self._frames.items() if t in frames)

    def by_frame(self, but: Iterable[int] = ()) -> dict[int, frozenset[int]]:
        """Frame -> the objects that are stale there, those of `but` left out; only frames with any."""
        left_out = set(but)
        known = {o.id for o in self._annotation.objects} - left_out
        found: dict[int, set[int]] = {}
        for i in self._frames.keys() & known:
            for t in self._frames[i]:
                found.setdefault(t, set()).add(i)
        return {t: frozenset(ids) for t, ids in sorted(found.items())}

    def origins(self, t: int, object_id: int) -> tuple[int, ...]:
        """The references, as they still are, that an object on frame `t` was carried from."""
        sources = (self._annotation.sources(t) or {}).get(object_id, NONE)
        frames = self._references.get(object_id, {})
        return tuple(sorted(r for r, checksum in frames.items() if checksum in sources))

    def update(self, frames: Iterable[int]) -> frozenset[int]:
        """`frames` of the annotation changed; returns those where something is stale now, or is no more."""
        frames = set(frames)
        touched = self._read_references(frames)
        # also objects that have no reference any more: so it is with a project that was opened just now
        carried = {i for t in frames for i in self._annotation.sources(t) or ()}
        changed = self._judge(frames, self._frames.keys() | self._references.keys() | carried)
        if touched:
            changed |= self._judge(self._annotation.carried_frames(), touched)
        return frozenset(changed)

    def _read_references(self, frames: Iterable[int]) -> set[int]:
        """Look up what is decided on `frames`; returns the objects whose references changed."""
        touched = set()
        for t in frames:
            decided = self._annotation.decided(t)
            for i in decided | {i for i, table in self._references.items() if t in table}:
                table = self._references.setdefault(i, {})
                now = self._annotation.checksum(t, i) if i in decided else None
                if table.get(t) != now:
                    touched.add(i)
                    if now is None:
                        del table[t]
                    else:
                        table[t] = now
        return touched

    def _judge(self, frames: Iterable[int], objects: Iterable[int]) -> set[int]:
        changed = set()
        tables = {i: self._references.get(i, {}) for i in objects}
        places = {i: {checksum: t for t, checksum in table.items()} for i, table in tables.items()}
        order = {i: sorted(table) for i, table in tables.items()}
        for t in frames:
            sources = self._annotation.sources(t) or {}
            for i in tables:
                is_stale = _is_stale(t, sources.get(i, NONE), places[i], order[i])
                known = self._frames.setdefault(i, set())
                if is_stale != (t in known):
                    changed.add(t)
                    (known.add if is_stale else known.discard)(t)
        return changed


def _is_stale(t: int, sources: frozenset[int], places: Mapping[int, int], order: list[int]) -> bool:
    """`places`: checksum -> the reference that has it; `order`: the reference frames, ascending."""
    here = bisect_left(order, t)
    nearest = {*order[max(0, here - 1) : here], *order[here : here + 1]}
    return any(places.get(checksum) not in nearest for checksum in sources)


def renamed_sources(
    annotation: Annotation, new: Mapping[tuple[int, int], int], ids: Mapping[int, int] | None = None
) -> dict[int, tuple[Sources | None, Sources | None]]:
    """What an edit that is no correction changes, so that nothing becomes stale by it: it changes references
    and what came from them alike, and to carry that again would undo it.

    `new`: (object, checksum of a reference of it as it was) -> its checksum after the edit. `ids`: object ->
    the one that it becomes.
    """
    become = ids or {}
    changed: dict[int, tuple[Sources | None, Sources | None]] = {}
    for t in annotation.carried_frames():
        before = annotation.all_sources(t) or {}
        after: dict[int, frozenset[int]] = {}
        for i, checksums in before.items():
            renamed = frozenset(new.get((i, checksum), checksum) for checksum in checksums)
            after[become.get(i, i)] = after.get(become.get(i, i), NONE) | renamed
        if after != before:
            changed[t] = before, after
    return changed
