"""The pass as a generator, without Qt."""

import numpy as np
import pytest
from fakes import FakeTracker
from PIL import Image

from skn_annotator.annotation.masks import decode_mask, encode_mask, object_checksum
from skn_annotator.app.tasks.pass_work import (
    NetworkTracker,
    PassRequest,
    Stage,
    machine,
    propagate,
)
from skn_annotator.errors import VideoError
from skn_annotator.inference.plans import Plan, Stretch
from skn_annotator.video.replacement import OpenedSource


def ahead(start, end):
    frames = range(start + 1, end)
    return Plan((Stretch(start, frames, {1: frames}),), {start: frozenset([1])})


def write_stack(path, value):
    pictures = [Image.fromarray(np.full((48, 64, 3), value + t, np.uint8)) for t in range(6)]
    pictures[0].save(path, format="TIFF", save_all=True, append_images=pictures[1:])


def test_a_pass_says_what_it_is_busy_with_and_yields_encoded_masks(clip):
    mask = np.zeros((48, 64), np.uint8)
    mask[10:20, 10:20] = 1
    request = PassRequest(clip, {2: encode_mask(mask)}, ahead(2, 5), decided={2: frozenset([1])})
    items = list(propagate(request, FakeTracker()))
    assert [type(item) for item in items] == [Stage, Stage, tuple, tuple, tuple]
    steps, masks = zip(*items[2:], strict=True)
    assert [step.reference for step in steps] == [True, False, False]
    assert masks[0] is None
    assert np.array_equal(decode_mask(masks[2].mask), np.roll(mask, 2, axis=1))
    assert (masks[2].ids, masks[2].sources, masks[2].change) == (
        {1},
        {1: {object_checksum(mask, 1, 2)}},
        None,
    )


@pytest.mark.parametrize(
    ("device", "threads", "said"),
    [("cpu", 1, "CPU, 1 thread"), ("cpu", 3, "CPU, 3 threads"), ("cuda:0", 3, "CUDA:0")],
)
def test_the_machine_has_a_name(device, threads, said):
    assert machine(device, threads) == said


def test_the_frames_are_closed_when_the_pass_is_left(clip):
    closed = []

    class Frames(list):
        size = (48, 64)

        def close(self):
            closed.append(True)

    frames = Frames(np.zeros((12, 48, 64, 3), np.uint8))
    mask = encode_mask(np.ones((48, 64), np.uint8))
    steps = propagate(PassRequest(clip, {0: mask}, ahead(0, 3)), FakeTracker(), lambda _: frames)
    for _ in range(3):
        next(steps)
    steps.close()
    assert closed == [True]


def test_each_pass_takes_as_many_threads_as_are_wanted_now(monkeypatch, clip):
    import torch

    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(8)), raising=False)
    taken = []
    monkeypatch.setattr(torch, "set_num_threads", taken.append)
    monkeypatch.setattr(NetworkTracker, "_load", lambda self: FakeTracker())
    factory = NetworkTracker()
    said = []
    for threads in (0, 3):
        factory.threads = threads
        steps = propagate(
            PassRequest(clip, {0: encode_mask(np.ones((48, 64), np.uint8))}, ahead(0, 2)), factory
        )
        said += [item.machine for item in steps if isinstance(item, Stage) and item.machine]
    assert taken == [7, 3]
    assert said == ["CPU, 7 threads", "CPU, 3 threads"]


def test_the_network_is_kept_between_passes(monkeypatch):
    made = []
    monkeypatch.setattr(NetworkTracker, "_load", lambda self: made.append(self) or FakeTracker())
    factory = NetworkTracker()
    assert factory() is factory()
    assert len(made) == 1


def test_a_video_of_another_size_put_in_its_place_is_one_sentence(clip):
    for picture in clip.iterdir():
        Image.new("RGB", (32, 24)).save(picture)
    request = PassRequest(clip, {0: encode_mask(np.ones((48, 64), np.uint8))}, ahead(0, 3))
    with pytest.raises(VideoError, match=r"clip was replaced while it was open"):
        list(propagate(request, FakeTracker()))


def test_a_shorter_folder_put_in_its_place_is_one_sentence(clip):
    for picture in sorted(clip.iterdir())[2:]:
        picture.unlink()
    request = PassRequest(clip, {0: encode_mask(np.ones((48, 64), np.uint8))}, ahead(0, 3))
    with pytest.raises(VideoError, match=r"clip was replaced while it was open"):
        list(propagate(request, FakeTracker()))


def test_other_pictures_of_the_same_size_put_in_their_place_are_one_sentence(clip):
    opened = OpenedSource(clip)
    request = PassRequest(clip, {0: encode_mask(np.ones((48, 64), np.uint8))}, ahead(0, 3), opened=opened)
    list(propagate(request, FakeTracker()))
    other = clip / "other"
    Image.new("RGB", (64, 48)).save(other, "PNG")
    other.rename(clip / "00007.png")
    with pytest.raises(VideoError, match=r"clip was replaced while it was open"):
        list(propagate(request, FakeTracker()))


def test_a_picture_that_is_put_between_others_is_one_sentence(clip):
    opened = OpenedSource(clip)
    Image.new("RGB", (64, 48)).save(clip / "00002b.png")
    request = PassRequest(clip, {0: encode_mask(np.ones((48, 64), np.uint8))}, ahead(0, 3), opened=opened)
    with pytest.raises(VideoError, match=r"clip was replaced while it was open"):
        list(propagate(request, FakeTracker()))


def test_a_file_that_is_replaced_while_the_pass_runs_ends_it(tmp_path):
    stack = tmp_path / "shot.tif"
    write_stack(stack, 40)
    mask = encode_mask(np.ones((48, 64), np.uint8))
    request = PassRequest(stack, {0: mask}, ahead(0, 5), opened=OpenedSource(stack))
    steps = propagate(request, FakeTracker())
    assert [type(next(steps)) for _ in range(4)] == [Stage, Stage, tuple, tuple]
    write_stack(tmp_path / "other.tif", 90)
    (tmp_path / "other.tif").replace(stack)
    with pytest.raises(VideoError, match=r"shot\.tif was replaced while it was open"):
        list(steps)
