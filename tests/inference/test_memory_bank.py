"""What is remembered, and for how long."""

from dataclasses import replace

import torch

from skn_annotator.inference.memory_bank import BankSettings, Entry, MemoryBank
from skn_annotator.inference.step import CellGrid
from skn_annotator.model.encoders import Memory, side_by_side


def entry(t, objects=1, shows=(1,), knows=(1, 2)):
    key, value = torch.full((1, 1, 4, 6), float(t)), torch.full((1, objects, 3, 6), float(t))
    return Entry(
        t,
        Memory(key, value, torch.zeros(1, 6, dtype=torch.int64)),
        CellGrid((2, 3), (16.0, 16.0)),
        frozenset(shows),
        frozenset(knows),
    )


def test_predicted_frames_are_bounded_and_the_oldest_goes():
    bank = MemoryBank(BankSettings(predicted=2))
    for t in (5, 10, 15):
        bank.add(entry(t))
    assert bank.frames == (10, 15)


def test_the_last_frame_that_shows_all_of_an_object_stays_until_a_later_one_does():
    bank = MemoryBank(BankSettings(predicted=2))
    for t in (5, 10, 15):
        bank.add(replace(entry(t), whole=frozenset((1, 2))))
    for t in (20, 25, 30):
        bank.add(replace(entry(t), whole=frozenset((1,))))
    assert bank.frames == (15, 25, 30)
    bank.add(replace(entry(35), whole=frozenset((2,))))
    assert bank.frames == (30, 35)


def test_objects_that_leave_one_after_the_other_do_not_fill_the_memory():
    bank = MemoryBank(BankSettings(predicted=2))
    for t in range(40):
        bank.add(replace(entry(t), whole=frozenset(range(t, 40))))
    assert bank.frames == (36, 37, 38, 39)
    assert bank.shrink()
    assert bank.frames == (38, 39)


def test_a_close_up_is_read_where_that_is_asked_for_and_decided_as_its_frame_is():
    bank, close_up = MemoryBank(BankSettings()), entry(0, shows=(), knows=())
    bank.pin(replace(entry(0), close_up=close_up))
    (read,) = bank.select(3, [1], closely=True)
    assert read.memory is close_up.memory
    assert (read.shows, read.knows) == ({1}, {1, 2})
    assert bank.select(3, [1]) == [bank.reference(0)]
    assert bank.nbytes == 2 * close_up.nbytes


def test_a_bank_shrinks_by_half_down_to_one_reference_and_no_prediction():
    bank = MemoryBank(BankSettings(predicted=3, references=5, references_of_several=3))
    for t in (0, 10, 20):
        bank.pin(entry(t, shows=(1,)))
    for t in (30, 33, 36):
        bank.add(entry(t))
    assert bank.shrink()
    assert [e.t for e in bank.select(40, [1])] == [10, 20, 36]
    assert bank.shrink()
    assert [e.t for e in bank.select(40, [1])] == [20]
    bank.add(entry(39))
    assert bank.frames == (0, 10, 20)
    assert not bank.shrink()


def test_reference_frames_stay_whatever_comes():
    bank = MemoryBank(BankSettings(predicted=1))
    bank.pin(entry(0))
    for t in range(1, 50):
        bank.add(entry(t))
    assert bank.frames == (0, 49)
    bank.forget_predictions()
    assert bank.frames == (0,)


def test_a_reference_replaces_the_prediction_of_its_frame_and_not_the_other_way_round():
    bank = MemoryBank(BankSettings())
    bank.add(entry(7))
    pinned = entry(7)
    bank.pin(pinned)
    bank.add(entry(7))
    assert bank.select(7, [1]) == [pinned]


def test_the_nearest_references_are_read():
    bank = MemoryBank(BankSettings(references=2, references_of_several=1))
    for t in (0, 40, 50, 90):
        bank.pin(entry(t, shows=(1, 2)))
    assert [e.t for e in bank.select(47, [1])] == [40, 50]
    assert [e.t for e in bank.select(47, [1, 2])] == [50]
    assert bank.frames == (0, 40, 50, 90)


def test_an_object_that_the_nearest_do_not_show_is_remembered_from_the_nearest_that_does():
    bank = MemoryBank(BankSettings(references=2, references_of_several=2))
    for t, shows in ((0, (1, 2)), (10, (1, 2)), (40, (1,)), (50, (1,)), (60, (1,))):
        bank.pin(entry(t, shows=shows))
    assert [e.t for e in bank.select(55, [1, 2])] == [10, 50, 60]
    assert [e.t for e in bank.select(55, [2])] == [10, 50, 60]


def test_a_frame_that_says_nothing_of_an_object_is_read_for_it_only_where_no_other_shows_the_rest():
    bank = MemoryBank(BankSettings(references_of_several=2))
    bank.pin(entry(0, shows=(1,), knows=(1,)))
    bank.pin(entry(10, shows=(1,), knows=(1,)))
    bank.pin(entry(20, shows=(2,), knows=(1, 2)))
    assert [e.t for e in bank.select(22, [1, 2])] == [10, 20]
    bank.pin(entry(30, shows=(1, 2)))
    assert [e.t for e in bank.select(22, [1, 2])] == [20, 30]
    assert [e.t for e in bank.select(8, [1])] == [0, 10, 20, 30]


def test_a_frame_is_not_read_for_an_object_of_which_it_says_nothing_itself():
    bank = MemoryBank(BankSettings())
    bank.pin(entry(0, shows=(1,), knows=(1,)))
    bank.pin(entry(10, shows=(2,), knows=(2,)))
    assert [e.t for e in bank.select(10, [1, 2])] == [0]
    assert [e.t for e in bank.select(9, [1, 2])] == [0, 10]


def test_bytes_are_those_of_the_tensors():
    bank = MemoryBank(BankSettings())
    bank.pin(entry(0))
    assert bank.nbytes == 4 * (4 * 6 + 3 * 6) + 8 * 6


def test_side_by_side_is_what_segment_wants():
    keys, values, owner = side_by_side([entry(1, 2).memory, entry(2, 2).memory])
    assert keys.shape == (1, 1, 4, 12)
    assert values.shape == (1, 2, 3, 12)
    assert owner.shape == (1, 12)
    assert keys[0, 0, 0].tolist() == [1.0] * 6 + [2.0] * 6
