"""The mean of several checkpoints of one network (Wortsman et al., "Model soups", ICML 2022).

    python benchmarks/average_weights.py stage1.safetensors stage2.safetensors mean.safetensors

The configuration is the last one's. With ``--key-scale`` the mean's keys are multiplied, as a stage's
`key_scale` does: so networks that were trained without `matching` come near those that were. Weights of runs
that start from one another lie in one valley, and their mean is often better than either.
"""

import argparse
from pathlib import Path

import torch

from skn_annotator.model.checkpoints import (
    holds_clicks,
    read_checkpoint,
    read_click_checkpoint,
    save_checkpoint,
)
from skn_annotator.model.click_network import ClickConfig, ClickNetwork
from skn_annotator.model.network import SKN, build
from skn_annotator.model.weights import load_weights
from skn_annotator.training.optimization import with_keys_scaled


def main() -> None:
    """Write the mean."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument("target", type=Path)
    parser.add_argument("--key-scale", type=float, default=1.0)
    options = parser.parse_args()
    clicks = holds_clicks(options.sources[-1])
    read = [(read_click_checkpoint if clicks else read_checkpoint)(path) for path in options.sources]
    config = read[-1][0]
    for path, (_, weights) in zip(options.sources, read, strict=True):
        network = ClickNetwork(config) if isinstance(config, ClickConfig) else build(config)
        load_weights(network, weights, str(path))  # says which file is of another network
    mean = {name: torch.stack([weights[name].float() for _, weights in read]).mean(0) for name in read[0][1]}
    if options.key_scale != 1 and isinstance(network, SKN):
        load_weights(network, mean, "the mean")
        mean = with_keys_scaled(network, options.key_scale).state_dict()
    save_checkpoint(options.target, config, mean)


if __name__ == "__main__":
    main()
