"""Playing at the video's speed, by a clock that the test moves."""

import pytest

from skn_annotator.app.playback import Playback


@pytest.fixture
def play(owner):
    """`play(moments, ...)` -> the frames that were shown at these times, and the playback."""

    def run(moments, *args, loops=False, **kwargs):
        now, seen = [0.0], []
        playback = Playback(seen.append, clock=lambda: now[0], parent=owner)
        playback.loops = loops
        playback.play(*args, **kwargs)
        for moment in moments:
            now[0] = moment
            if playback.playing:
                playback.tick()
        return seen, playback

    return run


def test_it_shows_the_frames_that_are_due_and_stops_at_the_end(play):
    seen, playback = play((0.0, 0.05, 0.1, 0.35), 2, range(6), fps=10)  # one frame twice, one left out
    assert seen == [2, 3, 5]
    assert not playback.playing
    assert playback.speed == 0


def test_backward_it_stops_at_the_beginning(play):
    seen, playback = play((0.0, 0.1, 0.2, 0.9), 3, range(6), fps=10, speed=-1)
    assert seen == [3, 2, 1, 0]
    assert not playback.playing


def test_twice_as_fast_leaves_out_what_is_not_due(play):
    seen, playback = play((0.0, 0.1, 0.2), 0, range(100), fps=10, speed=4)
    assert seen == [0, 4, 8]
    assert playback.speed == 4


@pytest.mark.parametrize(("speed", "frames"), [(1, [3, 4, 2, 3]), (-1, [3, 2, 4, 3])])
def test_a_loop_goes_round_within_its_frames(play, speed, frames):
    seen, playback = play((0.0, 0.1, 0.2, 0.3), 3, range(2, 5), fps=10, speed=speed, loops=True)
    assert seen == frames
    assert playback.playing


@pytest.mark.parametrize(("speed", "first"), [(1, 2), (-1, 4)])
def test_from_outside_of_its_frames_it_begins_with_them(play, speed, first):
    seen, _ = play((0.0,), 90, range(2, 5), fps=10, speed=speed, loops=True)
    assert seen == [first]


def test_the_session_plays_and_any_seek_stops_it(qtbot, session):
    session.viewer.toggle_play()
    assert session.viewer.playback.playing
    qtbot.waitUntil(lambda: session.viewer.position > 0)
    session.viewer.seek(0)
    assert not session.viewer.playback.playing


def test_playing_on_doubles_the_speed_and_turning_round_starts_slowly(session):
    session.viewer.seek(5)
    speeds = []
    for direction in (1, 1, 1, 1, 1, -1, -1):
        session.viewer.play_on(direction)
        speeds.append(session.viewer.playback.speed)
    assert speeds == [1, 2, 4, 8, 8, -1, -2]
    session.viewer.playback.stop()
    assert session.viewer.playback.speed == 0
    session.viewer.play_on(1)
    assert session.viewer.playback.speed == 1


def test_at_the_end_playing_on_does_nothing_and_playing_starts_over(qtbot, session):
    session.viewer.seek(11)
    session.viewer.play_on(1)
    assert not session.viewer.playback.playing
    session.viewer.toggle_play()
    session.viewer.playback.tick()
    assert (session.viewer.playback.playing, session.viewer.position) == (True, 0)
    session.viewer.seek(0)
    session.viewer.play_on(-1)
    assert not session.viewer.playback.playing


def test_a_loop_keeps_to_the_chosen_range_and_follows_it(session):
    session.viewer.select_range(3, 6)
    session.viewer.toggle_play()
    assert session.viewer.playback._frames == range(12)
    session.viewer.toggle_loop()
    assert session.viewer.playback._frames == range(3, 7)
    session.viewer.select_range(8, 10)
    session.viewer.playback.tick()
    assert session.viewer.position in range(8, 11)
    session.viewer.clear_range()
    assert session.viewer.playback._frames == range(12)
    assert session.viewer.playback.playing


def test_a_range_begins_and_ends_where_we_are(session):
    session.viewer.seek(4)
    session.viewer.start_range()
    assert session.viewer.chosen_range == (4, 11)
    session.viewer.seek(7)
    session.viewer.end_range()
    assert session.viewer.chosen_range == (4, 7)
    session.viewer.seek(9)
    session.viewer.start_range()
    assert session.viewer.chosen_range == (9, 9)
    session.viewer.clear_range()
    session.viewer.end_range()
    assert session.viewer.chosen_range == (0, 9)
