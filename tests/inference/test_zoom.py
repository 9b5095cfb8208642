"""The network looks where the objects are, as closely as the work of a whole frame allows."""

import numpy as np
import pytest
import torch
from moving_squares import overlap

from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.region import Region, whole_frame
from skn_annotator.inference.tracker import Tracker
from skn_annotator.inference.zoom import ZoomSettings, box_around, is_cut, next_region
from skn_annotator.model.checkpoints import load_network

CPU = torch.device("cpu")
SOURCE = (240, 400)
WHOLE = whole_frame(SOURCE, 240, CPU)


def planes(*boxes, region=WHOLE):
    """A mask per box (x0, y0, x1, y1) of the source."""
    mask = np.zeros(SOURCE, np.uint8)
    for i, (x0, y0, x1, y1) in enumerate(boxes, 1):
        mask[y0:y1, x0:x1] = i
    return region.masks(mask, range(1, len(boxes) + 1))


def test_a_small_object_is_seen_larger_with_no_more_pixels():
    chosen = next_region(WHOLE, planes((100, 100, 140, 130)), WHOLE, None, ZoomSettings())
    region = chosen.region
    assert chosen.level > 0
    assert 2 < region.zoom <= 3.1
    assert region.padded[0] * region.padded[1] <= 1.2 * WHOLE.padded[0] * WHOLE.padded[1]
    x0, y0, x1, y1 = region.box
    assert x0 <= 80
    assert y0 <= 80
    assert x1 >= 160
    assert y1 >= 150


def test_a_region_stays_on_the_frame_and_holds_all_objects():
    for boxes in (((0, 0, 20, 20),), ((380, 220, 400, 240),), ((10, 10, 40, 40), (100, 60, 130, 90))):
        settings = ZoomSettings(largest_of_several=3)
        x0, y0, x1, y1 = next_region(WHOLE, planes(*boxes), WHOLE, None, settings).region.box
        assert min(x0, y0) >= 0
        assert (x1, y1) <= SOURCE[::-1]
        assert all(x0 <= a and y0 <= b and c <= x1 and d <= y1 for a, b, c, d in boxes)


@pytest.mark.parametrize(
    "boxes", [((5, 5, 390, 230),), ((5, 5, 30, 30), (370, 200, 390, 230)), ((5, 5, 30, 30), (9, 9, 9, 9))]
)
def test_large_far_or_lost_objects_want_the_whole_frame(boxes):
    chosen = next_region(WHOLE, planes(*boxes), WHOLE, None, ZoomSettings(largest_of_several=3))
    assert chosen.region == WHOLE
    assert chosen.level == 0


def test_no_object_at_all_wants_the_whole_frame():
    assert next_region(WHOLE, torch.zeros(1, 0, *WHOLE.padded), WHOLE, None, ZoomSettings()).region == WHOLE


def test_several_objects_are_looked_at_in_the_whole_frame_unless_asked_otherwise():
    boxes = ((10, 10, 40, 40), (60, 40, 90, 70))
    assert next_region(WHOLE, planes(*boxes), WHOLE, None, ZoomSettings()).region == WHOLE
    closer = next_region(WHOLE, planes(*boxes), WHOLE, None, ZoomSettings(largest_of_several=3))
    assert closer.region.zoom > 1


def test_without_zoom_it_is_always_the_whole_frame():
    chosen = next_region(WHOLE, planes((100, 100, 140, 130)), WHOLE, None, ZoomSettings(largest=1))
    assert chosen.region is WHOLE


def test_sizes_are_steady_while_an_object_grows_and_shrinks_a_little():
    def levels(*sides, steady=True):
        found = [None]
        for side in sides:
            box = planes((100, 100, 100 + side, 100 + side))
            before = found[-1] if steady else None
            found.append(next_region(WHOLE, box, WHOLE, before, ZoomSettings()).level)
        return found[1:]

    assert levels(60, 57, 60, 57, steady=False) == [6, 7, 6, 7]
    assert levels(60, 57, 60, 57) == [6] * 4
    assert levels(70, 40) == [5, 7]  # nearer by two levels is a reason to move


def test_there_is_room_around_an_object_however_small_it_is():
    settings = ZoomSettings(largest=20)
    x0, y0, x1, y1 = next_region(WHOLE, planes((200, 100, 206, 106)), WHOLE, None, settings).region.box
    assert x0 <= 200 - 24
    assert y0 <= 100 - 24
    assert x1 >= 206 + 24
    assert y1 >= 106 + 24


def test_masks_move_between_regions_to_where_they_were():
    box = (104, 96, 152, 128)
    region = next_region(WHOLE, planes(box), WHOLE, None, ZoomSettings()).region
    assert not region.is_whole
    moved = region.moved(planes(box), WHOLE)
    there = planes(box, region=region)
    assert moved.shape == there.shape
    assert overlap(moved > 0.5, there > 0.5) > 0.95
    back = WHOLE.moved(moved, region)
    assert overlap(back > 0.5, planes(box) > 0.5) > 0.95
    assert box_around(moved, region) == pytest.approx(box, abs=1)


def test_masks_of_a_region_with_padding_move_as_well():
    source = (101, 75)
    whole = whole_frame(source, 480, CPU)
    mask = np.zeros(source, np.uint8)
    mask[30:60, 20:50] = 1
    region = Region(source, (10, 20, 60, 70), (112, 112), CPU)
    moved = region.moved(whole.masks(mask, (1,)), whole)
    assert overlap(moved > 0.5, region.masks(mask, (1,)) > 0.5) > 0.95


def test_a_mask_that_goes_on_outside_is_cut_but_the_frame_s_own_border_cuts_nothing():
    region = Region(SOURCE, (0, 50, 200, 200), (160, 208), CPU)
    assert not is_cut(planes((50, 80, 90, 120), region=region), region)
    assert not is_cut(planes((0, 80, 90, 120), region=region), region)
    assert is_cut(planes((150, 80, 260, 120), region=region), region)
    assert is_cut(planes((50, 20, 90, 120), region=region), region)
    region = Region(SOURCE, (200, 0, 400, 150), (160, 208), CPU)
    assert not is_cut(planes((350, 0, 400, 120), region=region), region)
    assert is_cut(planes((150, 80, 260, 120), region=region), region)
    assert is_cut(planes((250, 120, 290, 190), region=region), region)


def test_what_was_found_in_a_region_lies_there_on_the_source():
    region = Region(SOURCE, (40, 60, 140, 120), (96, 160), CPU)
    logits = torch.zeros(1, 2, *region.padded)
    logits[:, 1] = 5
    whole = region.on_source(region.inside(logits))
    found = whole[0, 1] > whole[0, 0]
    assert found[60:120, 40:140].all()
    assert int(found.sum()) == 60 * 100


class Dot:
    """A small red square that moves over a large frame, jumps, and leaves."""

    size = SOURCE
    side = 20
    places = ((60, 60), (66, 62), (72, 64), (78, 66), (84, 68), (90, 70), (96, 72))
    hidden = ()

    def __init__(self):
        self.ground = np.random.default_rng(0).integers(90, 130, (*SOURCE, 3), np.uint8)

    def __len__(self):
        return len(self.places)

    def mask(self, t):
        x, y = self.places[t]
        mask = np.zeros(SOURCE, np.uint8)
        if t not in self.hidden:
            mask[y : y + self.side, x : x + self.side] = 1
        return mask

    def __getitem__(self, t):
        frame = self.ground.copy()
        frame[self.mask(t) == 1] = (220, 30, 30)
        return frame


def steps_of(frames, **zoom):
    tracker = Tracker(load_network(device="cpu"), zoom=ZoomSettings(**zoom))
    plan = cover(range(len(frames)), decisions({0: frames.mask(0)}))
    return list(tracker.propagate(frames, {0: frames.mask(0)}, plan))


def test_a_small_object_is_followed_and_the_match_tells_where_it_was_looked_for():
    frames = Dot()
    steps = steps_of(frames)
    assert all(overlap(step.mask == 1, frames.mask(step.t) == 1) > 0.7 for step in steps)
    last = steps[-1].match
    assert last.grid.cell[0] < 16
    assert all(grid.cell[0] < 16 for _, grid in last.memory)
    x0, y0, x1, y1 = last.grid.area
    x, y = frames.places[-1]
    assert x0 <= x
    assert y0 <= y
    assert x1 >= x + 20
    assert y1 >= y + 20


def test_an_object_that_leaves_its_region_is_found_in_the_whole_frame():
    frames = Dot()
    frames.places = (*frames.places[:4], (330, 180), (334, 182), (338, 184))
    steps = steps_of(frames)
    assert steps[4].match.grid.cell == (16.0, 16.0)
    assert overlap(steps[6].mask == 1, frames.mask(6) == 1) > 0.6


def test_an_object_smaller_than_a_cell_is_looked_for_closely_where_it_was_hidden():
    frames = Dot()
    frames.side, frames.hidden = 10, (3,)
    steps = steps_of(frames)
    assert not steps[3].mask.any()
    assert steps[4].match.grid.cell[0] < 16
    for step in steps[4:]:
        assert overlap(step.mask == 1, frames.mask(step.t) == 1) > 0.7
