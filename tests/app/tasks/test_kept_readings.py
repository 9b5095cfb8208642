"""What is kept of how frames were read."""

from dataclasses import dataclass

from fakes import FakeReading

from skn_annotator.app.tasks.kept_readings import KeptReadings


@dataclass(frozen=True)
class Memorized:
    nbytes: int = 1000


def reading(*entries):
    read = FakeReading()
    read.entries = entries
    return read


def test_memorized_frames_that_readings_share_count_once():
    shared = Memorized()
    kept = KeptReadings(max_bytes=1300)
    for t in range(4):
        kept.put(t, reading(shared))
    assert [kept.get(t) is not None for t in range(4)] == [False, True, True, True]


def test_the_oldest_go_with_the_frames_that_nobody_else_read():
    first, second = Memorized(), Memorized()
    kept = KeptReadings(max_bytes=1300)
    kept.put(0, reading(first))
    kept.put(1, reading(second))
    assert kept.get(0) is None
    kept.put(2, reading(second))
    assert kept.get(1) is not None


def test_another_reading_of_a_frame_replaces_the_first():
    kept = KeptReadings()
    kept.put(0, reading())
    other = reading()
    kept.put(0, other)
    assert kept.get(0) is other
    kept.drop(0)
    assert kept.get(0) is None
