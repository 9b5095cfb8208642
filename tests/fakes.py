"""Stand-ins for the networks, and a way to run passes step by step."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from skn_annotator.inference.inspection import CellWeights, MemoryCell, ReaderChoice, ReadShare
from skn_annotator.inference.plans import Plan, Stretch
from skn_annotator.inference.prompts import Prompt
from skn_annotator.inference.step import CellGrid, Doubt, ReaderMatch, Step


def reader_match(ids: Sequence[int] = (1,)) -> ReaderMatch:
    """A match on a grid of 3 x 4 cells of 16 x 16 pixels, one memory frame."""
    rows, columns = np.mgrid[0:3, 0:4]
    points = np.stack([rows, columns], -1).reshape(-1, 2).astype(np.int16)
    grid = CellGrid((3, 4), (16.0, 16.0))
    return ReaderMatch(
        grid=grid,
        memory=((0, grid),),
        points=dict.fromkeys(ids, points),
        strength={i: np.linspace(0.1, 1, 12, dtype=np.float32) for i in ids},
        foreground={i: np.ones(12, bool) for i in ids},
        prior=dict.fromkeys(ids, (1.0, 2.0, 1.5)),
        prior_floor=0.1,
        sigma_g=3.0,
    )


class FakeReading:
    """How a frame was read: 3 x 4 query cells, two memory frames; each memory cell matches its own place."""

    own_bytes = 100
    entries = ()

    def __init__(self, ids: Sequence[int] = (1,), frames: Sequence[int] = (0,)) -> None:
        self.ids = tuple(ids)
        self.grid = CellGrid((3, 4), (16.0, 16.0))
        self.memory_grids = tuple((t, self.grid) for t in frames)
        self.asked: list[MemoryCell] = []
        self.choices: list[ReaderChoice] = []

    @property
    def trained(self) -> ReaderChoice:
        return ReaderChoice(3.0, True, 1.0, 2.5, len(self.memory_grids))

    def found_with(self, choice: ReaderChoice, frame: np.ndarray) -> np.ndarray:
        """The bright square of the frame; a wider Gaussian finds rows above it, too."""
        self.choices.append(choice)
        mask = np.where(frame[..., 0] > 100, self.ids[0], 0).astype(np.uint8)
        if choice.sigma_g > 3:
            mask[:4] = self.ids[0]
        return mask

    def strongest(self, object_id: int) -> MemoryCell:
        return MemoryCell(self.memory_grids[0][0], (1, 1))

    def weights(self, object_id: int, cell: MemoryCell) -> CellWeights:
        self.asked.append(cell)
        rows, columns = np.mgrid[0:3, 0:4]
        squared = (rows - cell.cell[0]) ** 2 + (columns - cell.cell[1]) ** 2
        near = np.exp(-squared / 2).astype(np.float32)
        one = np.ones((3, 4), np.float32)
        log_w = (-squared / 2 * np.log10(np.e)).astype(np.float32)
        return CellWeights(cell, object_id, near, one, near, cell.cell, near, near**2, log_w)

    def shares(self, object_id: int, query_cell: tuple[int, int]) -> tuple[ReadShare, ...]:
        share = np.zeros((3, 4), np.float32)
        share[query_cell] = 1 / len(self.memory_grids)
        return tuple(ReadShare(t, grid, share) for t, grid in self.memory_grids)


def visits(plan: Plan) -> Iterator[tuple[Stretch, int]]:
    """Every step of a pass: its stretch and its frame."""
    return ((stretch, t) for stretch in plan.stretches for t in stretch)


def order_of(plan: Plan) -> tuple[int, ...]:
    """The frames of every step."""
    return tuple(t for _, t in visits(plan))


def wanted(plan: Plan, stretch: Stretch, t: int) -> frozenset[int] | None:
    """The objects whose masks a pass makes on frame `t`; None where it leaves the frame as it is."""
    ids = stretch.carried_at(t) - plan.given.get(t, frozenset())
    return None if t in plan.given and not ids else ids


def origins(plan: Plan, stretch: Stretch, t: int, ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Of each object the frame where it was given last when a pass comes to frame `t`."""
    passed = range(stretch.start, t + stretch.direction, stretch.direction)
    return {i: frozenset([r for r in passed if i in plan.given.get(r, ())][-1:]) for i in ids}


class FakeTracker:
    """Moves each object's nearest given mask one pixel to the right per frame.

    With `steps`, it waits for `allow` before each frame: a test decides how far a pass comes.
    """

    device = "cpu"
    threads = 0

    def __init__(self, steps: int | None = None, error: tuple[int, Exception] | None = None) -> None:
        self.passes: list[tuple[int, ...]] = []
        self.references: list[tuple[int, ...]] = []
        self.doubts: Mapping[int, Doubt] = {}
        self._allowed = None if steps is None else threading.Semaphore(steps)
        self._error = error

    def __call__(self) -> "FakeTracker":
        """A fake is its own factory."""
        return self

    def allow(self, steps: int) -> None:
        """Let a waiting pass go `steps` frames further."""
        assert self._allowed is not None
        self._allowed.release(steps)

    def go_on(self) -> None:
        """Wait for nothing any more."""
        if self._allowed is not None:
            self._allowed.release(1_000_000)

    def propagate(
        self, frames: Sequence[np.ndarray], masks: Mapping[int, np.ndarray], plan: Plan
    ) -> Iterator[Step]:
        """One `Step` for each start and each frame of the plan."""
        self.passes.append(order_of(plan))
        self.references.append(tuple(sorted(masks)))
        for stretch, t in visits(plan):
            if self._allowed is not None:
                self._allowed.acquire(timeout=60)
            if self._error is not None and self._error[0] == t:
                raise self._error[1]
            ids = wanted(plan, stretch, t)
            memory = tuple(masks), 1 << 20
            if ids is None:
                yield Step(t, masks[t], {1: 1.0}, None, *memory, True)
            else:
                mask, sure = self._found(frames, masks, plan, t, ids)
                came = origins(plan, stretch, t, sure)
                yield Step(
                    t,
                    mask,
                    sure,
                    reader_match(tuple(sure)),
                    *memory,
                    False,
                    came,
                    reading=FakeReading(tuple(sure)),
                    doubts=self.doubts,
                )

    def _found(
        self,
        frames: Sequence[np.ndarray],
        masks: Mapping[int, np.ndarray],
        plan: Plan,
        t: int,
        ids: Iterable[int],
    ) -> tuple[np.ndarray, dict[int, float]]:
        """What is given on frame `t`, and each object from where it is given nearest; how sure that is."""
        mask, sure = np.zeros(frames[t].shape[:2], np.uint8), {}
        for i in sorted(ids):
            nearest = min((r for r in masks if i in plan.given[r]), key=lambda r: abs(r - t))
            own = np.roll(masks[nearest] == i, abs(t - nearest), axis=1)
            mask[own] = i
            sure[i] = max(0.0, 1 - 0.02 * abs(t - nearest)) if own.any() else 0.0
        if t in masks:
            given = np.isin(masks[t], list(plan.given[t])) & (masks[t] > 0)
            mask[given] = masks[t][given]
        return mask, sure


class FakeSelectors:
    """Selects the pixels of the colour at the last click, or in the middle of the box: with the mask so far,
    or without what the click is beside."""

    def __init__(self) -> None:
        self.prepared: list[np.ndarray] = []
        self.prompts: list[Prompt] = []
        self.is_loaded = False
        self.confidence = 0.99
        self.finds = True
        self.error: Exception | None = None
        self._gate = threading.Event()
        self._gate.set()

    def hold(self) -> None:
        """Answer nothing until `go_on`."""
        self._gate.clear()

    def go_on(self) -> None:
        """Answer again."""
        self._gate.set()

    def load(self) -> None:
        """Note that it is loaded."""
        self.is_loaded = True

    def prepare(self, frame: np.ndarray) -> None:
        """Note what is prepared."""
        self.prepared.append(frame)

    def select(self, frame: np.ndarray, prompt: Prompt) -> tuple[np.ndarray, float]:
        """The even area, joined with the mask or taken from it."""
        self._gate.wait(timeout=60)
        self.prompts.append(prompt)
        if self.error is not None:
            raise self.error
        none = np.zeros(frame.shape[:2], bool)
        if not self.finds:
            return none, 0.0
        if prompt.clicks:
            (x, y), inside = prompt.clicks[-1].xy, prompt.clicks[-1].inside
        else:
            x0, y0, x1, y1 = prompt.box
            x, y, inside = (x0 + x1) / 2, (y0 + y1) / 2, True
        same = (frame == frame[int(y), int(x)]).all(-1)
        before = none if prompt.mask is None else prompt.mask
        found = before | same if inside else before & ~same
        return found, self.confidence if found.any() else 0.0


class Fakes:
    """The fakes of a test: once it is over they wait for nothing, or the end of a session waits for them."""

    def __init__(self) -> None:
        self._fakes: list[FakeTracker | FakeSelectors] = []

    def add(self, *given: object) -> None:
        """Add those of `given` that are fakes."""
        self._fakes.extend(each for each in given if isinstance(each, FakeTracker | FakeSelectors))

    def go_on(self) -> None:
        """Let all go on."""
        for fake in self._fakes:
            fake.go_on()
