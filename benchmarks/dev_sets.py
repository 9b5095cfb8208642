"""J&F of checkpoints on the sets that settings are chosen on, clip by clip.

    python benchmarks/dev_sets.py SET [SET ...] --weights A.safetensors [B.safetensors ...]

A SET holds JPEGImages/SEQ and Annotations/SEQ: davis2016-dev, video-dev, and the look-alikes that twin_set.py
writes. Every clip is followed from its first mask at 480 pixels, smaller ones at their own size, and scored
as skn-evaluate does. Prints a table with a column for each checkpoint; what was scored is kept beside each
checkpoint in NAME.scores.json and not computed again.
"""

import argparse
import json
from pathlib import Path

import torch

from skn_annotator.hardware import keep_freed_memory
from skn_annotator.model.checkpoints import load_network
from skn_annotator.training.validation import Validation, ValidationConfig


def scored(weights: Path, sets: list[Path], size: int) -> dict[str, float]:
    """J&F in per cent by "SET" and "SET/CLIP"."""
    kept = weights.with_suffix(".scores.json")
    rows: dict[str, float] = json.loads(kept.read_text()) if kept.exists() else {}
    for path in sets:
        if path.name not in rows:
            validation = Validation(ValidationConfig(path=str(path), size=size), Path())
            scores, _ = validation.scores(load_network(weights, "cpu"))
            row = scores.row
            rows |= {f"{path.name}/{clip}": 100 * row[clip] for clip in scores.j}
            rows[path.name] = 100 * row["jf"]
            kept.write_text(json.dumps(rows, indent=1))
            print(f"{weights}: {path.name} {rows[path.name]:.1f}", flush=True)
    return rows


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--weights", type=Path, nargs="+", required=True)
    parser.add_argument("--size", type=int, default=480)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    keep_freed_memory()
    torch.set_num_threads(options.threads)
    columns = [scored(weights, options.sets, options.size) for weights in options.weights]
    print("| clip | " + " | ".join(path.stem for path in options.weights) + " |")
    print("|---|" + "---|" * len(columns))
    for path in options.sets:
        names = [name for name in columns[0] if name == path.name or name.startswith(f"{path.name}/")]
        for name in names:
            print(f"| {name} | " + " | ".join(f"{column[name]:.1f}" for column in columns) + " |")


if __name__ == "__main__":
    main()
