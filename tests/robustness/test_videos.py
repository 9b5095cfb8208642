"""Odd videos: every frame that FFmpeg decodes is there, once, the same from everywhere; or one sentence."""

import random

import numpy as np
import pytest
from odd_videos import Workshop, decoded_by_ffmpeg, number_in

from skn_annotator.errors import VideoError
from skn_annotator.video.video_file import VideoFile


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    return Workshop(tmp_path_factory.mktemp("odd"))


@pytest.fixture(autouse=True)
def no_trace(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def videos(workshop, seeds, kinds):
    """The path of each video and how it was made."""
    for seed in seeds:
        made = workshop.video(seed, kinds)
        if made is not None:
            yield made
            made[0].unlink()


def frame(file, t):
    """Frame `t`, None where it is blank."""
    try:
        return next(file.read(t, t + 1))
    except VideoError:
        return None


def is_within(wanted, there):
    """True if `wanted` come among `there`, in their order."""
    rest = iter(there)
    return all(each in rest for each in wanted)


def test_every_frame_that_ffmpeg_decodes_is_there(workshop, seeds):
    lost = []
    for path, how in videos(workshop, seeds(12), ["joined", "begun late", "stamped", "put together"]):
        expected = [number_in(each) for each in decoded_by_ffmpeg(path)]
        try:
            file = VideoFile(path)
        except VideoError as error:
            lost += [f"{how}: {error}"] if expected else []
            continue
        there = [number_in(each) for t in range(len(file)) if (each := frame(file, t)) is not None]
        if not is_within(expected, there):
            lost.append(f"{how}: {there} instead of {expected}")
        file.close()
    assert lost == []


def different(path, how):
    """The frames that differ when one goes back, or jumps, from those when one comes from the front."""
    try:
        file, other = VideoFile(path), VideoFile(path)
    except VideoError:
        return
    in_order = [frame(file, t) for t in range(len(file))]
    jumps = random.Random(how).choices(range(len(file)), k=20)
    for t in [*range(len(file) - 1, -1, -1), *jumps]:
        again = frame(other, t)
        if (again is None) != (in_order[t] is None) or not np.array_equal(again, in_order[t]):
            yield f"{how}: frame {t}"
    file.close()
    other.close()


def test_a_frame_is_the_same_wherever_one_comes_from(workshop, seeds):
    made = videos(workshop, seeds(12), ["joined", "begun late", "stamped", "put together"])
    assert [each for path, how in made for each in different(path, how)] == []


@pytest.mark.parametrize("seed", [20018, 20373, 20559])
def test_what_is_made_up_of_damage_does_not_depend_on_threads(workshop, seed):
    """An AVI without its header reads as bare MPEG-4 with rubbish between the frames."""
    made = videos(workshop, [seed], ["joined", "begun late", "stamped", "put together"])
    assert [each for path, how in made for each in different(path, how)] == []


def test_damage_is_read_over_or_told_in_a_sentence(workshop, seeds):
    for path, how in videos(workshop, seeds(20), ["damaged", "cut and joined"]):
        try:
            file = VideoFile(path)
        except VideoError as error:
            assert path.name in str(error), how
            continue
        for t in [*range(len(file)), *range(len(file) - 1, -1, -5)]:
            shown = frame(file, t)
            assert shown is None or shown.shape[2] == 3, how
        file.close()
