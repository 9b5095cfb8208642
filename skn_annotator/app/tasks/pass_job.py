"""What takes longer than a frame, as generators for `app.worker.Worker`: here propagating.

No Qt here, and nothing here touches an `Annotation`: a job gets immutable values, opens its own frames, and
yields immutable values. What loads torch is imported when the first pass runs, so the window opens without
it.
"""

import contextlib
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.difference import difference
from skn_annotator.annotation.masks import decode_mask, encode_mask, object_ids
from skn_annotator.errors import Message
from skn_annotator.hardware import network_threads
from skn_annotator.video.frames import FrameSource, open_frames

if TYPE_CHECKING:
    from skn_annotator.inference.fusion import Earlier
    from skn_annotator.inference.step import Explanation, ReaderMatch, Step


@dataclass(frozen=True)
class Stage:
    """What a job is busy with while it has nothing to show: "Loading the network".

    `machine`: what computes, "CPU, 1 thread"; empty while that is not known.
    """

    text: str
    machine: str = ""


@dataclass(frozen=True)
class Before:
    """What a frame has before a pass: its mask as palette PNG, and what `inference.fusion.Earlier` says."""

    mask: bytes
    confidence: Mapping[int, float]
    origins: frozenset[int] = frozenset()


@dataclass(frozen=True)
class PassRequest:
    """Carry the masks of `references` (frame -> palette PNG) over the frames of `order`.

    `before`: what frames of `order` have already. The objects `guarded` keep what they have there.
    """

    path: Path
    references: Mapping[int, bytes]
    order: tuple[int, ...]
    before: Mapping[int, Before] = field(default_factory=dict)
    guarded: frozenset[int] = frozenset()


@dataclass(frozen=True)
class PassStep:
    """One frame of a pass: what `inference.step.Step` says, with the mask as palette PNG.

    `change`: how far it is from the mask that was there before the pass; None where there was none. `ids`:
    the objects that the mask shows.
    """

    t: int
    mask: bytes
    confidence: Mapping[int, float]
    match: "ReaderMatch | None"
    memory_frames: tuple[int, ...]
    memory_bytes: int
    reference: bool
    origins: frozenset[int] = frozenset()
    change: float | None = None
    ids: frozenset[int] | None = None


class Tracks(Protocol):
    """What a pass needs of `inference.tracker.Tracker`."""

    @property
    def device(self) -> Any:
        """Where the network computes, as torch names it."""
        ...

    def propagate(
        self, frames: FrameSource, references: Mapping[int, NDArray[np.uint8]], order: Sequence[int]
    ) -> "Iterator[Step]":
        """One `Step` per frame of `order`."""
        ...


class TrackerFactory(Protocol):
    """Where a pass gets its tracker from."""

    threads: int
    """How many processor threads the network may take; 0 is the usual number."""

    def __call__(self) -> Tracks:
        """The tracker; raises WeightsError. Only the worker's thread calls this."""
        ...


class NetworkTracker:
    """The factory of the real tracker: reads the weights once and keeps the network between two passes,
    unless `size` or `device` was changed."""

    def __init__(
        self, weights: Path | None = None, device: str = "auto", size: int = 480, threads: int = 0
    ) -> None:
        """`weights`: None is the bundled checkpoint. `size`: the frames' short side inside the network.
        `threads`: 0 is as many as `hardware.network_threads` says."""
        self.weights = weights
        self.device = device
        self.size = size
        self.threads = threads
        self._tracker: Tracks | None = None
        self._made_for = size, device

    def __call__(self) -> Tracks:
        import torch

        # Each pass has a thread of its own, which must hear it.
        torch.set_num_threads(network_threads(self.threads))
        if self._tracker is None or self._made_for != (self.size, self.device):
            self._made_for = self.size, self.device
            self._tracker = self._load()
        return self._tracker

    def _load(self) -> Tracks:
        from skn_annotator.inference.tracker import Tracker
        from skn_annotator.model.checkpoints import load_network

        network = load_network(self.weights, self.device)
        return Tracker(network, size=self.size)


def machine(device: str, threads: int) -> str:
    """A device as the window calls it: "CPU, 1 thread", "CUDA:0"."""
    if device != "cpu":
        return device.upper()
    return Message("CPU, 1 thread") if threads == 1 else Message("CPU, {n} threads", n=threads)


def propagate(
    request: PassRequest,
    make_tracker: TrackerFactory,
    open_source: Callable[[Path], FrameSource] = open_frames,
) -> Generator[Stage | PassStep, None, None]:
    """Run one pass; masks are encoded here, in the worker's thread."""
    yield Stage(Message("Loading the network"))
    tracker = make_tracker()
    yield Stage(
        Message("Memorizing the reference frames"),
        machine(str(tracker.device), network_threads(make_tracker.threads)),
    )
    references = {t: decode_mask(data) for t, data in request.references.items()}
    there = dict(request.before)
    with contextlib.closing(open_source(request.path)) as frames:
        steps = tracker.propagate(frames, references, request.order)
        for step in _fused(steps, references, there, request.guarded):
            mask = encode_mask(step.mask)
            there[step.t] = Before(mask, step.confidence, step.origins)
            yield PassStep(
                step.t,
                mask,
                step.confidence,
                step.match,
                step.memory_frames,
                step.memory_bytes,
                step.reference,
                step.origins,
                _change(request.before.get(step.t), step.mask),
                frozenset(object_ids(step.mask)),
            )


def _change(before: Before | None, mask: NDArray[np.uint8]) -> float | None:
    return None if before is None else difference(decode_mask(before.mask), mask)


def _fused(
    steps: "Iterable[Step]", references: Collection[int], there: Mapping[int, Before], guarded: frozenset[int]
) -> "Iterator[Step]":
    """The steps, blended with what is `there`, which grows while they are taken."""
    from skn_annotator.inference.fusion import Earlier, fused

    def earlier(t: int) -> "Earlier | None":
        before = there.get(t)
        if before is None:
            return None
        return Earlier(decode_mask(before.mask), before.confidence, before.origins)

    return fused(steps, references, earlier, guarded)


def explain(match: "ReaderMatch", object_id: int) -> "Explanation":
    """What the reader did for one object of one frame; torch is loaded by the pass that made `match`."""
    from skn_annotator.inference.explain import explain as explain_match

    return explain_match(match, object_id)
