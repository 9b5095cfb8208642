"""Whether the network gets better on a video that it was adapted to, from the masks that are given there.

    python benchmarks/adapting.py DATASET [--sequences NAME ...] [--leave-out | --corrections 10] [--seed 0]

DATASET holds JPEGImages/SEQ and Annotations/SEQ with the truth. The first, the middle and the last frame of
a clip are given. The decoder of a copy of the network is fitted to clips that are made of them, as in stage 1
of the training: each of them moved, and from one to another, with spoilt masks. Printed is the mean J of all
other frames, before and after. With `--leave-out`, the middle one is also left out, of the fitting and of a
pass that goes there: J there says, without the truth of other frames, whether the fitted network is better.

`--corrections N` counts with the simulated annotator instead, who corrects the suggested frames, N at most:
without adapting; with the network that is fitted once three frames are given and carries them anew; and
guarded, where the fitted one is used only if it finds the middle one of the three, left out, better.
"""

import argparse
import copy
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch

from skn_annotator.arrays import Mask
from skn_annotator.evaluation.annotated_clip import AnnotatedClip, annotated_clips, read_clip
from skn_annotator.evaluation.corrections import true_mask
from skn_annotator.evaluation.frame_choices import suggested
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.evaluation.simulated_annotator import GOAL, SimulatedAnnotation
from skn_annotator.inference.carry import carry, plan_for
from skn_annotator.inference.held_frames import Frames
from skn_annotator.inference.plans import Stretch, decisions, joined
from skn_annotator.inference.step import Step
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.network import SKN
from skn_annotator.palette import VOID
from skn_annotator.training.adversarial import AdversarialConfig
from skn_annotator.training.clip_network import ClipNetwork
from skn_annotator.training.clips import ClipConfig, ClipMaker
from skn_annotator.training.datasets.pictures import Dataset, Picture
from skn_annotator.training.motion import MotionRange
from skn_annotator.training.train import batch_loss
from skn_annotator.video.frames import open_frames

CLIPS = ClipConfig(
    crop=256, length=3, objects=3, paste=0.3, twin=0.5, distractor=0.6, motion=MotionRange().scaled(1.3)
)
BATCH, WARM_UP, KEPT, LARGEST_NORM = 2, 10, 0.5, 1.0
SHORT_SIDE = 480
LOOKED_AT = 8
"""Frames at most on the way to one that was left out."""


class References(Dataset):
    """Pictures with their masks: stills of their own, or the frames of one sequence."""

    def __init__(self, pictures: Sequence[Picture], is_sequence: bool) -> None:
        self.root = Path("references")
        self._pictures, self._is_sequence = pictures, is_sequence

    def open(self) -> None:
        """All is there."""

    def __len__(self) -> int:
        return 1 if self._is_sequence else len(self._pictures)

    def name(self, index: int) -> str:
        """The number of the picture."""
        return str(index)

    def length(self, index: int) -> int:
        """All of them in a sequence, else one."""
        return len(self._pictures) if self._is_sequence else 1

    def read(self, index: int, frame: int) -> Picture:
        """A picture with its mask."""
        return self._pictures[frame if self._is_sequence else index]


def adapted(network: SKN, pictures: Sequence[Picture], steps: int, rate: float, seed: int) -> SKN:
    """A copy of the network whose decoder is fitted to clips made of `pictures`."""
    network = copy.deepcopy(network).float().eval().requires_grad_(False)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    moving = list(network.decoder.requires_grad_(True).parameters())
    kinds = [References(pictures, is_sequence) for is_sequence in (False, True)][: min(2, len(pictures))]
    maker = ClipMaker(kinds, [1.0] * len(kinds), CLIPS, [1] * len(kinds))
    clip_network = ClipNetwork(network, AdversarialConfig(probability=0.3))
    optimizer = torch.optim.AdamW(moving, lr=rate, weight_decay=0)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / WARM_UP) * (1 - 0.9 * step / steps)
        clips = [maker.make(np.random.default_rng((seed, step, each))) for each in range(BATCH)]
        frames, masks, regions = (
            torch.stack([torch.from_numpy(part) for part in parts])
            for parts in zip(*(clip[:3] for clip in clips), strict=True)
        )
        frames, masks = frames.permute(0, 1, 4, 2, 3).float() / 255, masks.long()
        with torch.autocast("cpu", torch.bfloat16):
            followed = clip_network(frames, masks, regions, np.random.default_rng(step))
        optimizer.zero_grad()
        batch_loss(followed, masks, KEPT).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(moving, LARGEST_NORM)
        optimizer.step()
    return network.requires_grad_(False)


def smaller(frame: np.ndarray, mask: Mask) -> Picture:
    """A frame as the network sees it, and its mask."""
    height, width = mask.shape
    scale = min(1.0, SHORT_SIDE / min(height, width))
    size = round(width * scale), round(height * scale)
    image = cv2.resize(frame, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    ids = cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST).astype(np.uint8, copy=False)
    return Picture(image, ids)


def found(network: SKN, frames: Frames, masks: Mapping[int, Mask], length: int, size: int) -> dict[int, Mask]:
    """The masks of all frames that are carried from `masks`."""

    def keep(step: Step) -> partial[Mask]:
        return partial(np.asarray, step.mask)

    steps = carry(Tracker(network, size), frames, masks, plan_for(masks, length), keep)
    return {step.t: step.mask for step in steps if not step.reference}


def reproduced(network: SKN, frames: Frames, masks: Mapping[int, Mask], left_out: int, size: int) -> Mask:
    """The mask of the frame `left_out`, carried there from the nearest of `masks` over some frames."""
    start = min(masks, key=lambda t: abs(t - left_out))
    step = -(-abs(left_out - start) // LOOKED_AT) * (1 if left_out > start else -1)
    way = range(left_out, start, -step)[::-1]
    known = decisions(masks)
    ids = known[start].shown
    plan = joined([Stretch(start, way, dict.fromkeys(ids, way))], known)
    *_, last = Tracker(network, size).propagate(frames, masks, plan)
    return last.mask


def without_void(mask: Mask) -> Mask:
    """The mask with background for what nobody knows."""
    return np.where(mask == VOID, np.uint8(0), mask)


def mean_j(truth: Mapping[int, Mask], masks: Mapping[int, Mask], ids: Iterable[int]) -> float:
    """The mean J in percent of all objects on the frames of `masks`."""
    return 100 * float(np.mean([jaccard(truth[t] == i, mask == i) for t, mask in masks.items() for i in ids]))


class Chosen:
    """Hands out the tracker that was chosen last."""

    threads = 1

    def __init__(self, network: SKN, size: int) -> None:
        self.tracker = Tracker(network, size)

    def __call__(self) -> Tracker:
        """For each pass."""
        return self.tracker


def corrected(work: SimulatedAnnotation, most: int, references: int | None = None) -> int | None:
    """Correct suggested frames until all is good, or `references` frames are given: how many it took; None:
    `most` are not enough."""
    for count in range(most):
        progress = work.progress()
        t = suggested(progress)
        if work.least >= GOAL or len(progress.annotation.references) == references:
            return count
        if t is None:
            return None
        work.correct(t, true_mask, GOAL)
    return most if work.least >= GOAL else None


def corrections_of(network: SKN, clip: AnnotatedClip, options: argparse.Namespace) -> list[str]:
    """Corrections without adapting; J of the frame that was left out, before and after; with adapting."""
    chosen, frames = Chosen(network, options.size), open_frames(clip.path)
    begun = SimulatedAnnotation(clip, chosen)
    begun.begin()
    before = corrected(begun, options.corrections, references=3)
    annotation = begun.progress().annotation
    given = {t: without_void(clip.truth[t]) for t in sorted(annotation.references)}
    if before is None or len(given) < 3:
        return [text_of(before), "-", "-", text_of(before)]
    without = corrected(begun.copy(), options.corrections - before)
    first, middle, last = given
    others = {t: given[t] for t in (first, last)}
    js, fits = [], {}
    for name, masks in (("guard", others), ("all", given)):
        pictures = [smaller(frames[t], mask) for t, mask in masks.items()]
        fits[name] = adapted(network, pictures, options.steps, options.rate, options.seed)
    for each in (network, fits["guard"]):
        mask = reproduced(each, frames, others, middle, options.size)
        js.append(mean_j(clip.truth, {middle: mask}, clip.ids))
    chosen.tracker = Tracker(fits["all"], options.size)
    begun.carry()
    adapting = corrected(begun, options.corrections - before)
    counts = [text_of(None if more is None else before + more) for more in (without, adapting)]
    return [counts[0], *(f"{j:.1f}" for j in js), counts[1]]


def text_of(count: int | None) -> str:
    """A count of corrections for the table."""
    return "never" if count is None else str(count)


def row_of(network: SKN, clip: AnnotatedClip, options: argparse.Namespace) -> list[float]:
    """J before and after; with `--leave-out` also of the frame that was left out, before and after."""
    frames = open_frames(clip.path)
    truth = {t: without_void(mask) for t, mask in clip.truth.items()}
    given = {t: truth[t] for t in (0, len(truth) // 2, len(truth) - 1)}

    def fitted(times: Iterable[int]) -> SKN:
        pictures = [smaller(frames[t], truth[t]) for t in times]
        return adapted(network, pictures, options.steps, options.rate, options.seed)

    row = [
        mean_j(truth, found(each, frames, given, len(truth), options.size), clip.ids)
        for each in (network, fitted(given))
    ]
    if options.leave_out:
        first, middle, last = given
        others = {t: given[t] for t in (first, last)}
        for each in (network, fitted(others)):
            mask = reproduced(each, frames, others, middle, options.size)
            row.append(mean_j(truth, {middle: mask}, clip.ids))
    return row


def main() -> None:
    """Print a row per clip."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", type=Path)
    parser.add_argument("--sequences", nargs="+")
    parser.add_argument("--leave-out", action="store_true")
    parser.add_argument("--corrections", type=int, metavar="N")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=320)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(options.threads)
    network = load_network(options.weights, "cpu")
    columns = ["before", "after"] + ["left out", "after"] * options.leave_out
    if options.corrections:
        columns = ["without", "left out", "after", "with"]
    print(f"{'':20s}" + "".join(f"{name:>10s}" for name in columns), flush=True)
    for place in annotated_clips(options.root, options.sequences):
        clip = read_clip(*place)
        if options.corrections:
            row = corrections_of(network, clip, options)
        else:
            row = [f"{value:.1f}" for value in row_of(network, clip, options)]
        print(f"{place[0]:20s}" + "".join(f"{value:>10s}" for value in row), flush=True)


if __name__ == "__main__":
    main()
