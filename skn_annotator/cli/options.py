"""Values on a command line: what an option may be, and one sentence where it is something else."""

import argparse
import errno
import math
import os
import re
from collections.abc import Callable
from pathlib import Path

MIN_SIZE, MAX_SIZE = 64, 4320
"""Pixels of the frames' short side inside the network."""
MAX_THREADS, MAX_WORKERS, MAX_PROCESSES = 1024, 256, 256
ANYWAY = "open a project though its video has another size or length: masks are scaled, and those of frames \
that it lacks left aside"
LEAST_FPS, MOST_FPS = 0.1, 1000.0


def whole(least: int, most: int) -> Callable[[str], int]:
    """What reads a whole number from `least` to `most`, for argparse's `type`."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{short(text)} is no whole number from {least} to {most}")
        return number

    return read


def number(least: float, most: float) -> Callable[[str], float]:
    """What reads a number from `least` to `most`, for argparse's `type`."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{short(text)} is no number from {least:g} to {most:g}")
        return value

    return read


def frame_range(text: str) -> tuple[int, int]:
    """A range of frames, A-B as the window counts them, for argparse's `type`; returned counting from 0."""
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise argparse.ArgumentTypeError(f"{short(text)} is no range of frames, such as 10-50")
    return int(match[1]) - 1, int(match[2]) - 1


def path(text: str) -> Path:
    """A path, for argparse's `type`; an empty one, such as a variable that is not set, is not the folder."""
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    try:
        os.lstat(text)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise argparse.ArgumentTypeError(f"{short(text)} is too long for a path") from error
    return Path(text)


def file_name(text: str) -> str:
    """A name without a path, for argparse's `type`."""
    if text in ("", ".", "..") or "/" in text or os.sep in text:
        raise argparse.ArgumentTypeError(f"{short(text)} is no name of a folder")
    return text


def device(text: str) -> str:
    """The name of a device, for argparse's `type`; whether it is there is not known here."""
    if not re.fullmatch(r"auto|cpu|(cuda|mps|xpu)(:\d{1,3})?", text):
        raise argparse.ArgumentTypeError(f"{short(text)} is no device: use auto, cpu or cuda")
    return text


def short(text: str) -> str:
    """What somebody gave, in quotes, and not all of it if it is long."""
    return repr(text if len(text) < 40 else f"{text[:36]}…")


def add_network_options(parser: argparse.ArgumentParser) -> None:
    """Which network carries masks, on what, and how large it sees a frame."""
    parser.add_argument("--device", type=device, default="auto", help="auto, cpu or cuda")
    parser.add_argument(
        "--weights",
        metavar="FILE",
        type=path,
        help="a checkpoint of skn-train (default: the bundled one)",
    )
    parser.add_argument(
        "--size",
        metavar="N",
        type=whole(MIN_SIZE, MAX_SIZE),
        default=480,
        help="short side inside the network; less is quicker",
    )
    parser.add_argument(
        "--threads",
        metavar="N",
        type=whole(1, MAX_THREADS),
        default=0,
        help="processor threads for the network (default: all processors but one)",
    )
