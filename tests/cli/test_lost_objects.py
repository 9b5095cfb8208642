"""Objects that a pass loses: which, from where on, and what is advised; the exit status for scripts."""

import numpy as np
import pytest
from PIL import Image
from stand_still import StandStill

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.cli import propagate
from skn_annotator.cli.lost_objects import LOST, lost_objects
from skn_annotator.inference.step import Step

FRAMES = range(6)


def _lost(areas, given=(0,), wanted=FRAMES):
    decided = {t: {1} for t in given}
    return [(each.id, each.frame, each.onward) for each in lost_objects(areas, decided, list(wanted))]


def _seen(*frames, id=1, area=400):
    return {t: {id: area} if t in frames else {} for t in FRAMES}


@pytest.mark.parametrize(
    ("seen", "given", "lost"),
    [
        ((0, 1, 2, 3, 4, 5), (0,), []),
        ((0, 1, 2), (0,), [(1, 2, True)]),
        ((0,), (0,), [(1, 0, True)]),
        ((0, 1, 5), (0,), []),  # hidden for a while
        ((3, 4, 5), (4,), [(1, 3, False)]),
        ((3,), (3,), [(1, 3, True), (1, 3, False)]),
        ((0, 1, 2), (0, 4), []),  # the user says that it is absent on frame 4
        ((3, 4, 5), (1, 4), []),
        ((0, 1, 2), (0, 1, 2), [(1, 2, True)]),
    ],
)
def test_an_object_is_lost_where_nobody_said_that_it_goes(seen, given, lost):
    assert _lost(_seen(*seen), given) == lost


def test_only_the_frames_that_were_wanted_count():
    assert _lost(_seen(0, 2, 4), wanted=(0, 2, 4)) == []
    assert _lost(_seen(0, 2), wanted=(0, 2, 4)) == [(1, 2, True)]


@pytest.mark.parametrize(
    ("area", "frame_size", "size", "said"),
    [
        (25 * 25, (1080, 1920), 480, "; at this size it is smaller than a cell: try --size 720"),
        (12 * 12, (1080, 1920), 480, "; at this size it is smaller than a cell: try --size 1080"),
        (20 * 20, (900, 1600), 480, "; at this size it is smaller than a cell: try --size 720"),
        (17 * 17, (500, 900), 100, "; at this size it is smaller than a cell: try --size 480"),
        (5 * 5, (480, 854), 480, "; it is smaller than a cell of the network: give masks of more frames"),
        (200 * 200, (480, 854), 480, ": if it is still to be seen there, give a mask of such a frame, too"),
    ],
)
def test_the_advice_follows_from_how_small_it_was(area, frame_size, size, said):
    lost = next(lost_objects({0: {2: area}, 1: {}}, {0: {2}}, [0, 1]))
    assert lost.sentence("00000", frame_size, size) == f"object 2 is lost after frame 1 (00000.png){said}"


class Losing(StandStill):
    """Object 1 is seen on every frame, object 2 up to frame 2."""

    def propagate(self, frames, references, plan):
        for step in super().propagate(frames, references, plan):
            mask = np.where((step.mask == 2) & (step.t > 2), 0, step.mask).astype(np.uint8)
            yield (
                step
                if step.reference
                else Step(step.t, mask, step.confidence, None, (), 0, False, step.origins)
            )


@pytest.fixture
def clip(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "frames").mkdir()
    for t in FRAMES:
        Image.fromarray(np.full((96, 160, 3), 9 * t, np.uint8)).save(tmp_path / "frames" / f"{t:05d}.png")
    mask = np.zeros((96, 160), np.uint8)
    mask[10:60, 10:60], mask[70:75, 90:95] = 1, 2
    (tmp_path / "first.png").write_bytes(encode_mask(mask))
    (tmp_path / "first_alone.png").write_bytes(encode_mask(np.where(mask == 1, 1, 0).astype(np.uint8)))
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: Losing())
    return ["frames", "--masks", "first.png", "--output", "out"]


def test_the_command_names_each_lost_object_at_its_end(clip, capsys):
    assert propagate.main([*clip, "--size", "64", "--overlay", "o.mp4"]) == 0
    assert capsys.readouterr().err.splitlines()[-1] == (
        "skn-propagate: object 2 is lost after frame 3 (00002.png); at this size it is smaller than a cell: "
        "try --size 96"
    )


def test_strict_makes_it_the_exit_status(clip, tmp_path):
    assert propagate.main([*clip, "--strict"]) == LOST == 3
    assert len(list((tmp_path / "out" / "frames").iterdir())) == len(FRAMES)
    assert propagate.main(["frames", "--masks", "first_alone.png", "--output", "out", "--strict"]) == 0


def test_a_folder_of_frames_gets_the_rate_that_is_asked_for(clip, tmp_path):
    import av

    for options, rate in (([], 24), (["--fps", "10"], 10), (["--fps", "10", "--step", "2"], 5)):
        assert propagate.main([*clip, "--overlay", "o.mp4", *options]) == 0
        with av.open(str(tmp_path / "o.mp4")) as video:
            assert float(video.streams.video[0].average_rate) == rate
