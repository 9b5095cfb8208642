"""The memory bank: which memorized frames the reader may read.

The user's reference frames stay for ever (XMem's permanent memory, Cheng and Schwing, ECCV 2022). Predicted
frames are bounded: every `interval`-th frame of a pass is kept, the oldest goes first, so that memory stays
flat over a video of any length. Masks are per object: one that is first painted on a later frame is absent
(zero values) before it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from skn_annotator.inference.step import CellGrid
from skn_annotator.model.encoders import Memory


@dataclass(frozen=True)
class BankSettings:
    """How much is remembered."""

    predicted: int = 3
    """Predicted frames held at most."""
    interval: int = 3
    """Every how many frames of a pass one is memorized."""
    references: int = 12
    """Reference frames read at once for a lone object: those nearest to the frame; all stay in the bank."""
    references_of_several: int = 3
    """The same for several objects: they may be look-alikes, which far frames show in each other's places."""


@dataclass(frozen=True)
class Entry:
    """One memorized frame: its cells; of a reference frame the objects that are decided and shown there, and
    those of which it knows where they are, or that they are absent.

    `close_up`: the same frame, memorized closer, for frames that are looked at closely.
    """

    t: int
    memory: Memory
    grid: CellGrid
    shows: frozenset[int] = frozenset()
    knows: frozenset[int] = frozenset()
    close_up: "Entry | None" = None

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
        """Keep a reference frame for ever; a prediction of the same frame goes."""
        self._references[entry.t] = entry
        self._predicted.pop(entry.t, None)

    def reference(self, t: int) -> Entry:
        """The reference frame `t`. Raises KeyError if it is none."""
        return self._references[t]

    def add(self, entry: Entry) -> None:
        """Remember a predicted frame; the oldest beyond the bound goes. A pinned frame is not replaced."""
        if entry.t in self._references:
            return
        self._predicted.pop(entry.t, None)
        self._predicted[entry.t] = entry
        while len(self._predicted) > self.settings.predicted:
            del self._predicted[next(iter(self._predicted))]

    def forget_predictions(self) -> None:
        """Drop all predicted frames: another pass begins."""
        self._predicted.clear()

    def select(self, t: int, ids: Collection[int], closely: bool = False) -> list[Entry]:
        """What frame `t` reads to find the objects `ids`, by frame number: the nearest reference frames of
        those that know them all, for an object that is decided on none of these the nearest that shows it,
        and all predicted frames. `closely`: close-ups of the reference frames that have one."""
        settings = self.settings
        most = settings.references if len(ids) == 1 else settings.references_of_several
        # what frame t itself does not know of an object would say that it is not there
        read = [e for e in self._references.values() if e.t != t or e.knows.issuperset(ids)]
        nearest = sorted(read, key=lambda entry: (abs(entry.t - t), entry.t))
        chosen = [entry for entry in nearest if entry.knows.issuperset(ids)][:most]
        others = [entry for entry in nearest if all(entry is not other for other in chosen)]
        for object_id in ids:
            if not any(object_id in entry.shows for entry in chosen):
                chosen += [entry for entry in others if object_id in entry.shows][:1]
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
