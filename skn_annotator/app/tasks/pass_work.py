"""The work of a pass, as a `Task` of another thread does it: loading the network, and each step.

No Qt here, and nothing here touches an `Annotation`: it gets immutable values, opens its own frames, and
yields immutable values. What loads torch is imported when the first pass runs, so the window opens without
it.
"""

import contextlib
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from skn_annotator.annotation.annotation import Sources
from skn_annotator.annotation.difference import difference
from skn_annotator.annotation.edits import CarriedMask
from skn_annotator.annotation.masks import decode_mask, encode_mask, object_checksum, object_ids
from skn_annotator.app.tasks.torch_import import load_torch
from skn_annotator.arrays import Mask
from skn_annotator.errors import Message
from skn_annotator.files import exists
from skn_annotator.hardware import network_threads
from skn_annotator.inference.plans import Plan
from skn_annotator.inference.step import Explanation, PriorMask, ReaderMatch, Step
from skn_annotator.video.frames import FrameSource, check_unchanged, open_frames
from skn_annotator.video.replacement import OpenedSource, WatchedFile


@dataclass(frozen=True)
class Stage:
    """What a pass is busy with while it has nothing to show: "Loading the network".

    `machine`: what computes, "CPU, 1 thread"; empty while that is not known.
    """

    text: str
    machine: str = ""


@dataclass(frozen=True)
class PassRequest:
    """Carry the masks of `given` (frame -> palette PNG) over the frames of `plan`.

    `before`: what frames of the plan have already. The objects `protected` keep what they have there.
    `decided`: frame -> objects, the references: what is carried from them is stored with their checksums.
    `opened`: what the source has to be still.
    """

    path: Path
    given: Mapping[int, bytes]
    plan: Plan
    before: Mapping[int, CarriedMask] = field(default_factory=dict)
    protected: frozenset[int] = frozenset()
    decided: Mapping[int, frozenset[int]] = field(default_factory=dict)
    opened: OpenedSource | None = None


Arrived = tuple[Step, CarriedMask | None]
"""A step, and what the document stores of it: nothing of a frame that is left as it is."""


class Tracks(Protocol):
    """What a pass needs of `inference.tracker.Tracker`."""

    @property
    def device(self) -> Any:
        """Where the network computes, as torch names it."""
        ...

    def propagate(self, frames: FrameSource, masks: Mapping[int, Mask], plan: Plan) -> Iterator[Step]:
        """One `Step` for each start and each frame of the stretches of `plan`."""
        ...


class TrackerFactory(Protocol):
    """Where a pass gets its tracker from."""

    threads: int
    """How many processor threads the network may take; 0 is the default."""

    def __call__(self) -> Tracks:
        """The tracker; raises WeightsError. Only the worker's thread calls this."""
        ...


class NetworkTracker:
    """The factory of the real tracker: reads the weights once and keeps the network between two passes,
    unless `size`, `device` or the weights were changed."""

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
        self._made_for: tuple[int, str, Path | None] | None = None

    def use(self, weights: Path | None) -> None:
        """Read `weights` at the next pass, also if it is the same file: it may have been written anew."""
        self.weights, self._made_for = weights, None

    @property
    def lacks_file(self) -> bool:
        """True if the weights have to be read and their file is gone."""
        is_read = self._made_for is not None and self._made_for[2] == self.weights
        return self.weights is not None and not is_read and not exists(self.weights)

    def __call__(self) -> Tracks:
        load_torch()
        import torch

        # Each pass has a thread of its own, which must hear it.
        torch.set_num_threads(network_threads(self.threads))
        wanted = self.size, self.device, self.weights
        if self._tracker is None or self._made_for != wanted:
            self._tracker = self._load()
            self._made_for = wanted  # only now: what failed is tried again
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
) -> Generator[Stage | Arrived, None, None]:
    """Run one pass; masks are encoded here, in the worker's thread.

    Raises VideoError where the source is not what was opened, or, a file, does not stay so.
    """
    if request.opened is not None:
        request.opened.check()
    watched = WatchedFile(request.path)
    yield Stage(Message("Loading the network"))
    tracker = make_tracker()
    yield Stage(
        Message("Memorizing the reference frames"),
        machine(str(tracker.device), network_threads(make_tracker.threads)),
    )
    masks = {t: decode_mask(data) for t, data in request.given.items()}
    with contextlib.closing(open_source(request.path)) as frames:
        check_unchanged(frames, next(iter(masks.values())).shape[:2], request.plan.bounds[1])
        steps = tracker.propagate(frames, masks, request.plan)
        for arrived in _blended(steps, request, _Origins(request, masks)):
            watched.check()
            yield arrived


def _blended(steps: Iterator[Step], request: PassRequest, origins: "_Origins") -> Iterator[Arrived]:
    """The steps blended with what is there, which grows while they are taken."""
    from skn_annotator.inference.fusion import fused

    there = {
        t: PriorMask(partial(decode_mask, old.mask), old.confidence, origins.frames(old.sources or {}))
        for t, old in request.before.items()
    }
    for step in fused(steps, request.plan.given, there, request.protected):
        carried = None
        if not step.reference:
            before = request.before.get(step.t)
            carried = CarriedMask(
                step.t,
                encode_mask(step.mask),
                step.confidence,
                origins.sources(step.origins) or None,
                frozenset(object_ids(step.mask)),
                None if before is None else difference(decode_mask(before.mask), step.mask),
            )
            there[step.t] = PriorMask(partial(decode_mask, carried.mask), step.confidence, step.origins)
        yield replace(step, logits=None), carried


class _Origins:
    """The frames that masks are carried from, and the checksums that the document stores instead."""

    def __init__(self, request: PassRequest, masks: Mapping[int, Mask]) -> None:
        self._checksums = {
            (t, i): object_checksum(masks[t], i, t)
            for t, ids in request.decided.items()
            if t in masks
            for i in ids
        }
        self._frames = {(i, checksum): t for (t, i), checksum in self._checksums.items()}
        self._before = request.before

    def frames(self, sources: Sources) -> dict[int, frozenset[int]]:
        """Of each object the references that are still what they were."""
        return {
            i: frozenset(self._frames[i, each] for each in checksums if (i, each) in self._frames)
            for i, checksums in sources.items()
        }

    def sources(self, origins: Mapping[int, frozenset[int]]) -> dict[int, frozenset[int]]:
        """Of each object the checksums; where it stood in for a reference, those that it had there."""
        found = {}
        for i, frames in origins.items():
            checksums = {self._checksums[t, i] for t in frames if (t, i) in self._checksums}
            for t in frames:
                if (t, i) not in self._checksums and t in self._before:
                    checksums |= (self._before[t].sources or {}).get(i, frozenset())
            if checksums:
                found[i] = frozenset(checksums)
        return found


def explain(match: ReaderMatch, object_id: int) -> Explanation:
    """What the reader did for one object of one frame; torch is loaded by the pass that made `match`."""
    from skn_annotator.inference.explain import explain as explain_match

    return explain_match(match, object_id)


def frame_shares(match: ReaderMatch, object_id: int) -> dict[int, float]:
    """Memorized frame -> its share of the points that `explain` has."""
    from skn_annotator.inference.explain import frame_shares as shares_of_frames

    return shares_of_frames(match, object_id)
