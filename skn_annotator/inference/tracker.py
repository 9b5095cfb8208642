"""The generator that carries masks through a video: the window, the commands and the tests iterate it.

For each frame of each stretch of a plan: take the reference mask or segment, memorize, yield. It holds the
network's memory and the last masks and nothing else; it writes no files, knows no projects and never changes
a mask that the user made.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from skn_annotator.arrays import Frame, Mask
from skn_annotator.counts import object_count
from skn_annotator.errors import FormatError, OutOfMemory, UnreadableFrame
from skn_annotator.hardware import give_back_freed_memory, keep_freed_memory
from skn_annotator.inference.closer_looks import looked_at_closely, with_closer_looks
from skn_annotator.inference.confidence import confidence, doubt
from skn_annotator.inference.fine_edges import with_fine_edges
from skn_annotator.inference.held_frames import Frames, HeldFrames
from skn_annotator.inference.id_maps import ids_in, only
from skn_annotator.inference.identities import joined, look_alikes
from skn_annotator.inference.last_frame import LastFrame
from skn_annotator.inference.memory_bank import BankSettings, Entry, MemoryBank
from skn_annotator.inference.old_ground import OldGround
from skn_annotator.inference.own_motion import OwnMotion, reduced
from skn_annotator.inference.pass_state import PassState, Sighting
from skn_annotator.inference.pieces import covered, is_apart, stray_pieces
from skn_annotator.inference.plans import Plan
from skn_annotator.inference.reading import BLOCK, Reading, memory_of
from skn_annotator.inference.recall import contradicted
from skn_annotator.inference.region import Region, whole_frame
from skn_annotator.inference.step import Step
from skn_annotator.inference.wholes import sharpened
from skn_annotator.inference.zoom import ZoomedRegion, ZoomSettings, next_region
from skn_annotator.model.network import SKN

_GIVES_BACK = 50
"""Every so many frames freed memory goes back to the system, or a long pass would grow (docs/measured.md)."""


class Tracker:
    """Carries masks through frames with a network; one tracker may serve any number of passes."""

    def __init__(
        self,
        network: SKN,
        size: int = 480,
        bank: BankSettings | None = None,
        dtype: torch.dtype | None = None,
        scale: float = 1.0,
        zoom: ZoomSettings | None = None,
    ) -> None:
        """`size`: short side of the whole frame inside the network, in pixels; a smaller frame is not
        enlarged. `scale` enlarges both afterwards. `zoom`: how closely objects are looked at, with no more
        pixels than those of the whole frame.

        `dtype`: of the network's arithmetic; None: bfloat16 where the machine is quick at it, else float32.
        """
        self.size = size
        self.scale = scale
        self.bank = bank or BankSettings()
        self.zoom = zoom or ZoomSettings()
        self.device = next(network.parameters()).device
        self.dtype = dtype or _quick_dtype(self.device)
        if self.device.type == "cpu":
            keep_freed_memory()
        # a copy in that type: autocast would convert every weight again on every frame
        self.network = copy.deepcopy(network).to(self.dtype)
        self.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def propagate(self, frames: Frames, masks: Mapping[int, Mask], plan: Plan) -> Iterator[Step]:
        """Go through the stretches of `plan` and yield a `Step` for each start and each frame.

        `masks`, (H, W) by frame, hold what the plan says is given there, all starts among them. That is
        memorized first, never overwritten, and stays in the memory; what else was memorized is forgotten
        where a stretch ends. What `masks` show of other objects is memorized until the pass comes there: then
        what it finds of them. Where the device's memory is short, the bank shrinks for the rest of the pass.
        Raises FormatError without any object or with a mask of the wrong size, OutOfMemory if it cannot.
        """
        _check_sizes(frames, masks)
        shown = {t: ids_in(mask) for t, mask in masks.items()}
        ids = tuple(sorted(set[int]().union(*(there & plan.given[t] for t, there in shown.items()))))
        if not ids:
            raise FormatError("no object has a mask: paint at least one on a frame, then propagate")
        try:
            state = self._begin(frames, masks, plan, shown, ids)
            closer: list[PassState] = []
            if self.zoom.largest > 1:
                closer = [self._begin(frames, masks, plan, shown, (i,)) for i in looked_at_closely(state)]
            frames, steps_done = HeldFrames(frames) if closer else frames, 0
            for stretch in plan.stretches:
                for each in (state, *closer):
                    each.begin_stretch(stretch)
                for t in stretch:
                    steps_done += 1
                    if steps_done % _GIVES_BACK == 0 and self.device.type == "cpu":
                        give_back_freed_memory()
                    steps = [self._step_in_memory(each, frames, t) for each in (state, *closer)]
                    yield with_closer_looks(steps[0], steps[1:], state)
        except torch.OutOfMemoryError as error:
            raise OutOfMemory(
                "{device} has too little memory for {objects} at {size} pixels: let the network see fewer "
                "(--size), or compute on the processor (--device cpu)",
                device=self.device,
                objects=object_count(len(ids)),
                size=self.size,
            ) from error

    @torch.inference_mode()
    def _begin(
        self,
        frames: Frames,
        masks: Mapping[int, Mask],
        plan: Plan,
        shown: Mapping[int, frozenset[int]],
        ids: tuple[int, ...],
    ) -> PassState:
        """Memorize what is given."""
        whole = whole_frame(frames.size, self.size, self.device, self.scale)
        bank = MemoryBank(self.bank)
        scattered, apart, alike, pictures = set(), set(), list[list[int]](), {}
        for t, mask in masks.items():
            frame, planes = frames[t], whole.masks(mask, ids)
            pictures[t] = reduced(whole.frame(frame))
            scattered |= {channel for channel, own in enumerate(planes[0]) if stray_pieces(own) is not None}
            apart |= {channel for channel, own in enumerate(planes[0]) if is_apart(covered(own))}
            # A query that is zoomed in reads a reference seen at about its own scale.
            close_up = self._close_up(whole, frame, t, mask, ids)
            entry = self._reference(whole, frame, t, mask, ids)
            alike = joined([*alike, *look_alikes(entry.memory, whole.grid.size)])
            knows = plan.given[t] | shown[t]
            bank.pin(replace(entry, shows=plan.given[t] & shown[t], knows=knows, close_up=close_up))
        return PassState(
            ids,
            plan,
            masks=masks,
            shown=shown,
            whole=whole,
            bank=bank,
            scattered=scattered,
            apart=apart,
            look_alikes=alike,
            pictures=pictures,
        )

    def _close_up(self, whole: Region, frame: Frame, t: int, mask: Mask, ids: Sequence[int]) -> Entry | None:
        """A given frame, memorized around its objects; None where they fill the frame."""
        shown = ids_in(mask)
        own = whole.masks(mask, [i for i in ids if i in shown] or ids)
        close = next_region(whole, own, whole, None, self.zoom).region
        return None if close.is_whole else self._reference(close, frame, t, mask, ids)

    def _reference(self, region: Region, frame: Frame, t: int, mask: Mask, ids: Sequence[int]) -> Entry:
        """A given frame, memorized as `region` shows it."""
        tensor, masks = region.frame(frame).to(self.dtype), region.masks(mask, ids).to(self.dtype)
        return Entry(t, self.network.memorize(tensor, masks, self.network.encode(tensor)), region.grid)

    def _step_in_memory(self, state: PassState, frames: Frames, t: int) -> Step:
        """`_step`, again with a smaller bank as often as memory is short and the bank can shrink."""
        while True:
            before = state.progress()
            try:
                return self._step(state, frames, t)
            except torch.OutOfMemoryError:  # its traceback holds the tensors until this block ends
                if not state.bank.shrink():
                    raise
            state.go_back(before)
            torch.cuda.empty_cache()

    @torch.inference_mode()
    def _step(self, state: PassState, frames: Frames, t: int) -> Step:
        self._pass_over(state, t)
        given = state.given.get(t, frozenset())
        carried = (state.stretch.carried_at(t) & set(state.ids)) - given
        state.origin |= dict.fromkeys(given, t)
        if t not in state.given or carried:
            try:
                frame = frames[t]
            except UnreadableFrame:
                return state.blank(t)
            return self._segment(state, frame, t, carried)
        mask, certain = state.masks[t], dict.fromkeys(sorted(given & state.shown[t]), 1.0)
        state.last = LastFrame(state.whole, state.whole.masks(mask, state.ids), self._sensory(state, t))
        state.know(range(len(state.ids)), state.last.masks, t)
        state.forget_refuted(t)
        state.since_memorized = 0
        state.motion = OwnMotion(state.pictures[t])
        return Step(t, mask, certain, None, state.bank.frames, state.bank.nbytes, True)

    def _pass_over(self, state: PassState, t: int) -> None:
        """On the way to frame `t`: what is given on frames between is the last that is known of it."""
        for r in range(state.t, t, state.stretch.direction)[1:]:
            ids = [i for i in state.ids if i in state.given.get(r, ())]
            if ids:
                channels = [state.ids.index(i) for i in ids]
                last = state.last.seen_in(state.whole, range(len(state.ids)))
                known = state.whole.masks(state.masks[r], ids)
                state.last = last.with_objects(channels, known, _of(self._sensory(state, r), channels))
                state.last, state.motion = replace(state.last, frame=None), None
                state.know(channels, known, r)
                state.forget_refuted(r)
                state.origin |= dict.fromkeys(ids, r)
        state.t = t

    def _sensory(self, state: PassState, t: int) -> Tensor | None:
        """The sensory memory of all objects after the reference frame `t`, seen as a whole."""
        entry = state.bank.reference(t)
        return self.network.begin_sensory(entry.memory, entry.grid.size)

    def _segment(self, state: PassState, frame: Frame, t: int, carried: frozenset[int]) -> Step:
        """Segment frame `t`, where the masks of the objects `carried` are wanted.

        Others that the memory knows are segmented with them and dropped: no look-alike is taken for them.
        """
        if not carried:
            return state.blank(t)
        # All objects in one softmax: a rival that was left out would be taken for its look-alike.
        ids = sorted(carried | state.rivals(t))
        channels = [state.ids.index(i) for i in ids]
        before = state.progress()
        found = self._find(state, frame, t, channels)
        if not bool(found.result.logits.sum().isfinite()):
            # no numbers: remembered, they would make all that is found later no numbers either
            state.go_back(before)
            return state.blank(t)
        x0, y0, x1, y1 = found.region.box
        mask = np.zeros(state.whole.source, np.uint8)
        fine = with_fine_edges(found.region, found.result.logits, found.probability, frame, ids)
        mask[y0:y1, x0:x1] = only(fine.mask, carried)
        mask = state.with_given(mask, t)
        seen = state.evidence(found, mask, ids)
        calibration = self.network.config.confidence
        wanted = {i: seen[i] for i in ids if i in carried}
        doubts = {i: doubt(each, calibration) for i, each in wanted.items()}
        step = Step(
            t,
            mask,
            confidence={i: confidence(each, calibration) for i, each in wanted.items()},
            match=found.reading.match(),
            memory_frames=(),
            memory_bytes=0,
            reference=False,
            origins={i: frozenset([state.origin[i]]) for i in wanted},
            logits=found.region.on_source(fine.logits),
            ids=tuple(ids),
            reading=found.reading,
            evidence=wanted,
            doubts={i: why for i, why in doubts.items() if why is not None},
        )
        # at the very end: where memory is short before, the frame is read again, and must not read itself
        if t in state.given:
            self._fix(state, mask, found, frame, t)
        else:
            self._memorize(state, found, t)
        return replace(step, memory_frames=state.bank.frames, memory_bytes=state.bank.nbytes)

    def _find(self, state: PassState, frame: Frame, t: int, channels: Sequence[int]) -> Sighting:
        """Look where the objects `channels` are; keep their masks, without stray pieces, as the last ones."""
        last = state.last
        chosen = state.searched(channels) or next_region(
            state.whole, last.masks[:, channels], last.region, last.level, self.zoom
        )
        if t in state.given:  # what is given there is memorized as a whole
            chosen = ZoomedRegion(state.whole, 0)
        found = self._look(state, chosen.region, frame, t, channels)
        # The object left the region or was lost in it: one look at the whole frame is cheaper than losing it.
        if not chosen.region.is_whole and state.is_incomplete(found, channels):
            chosen = ZoomedRegion(state.whole, 0)
            found = self._look(state, chosen.region, frame, t, channels)
        state.closest = chosen if chosen.level else state.closest
        masks = sharpened(found.probability)[:, 1:]
        for place, channel in enumerate(channels):
            stray = None if channel in state.scattered else stray_pieces(masks[0, place])
            if stray is not None:
                masks[0, place][stray] = 0
        sensory = found.result.sensory
        if sensory is not None:  # it would go on saying that the object is gone when it is back
            sensory = sensory * (masks[0] > 0.5).flatten(1).any(1)[:, None, None, None]
        nothing = torch.zeros(1, len(state.ids), *found.region.padded, device=self.device)
        seen = LastFrame(found.region, nothing, None, chosen.level, frame)
        state.last = seen.with_objects(channels, masks, sensory)
        return found

    def _fix(self, state: PassState, mask: Mask, found: Sighting, frame: Frame, t: int) -> None:
        """Memorize for good the `mask` of a frame where some objects are given and others were found."""
        given = only(state.masks[t], state.given[t])
        fixed = [channel for channel, i in enumerate(state.ids) if i in state.given[t]]
        # The user's pixels belong to nobody else, in the memory and in the next prior either.
        free = 1 - state.whole.masks((given > 0).astype(np.uint8), [1])
        state.last = replace(state.last, masks=state.last.masks * free)
        if fixed:
            known = state.whole.masks(given, [state.ids[channel] for channel in fixed])
            state.last = state.last.with_objects(fixed, known, _of(self._sensory(state, t), fixed))
            state.know(fixed, known, t)
        memory = self.network.memorize(found.tensor, state.last.masks.to(self.dtype), found.query)
        close_up = self._close_up(state.whole, frame, t, mask, state.ids)
        state.masks[t], state.shown[t] = mask, ids_in(mask)
        state.forget_refuted(t)
        state.since_memorized = 0
        shows = state.given[t] & state.shown[t]
        state.bank.pin(Entry(t, memory, found.region.grid, shows, frozenset(state.ids), close_up))

    def _look(
        self, state: PassState, region: Region, frame: Frame, t: int, channels: Sequence[int]
    ) -> Sighting:
        """Segment the objects `channels` in a region of frame `t`."""
        ids = tuple(state.ids[channel] for channel in channels)
        entries = tuple(state.bank.select(t, ids, not region.is_whole))
        tensor = region.frame(frame).to(self.dtype)
        query = self.network.encode(tensor)
        memory = memory_of(entries, channels)
        last = state.last.seen_in(region, channels)
        result = self.network.segment(query, memory, last.masks, last.sensory, block=BLOCK)
        wholes = replace(
            state.wholes(channels, last.masks, region, t),
            going=state.going_on(channels, last.masks, region, tensor),
            ground=None if last.frame is None else OldGround(region, tensor, last.frame),
        )
        reading = Reading(
            t,
            region,
            ids,
            channels=tuple(channels),
            entries=entries,
            query_key=query.key,
            expected=result.expected,
            wholes=wholes,
            sensory=last.sensory,
            matches=result.readout.matches,
            norm=result.readout.norm,
            network=self.network,
        )
        probability = result.logits.softmax(1)
        logits, trails = wholes.kept(result.logits, probability, reading.share_of)
        state.trails |= {channels[place]: trail for place, trail in trails.items()}
        if logits is not result.logits:
            result, probability = result._replace(logits=logits), logits.softmax(1)
        return Sighting(region, tensor, query, reading, result, probability)

    def _memorize(self, state: PassState, found: Sighting, t: int) -> None:
        """Remember every few frames what was found there."""
        state.since_memorized += 1
        if state.since_memorized < self.bank.interval:
            return
        state.since_memorized = 0
        memory = self.network.memorize(found.tensor, state.last.masks.to(self.dtype), found.query)
        memory = memory.unread(contradicted(found.reading, memory.owner[0]))
        if found.region.is_whole and len(state.ids) > 1:
            state.compare(memory, found.region.grid, t)
        state.bank.add(Entry(t, memory, found.region.grid, whole=state.whole_objects()))


def _quick_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 where the machine multiplies it natively, else float32."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float32
    # Without native instructions bfloat16 is emulated, and slower than float32.
    capabilities = torch.cpu.get_capabilities() if device.type == "cpu" else {}
    return torch.bfloat16 if capabilities.get("avx512_bf16") else torch.float32


def _check_sizes(frames: Frames, masks: Mapping[int, Mask]) -> None:
    for t, mask in masks.items():
        if not 0 <= t < len(frames):
            raise FormatError(
                "there is a mask for frame {t}, but the video has frames 0 to {last}",
                t=t,
                last=len(frames) - 1,
            )
        if mask.shape != tuple(frames.size):
            raise FormatError(
                "the mask of frame {t} is {size}, the video's frames are {wanted}",
                t=t,
                size=mask.shape,
                wanted=frames.size,
            )


def _of(sensory: Tensor | None, channels: Sequence[int]) -> Tensor | None:
    return None if sensory is None else sensory[:, channels]
