"""What the paper claims, checked at a small scale: the readers of STM, KMN and SKN in the same network.

    python benchmarks/readers.py DATA --imagenet mobilenet_v2_imagenet.npz --twins TWINS --seeds 0 1 2

Trains the network `compact` from its ImageNet trunk once per reader and seed, on the same clips in the same
order for the same steps, and once more with adversarial noise; follows `DATA/davis2016-dev`,
`DATA/video-dev` and the look-alikes of benchmarks/twin_set.py (`--twins`), and prints J&F as a table: the
mean and the standard deviation over the seeds. Rows that begin with a dash are scored with the weights of
SKN's reader and differ at inference only. Every run goes on where it stopped; what was scored is kept in
RUNS/scores.json.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from statistics import mean, stdev

import torch
from tqdm import tqdm

from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.reader import ReaderConfig
from skn_annotator.resources import resource
from skn_annotator.training.adversarial import AdversarialConfig
from skn_annotator.training.config import TrainConfig
from skn_annotator.training.stage_files import read_stage
from skn_annotator.training.train import train
from skn_annotator.training.validation import Validation, ValidationConfig

STM = ReaderConfig(sigma_g=inf, spatial_constrain=False)
KMN = ReaderConfig(sigma_g=3.0, spatial_constrain=False)
SKN = ReaderConfig(sigma_g=3.0, prior_floor=0.03)
NO_NOISE, NOISE = AdversarialConfig(), AdversarialConfig(probability=0.3)


@dataclass(frozen=True)
class Variant:
    """A row of the table: what is trained, and which reader reads when it is scored."""

    name: str
    trained: ReaderConfig
    noise: AdversarialConfig = NO_NOISE
    scored: ReaderConfig | None = None
    augmented: bool = False

    @property
    def run(self) -> str:
        """The folder of its training: rows that differ only in scoring share one."""
        kind = {STM: "stm", KMN: "kmn", SKN: "skn"}[self.trained]
        return kind + ("-adversarial" if self.noise.probability else "")


VARIANTS = (
    Variant("STM's reader", STM),
    Variant("KMN's reader", KMN),
    Variant("SKN's reader", SKN),
    Variant("SKN's reader, adversarial noise", SKN, NOISE),
    Variant("- mean over mirrored and enlarged frames", SKN, augmented=True),
    Variant("- sigma_g 7 instead of 3", SKN, scored=replace(SKN, sigma_g=7.0)),
    Variant("- no floor under the prior", SKN, scored=replace(SKN, prior_floor=0.0)),
    Variant("- floor 0.3", SKN, scored=replace(SKN, prior_floor=0.3)),
    Variant("- matched points on W instead of W1", SKN, scored=KMN),
    Variant("- not renormalized", SKN, scored=replace(SKN, renormalize=False)),
    Variant("- reach 2.5 sigma_s", SKN, scored=replace(SKN, reach=2.5)),
)


def stage(variant: Variant, seed: int, steps: int) -> TrainConfig:
    """Stage 1 of the network `compact`, shortened, with crossing doubles from the start."""
    base = read_stage(resource("training/compact_1.toml"))
    assert isinstance(base, TrainConfig)
    return replace(
        base,
        reader=variant.trained,
        adversarial=variant.noise,
        seed=seed,
        steps=steps,
        final_rate=0.02,
        bootstrap_start=steps // 5,
        bootstrap_end=steps // 2,
        gap_steps=steps // 2,
        clip=replace(base.clip, crossing=0.25),
    )


def trained(variant: Variant, seed: int, options: argparse.Namespace) -> Path:
    """The weights of a run, which is finished first if it is not."""
    run: Path = options.runs / f"{variant.run}-{seed}"
    config = stage(variant, seed, options.steps)
    rows = train(config, options.data, run, imagenet=options.imagenet, workers=options.workers)
    for _ in tqdm(rows, total=config.steps, desc=run.name, disable=None):
        pass
    return run / "weights.safetensors"


def scored(variant: Variant, weights: Path, sets: dict[str, Validation]) -> Iterator[tuple[str, float]]:
    """J&F in per cent on each set, over all objects."""
    network = load_network(weights, "cpu")
    reader = variant.scored or variant.trained
    network.config = replace(network.config, reader=reader)
    network.reader.config = reader
    for name, validation in sets.items():
        scores, _ = validation.scores(network, variant.augmented)
        yield name, 100 * scores.row["jf"]


def main() -> None:
    """Train, score, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--imagenet", type=Path, required=True)
    parser.add_argument("--twins", type=Path, required=True, help="the folder that twin_set.py wrote")
    parser.add_argument("--runs", type=Path, default=Path("runs/readers"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--rows", type=int, default=len(VARIANTS), help="the first of the table's rows only")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    sources = {name: options.data / name for name in ("davis2016-dev", "video-dev")}
    sources["twins"] = options.twins
    sets = {name: Validation(ValidationConfig(path=str(path)), Path()) for name, path in sources.items()}
    options.runs.mkdir(parents=True, exist_ok=True)
    kept = options.runs / "scores.json"
    scores: dict[str, float] = json.loads(kept.read_text()) if kept.exists() else {}
    for seed in options.seeds:
        for variant in VARIANTS[: options.rows]:
            keys = {name: f"{variant.name} | {seed} | {name}" for name in sets}
            if all(key in scores for key in keys.values()):
                continue
            weights = trained(variant, seed, options)
            for name, value in scored(variant, weights, sets):
                scores[keys[name]] = value
                kept.write_text(json.dumps(scores, indent=1))
    print("| reader | " + " | ".join(sets) + " |\n|---|" + "---|" * len(sets))
    for variant in VARIANTS[: options.rows]:
        cells = [
            [scores[key] for seed in options.seeds if (key := f"{variant.name} | {seed} | {name}") in scores]
            for name in sets
        ]
        print(f"| {variant.name} | " + " | ".join(map(spread, cells)) + " |")


def spread(values: list[float]) -> str:
    """The mean, and the standard deviation over seeds where there are several."""
    deviation = f" ± {stdev(values):.1f}" if len(values) > 1 else ""
    return f"{mean(values):.1f}{deviation}" if values else "-"


if __name__ == "__main__":
    main()
