"""The sensory memory: what the decoder remembers of each object from one frame to the next."""

import torch

from skn_annotator.model.network import PRESETS, build
from skn_annotator.model.sensory import SensoryMemory


def _memorized(network, masks):
    frame = torch.rand(1, 3, 48, 64)
    query = network.encode(frame)
    return query, network.memorize(frame, masks, query)


@torch.inference_mode()
def test_a_frame_with_known_masks_begins_a_state_of_every_object():
    network = build(PRESETS["lite0"]).eval()
    masks = torch.zeros(1, 2, 48, 64)
    masks[:, 0, :20, :20] = 1
    _, memory = _memorized(network, masks)
    state = network.begin_sensory(memory, (3, 4))
    assert state.shape == (1, 2, PRESETS["lite0"].sensory, 3, 4)
    assert not torch.equal(state[:, 0], state[:, 1])
    assert build(PRESETS["compact"]).begin_sensory(memory, (3, 4)) is None


@torch.inference_mode()
def test_the_masks_depend_on_what_is_remembered():
    torch.manual_seed(0)
    network = build(PRESETS["lite0"]).eval()
    masks = torch.zeros(1, 1, 48, 64)
    masks[..., :20, :20] = 1
    query, memory = _memorized(network, masks)
    first = network.segment(query, memory, masks, network.begin_sensory(memory, (3, 4)))
    other = network.segment(query, memory, masks, first.sensory)
    assert first.sensory.shape == (1, 1, PRESETS["lite0"].sensory, 3, 4)
    assert not torch.equal(first.logits, other.logits)


@torch.inference_mode()
def test_objects_keep_their_own_states():
    """Swapping two objects swaps their masks and states and nothing else."""
    torch.manual_seed(0)
    network = build(PRESETS["lite0"]).eval()
    masks = (torch.rand(1, 2, 48, 64) > 0.5).float()
    query, memory = _memorized(network, masks)
    swapped = memory._replace(value=memory.value[:, [1, 0]], owner=torch.tensor([0, 2, 1])[memory.owner])
    straight = network.segment(query, memory, masks, network.begin_sensory(memory, (3, 4)))
    crossed = network.segment(query, swapped, masks[:, [1, 0]], network.begin_sensory(swapped, (3, 4)))
    torch.testing.assert_close(straight.sensory[:, [1, 0]], crossed.sensory, rtol=1e-3, atol=1e-4)
    torch.testing.assert_close(straight.logits[:, [0, 2, 1]], crossed.logits, rtol=1e-3, atol=1e-4)


def test_the_state_follows_its_formula():
    """XMem's unit: with open gates the state is what is new, with shut ones what it was."""
    memory = SensoryMemory(channels=2, value_channels=3, widths=(4, 4, 4))
    maps = torch.rand(1, 4, 2, 3), torch.rand(1, 4, 4, 6), torch.rand(1, 4, 8, 12)
    state, probability = torch.rand(1, 2, 2, 3), torch.rand(1, 32, 48)
    with torch.no_grad():
        memory.gates.weight.zero_()
        memory.gates.bias.copy_(torch.tensor([50.0, 50.0, -50.0, -50.0, 0.3, 0.3]))
        torch.testing.assert_close(memory(state, maps, probability), state)
        memory.gates.bias[2:4] = 50.0
        torch.testing.assert_close(memory(state, maps, probability), torch.full_like(state, 0.3).tanh())
