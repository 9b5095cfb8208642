"""Training on clicks, one stage: settings, then one flat loop.

Iterative training as RITM has it (Sofiiuk et al., 2021, Section 3.3): the network is asked some times without
learning; each time the next click goes onto its largest error, and its mask is part of the next prompt; then
it is asked once more, and learns. The trunk's stages that do not learn see a picture once. The samples of
each step depend on the seed and the step alone, so that a run that was killed goes on as if nothing had
happened.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from skn_annotator.arrays import Pixels
from skn_annotator.errors import SknError, WeightsError
from skn_annotator.inference.prompts import Prompt, prompt_maps
from skn_annotator.inference.simulated_clicks import next_click
from skn_annotator.model.checkpoints import holds_clicks, read_checkpoint, read_click_checkpoint
from skn_annotator.model.click_network import ClickConfig, ClickNetwork
from skn_annotator.model.weights import load_weights
from skn_annotator.training.clicks.click_losses import (
    normalized_focal_loss,
    object_dice_loss,
    object_overlap,
)
from skn_annotator.training.clicks.click_stage import ClickStage
from skn_annotator.training.clicks.picture_samples import SampleDataset, sample_batches
from skn_annotator.training.journal import Journal
from skn_annotator.training.learner import Learner
from skn_annotator.training.run_folder import RunFolder
from skn_annotator.training.train import place_among_processes

_TRUNK = "efficientnet_lite0"


def train_clicks(
    stage: ClickStage,
    root: Path,
    run: Path,
    *,
    init: Path | None = None,
    imagenet: Path | None = None,
    packed: Path | None = None,
    device: torch.device | str = "cpu",
    workers: int = 1,
) -> Iterator[dict[str, float]]:
    """Train one stage in the folder `run`, going on where it stopped, or where the `packed` run did if it is
    new. Yields a row of figures per step.

    `init`: a checkpoint of a network of clicks, or of an SKN network, whose trunk and decoder it takes.
    """
    if place_among_processes()[1] > 1:
        raise SknError("a stage of clicks is trained by one process: start it without torchrun")
    device = torch.device(device)
    cv2.setNumThreads(1)  # samples are made beside the network: OpenCV would take all processors
    folder = RunFolder(run)
    network = start_click_network(stage.seed, packed or init, imagenet).to(device)
    learner = Learner(network, stage, folder, packed)
    journal = Journal(folder, learner.start, rank=0)
    clock = time.perf_counter()
    dealt = sample_batches(SampleDataset(stage, root), learner.start, workers)
    for step, batch in enumerate(dealt, learner.start):
        rng = np.random.default_rng((stage.seed, step, 1))
        pictures = torch.from_numpy(np.stack([sample.image for sample in batch.samples])).to(device)
        pictures = pictures.permute(0, 3, 1, 2).float() / 255  # channels_last, as it lies
        truths = [sample.truth for sample in batch.samples]
        truth = torch.from_numpy(np.stack(truths)).to(device).float()
        with torch.autocast(device.type, torch.bfloat16):
            with torch.no_grad():
                seen = network.look(pictures)
                prompts = [sample.prompt for sample in batch.samples]
                for _ in range(int(rng.choice(len(stage.rounds), p=stage.rounds))):
                    found = (network(seen, _maps(prompts, truths).to(device)) > 0).cpu().numpy()
                    prompts = [clicked(rng, *each) for each in zip(prompts, found, truths, strict=True)]
            logits = network(seen, _maps(prompts, truths).to(device))
        loss = normalized_focal_loss(logits, truth) + object_dice_loss(logits, truth)
        row = {"step": step, "loss": loss.item(), "overlap": object_overlap(logits, truth)}
        row |= learner.descend(loss, step)
        row |= {"damaged": len(batch.damaged), "seconds": time.perf_counter() - clock}
        journal.step(row, batch.damaged)
        done = step + 1
        if learner.is_due(done):
            learner.save(done)
        clock = time.perf_counter()
        yield row
    journal.close()


def start_click_network(seed: int, init: Path | None, imagenet: Path | None) -> ClickNetwork:
    """A fresh network with an ImageNet trunk (`imagenet`), or with the weights of `init`.

    Of an SKN network it takes the trunk, and of the decoder all but the first layer. Raises WeightsError if a
    file does not fit.
    """
    torch.manual_seed(seed)
    network = ClickNetwork(ClickConfig())
    if imagenet is not None:
        network.trunk.load_imagenet(imagenet)
    if init is not None:
        weights = read_click_checkpoint(init)[1] if holds_clicks(init) else _of_skn(network, init)
        load_weights(network, weights, str(init))
    return network


def _of_skn(network: ClickNetwork, path: Path) -> dict[str, Tensor]:
    """The network's weights, with those of the SKN network in `path` where the two have the same layer."""
    config, weights = read_checkpoint(path)
    if config.backbone != _TRUNK:
        raise WeightsError("{path} has another trunk than the network of clicks", path=path)
    own = network.state_dict()
    named = {name.replace("query_encoder.backbone.", "trunk."): tensor for name, tensor in weights.items()}
    same = {n: tensor for n, tensor in named.items() if n in own and own[n].shape == tensor.shape}
    return {**own, **same}


def clicked(rng: np.random.Generator, prompt: Prompt, found: Pixels, truth: Pixels) -> Prompt:
    """The prompt after one more click, onto what was `found` wrong."""
    click = next_click(found, truth, rng)
    return replace(prompt, clicks=[*prompt.clicks, click] if click else prompt.clicks, mask=found)


def _maps(prompts: Sequence[Prompt], truths: Sequence[Pixels]) -> Tensor:
    size = (truths[0].shape[0], truths[0].shape[1])
    return torch.from_numpy(np.stack([prompt_maps(prompt, size) for prompt in prompts]))
