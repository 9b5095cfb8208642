"""How many threads a network takes, and how much memory there is to share out."""

import pytest

from skn_annotator.hardware import give_back_freed_memory, memory_bytes, network_threads, processors


@pytest.fixture
def eight(monkeypatch):
    """A machine of eight processors."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(8)), raising=False)


def test_one_processor_is_left_to_the_window(eight, monkeypatch):
    assert (processors(), network_threads()) == (8, 7)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0}, raising=False)
    assert network_threads() == 1


def test_as_many_threads_as_are_wanted_but_no_more_than_processors(eight):
    assert [network_threads(wanted) for wanted in (1, 8, 64)] == [1, 8, 8]


def test_a_system_without_affinity_counts_all_processors(monkeypatch):
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert processors() == 1


def test_the_memory_is_known_or_nothing_is_said(monkeypatch):
    there = memory_bytes()
    assert there is None or there > 1 << 28
    monkeypatch.delattr("os.sysconf", raising=False)  # Windows has none
    assert memory_bytes() is None


def test_freed_memory_goes_back_only_where_the_c_library_can_do_that(monkeypatch):
    asked = []

    class Library:
        def malloc_trim(self, pad):
            asked.append(pad)

    monkeypatch.setattr("ctypes.CDLL", lambda name: Library())
    give_back_freed_memory()
    assert asked == [0]
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    give_back_freed_memory()
