"""KeptOfPasses: what passes noted of the masks that they brought, by frame and object: what speaks against
one, for the texts that say why; how little of it was its own by its motion, for a pass that goes on from it.

A note counts only while its frame has the mask that it was about. Notes are saved in the `view` of the
project: frame -> [checksum of that mask, {object: note}], as `json` writes it. The window keeps them and so
does the command that passes over a project. No Qt here.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Generic, TypeVar
from zlib import crc32

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.inference.plans import Plan
from skn_annotator.inference.step import Doubt, Step

Note = TypeVar("Note")


class KeptOfMasks(Generic[Note]):
    """Frame and object -> the note of the latest pass that came there."""

    def __init__(
        self,
        mask_of: Callable[[int], bytes | None],
        write: Callable[[Note], Any],
        read: Callable[[Any], Note],
    ) -> None:
        """`mask_of`: the mask that a frame has now. `write`: a note as `json` has it; `read`: that as a note,
        or LookupError, ValueError or TypeError."""
        self._mask_of, self._write, self._read = mask_of, write, read
        self._notes: dict[int, tuple[int, Mapping[int, Note]]] = {}  # with the checksum of the mask

    def put(self, t: int, notes: Mapping[int, Note], mask: bytes) -> None:
        """Remember what was noted of the objects of `mask`, which a pass brought for frame `t`."""
        self._notes[t] = crc32(mask), notes

    def clear(self) -> None:
        """Forget every frame."""
        self._notes.clear()

    def get(self, t: int, object_id: int) -> Note | None:
        """What was noted of an object on frame `t`; None: nothing was, or it is not known."""
        checksum, notes = self._notes.get(t, (0, {}))
        found, mask = notes.get(object_id), self._mask_of(t)
        return found if found is not None and mask is not None and checksum == crc32(mask) else None

    def to_save(self) -> dict[str, Any]:
        """What `restore` takes; nothing of frames without notes."""
        return {
            str(t): [checksum, {str(i): self._write(note) for i, note in notes.items()}]
            for t, (checksum, notes) in self._notes.items()
            if notes
        }

    def restore(self, saved: object) -> None:
        """Remember what was saved; what is none of it, in a project of somebody else, is passed over, and so
        is a note that only a newer version knows."""
        for t, value in saved.items() if isinstance(saved, dict) else ():
            with suppress(ValueError, TypeError, AttributeError):
                checksum, written = value
                known = {}
                for i, each in written.items():
                    with suppress(LookupError, ValueError, TypeError):
                        known[int(i)] = self._read(each)
                self._notes[int(t)] = int(checksum), known


class KeptOfPasses:
    """What passes over one annotation noted of its masks.

    `doubts`: what speaks against each object's mask most. `by_motion`: the least share of each object's mask,
    0-1, that was its own by its motion since it was given; nothing where that was all of it.
    """

    def __init__(self, annotation: Callable[[], Annotation]) -> None:
        """`annotation`: the one that passes go over now."""
        self._annotation = annotation
        self.doubts = KeptOfMasks[Doubt](self._mask, lambda doubt: doubt.name, lambda name: Doubt[name])
        self.by_motion = KeptOfMasks[float](self._mask, lambda share: round(share, 3), _share)

    def put(self, step: Step, mask: bytes) -> None:
        """Remember what `step` noted of the objects of `mask`, the mask that is stored of it."""
        shares = {i: seen.trend.by_motion for i, seen in step.evidence.items()}
        self.doubts.put(step.t, step.doubts, mask)
        self.by_motion.put(step.t, {i: share for i, share in shares.items() if share < 1}, mask)

    def known_by(self, planned: Plan) -> Plan:
        """The pass `planned`, which knows how the masks moved that stand in for references; not how those
        did that the user decided: they are right."""
        decided = self._annotation().decided
        known = {
            t: {i: share for i in ids - decided(t) if (share := self.by_motion.get(t, i)) is not None}
            for t, ids in planned.given.items()
        }
        return replace(planned, by_motion=known)

    def clear(self) -> None:
        """Forget all: another annotation comes."""
        self.doubts.clear()
        self.by_motion.clear()

    def to_save(self) -> dict[str, Any]:
        """What is saved in the `view` of the project, and what `restore` finds there."""
        return {"doubts": self.doubts.to_save(), "by_motion": self.by_motion.to_save()}

    def restore(self, view: Mapping[str, Any]) -> None:
        """Remember what the `view` of a project holds."""
        self.doubts.restore(view.get("doubts"))
        self.by_motion.restore(view.get("by_motion"))

    def _mask(self, t: int) -> bytes | None:
        return self._annotation().mask_bytes(t)


def _share(value: Any) -> float:
    share = float(value)
    if not 0 <= share <= 1:
        raise ValueError(value)
    return share
