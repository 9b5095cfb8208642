"""Clips with different numbers of objects in one batch."""

import numpy as np
import pytest
import torch

from skn_annotator.model.network import PRESETS, build
from skn_annotator.training.adversarial import AdversarialConfig
from skn_annotator.training.clip_network import ClipNetwork, covered, learned_frames
from skn_annotator.training.train import batch_loss, batch_matching_loss, mean_overlap

LENGTH, CROP = 3, 64


def batch():
    """Three clips: of two objects, of one, of two."""
    torch.manual_seed(0)
    masks = torch.zeros(3, LENGTH, CROP, CROP, dtype=torch.long)
    masks[:, :, 10:30, 8:40] = 1
    masks[0, :, 36:60, 20:50] = 2
    masks[2, :2, 40:60, 30:60] = 2  # gone in the last frame
    regions = torch.tensor([1.0, 0.0, 0.0]).repeat(3, LENGTH, 1)
    regions[1, 1:] = torch.tensor([1.5, 0.2, 0.1])
    return torch.rand(3, LENGTH, 3, CROP, CROP), masks, regions


def follow(network, frames, masks, regions):
    model = ClipNetwork(network, AdversarialConfig())
    with torch.inference_mode():
        return model(frames, masks, regions, np.random.default_rng(0))


def test_each_clip_is_followed_as_if_it_were_alone():
    network = build(PRESETS["lite0"]).eval()
    frames, masks, regions = batch()
    followed = follow(network, frames, masks, regions)
    assert [group.clips.tolist() for group in followed] == [[1], [0, 2]]
    assert [group.logits[0].shape[1] for group in followed] == [2, 3]
    assert all(len(group.logits) == LENGTH - 1 for group in followed)
    for group in followed:
        for place, clip in enumerate(group.clips.tolist()):
            part = slice(clip, clip + 1)
            (alone,) = follow(network, frames[part], masks[part], regions[part])
            for whole, one in zip(group.logits, alone.logits, strict=True):
                torch.testing.assert_close(whole[place], one[0], rtol=1e-3, atol=1e-3)


def test_loss_and_overlap_are_the_means_over_all_clips():
    network = build(PRESETS["lite0"]).eval()
    frames, masks, regions = batch()
    followed = follow(network, frames, masks, regions)
    whole = batch_loss(followed, masks, 1.0)
    singles = []
    for clip in range(3):
        part = slice(clip, clip + 1)
        alone = follow(network, frames[part], masks[part], regions[part])
        singles.append(batch_loss(alone, masks[part], 1.0))
    torch.testing.assert_close(whole, torch.stack(singles).mean(), rtol=1e-3, atol=1e-4)
    assert 0 <= mean_overlap(followed, masks) <= 1


def test_a_clip_whose_first_frame_shows_nothing_is_followed_all_the_same():
    network = build(PRESETS["lite0"]).eval()
    frames, masks, regions = batch()
    (group,) = follow(network, frames[:1], torch.zeros_like(masks[:1]), regions[:1])
    assert group.logits[0].shape == (1, 2, CROP, CROP)


def long_clip(length):
    """One clip of one object."""
    torch.manual_seed(1)
    masks = torch.zeros(1, length, CROP, CROP, dtype=torch.long)
    masks[:, :, 10:40, 8:40] = 1
    return torch.rand(1, length, 3, CROP, CROP), masks, torch.tensor([1.0, 0.0, 0.0]).repeat(1, length, 1)


def test_burned_in_frames_are_found_alike_and_have_no_gradient():
    network = build(PRESETS["lite0"]).eval()
    frames, masks, regions = long_clip(6)
    found = []
    for burn_in in (0, 2):
        model = ClipNetwork(network, AdversarialConfig(), burn_in)
        (group,) = model(frames, masks, regions, np.random.default_rng(0))
        found.append(group.logits)
    for whole, burned in zip(*found, strict=True):
        torch.testing.assert_close(whole, burned, rtol=1e-3, atol=1e-3)
    assert [frame.requires_grad for frame in found[0]] == [True] * 5
    assert [frame.requires_grad for frame in found[1]] == [True, False, False, True, True]
    assert learned_frames(6, 2) == [1, 4, 5]


def test_burned_in_frames_count_in_no_loss_but_all_weights_learn():
    network = build(PRESETS["lite0"])
    frames, masks, regions = long_clip(6)
    model = ClipNetwork(network, AdversarialConfig(), 2)
    followed = model(frames, masks, regions, np.random.default_rng(0))
    loss = batch_loss(followed, masks, 1.0, 2)
    other = masks.clone()
    other[:, 2:4] = 1 - other[:, 2:4]
    assert batch_loss(followed, other, 1.0, 2).item() == pytest.approx(loss.item())
    loss.backward()
    without = [name for name, p in network.named_parameters() if p.requires_grad and p.grad is None]
    assert without == []


def test_forced_masks_take_the_place_of_those_that_were_found():
    network = build(PRESETS["lite0"]).eval()
    frames, masks, regions = batch()
    masks[:, 1] = 0  # nothing like what is found there
    masks[1:2, 1, :8, :8] = 1
    logits = []
    for share in (0.0, 1.0):
        model = ClipNetwork(network, AdversarialConfig(), teacher_forcing=share)
        with torch.inference_mode():
            logits.append(model(frames, masks, regions, np.random.default_rng(0)))
    alone, several = zip(*logits, strict=True)
    torch.testing.assert_close(alone[0].logits[1], alone[1].logits[1])  # a lone object: never forced
    torch.testing.assert_close(several[0].logits[0], several[1].logits[0])  # before anything is forced
    assert not torch.allclose(several[0].logits[1], several[1].logits[1])


@pytest.mark.parametrize("preset", ["lite0", "resnet50"])
def test_where_nothing_moves_each_cell_reads_what_it_shows_by_the_true_masks(preset):
    network = build(PRESETS[preset]).eval()
    frames, masks, regions = batch()
    frames[:], masks[:], regions[:] = frames[:, :1].clone(), masks[:, :1].clone(), regions[:, :1].clone()
    with torch.no_grad():  # keys so unlike that each cell finds itself alone
        for encoder in (network.query_encoder, network.memory_encoder):
            if hasattr(encoder, "head"):
                encoder.head.key.weight *= 1000
    for clips, _, read in follow(network, frames, masks, regions):
        own = torch.stack([(masks[clips, 1] == i).float() for i in range(1, read[0].shape[1] + 1)], 1)
        shown = covered(own, (4, 4))
        for shares in read:
            torch.testing.assert_close(shares.sum(2), torch.ones_like(shown))
            if preset == "lite0":  # the others' keys see the masks, and the frame that is read shows none
                torch.testing.assert_close(shares[:, :, 0], shown, atol=0.02, rtol=0)


def test_the_loss_of_the_matching_teaches_keys_and_no_decoder():
    network = build(PRESETS["lite0"])
    frames, masks, regions = batch()
    followed = ClipNetwork(network, AdversarialConfig())(frames, masks, regions, np.random.default_rng(0))
    batch_matching_loss(followed[:1], masks, 1.0).backward()  # a lone object: nobody else's last mask counts
    learned = {name for name, p in network.named_parameters() if p.grad is not None and p.grad.any()}
    assert "query_encoder.head.key.weight" in learned
    assert not {name for name in learned if name.startswith(("decoder.", "memory_encoder."))}
