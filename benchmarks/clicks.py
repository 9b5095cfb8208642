"""How good a selection is after a box and after clicks, and how many clicks it takes: the network and
GrabCut.

    python benchmarks/clicks.py SET [SET ...] [--weights FILE] [--method grabcut]

A SET holds JPEGImages/SEQ and Annotations/SEQ: davis2016-dev, video-dev. Of each sequence the first, the
middle and the last frame count, and of these every object. The box is the true one and four pixels on each
side; each click lies in the middle of the largest error (`inference.simulated_clicks`), 20 at most. Prints
the mean intersection over union (IoU) of a box, of 1, 2, 3 and 5 clicks; the mean number of clicks to an IoU
of 0.85 and 0.90 (NoC; 20 where it is never reached) and how often that is; the share of clicks that lower the
IoU by more than 0.05; and the median time of a box, of a first click and of a further one. With --worst
FILE the twelve objects with the worst IoU of a box are drawn.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from skn_annotator.annotation.assist import Cut, GrabCut, Scribble
from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.hardware import keep_freed_memory
from skn_annotator.inference.prompts import Click, Prompt
from skn_annotator.inference.selector import SIDE, Selector
from skn_annotator.inference.simulated_clicks import next_click
from skn_annotator.model.checkpoints import load_click_network
from skn_annotator.model.click_network import ClickNetwork
from skn_annotator.video.frames import open_frames

MOST = 20
GOALS = (0.85, 0.90)
COUNTS = (1, 2, 3, 5)
RIGHT, WRONG, MISSED = (60, 190, 60), (225, 40, 40), (50, 90, 235)
Bool = NDArray[np.bool_]


class Method(Protocol):
    """What selects on one picture."""

    def box(self, box: tuple[int, int, int, int]) -> Bool:
        """The mask of a box."""
        ...

    def click(self, click: Click) -> Bool:
        """The mask after one more click."""
        ...


class GrabCutMethod:
    """GrabCut in a box; a click is a dab of 5 pixels, the first ones without a box have the whole picture."""

    def __init__(self, picture: NDArray[np.uint8]) -> None:
        self.size = picture.shape[:2]
        self.picture = picture
        self.grab_cut = GrabCut(picture, (0, 0, picture.shape[1], picture.shape[0]))
        first = self.grab_cut.first()
        self.cut = replace(first, classes=np.full_like(first.classes, cv2.GC_PR_BGD))

    def _whole(self, grab_cut: GrabCut, cut: Cut) -> Bool:
        region, (x, y) = grab_cut.region(cut)
        mask = np.zeros(self.size, bool)
        mask[y : y + region.shape[0], x : x + region.shape[1]] = region
        return mask

    def box(self, box: tuple[int, int, int, int]) -> Bool:
        grab_cut = GrabCut(self.picture, box)
        return self._whole(grab_cut, grab_cut.first())

    def click(self, click: Click) -> Bool:
        self.cut = self.grab_cut.refined(self.cut, [Scribble(click.xy, click.xy, 5, click.inside)])
        return self._whole(self.grab_cut, self.cut)


class NetworkMethod:
    """The network of clicks, each click with the mask so far."""

    def __init__(self, network: ClickNetwork, picture: NDArray[np.uint8], side: int) -> None:
        self.selector = Selector(network, picture, side)
        self.prompt = Prompt()

    def box(self, box: tuple[int, int, int, int]) -> Bool:
        return self.selector.select(Prompt(box=box)).mask

    def click(self, click: Click) -> Bool:
        self.prompt = Prompt([*self.prompt.clicks, click], None, self.prompt.mask)
        mask = self.selector.select(self.prompt).mask
        self.prompt = Prompt(self.prompt.clicks, None, mask)
        return mask


@dataclass
class Result:
    """Of one object on one frame."""

    name: str
    box: float
    clicks: list[float] = field(default_factory=list)
    """IoU after each click; they end at the last goal."""
    seconds: list[float] = field(default_factory=list)
    """Of the box and of each click."""


def objects(sets: list[Path]) -> Iterator[tuple[str, NDArray[np.uint8], Bool]]:
    """Name, picture and true mask of each object."""
    for path in sets:
        for folder in sorted((path / "JPEGImages").iterdir()):
            source = open_frames(folder)
            for t in sorted({0, len(source) // 2, len(source) - 1}):
                mask = read_mask(path / "Annotations" / folder.name / f"{source.stems[t]}.png")
                for object_id in object_ids(mask):
                    yield f"{path.name}/{folder.name}/{t}/{object_id}", source[t], mask == object_id


def box_of(truth: Bool) -> tuple[int, int, int, int]:
    """The true box and four pixels on each side, inside the picture."""
    rows, columns = np.flatnonzero(truth.any(1)), np.flatnonzero(truth.any(0))
    height, width = truth.shape
    return (
        max(0, int(columns[0]) - 4),
        max(0, int(rows[0]) - 4),
        min(width, int(columns[-1]) + 5),
        min(height, int(rows[-1]) + 5),
    )


def measured(name: str, begin: Callable[[], Method], truth: Bool) -> tuple[Result, Bool]:
    """The result, and the mask of the box. The clicks begin anew: they do not know where the box lay."""
    method = begin()
    clock = time.perf_counter()
    boxed = method.box(box_of(truth))
    result = Result(name, jaccard(truth, boxed), [], [time.perf_counter() - clock])
    method, found = begin(), np.zeros_like(truth)
    while len(result.clicks) < MOST and max(result.clicks, default=0.0) < GOALS[-1]:
        click = next_click(found, truth)
        if click is None:
            break
        clock = time.perf_counter()
        found = method.click(click)
        result.seconds.append(time.perf_counter() - clock)
        result.clicks.append(jaccard(truth, found))
    return result, boxed


def clicks_to(result: Result, goal: float) -> int | None:
    """The number of clicks to `goal`; None: it was not reached."""
    return next((n for n, value in enumerate(result.clicks, 1) if value >= goal), None)


def row(results: list[Result]) -> list[str]:
    """The figures of a method."""
    cells = [f"{np.mean([r.box for r in results]):.3f}"]
    cells += [f"{np.mean([r.clicks[min(n, len(r.clicks)) - 1] for r in results]):.3f}" for n in COUNTS]
    for goal in GOALS:
        counts = [clicks_to(r, goal) for r in results]
        cells.append(f"{np.mean([MOST if n is None else n for n in counts]):.1f}")
        cells.append(f"{100 * np.mean([n is None for n in counts]):.0f} %")
    steps = [after - before for r in results for before, after in zip(r.clicks, r.clicks[1:], strict=False)]
    cells.append(f"{100 * np.mean([step < -0.05 for step in steps]):.1f} %")
    times = [[r.seconds[0] for r in results], [r.seconds[1] for r in results]]
    times.append([s for r in results for s in r.seconds[2:]])
    return [*cells, " / ".join(f"{1000 * np.median(each):.0f}" for each in times)]


def sheet(path: Path, drawn: list[tuple[float, str, NDArray[np.uint8], Bool, Bool]]) -> None:
    """The twelve worst: found in green, wrong in red, missed in blue, inside the box."""
    tiles = []
    for iou, name, picture, truth, found in sorted(drawn, key=lambda each: each[0])[:12]:
        x0, y0, x1, y1 = box_of(truth)
        grow = max(x1 - x0, y1 - y0) // 3
        part = np.s_[max(0, y0 - grow) : y1 + grow, max(0, x0 - grow) : x1 + grow]
        tile = picture[part].astype(np.float32)
        for chosen, color in ((truth & found, RIGHT), (found & ~truth, WRONG), (truth & ~found, MISSED)):
            tile[chosen[part]] = 0.5 * tile[chosen[part]] + 0.5 * np.array(color)
        square = np.zeros((300, 300, 3), np.uint8)
        scale = 300 / max(tile.shape[:2])
        small = cv2.resize(tile.astype(np.uint8), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        square[: small.shape[0], : small.shape[1]] = small[:300, :300]
        text = f"{iou:.2f} {name.partition('/')[2]}"
        cv2.putText(square, text, (4, 292), 0, 0.45, (255, 255, 255), 1)
        tiles.append(square)
    tiles += [np.zeros((300, 300, 3), np.uint8)] * (-len(tiles) % 4)
    rows = [np.concatenate(tiles[i : i + 4], 1) for i in range(0, len(tiles), 4)]
    Image.fromarray(np.concatenate(rows)).save(path)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--method", choices=("network", "grabcut"), default="network")
    parser.add_argument("--side", type=int, default=SIDE)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--worst", type=Path, help="a picture of the twelve worst boxes")
    parser.add_argument("--json", type=Path, help="every value")
    options = parser.parse_args()
    keep_freed_memory()
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(options.threads)
    network = load_click_network(options.weights) if options.method == "network" else None
    results, drawn = [], []
    for name, picture, truth in objects(options.sets):
        begin: Callable[[], Method] = partial(GrabCutMethod, picture)
        if network is not None:
            begin = partial(NetworkMethod, network, picture, options.side)
        result, boxed = measured(name, begin, truth)
        results.append(result)
        drawn.append((result.box, name, picture, truth, boxed))
    counts = " | ".join("1 click" if n == 1 else f"{n} clicks" for n in COUNTS)
    print(f"| | box | {counts} | NoC@85 | never | NoC@90 | never | lowered | ms |")
    print("|---|" + "---|" * (len(COUNTS) + 7))
    for path in options.sets:
        own = [r for r in results if r.name.startswith(f"{path.name}/")]
        print(f"| {path.name} ({len(own)}) | " + " | ".join(row(own)) + " |")
    print(f"| all ({len(results)}) | " + " | ".join(row(results)) + " |")
    if options.json:
        options.json.write_text(json.dumps([vars(r) for r in results], indent=1))
    if options.worst:
        sheet(options.worst, drawn)


if __name__ == "__main__":
    main()
