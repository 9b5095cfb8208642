"""Frames and pixels of the timeline."""

import pytest

from skn_annotator.gui.timeline.axis import Axis

HOUR = Axis.whole(108_000, left=100, width=1080)


@pytest.mark.parametrize("axis", [Axis.whole(12, 100, 700), Axis.whole(300, 100, 700).zoomed(8, 400)])
def test_every_frame_is_under_its_own_middle(axis):
    assert [axis.frame_at(axis.x_of(t)) for t in axis.frames] == list(axis.frames)


def test_beyond_the_ends_is_the_nearest_frame():
    axis = Axis.whole(12, left=100, width=700)
    assert (axis.frame_at(0), axis.frame_at(5000)) == (0, 11)


def test_zooming_keeps_the_frame_under_the_mouse():
    axis = HOUR
    for _ in range(20):
        axis = axis.zoomed(1.25, 640.005)  # the middle of a frame
        assert axis.frame_at(640.005) == 54_000
    assert len(axis.frames) < 1300
    assert not axis.is_whole


def test_one_zooms_in_on_a_few_frames_and_out_to_all():
    near = HOUR.zoomed(1e9, 640)
    assert near.span == 10
    assert near.per_pixel == 1
    assert near.zoomed(1e-9, 200) == HOUR
    assert Axis.whole(4, 0, 100).zoomed(2, 50).is_whole


def test_frames_share_pixels_where_there_are_more_of_them():
    assert HOUR.per_pixel == 100
    assert HOUR.cell == 0.01


def test_panning_stops_at_the_ends():
    axis = HOUR.zoomed(100, 640)
    assert axis.panned(54).first == pytest.approx(axis.first - 54)
    assert axis.panned(1e9).first == 0
    assert axis.panned(-1e9).frames.stop == 108_000


def test_a_page_is_turned_only_if_the_frame_is_out_of_sight():
    axis = HOUR.zoomed(100, 640)
    t = axis.frames[-1]
    assert axis.showing(t - 2) is axis
    after, before = axis.showing(t + 5), axis.showing(axis.frames[0] - 5)
    assert after.frames[0] < t + 5 < after.first + 0.2 * after.span
    assert before.first + 0.8 * before.span < axis.frames[0] - 5 < before.frames[-1]
    assert axis.resized(500).frames == axis.frames
