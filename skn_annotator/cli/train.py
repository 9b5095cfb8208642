"""``skn-train``: train a network, one stage per call, resumable."""

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from skn_annotator.cli import options
from skn_annotator.cli.run import command_parser, run
from skn_annotator.counts import counted
from skn_annotator.errors import SknError

if TYPE_CHECKING:
    import torch

    from skn_annotator.training.stage import StageConfig

_EXAMPLES = """\
A stage is a TOML file (see docs/training.md). The run folder keeps everything: call the same command again
after a stop, and it goes on from the last saved step. The next stage starts from the weights of the one
before:

  skn-train stage1.toml --data DATA --run runs/1 --imagenet mobilenet_v2_imagenet.npz
  skn-train stage2.toml --data DATA --run runs/2 --init runs/1/weights.safetensors

On another machine, from the weights alone, with the same stage file:

  skn-train stage1.toml --data DATA --run runs/1 --resume runs-kept/stage1.safetensors

Several GPUs or machines, each process with the stage's batch:

  torchrun --nproc-per-node 8 -m -- skn_annotator.cli.train stage1.toml --data DATA --run runs/1
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Parse the command line and train; returns the exit status."""
    parser = command_parser(
        "skn-train", "Train a network, one stage per call; goes on where it stopped.", _EXAMPLES
    )
    parser.add_argument("stage", type=options.path, help="the stage's settings, a TOML file")
    parser.add_argument(
        "--data", type=options.path, required=True, help="the folder that the stage's data paths start from"
    )
    parser.add_argument(
        "--run", type=options.path, required=True, help="the run folder: state, weights and log.csv"
    )
    parser.add_argument(
        "--init", type=options.path, help="start from this checkpoint's weights (and its configuration)"
    )
    parser.add_argument(
        "--imagenet",
        type=options.path,
        help="start the trunk from these ImageNet weights: .npz (MobileNetV2, EfficientNet-Lite), .pth "
        "(ResNet, ResNeSt)",
    )
    parser.add_argument(
        "--resume",
        type=options.path,
        help="go on in a new run folder where the run was that saved this weights.safetensors",
    )
    parser.add_argument(
        "--minutes",
        metavar="N",
        type=options.number(0, 1e6),
        help="end at the first saved step after so many minutes; one process only",
    )
    parser.add_argument("--device", type=options.device, default="auto", help="auto, cpu or cuda")
    threads, workers = options.whole(1, options.MAX_THREADS), options.whole(0, options.MAX_WORKERS)
    parser.add_argument("--threads", metavar="N", type=threads, default=1, help="torch threads on the CPU")
    parser.add_argument(
        "--workers", metavar="N", type=workers, default=1, help="processes that make clips; 0: none but this"
    )
    return run(parser, _train, argv)


def _train(arguments: argparse.Namespace) -> int:
    import torch

    from skn_annotator.hardware import keep_freed_memory
    from skn_annotator.model.checkpoints import resolve_device
    from skn_annotator.training.clicks.click_stage import ClickStage
    from skn_annotator.training.clicks.click_training import train_clicks
    from skn_annotator.training.stage_files import read_stage
    from skn_annotator.training.train import place_among_processes, train

    keep_freed_memory()
    torch.set_num_threads(arguments.threads)
    stage = read_stage(arguments.stage)
    device = resolve_device(arguments.device)
    processes = place_among_processes()[1]
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))
    end = inf if arguments.minutes is None else time.monotonic() + 60 * arguments.minutes
    if processes > 1 and end < inf:
        raise SknError("--minutes cannot be kept by several processes: their clocks differ; leave it out")
    if processes > 1:
        _join_processes(device)
    try:
        begin = partial(train_clicks, stage) if isinstance(stage, ClickStage) else partial(train, stage)
        rows = begin(
            arguments.data,
            arguments.run,
            init=arguments.init,
            imagenet=arguments.imagenet,
            packed=arguments.resume,
            device=device,
            workers=arguments.workers,
        )
        _show(rows, stage, end)
    finally:
        if processes > 1:
            torch.distributed.destroy_process_group()
    return 0


def _join_processes(device: "torch.device") -> None:
    """Begin the process group of ``torchrun``."""
    # its functions keep a group that is there when it is imported: the group's threads would outlive
    # `destroy_process_group`, and could abort the process as it ends
    import torch.distributed.nn

    torch.distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")


def _show(rows: Iterator[dict[str, float]], stage: "StageConfig", end: float) -> None:
    """Run a stage with a bar of progress, until it is done or, at `end` (time.monotonic()), the next state
    was saved."""
    from tqdm import tqdm

    from skn_annotator.training.train import place_among_processes

    quiet = place_among_processes()[0] > 0
    with tqdm(total=stage.steps, unit="step", dynamic_ncols=True, disable=quiet) as bar:
        done = 0
        for row in rows:
            if not done:  # what an earlier call did took none of this one's time
                bar.initial = bar.n = int(row["step"])
            done = int(row["step"]) + 1
            bar.update(done - bar.n)
            bar.set_postfix(loss=f"{row['loss']:.3f}", overlap=f"{row['overlap']:.3f}")
            if "jf" in row and not quiet:
                bar.write(f"after {counted(done, 'step')}: J&F {100 * row['jf']:.1f}")
            if time.monotonic() > end and done % stage.save_every == 0:
                break
        if not done and not quiet:
            bar.write("the run is at the stage's end already: there is no step to train")


if __name__ == "__main__":
    raise SystemExit(main())
