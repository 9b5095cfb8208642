"""The selector looks where the prompt says, closely enough, and gives masks at the picture's size."""

import cv2
import numpy as np
import pytest
import torch

from skn_annotator.inference.prompts import DISK, Click, Prompt, prompt_maps
from skn_annotator.inference.selector import SIDE, Selector


class Bright(torch.nn.Module):
    """Selects what is bright, and remembers at what it looked; it has no weights to train."""

    def __init__(self):
        super().__init__()
        self.nothing = torch.nn.Parameter(torch.zeros(1))
        self.looked, self.asked = [], []

    def look(self, picture):
        self.looked.append(tuple(picture.shape[-2:]))
        return picture

    def forward(self, seen, prompts):
        self.asked.append(prompts[0].numpy().copy())
        return 20 * (seen[:, 0] - 0.5)


@pytest.fixture
def network():
    return Bright()


def picture(height, width, *boxes):
    pixels = np.zeros((height, width, 3), np.uint8)
    for x0, y0, x1, y1 in boxes:
        pixels[y0:y1, x0:x1] = 255
    return pixels


def overlap(a, b):
    return np.count_nonzero(a & b) / np.count_nonzero(a | b)


def test_nothing_is_selected_without_a_prompt(network):
    found = Selector(network, picture(40, 60)).select(Prompt())
    assert found.mask.shape == (40, 60)
    assert not found.mask.any()
    assert network.looked == []


@pytest.mark.parametrize("size", [(480, 854), (1080, 1920), (33, 41), (200, 3000)])
def test_a_box_is_looked_at_closely_whatever_the_pictures_size(network, size):
    height, width = size
    box = (width // 2, height // 4, width // 2 + width // 8, height // 2)
    frame = picture(height, width, box)
    found = Selector(network, frame).select(Prompt(box=box))
    assert overlap(found.mask, frame[..., 0] > 0) > 0.93
    assert found.confidence > 0.9
    assert max(network.looked[0]) == SIDE


def test_first_clicks_see_the_whole_picture_then_what_was_found(network):
    frame = picture(480, 640, (300, 200, 360, 240))
    found = Selector(network, frame).select(Prompt([Click((330, 220))]))
    assert overlap(found.mask, frame[..., 0] > 0) > 0.95
    assert len(network.looked) == 2
    assert network.asked[0][3].sum() == 0
    assert network.asked[1][3].sum() > 0  # the second look has the mask of the first


def test_a_further_click_nearby_computes_no_new_features(network):
    selector = Selector(network, picture(480, 640, (300, 200, 360, 240)))
    clicks = [Click((330, 220))]
    first = selector.select(Prompt(clicks))
    looked = len(network.looked)
    selector.select(Prompt([*clicks, Click((340, 230), False)], None, first.mask))
    assert len(network.looked) == looked


def test_a_click_far_away_widens_what_is_looked_at(network):
    frame = picture(480, 640, (300, 200, 360, 240), (40, 40, 90, 90))
    selector = Selector(network, frame)
    found = selector.select(Prompt(box=(300, 200, 360, 240)))
    assert not found.mask[65, 65]
    wider = selector.select(Prompt([Click((65, 65))], None, found.mask))
    assert wider.mask[65, 65]


def test_the_features_of_a_region_serve_every_click_in_it(network):
    selector = Selector(network, picture(240, 320, (20, 20, 300, 220)))
    for _ in range(2):
        selector.select(Prompt([Click((160, 120))]))
        assert len(network.looked) == 1


def test_nothing_found_is_an_empty_mask_without_confidence(network):
    found = Selector(network, picture(100, 100)).select(Prompt([Click((50, 50))]))
    assert not found.mask.any()
    assert found.confidence == 0


def test_a_box_is_asked_about_twice_the_second_time_with_the_first_answer(network):
    selector = Selector(network, picture(480, 640, (300, 200, 360, 240)))
    selector.select(Prompt(box=(300, 200, 360, 240)))
    (first, second), looked = network.asked, len(network.looked)
    assert looked == 1
    assert first[3].sum() == 0
    assert second[3].sum() > 0
    assert np.array_equal(first[2], second[2])


def test_the_picture_is_seen_mirrored_as_well():
    class LeftIsBright(Bright):
        def forward(self, seen, prompts):
            ramp = torch.linspace(2, -1, seen.shape[-1]).expand(len(seen), *seen.shape[-2:])
            self.asked.append(prompts.numpy().copy())
            return ramp + 0 * seen[:, 0]

    network = LeftIsBright()
    found = Selector(network, picture(96, 96)).select(Prompt([Click((20.0, 48.0))]))
    assert found.mask.all()  # (2 - 1) / 2 everywhere, where one look would have lost the right third
    straight, mirrored = network.asked[0]
    assert np.array_equal(straight, mirrored[..., ::-1])


def test_the_maps_show_clicks_box_and_mask():
    mask = np.zeros((40, 50), bool)
    mask[:5] = True
    prompt = Prompt([Click((20.5, 10.5)), Click((40.5, 30.5), False)], (-3.0, 2.0, 9.6, 60.0), mask)
    inside, outside, box, earlier = prompt_maps(prompt, (40, 50))
    assert inside[10, 20] == 1
    assert inside[10, 20 + DISK] == 1
    assert inside[10, 21 + DISK] == 0
    assert outside[30, 40] == 1
    assert outside.sum() == inside.sum()
    assert box[2:, :10].all()
    assert box.sum() == 38 * 10
    assert np.array_equal(earlier, mask)


@pytest.mark.parametrize("size", [(1080, 1920), (2160, 3840), (1001, 1777)])
def test_a_large_picture_is_seen_as_if_it_were_scaled_at_once(network, size):
    rng = np.random.default_rng(0)
    large = np.repeat(np.repeat(rng.integers(0, 256, (36, 64, 3), np.uint8), 30, 0), 30, 1)
    large = cv2.resize(large, size[::-1])
    selector = Selector(network, large)
    region = selector._region((0, 0, size[1], size[0]))
    selector.prepare()
    (seen,) = selector._seen.values()
    assert seen.shape[1:] == region.frame(large).shape[1:]
    assert (seen[:1] - region.frame(large)).abs().mean() < 0.01


@pytest.mark.parametrize("size", [(5000, 1), (1, 5000), (20000, 30)])
def test_a_picture_that_is_narrower_than_what_the_network_sees_of_it_is_selected_on(network, size):
    frame = np.full((*size, 3), 255, np.uint8)
    for prompt in (Prompt([Click((0, 0))]), Prompt(box=(0, 0, size[1], size[0]))):
        assert Selector(network, frame).select(prompt).mask.all()
