"""What a pass knows while it goes from frame to frame: masks that are given, memory, last masks, sizes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from skn_annotator.arrays import Frame, Mask, Probabilities
from skn_annotator.inference.evidence import Evidence, MatchedCells, Trend, evidence
from skn_annotator.inference.id_maps import only
from skn_annotator.inference.identities import Trail, begun, joined, look_alikes
from skn_annotator.inference.last_frame import LastFrame
from skn_annotator.inference.memory_bank import MemoryBank
from skn_annotator.inference.own_motion import OwnMotion, reduced
from skn_annotator.inference.pieces import STEP, covered
from skn_annotator.inference.plans import Plan, Stretch
from skn_annotator.inference.reading import Reading
from skn_annotator.inference.recall import recalled
from skn_annotator.inference.region import Region
from skn_annotator.inference.step import CellGrid, Step
from skn_annotator.inference.wholes import Wholes
from skn_annotator.inference.zoom import ZoomedRegion, is_cut
from skn_annotator.model.encoders import Memory, Query
from skn_annotator.model.network import STRIDE, Segmentation

_SHRINKING = 0.97
"""What an object's size keeps from one frame to the next while less of it is seen: half is gone after 23."""

_WHOLE = 0.8
"""With this share of its size of late an object counts as whole."""

_FEW = 4
"""An object of no more cells than that is hardly seen in the whole frame."""


class Sighting(NamedTuple):
    """What was found in a region of a frame: the frame as the network saw it, its query, how it was read,
    the result, and its probabilities (1, 1 + O, H', W')."""

    region: Region
    tensor: Tensor
    query: Query
    reading: Reading
    result: Segmentation
    probability: Tensor


class PassProgress(NamedTuple):
    """What a step changes of a `PassState`: its attributes of these names."""

    last: LastFrame
    t: int
    since_memorized: int
    trends: dict[int, tuple[int, Trend]]
    trails: dict[int, Trail | None]
    sizes: dict[int, tuple[int, float]]
    areas: dict[int, float]
    look_alikes: Sequence[Sequence[int]]
    closest: ZoomedRegion | None
    motion: OwnMotion | None


class PassState:
    """What a pass knows. `last` holds the objects in the order of `ids`."""

    def __init__(
        self,
        ids: tuple[int, ...],
        plan: Plan,
        *,
        masks: Mapping[int, Mask],
        shown: Mapping[int, frozenset[int]],
        whole: Region,
        bank: MemoryBank,
        scattered: Iterable[int],
        apart: Iterable[int],
        look_alikes: Sequence[Sequence[int]],
        pictures: Mapping[int, Frame],
    ) -> None:
        """`masks`: of the frames where something is given by the `plan`, and `shown` the objects that they
        show. As positions in `ids`: `scattered`, the objects that a given frame shows in small
        pieces away from the rest; `apart`, in pieces far from each other, small or not: they may have
        pieces anywhere; `look_alikes`, groups of those that look alike. `pictures`: how given frames look
        where motion is looked for (`own_motion.reduced`).
        """
        self.ids = ids
        self.given = plan.given
        self.masks = dict(masks)
        """Of the frames `given`; what is carried to them on the way is put in."""
        self.shown = dict(shown)
        """The objects that these show."""
        self.whole = whole
        self.bank = bank
        self.scattered = frozenset(scattered)
        self.pictures = pictures
        self.since_memorized = 0
        self._by_motion = plan.by_motion
        self._known_alike = look_alikes
        self._apart = frozenset(apart)
        self.begin_stretch(Stretch(0, range(0)))

    def begin_stretch(self, stretch: Stretch) -> None:
        """Forget what was carried before; what is given stays."""
        nothing = torch.zeros(1, len(self.ids), *self.whole.padded, device=self.whole.device)
        self.last = LastFrame(self.whole, nothing)
        self.bank.forget_predictions()
        self.stretch = stretch
        self.t = stretch.start
        """The frame that was come to last."""
        self.origin: dict[int, int] = {}
        """Object -> the frame where it was given last."""
        self.trends: dict[int, tuple[int, Trend]] = {}
        """Object -> that frame, and how its evidence went since."""
        self.trails: dict[int, Trail | None] = {}
        """Position in `ids` -> where that object went; None: it was not there."""
        self._sizes: dict[int, tuple[int, float]] = {}
        """Position in `ids` -> the frame that was looked at last, and the root of its area of late, in pixels
        of the source."""
        self._areas: dict[int, float] = {}
        """Position in `ids` -> the square of that when the object was seen last, or its area where it was
        given, in pixels of the source."""
        self._look_alikes: Sequence[Sequence[int]] = self._known_alike
        self.closest: ZoomedRegion | None = None
        """The region that was looked at last where it was not the whole frame."""
        self.motion: OwnMotion | None = None
        """How look-alikes came to the frame of the last masks; None: it was not looked at as a whole."""

    def progress(self) -> "PassProgress":
        """What a step changes, as it is now."""
        return PassProgress(
            last=self.last,
            t=self.t,
            since_memorized=self.since_memorized,
            trends=dict(self.trends),
            trails=dict(self.trails),
            sizes=dict(self._sizes),
            areas=dict(self._areas),
            look_alikes=self._look_alikes,
            closest=self.closest,
            motion=self.motion,
        )

    def go_back(self, progress: "PassProgress") -> None:
        """Undo a step that failed: be again what the pass was before it."""
        self.last, self.t, self.since_memorized = progress[:3]
        self.trends, self.trails, self._sizes, self._areas, self._look_alikes = progress[3:8]
        self.closest, self.motion = progress[8:]

    def looks_like_others(self, object_id: int) -> bool:
        """Whether an object and another one look alike, as far as it is known."""
        return any(self.ids.index(object_id) in group for group in self._look_alikes)

    def rivals(self, t: int) -> set[int]:
        """The objects that the stretch's start shows, or some frame behind `t` where they are given."""
        start, direction = self.stretch.start, self.stretch.direction
        behind = (shown & self.given[r] for r, shown in self.shown.items() if (t - r) * direction >= 0)
        return set(self.ids) & self.shown[start].union(*behind)

    def blank(self, t: int) -> Step:
        """Frame `t` with nothing but what is given there; what was found before goes on behind it."""
        mask = self.with_given(np.zeros(self.whole.source, np.uint8), t)
        return Step(t, mask, {}, None, self.bank.frames, self.bank.nbytes, False)

    def with_given(self, mask: Mask, t: int) -> Mask:
        """The `mask` that was found on frame `t`, under what is given there."""
        given = only(self.masks[t], self.given[t]) if t in self.given else np.zeros_like(mask)
        return np.where(given > 0, given, mask)

    def wholes(self, channels: Sequence[int], masks: Tensor, region: Region, t: int) -> Wholes:
        """What the objects `channels` can be in `region` of frame `t`, which shows their last `masks` (1, O,
        H', W')."""
        before = [covered(mask) for mask in masks[0]]
        scale = region.zoom / STEP
        for channel, own in zip(channels, before, strict=True):
            size = np.count_nonzero(own) ** 0.5 / scale
            looked, of_late = self._sizes.get(channel, (t, 0.0))
            self._sizes[channel] = t, max(size, of_late if looked == t else _SHRINKING * of_late)
            if size:
                self._areas[channel] = self._sizes[channel][1] ** 2
        sizes = [self._sizes[channel][1] * scale for channel in channels]
        groups = (
            tuple(place for place, channel in enumerate(channels) if channel in group)
            for group in self._look_alikes
        )
        return Wholes(
            t,
            tuple(before),
            tuple(sizes),
            tuple(self._areas.get(channel, 0.0) * scale**2 for channel in channels),
            tuple(channel in self._apart for channel in channels),
            tuple(self.trails.get(channel) for channel in channels),
            tuple(group for group in groups if len(group) > 1 and region.is_whole),
        )

    @property
    def has_look_alikes(self) -> bool:
        """Whether some objects look alike, as far as it is known."""
        return bool(self._look_alikes)

    def going_on(
        self, channels: Sequence[int], masks: Tensor, region: Region, frame: Tensor
    ) -> Probabilities | None:
        """How much of each pixel of the map is the objects' `channels` by their motion, (O, H, W), nothing of
        those that look like no other; None: it is not known.

        `masks` (1, O, H', W'): their last ones, as `region` shows them; `frame` (1, 3, H', W'): the one that
        is looked at.
        """
        before, self.motion = self.motion, None
        if not region.is_whole or not self.has_look_alikes:
            return None
        picture = reduced(frame)
        if before is None:
            self.motion = OwnMotion(picture)
            return None
        alike = {channel for group in self._look_alikes for channel in group}
        places = {channel: place for place, channel in enumerate(channels) if channel in alike}
        found, self.motion = before.onto(picture, {c: masks[0, place] for c, place in places.items()})
        going = np.zeros((len(channels), masks.shape[2] // STEP, masks.shape[3] // STEP), np.float32)
        for channel, place in places.items():
            going[place] = found[channel]
        return going

    def whole_objects(self) -> frozenset[int]:
        """The objects, by id, of whose size of late hardly anything is missing in the last masks."""
        scale = self.last.region.zoom / STEP
        areas = [np.count_nonzero(covered(mask)) / scale**2 for mask in self.last.masks[0]]
        sizes = [self._sizes.get(channel, (0, 0.0))[1] for channel in range(len(areas))]
        known = zip(self.ids, areas, sizes, strict=True)
        return frozenset(i for i, area, size in known if area and area >= _WHOLE * size**2)

    def know(self, channels: Sequence[int], masks: Tensor, t: int) -> None:
        """The masks (1, O, H', W') of the objects `channels` are given on frame `t`, seen as a whole."""
        self._begin_trails(channels, masks, t)
        for channel, pixels in zip(channels, (masks[0] > 0.5).sum((1, 2)).tolist(), strict=True):
            if pixels:
                self._areas[channel] = pixels / self.whole.zoom**2
                self._sizes.pop(channel, None)  # of what was found before, and may have been wrong

    def _begin_trails(self, channels: Sequence[int], masks: Tensor, t: int) -> None:
        for channel, mask in zip(channels, masks[0], strict=True):
            own = covered(mask)
            self.trails[channel] = begun(own, t) if own.any() else None

    def forget_refuted(self, t: int) -> None:
        """Forget all predicted frames where the user says that an object is absent on the given frame `t`.

        What was found of it before was wrong, or is past: read, it would be found again where it was.
        """
        if (self.given[t] & set(self.ids)) - self.shown[t]:
            self.bank.forget_predictions()

    def compare(self, memory: Memory, grid: CellGrid, t: int) -> None:
        """Objects that look alike on the predicted frame `t`, memorized as a whole, do so from now on.

        One that stands upside down on the reference frame looks like the others once it stands as they do.
        """
        before = {channel for group in self._look_alikes for channel in group}
        self._look_alikes = joined([*self._look_alikes, *look_alikes(memory, grid.size)])
        new = {channel for group in self._look_alikes for channel in group} - before
        self._begin_trails(sorted(new), self.last.masks[:, sorted(new)], t)

    def evidence(self, found: Sighting, mask: Mask, ids: Sequence[int]) -> dict[int, Evidence]:
        """What was seen of each object's mask; trends begin anew where an object is given."""
        known = [(i, *self.trends.get(i, (None, None))) for i in ids]
        before = [trend if origin == self.origin.get(i) else None for i, origin, trend in known]
        reading, matches = found.reading, found.reading.matches
        strength = matches.log_strength[0].exp2()
        memory = MatchedCells(matches.cells[0], strength, reading.owner(), reading.decided())
        own = found.probability[0, 1:]
        moved = [
            min(share, self._by_motion.get(self.origin.get(i, self.t), {}).get(i, 1.0))
            for i, share in zip(ids, reading.wholes.shares_by_motion(own), strict=True)
        ]
        seen = evidence(
            own,
            mask,
            ids,
            memory=memory,
            recalled=recalled(reading, own),
            by_motion=moved,
            trends=before,
        )
        self.trends |= {
            i: (self.origin.get(i, self.t), each.trend) for i, each in zip(ids, seen, strict=True)
        }
        return dict(zip(ids, seen, strict=True))

    @property
    def hardly_seen(self) -> float:
        """The area in pixels of the source up to which the whole frame hardly shows an object."""
        return _FEW * (STRIDE / self.whole.zoom) ** 2

    def searched(self, channels: Sequence[int]) -> ZoomedRegion | None:
        """Where the objects `channels` were seen last, if that is to be looked at again now.

        It is on every other frame while one of them is gone that the whole frame hardly shows.
        """
        if self.closest is None or self.last.level:
            return None
        seen = (self.last.masks[0, channels].amax((1, 2)) > 0.5).tolist()
        areas = (self._areas.get(channel, torch.inf) for channel in channels)
        gone = any(area <= self.hardly_seen and not there for area, there in zip(areas, seen, strict=True))
        return self.closest if gone else None

    def is_incomplete(self, found: Sighting, channels: Sequence[int]) -> bool:
        """Whether an object goes on outside the region that was looked at, or is in it no longer."""
        own = found.probability[:, 1:]
        gone = (own[0].amax((1, 2)) <= 0.5) & (self.last.masks[0, channels].amax((1, 2)) > 0.5)
        return bool(gone.any()) or is_cut(own, found.region)
