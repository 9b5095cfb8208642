"""``skn-propagate SOURCE --masks PATH --output DIR``: carry masks through a whole video, without a window."""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from skn_annotator.cli.run import INTERRUPTED, command_parser, run
from skn_annotator.errors import FormatError, ProjectError
from skn_annotator.hardware import network_threads

if TYPE_CHECKING:
    from skn_annotator.arrays import Mask
    from skn_annotator.inference.augmentation import AugmentedTracker
    from skn_annotator.inference.tracker import Tracker
    from skn_annotator.video.frames import FrameSource

    References = Mapping[int, Mask]

DESCRIPTION = """\
Carry the masks of one or several frames through a whole video.

SOURCE is a video file or a folder of frames. The masks are palette or gray PNGs of the video's size whose
values are object ids: 0 background, 1, 2, ... objects (0 and 255 where there is one object).

  --masks mask.png   the mask of the first frame
  --masks FOLDER     masks of any frames, named like them: 00012.png for the thirteenth frame of a video

Every given mask is a reference frame: it is written as it is, bounds what is carried to it, and stays in
the network's memory. Frames between two of them are reached from both, and what arrives is blended. Frames
before the first one are reached backwards.

Written is DIR/NAME/STEM.png for every frame: NAME is the name of the folder or the file, STEM that of the
frame (00000, 00001, ... for a video). These are palette PNGs of the source's size, as skn-evaluate and the
DAVIS tools read them. With --step N only every N-th frame is; what lies between is left as it is. Ctrl-C
keeps what is done."""

EXAMPLES = """\
examples:
  skn-propagate cups.mp4 --masks first.png --output results
  skn-propagate DAVIS/JPEGImages/480p/bear --masks DAVIS/Annotations/480p/bear/00000.png --output results
  skn-propagate cups.mp4 --masks corrected/ --output results --size 360 --overlay cups_overlay.mp4"""

MIN_SIZE = 64


def main(argv: Sequence[str] | None = None) -> int:
    """The command; returns the exit status."""
    parser = command_parser("skn-propagate", DESCRIPTION, EXAMPLES)
    parser.add_argument("source", metavar="SOURCE", type=Path, help="a video file or a folder of frames")
    parser.add_argument(
        "--masks",
        metavar="PATH",
        type=Path,
        required=True,
        help="one PNG, or a folder of PNGs named like frames",
    )
    parser.add_argument("--output", metavar="DIR", type=Path, required=True, help="where DIR/NAME/ is made")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument(
        "--weights", metavar="FILE", type=Path, help="a checkpoint of skn-train (default: the bundled one)"
    )
    parser.add_argument(
        "--size",
        metavar="N",
        type=_pixels,
        default=480,
        help="short side inside the network; less is quicker",
    )
    parser.add_argument(
        "--step", metavar="N", type=_step, default=1, help="only every N-th frame, from the first one on"
    )
    parser.add_argument(
        "--threads",
        metavar="N",
        type=_threads,
        default=0,
        help="processor threads for the network (default: all processors but one)",
    )
    parser.add_argument(
        "--tta",
        action="store_true",
        help="the mean over mirrored and enlarged frames: a little better, five times slower",
    )
    parser.add_argument(
        "--overlay", metavar="FILE", type=Path, help="also write a video with the masks over it"
    )
    return run(parser, _propagate, argv)


def _pixels(text: str) -> int:
    size = int(text)
    if size < MIN_SIZE:
        raise argparse.ArgumentTypeError(f"{size} is too small for the network: {MIN_SIZE} at least")
    return size


def _step(text: str) -> int:
    step = int(text)
    if step < 1:
        raise argparse.ArgumentTypeError(f"every {step}-th frame is none: 1 at least")
    return step


def _threads(text: str) -> int:
    threads = int(text)
    if threads < 1:
        raise argparse.ArgumentTypeError(f"{threads} threads compute nothing: 1 at least")
    return threads


def _propagate(arguments: argparse.Namespace) -> int:
    from skn_annotator.video.frames import open_frames

    frames = open_frames(arguments.source)
    try:
        for warning in frames.warnings:
            print(f"skn-propagate: {warning}", file=sys.stderr)
        references = read_references(arguments.masks, frames)
        folder = _output_folder(arguments.output, frames)
        if arguments.overlay is not None:
            _check_overlay(arguments.overlay)
        tracker = _tracker(arguments)
        wanted = sorted({*range(0, len(frames), arguments.step), *references})
        start, done = time.monotonic(), 0
        try:
            for done in _write_masks(tracker, frames, references, arguments.step, folder):  # noqa: B007
                pass
        except KeyboardInterrupt:
            print(f"skn-propagate: stopped; {folder} holds {done} of {len(wanted)} masks", file=sys.stderr)
            return INTERRUPTED
        print(f"{folder}: {done} masks, {done / (time.monotonic() - start):.2f} frames/s")
        if arguments.overlay is not None:
            _write_overlay(arguments.overlay, frames, wanted, arguments.step, folder)
    finally:
        frames.close()
    return 0


def read_references(path: Path, frames: "FrameSource") -> "References":
    """The masks at `path` by frame: one PNG is the first frame's, those in a folder are named like their
    frames.

    Raises FormatError if there is none, if a name is no frame's, if a mask is not of the frames' size, or
    if all are empty.
    """
    from skn_annotator.annotation.masks import object_ids, read_mask

    if path.is_dir():
        numbers = {stem: t for t, stem in enumerate(frames.stems)}
        files = {file: numbers.get(file.stem) for file in sorted(path.glob("*.png"))}
    else:
        files = {path: 0}
    if not files:
        raise FormatError(f"{path} holds no PNG: give --masks a mask, or a folder of masks named like frames")
    references = {}
    for file, t in files.items():
        if t is None:
            raise FormatError(
                f"{file} is named like no frame of {frames.path}: its frames are {frames.stems[0]} to "
                f"{frames.stems[-1]}"
            )
        references[t] = read_mask(file, frames.size)
    if not any(object_ids(mask) for mask in references.values()):
        raise FormatError(f"{path} shows no object: paint at least one, with the values 1, 2, ...")
    return references


def _output_folder(root: Path, frames: "FrameSource") -> Path:
    """The folder for the masks, made and found to be writable, and not that of the frames."""
    folder: Path = root / frames.name
    if folder.resolve() == frames.path.resolve():
        raise ProjectError(f"{folder} holds the frames themselves: give --output another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".write-test"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise _unwritable(folder, error) from error
    return folder


def _check_overlay(path: Path) -> None:
    """Before the long work, not after it: whether the video can be written to `path`."""
    from skn_annotator.annotation.formats.overlay_video import require_mp4

    require_mp4(path)
    if not path.absolute().parent.is_dir():
        raise ProjectError(f"{path.parent} is not a folder: give --overlay a file in one")


def _tracker(arguments: argparse.Namespace) -> "Tracker | AugmentedTracker":
    import torch

    from skn_annotator.inference.augmentation import AugmentedTracker
    from skn_annotator.inference.tracker import Tracker
    from skn_annotator.model.checkpoints import load_network

    torch.set_num_threads(network_threads(arguments.threads))
    kind = AugmentedTracker if arguments.tta else Tracker
    return kind(load_network(arguments.weights, arguments.device), arguments.size)


def _write_masks(
    tracker: "Tracker | AugmentedTracker",
    frames: "FrameSource",
    references: "References",
    step: int,
    folder: Path,
) -> Iterator[int]:
    """Propagates and yields, after each frame, how many masks are in `folder`."""
    from tqdm import tqdm

    from skn_annotator.annotation.masks import encode_mask, read_mask
    from skn_annotator.inference.fusion import fused
    from skn_annotator.inference.plans import cover
    from skn_annotator.inference.step import PriorMask

    done: dict[int, PriorMask] = {}
    plan = cover(range(0, len(frames), step), references)

    def write(t: int, mask: "Mask", confidence: Mapping[int, float], origins: frozenset[int]) -> None:
        path = folder / f"{frames.stems[t]}.png"
        _replace(path, encode_mask(mask))
        done[t] = PriorMask(partial(read_mask, path, frames.size), confidence, origins)

    for t, mask in references.items():
        write(t, mask, {}, frozenset())
    steps = fused(tracker.propagate(frames, references, plan), references, done)
    for found in tqdm(steps, total=plan.total, unit="frame", desc=frames.name, disable=None):
        if not found.reference:
            write(found.t, found.mask, found.confidence, found.origins)
        yield len(done)


def _replace(path: Path, data: bytes) -> None:
    """Writes `data` to `path` in one piece: whoever reads it, and whenever, finds a whole file."""
    from skn_annotator.annotation.files import put_in_place

    temporary = path.with_name(path.name + ".tmp")
    try:
        temporary.write_bytes(data)
        put_in_place(temporary, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> ProjectError:
    return ProjectError(f"{path} cannot be written ({error.strerror}): give --output another folder")


def _write_overlay(path: Path, frames: "FrameSource", wanted: Sequence[int], step: int, folder: Path) -> None:
    """A video of the frames `wanted`, as fast as the source."""
    from tqdm import tqdm

    from skn_annotator.annotation.formats.overlay_video import OverlayWriter
    from skn_annotator.annotation.masks import read_mask

    writer = OverlayWriter(path, frames.size, frames.fps / step)
    try:
        for t in tqdm(wanted, unit="frame", desc=path.name, disable=None):
            writer.write(frames[t], read_mask(folder / f"{frames.stems[t]}.png", frames.size))
    finally:
        writer.close()
    print(f"{path}: {len(wanted)} frames")


if __name__ == "__main__":
    raise SystemExit(main())
