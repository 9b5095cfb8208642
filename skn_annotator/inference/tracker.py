"""The generator that carries masks through a video: the window, the commands and the tests iterate it.

``for t in order``: take the reference mask or segment, memorize, yield. It holds the network's memory and the
last masks and nothing else; it writes no files, knows no projects and never changes a mask that the user
made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.errors import FormatError, OutOfMemory
from skn_annotator.inference.memory_bank import BankSettings, Entry, MemoryBank, entry_of, side_by_side
from skn_annotator.inference.step import ReaderMatch, Step
from skn_annotator.model.encoders import Query
from skn_annotator.model.kernels import cells_of_mask
from skn_annotator.model.network import SKN, STRIDE, Segmentation
from skn_annotator.palette import VOID

Mask = npt.NDArray[np.uint8]


class Frames(Protocol):
    """What the tracker needs of a video: RGB uint8 (H, W, 3) by number."""

    @property
    def size(self) -> tuple[int, int]: ...

    def __len__(self) -> int: ...

    def __getitem__(self, t: int) -> npt.NDArray[np.uint8]: ...


@dataclass
class _Pass:
    """What changes from frame to frame: ids in channel order, the memory, the last masks (1, O, H', W')."""

    ids: tuple[int, ...]
    bank: MemoryBank
    last: Tensor | None = None
    last_t: int | None = None
    since_memorized: int = 0


class Tracker:
    """Carries masks through frames with a network; one tracker may serve any number of passes."""

    def __init__(
        self,
        network: SKN,
        size: int = 480,
        bank: BankSettings | None = None,
        dtype: torch.dtype | None = None,
    ) -> None:
        """`size`: short side of the frame inside the network, in pixels; a smaller frame is not enlarged.

        `dtype`: of the network's arithmetic; None: half precision where the machine is quick at it.
        """
        self.network = network
        self.size = size
        self.bank = bank or BankSettings()
        self.device = next(network.parameters()).device
        self.dtype = dtype or _quick_dtype(self.device)

    def propagate(
        self, frames: Frames, references: Mapping[int, Mask], order: Sequence[int]
    ) -> Iterator[Step]:
        """Go through `order` and yield a `Step` for each frame.

        `references`: the user's masks (H, W) by frame; they are memorized first, never overwritten, and stay
        in the memory. `order` begins at a reference frame and moves by one: [12, 13, ..., 80] or [12, 11,
        ..., 0], or both one after the other. Raises FormatError without any object, OutOfMemory if the
        device's memory is short.
        """
        ids = _object_ids(references)
        if not ids:
            raise FormatError("no object has a mask: paint at least one on a frame, then propagate")
        for t, mask in references.items():
            if mask.shape != tuple(frames.size):
                raise FormatError(
                    f"the mask of frame {t} is {mask.shape}, the video's frames are {frames.size}"
                )
        state = _Pass(ids, MemoryBank(self.bank))
        try:
            with torch.inference_mode():
                for t, mask in references.items():
                    self._pin(state, frames[t], t, mask)
                for t in order:
                    yield self._step(state, frames, references, t)
        except torch.OutOfMemoryError as error:
            raise OutOfMemory(
                f"{self.device} has too little memory for {len(ids)} objects at {self.size} pixels: "
                "lower --size, or use --device cpu"
            ) from error

    def _step(self, state: _Pass, frames: Frames, references: Mapping[int, Mask], t: int) -> Step:
        if state.last_t is not None and abs(t - state.last_t) > 1:  # another direction begins
            state.last = None
            state.bank.forget_predictions()
        state.last_t = t
        if t in references:
            state.last = self._masks(references[t], state.ids, self._padded(frames.size))
            state.since_memorized = 0
            present = dict.fromkeys(np.unique(references[t]).tolist(), 1.0)
            certain = {i: 1.0 for i in state.ids if i in present}
            return Step(t, references[t], certain, None, state.bank.frames, state.bank.nbytes, True)
        return self._segment(state, frames[t], t)

    def _segment(self, state: _Pass, frame: npt.NDArray[np.uint8], t: int) -> Step:
        height, width = frame.shape[:2]
        with torch.autocast(self.device.type, self.dtype, enabled=self.dtype != torch.float32):
            tensor = self._frame(frame)
            query = self.network.encode(tensor)
            entries = state.bank.select(t)
            keys, values = side_by_side(entries)
            last = state.last
            if last is None:
                last = tensor.new_zeros(1, len(state.ids), *tensor.shape[2:])
            cells = query.key.shape[2] * query.key.shape[3]
            result = self.network.segment(query, keys, values, last, block=cells)
            probability = result.logits.softmax(1)
            state.last = probability[:, 1:]
            state.since_memorized += 1
            if state.since_memorized >= self.bank.interval:
                state.since_memorized = 0
                self._memorize(state, tensor, t, query)
        mask = self._mask(result.logits, state.ids, (height, width))
        match = self._match(result, state.ids, entries, query, (height, width))
        confidence = _confidence(probability, state.ids)
        return Step(t, mask, confidence, match, state.bank.frames, state.bank.nbytes, False)

    def _memorize(self, state: _Pass, frame: Tensor, t: int, query: Query) -> None:
        assert state.last is not None
        memory = self.network.memorize(frame, state.last, query)
        grid = (query.key.shape[2], query.key.shape[3])
        state.bank.add(entry_of(t, memory, cells_of_mask(state.last[0], grid)))

    def _pin(self, state: _Pass, frame: npt.NDArray[np.uint8], t: int, mask: Mask) -> None:
        with torch.autocast(self.device.type, self.dtype, enabled=self.dtype != torch.float32):
            tensor = self._frame(frame)
            masks = self._masks(mask, state.ids, (tensor.shape[2], tensor.shape[3]))
            query = self.network.encode(tensor)
            memory = self.network.memorize(tensor, masks, query)
        grid = (query.key.shape[2], query.key.shape[3])
        state.bank.pin(entry_of(t, memory, cells_of_mask(masks[0], grid)))

    def _scaled(self, size: tuple[int, int]) -> tuple[int, int]:
        """The frame's size inside the network, before padding."""
        factor = min(1.0, self.size / min(size))
        return round(size[0] * factor), round(size[1] * factor)

    def _padded(self, size: tuple[int, int]) -> tuple[int, int]:
        height, width = self._scaled(size)
        return height + -height % STRIDE, width + -width % STRIDE

    def _frame(self, frame: npt.NDArray[np.uint8]) -> Tensor:
        """(H, W, 3) uint8 -> (1, 3, H', W') in [0, 1], scaled, padded at the right and the bottom."""
        tensor = torch.from_numpy(np.ascontiguousarray(frame)).to(self.device).permute(2, 0, 1)[None]
        tensor = tensor.float() / 255
        scaled = self._scaled(frame.shape[:2])
        if scaled != frame.shape[:2]:
            tensor = F.interpolate(tensor, scaled, mode="bilinear", align_corners=False, antialias=True)
        height, width = self._padded(frame.shape[:2])
        tensor = F.pad(tensor, (0, width - scaled[1], 0, height - scaled[0]), mode="replicate")
        return tensor.contiguous(memory_format=torch.channels_last)

    def _masks(self, mask: Mask, ids: Sequence[int], padded: tuple[int, int]) -> Tensor:
        """Id map (H, W) -> a mask per object (1, O, H', W') in [0, 1], scaled and padded like the frame."""
        scaled = self._scaled((mask.shape[0], mask.shape[1]))
        table = torch.from_numpy(np.ascontiguousarray(mask)).to(self.device)
        planes = torch.stack([(table == i).float() for i in ids])[None]
        if scaled != mask.shape:
            planes = F.interpolate(planes, scaled, mode="bilinear", align_corners=False, antialias=True)
        return F.pad(planes, (0, padded[1] - scaled[1], 0, padded[0] - scaled[0]))

    def _mask(self, logits: Tensor, ids: Sequence[int], size: tuple[int, int]) -> Mask:
        """Merged logits (1, 1 + O, H', W') -> id map at the source's size."""
        height, width = self._scaled(size)
        logits = logits[:, :, :height, :width]
        if (height, width) != size:
            logits = F.interpolate(logits, size, mode="bilinear", align_corners=False)
        table = np.array([0, *ids], np.uint8)
        mask: Mask = table[logits[0].argmax(0).cpu().numpy()]
        return mask

    def _match(
        self,
        result: Segmentation,
        ids: Sequence[int],
        entries: list[Entry],
        query: Query,
        size: tuple[int, int],
    ) -> ReaderMatch:
        grid = (query.key.shape[2], query.key.shape[3])
        shape = (len(ids), len(entries), *grid)
        cells = result.matches.cells[0].cpu().numpy().reshape(shape)
        points = np.stack(np.divmod(cells, grid[1]), -1).astype(np.int16)
        strength = result.matches.log_strength[0].float().exp().cpu().numpy().reshape(shape)
        foreground = torch.stack([entry.foreground for entry in entries], 1).cpu().numpy()
        centers, sigmas, known = (part[0].cpu().tolist() for part in result.prior)
        scaled = self._scaled(size)
        reader = self.network.config.reader
        return ReaderMatch(
            grid=grid,
            cell=(STRIDE * size[0] / scaled[0], STRIDE * size[1] / scaled[1]),
            memory_frames=tuple(entry.t for entry in entries),
            points=dict(zip(ids, points, strict=True)),
            strength=dict(zip(ids, strength, strict=True)),
            foreground=dict(zip(ids, foreground, strict=True)),
            prior={i: (*c, s) if k else None for i, c, s, k in zip(ids, centers, sigmas, known, strict=True)},
            prior_floor=reader.prior_floor,
            sigma_g=reader.sigma_g,
        )


def _quick_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 where the machine multiplies it natively, else float32."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float32
    quick = device.type == "cpu" and torch.cpu._is_avx512_bf16_supported()
    return torch.bfloat16 if quick else torch.float32


def _object_ids(references: Mapping[int, Mask]) -> tuple[int, ...]:
    """The ids in any reference mask, without background and void, sorted."""
    found: set[int] = set()
    for mask in references.values():
        found.update(np.unique(mask).tolist())
    return tuple(sorted(found - {0, VOID}))


def _confidence(probability: Tensor, ids: Sequence[int]) -> dict[int, float]:
    """Per object the mean probability over the pixels that it wins; 0 if it wins none."""
    winner = probability[0].argmax(0)
    confidence = {}
    for channel, object_id in enumerate(ids, 1):
        own = probability[0, channel][winner == channel]
        confidence[object_id] = float(own.mean()) if own.numel() else 0.0
    return confidence
