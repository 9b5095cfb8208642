"""Playing at the video's speed, by a clock that the test moves."""

from skn_annotator.app.playback import Playback


def test_it_shows_the_frames_that_are_due_and_stops_at_the_end(qtbot):
    now, seen = [0.0], []
    playback = Playback(seen.append, clock=lambda: now[0])
    playback.play(start=2, length=6, fps=10)
    assert playback.playing
    for moment in (0.0, 0.05, 0.1, 0.35):  # one frame twice, one left out
        now[0] = moment
        playback.tick()
    assert seen == [2, 3, 5]
    assert not playback.playing


def test_from_the_last_frame_it_starts_over(qtbot):
    seen = []
    playback = Playback(seen.append, clock=lambda: 0.0)
    playback.play(start=5, length=6, fps=10)
    playback.tick()
    playback.stop()
    assert seen[0] == 0


def test_the_session_plays_and_any_seek_stops_it(qtbot, session):
    session.toggle_play()
    assert session.playback.playing
    qtbot.waitUntil(lambda: session.position > 0)
    session.seek(0)
    assert not session.playback.playing
