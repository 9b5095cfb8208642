"""The memory bank: which memorized frames the reader may read.

The user's reference frames stay for the whole pass (XMem's permanent memory, Cheng and Schwing, ECCV 2022).
Of the predicted frames every `interval`-th is memorized and the latest few are kept, so that memory and time
stay flat over a video of any length; and of an object that is hidden or has left, the last one that shows all
of it, or it would not be known when it comes back [choice]. Masks are memorized per object: one that is first
painted on a later frame has zero values before it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from skn_annotator.inference.step import CellGrid
from skn_annotator.model.encoders import Memory


@dataclass(frozen=True)
class BankSettings:
    """How much is remembered."""

    predicted: int = 2
    """So many predicted frames are kept, the latest, and as many at most for objects that these do not show
    whole."""
    interval: int = 3
    """Every so many frames of a pass, one is memorized."""
    references: int = 12
    """For one object alone, so many reference frames are read, those nearest to the frame; all stay here."""
    references_of_several: int = 3
    """The same for several objects: fewer, since look-alikes may have changed places on frames far away."""


@dataclass(frozen=True)
class Entry:
    """One memorized frame.

    Of a reference frame, `shows` has the objects that are decided and visible there, `knows` those too that
    are known to be absent. `close_up`: the same frame, memorized enlarged around its objects. Of a predicted
    frame, `whole` has the objects of which nothing is missing there.
    """

    t: int
    memory: Memory
    grid: CellGrid
    shows: frozenset[int] = frozenset()
    knows: frozenset[int] = frozenset()
    close_up: "Entry | None" = None
    whole: frozenset[int] = frozenset()

    @property
    def nbytes(self) -> int:
        """Bytes of the tensors."""
        own = sum(x.numel() * x.element_size() for x in self.memory)
        return own + (self.close_up.nbytes if self.close_up is not None else 0)


class MemoryBank:
    """Memorized frames, by frame number."""

    def __init__(self, settings: BankSettings) -> None:
        self.settings = settings
        self._references: dict[int, Entry] = {}
        self._predicted: dict[int, Entry] = {}

    def pin(self, entry: Entry) -> None:
        """Keep a reference frame for the whole pass, in place of a prediction of the same frame."""
        if entry.close_up is not None:
            close_up = replace(entry.close_up, shows=entry.shows, knows=entry.knows)
            entry = replace(entry, close_up=close_up)
        self._references[entry.t] = entry
        self._predicted.pop(entry.t, None)

    def reference(self, t: int) -> Entry:
        """The reference frame `t`. Raises KeyError if it is none."""
        return self._references[t]

    def add(self, entry: Entry) -> None:
        """Keep a predicted frame; never replaces a reference.

        The oldest beyond the bound is forgotten, save the latest one that shows all of an object.
        """
        if entry.t in self._references:
            return
        self._predicted.pop(entry.t, None)
        self._predicted[entry.t] = entry
        self._drop_oldest()

    def shrink(self) -> bool:
        """Read and keep half as many frames from now on, since memory is short; False if it is the least."""
        before = self.settings
        self.settings = replace(
            before,
            predicted=before.predicted // 2,
            references=max(1, before.references // 2),
            references_of_several=max(1, before.references_of_several // 2),
        )
        self._drop_oldest()
        return self.settings != before

    def _drop_oldest(self) -> None:
        newest_first = list(reversed(self._predicted.values()))
        kept = newest_first[: self.settings.predicted]
        seen = frozenset[int]().union(*(entry.whole for entry in kept))
        for entry in newest_first[len(kept) :]:
            if not entry.whole <= seen and len(kept) < 2 * self.settings.predicted:
                kept.append(entry)
                seen |= entry.whole
        self._predicted = {entry.t: entry for entry in reversed(kept)}

    def forget_predictions(self) -> None:
        """Drop all predicted frames."""
        self._predicted.clear()

    def select(self, t: int, ids: Collection[int], closely: bool = False) -> list[Entry]:
        """The memory that frame `t` reads to find the objects `ids`, ascending by frame.

        The nearest reference frames that know all of them; for each object that none of these shows, the
        nearest one that does; and all predicted frames. `closely`: the close-ups of those that have one.
        """
        settings = self.settings
        most = settings.references if len(ids) == 1 else settings.references_of_several
        # A correction of one object on frame t leaves the others undecided there: read as a reference, it
        # would say that they are absent.
        read = [e for e in self._references.values() if e.t != t or e.knows.issuperset(ids)]
        nearest = sorted(read, key=lambda entry: (abs(entry.t - t), entry.t))
        chosen = [entry for entry in nearest if entry.knows.issuperset(ids)][:most]
        others = [entry for entry in nearest if all(entry is not other for other in chosen)]
        chosen = showing_all(chosen, others, ids)
        if closely:
            chosen = [entry.close_up or entry for entry in chosen]
        return sorted([*chosen, *self._predicted.values()], key=lambda entry: entry.t)

    @property
    def frames(self) -> tuple[int, ...]:
        """The memorized frames, sorted."""
        return tuple(sorted({*self._references, *self._predicted}))

    @property
    def nbytes(self) -> int:
        """Bytes of all tensors held."""
        return sum(e.nbytes for e in (*self._references.values(), *self._predicted.values()))


def showing_all(chosen: list[Entry], others: Sequence[Entry], ids: Iterable[int]) -> list[Entry]:
    """`chosen`, and for each object of `ids` that none of these shows the first of `others` that does."""
    for object_id in ids:
        if not any(object_id in entry.shows for entry in chosen):
            chosen = chosen + [entry for entry in others if object_id in entry.shows][:1]
    return chosen
