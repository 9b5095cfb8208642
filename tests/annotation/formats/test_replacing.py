"""What an export may replace, and what a killed or cancelled one leaves."""

import json
import os
import signal
import sys
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from sequences import cup, export, files_in, picture, sequence_of

from skn_annotator.annotation.formats import FORMATS
from skn_annotator.annotation.formats.binary import BinaryFormat
from skn_annotator.annotation.formats.davis import DavisFormat
from skn_annotator.annotation.formats.overlay_video import OverlayFormat
from skn_annotator.annotation.formats.youtube_vos import YouTubeVosFormat
from skn_annotator.errors import ProjectError

MASKS = {t: np.eye(24, 32, dtype=np.uint8) for t in range(4)}
every_format = pytest.mark.parametrize("format_", FORMATS, ids=lambda each: each.name)
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")


@pytest.fixture
def sequence(tmp_path):
    """Of a folder of frames that looks like a result, beside which exports go."""
    frames = tmp_path / "DAVIS" / "JPEGImages" / "480p" / "cups"
    frames.mkdir(parents=True)
    for t in range(4):
        Image.fromarray(np.full((24, 32, 3), t, np.uint8)).save(frames / f"{t:05d}.jpg")
    return replace(sequence_of(MASKS), source=frames)


def place_of(format_, folder):
    return folder / format_.place_name.format(name="cups")


@every_format
def test_a_second_export_replaces_the_first_unasked(format_, tmp_path, sequence):
    place = place_of(format_, tmp_path / "out")
    export(format_, place, sequence)
    before = files_in(tmp_path / "out")
    export(format_, place, sequence)
    assert files_in(tmp_path / "out").keys() == before.keys()


@every_format
@pytest.mark.parametrize("who", ["the user", "another video"])
def test_what_is_not_ours_stays_unless_that_is_allowed(format_, tmp_path, sequence, who):
    place = place_of(format_, tmp_path / "out")
    export(format_, place, replace(sequence, source=tmp_path / "other.mp4"))
    made = format_.makes(place, sequence)
    if who == "the user":
        file = next(path for path in (made[-1], *made[-1].rglob("*")) if path.is_file())
        file.write_bytes(b"of the user")
    before = files_in(tmp_path)
    with pytest.raises(ProjectError, match=r"would be replaced.*\(--overwrite\)"):
        export(format_, place, sequence, lambda t: pytest.fail("a frame was read"))
    assert files_in(tmp_path) == before
    list(format_.write(place, sequence, picture(sequence), overwrite=True))
    assert not sequence.rule().foreign(made)


@every_format
def test_what_the_user_puts_there_while_an_export_is_written_stays(format_, tmp_path, sequence):
    place = place_of(format_, tmp_path / "out")
    writing = format_.write(place, sequence, picture(sequence))
    next(writing)
    made = format_.makes(place, sequence)[-1]
    file = made if made.suffix else made / "notes.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"of the user")
    with pytest.raises(ProjectError, match="would be replaced"):
        list(writing)
    assert files_in(tmp_path / "out") == {file: b"of the user"}


@every_format
def test_the_source_is_never_replaced(format_, tmp_path, sequence):
    """Wherever it lies: it is put where the export would go."""
    place = place_of(format_, tmp_path / "out")
    target = format_.makes(place, sequence)[0]
    target.parent.mkdir(parents=True)
    sequence.source.rename(target)
    sequence = replace(sequence, source=target)
    before = files_in(tmp_path)
    with pytest.raises(ProjectError, match="is read here, so it is never written to"):
        list(format_.write(place, sequence, picture(sequence), overwrite=True))
    assert files_in(tmp_path) == before


def test_a_davis_set_keeps_the_frames_and_the_truth_of_the_sequence_that_comes_from_it(tmp_path, sequence):
    root = tmp_path / "DAVIS"
    truth = root / "Annotations" / "480p" / "cups" / "00000.png"
    truth.parent.mkdir(parents=True)
    truth.write_bytes(b"truth")
    before = files_in(root)
    for overwrite in (False, True):
        with pytest.raises(ProjectError, match=r"JPEGImages.480p.cups.* is read here"):
            list(DavisFormat().write(root, sequence, picture(sequence), overwrite))
    assert files_in(root) == before


def test_an_overlay_never_goes_onto_its_video(tmp_path, sequence):
    video = tmp_path / "cups.mp4"
    video.write_bytes(b"a video")
    os.link(video, tmp_path / "linked.mp4")
    sequence = replace(sequence, source=video)
    for place in (video, tmp_path / "linked.mp4"):
        with pytest.raises(ProjectError, match="is read here"):
            list(OverlayFormat().write(place, sequence, picture(sequence), overwrite=True))
    assert video.read_bytes() == b"a video"


@every_format
@pytest.mark.parametrize("frames", [0, 2, 4])
def test_a_cancelled_first_export_leaves_nothing_at_all(format_, tmp_path, sequence, frames):
    running = format_.write(place_of(format_, tmp_path / "new" / "out"), sequence, picture(sequence))
    for _ in range(frames):
        next(running)
    running.close()
    assert not (tmp_path / "new").exists()


@forks
@every_format
def test_a_killed_export_leaves_nothing_in_the_next_one(format_, tmp_path, sequence):
    place = place_of(format_, tmp_path / "out")
    if os.fork() == 0:
        for number, _ in enumerate(format_.write(place, sequence, picture(sequence))):
            if number == 2:
                os.kill(os.getpid(), signal.SIGKILL)
    os.wait()
    short = replace(sequence_of({t: MASKS[t] for t in range(3)}), source=sequence.source)
    export(format_, place, short)
    format_.check(place, short)
    visible = [path for path in files_in(tmp_path / "out") if not any(p.startswith(".") for p in path.parts)]
    export(format_, tmp_path / "clean" / place.name, short)
    assert len(visible) == len(files_in(tmp_path / "clean"))


def test_two_exports_into_one_set_at_a_time_are_both_listed(tmp_path, sequence):
    for format_ in (YouTubeVosFormat(), DavisFormat()):
        first = format_.write(tmp_path / "set", sequence, picture(sequence))
        next(first)
        export(format_, tmp_path / "set", replace(sequence, name="dogs"))
        list(first)
    videos = json.loads((tmp_path / "set/train/meta.json").read_text())["videos"]
    assert set(videos) == {"cups", "dogs"}
    assert set((tmp_path / "set/ImageSets/2017/val.txt").read_text().split()) == {"cups", "dogs"}


@forks
@pytest.mark.skipif(sys.platform == "win32", reason="no locks there")
def test_nor_do_many_programs_lose_each_others_lines(tmp_path, sequence):
    (tmp_path / "set" / "train").mkdir(parents=True)
    children = []
    for number in range(6):
        children.append(os.fork())
        if children[-1] == 0:
            for turn in range(5):
                YouTubeVosFormat().enlist(tmp_path / "set", replace(sequence, name=f"v{number}-{turn}"))
            os._exit(0)
    assert all(os.waitpid(child, 0)[1] == 0 for child in children)
    assert len(json.loads((tmp_path / "set/train/meta.json").read_text())["videos"]) == 30


def test_lists_keep_what_others_wrote_in_them(tmp_path, sequence):
    lists = tmp_path / "set" / "ImageSets" / "2017"
    lists.mkdir(parents=True)
    (lists / "val.txt").write_bytes(b"a b\r\n# \xff note")
    (tmp_path / "set" / "train").mkdir()
    (tmp_path / "set" / "train" / "meta.json").write_text('{"info": 3, "videos": {"a": {}}}')
    for format_ in (DavisFormat(), YouTubeVosFormat()):
        export(format_, tmp_path / "set", sequence)
    assert (lists / "val.txt").read_bytes() == b"a b\r\n# \xff note\ncups\n"
    meta = json.loads((tmp_path / "set/train/meta.json").read_text())
    assert (meta["info"], list(meta["videos"])) == (3, ["a", "cups"])


def test_folders_of_objects_that_are_gone_are_named_before(tmp_path, sequence):
    export(BinaryFormat(), tmp_path / "out", replace(sequence_of(MASKS, [cup(1)]), source=sequence.source))
    notes = BinaryFormat().notes(tmp_path / "out", sequence)
    assert [note for note in notes if "1_cup is there from an earlier export, and stays" in note]
