"""Projects without a window: what the window began a command goes on with, and the other way round."""

import json
from dataclasses import replace

import numpy as np
import pytest
from stand_still import StandStill

from skn_annotator.annotation import edits
from skn_annotator.annotation.formats import FORMATS
from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.app.project.opening import open_sequence
from skn_annotator.app.tasks.kept_of_masks import KeptOfPasses
from skn_annotator.cli import export_masks, propagate
from skn_annotator.inference.directions import Direction
from skn_annotator.inference.evidence import Evidence, Trend
from skn_annotator.inference.step import Doubt

SIZE, LENGTH = (48, 64), 12


def square(column=8):
    ids = np.zeros(SIZE, np.uint8)
    ids[16:32, column : column + 16] = 1
    return ids


@pytest.fixture
def project(clip, homeless):
    """What the window saves after one frame was painted: its folder."""
    (opened,) = open_sequence(clip)
    opened.annotation.apply(edits.paint(opened.annotation, 0, square(), 1))
    opened.annotation.apply(edits.rename(opened.annotation, 1, "cup"))
    opened.store.save(opened.annotation, frozenset([0]), {"position": 0})
    return opened.store.folder


@pytest.fixture
def stand_still(monkeypatch):
    tracker = StandStill()
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: tracker)
    return tracker


def annotation_in(folder):
    (opened,) = open_sequence(folder)
    return opened.annotation


def run(command, *arguments):
    return command.main([str(argument) for argument in arguments])


def files_in(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_command_goes_on_from_what_was_painted_in_the_window(project, stand_still, capsys):
    assert run(propagate, project) == 0
    assert f"{project}: {LENGTH} steps" in capsys.readouterr().out
    annotation = annotation_in(project)
    assert annotation.frames() == tuple(range(LENGTH))
    assert all(np.array_equal(annotation.mask(t), square()) for t in range(LENGTH))
    assert annotation.references == {0: frozenset([1])}
    assert annotation.confidence(5) == {1: 1.0}
    assert annotation.sources(5)  # a later pass between two references is blended with it


def test_the_window_goes_on_from_what_a_command_did(project, stand_still, make_session, tracker, qtbot):
    assert run(propagate, project, "--step", 2) == 0
    session = make_session(tracker, project)
    assert session.document.annotation.frames() == tuple(range(0, LENGTH, 2))
    assert session.document.active_object.name == "cup"
    session.tasks.propagate(Direction.TO_END)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    assert session.document.annotation.frames() == tuple(range(LENGTH))


class Noting(StandStill):
    """Doubts every mask, and finds little of it its own by its motion."""

    def propagate(self, frames, references, plan):
        seen = Evidence(0.98, 0.05, 5.7, 0.9, 0.8, 0.7, Trend(0.1, 0.8, 0.7, by_motion=0.25), False)
        for step in super().propagate(frames, references, plan):
            yield replace(step, evidence={1: seen}, doubts={1: Doubt.EXCHANGED})


def test_the_window_finds_what_a_command_noted_of_its_masks(
    project, monkeypatch, make_session, tracker, qtbot
):
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: Noting())
    assert run(propagate, project) == 0
    session = make_session(tracker, project)
    notes = session.tasks.passes.notes
    assert (notes.doubts.get(5, 1), notes.by_motion.get(5, 1)) == (Doubt.EXCHANGED, 0.25)
    assert (notes.doubts.get(0, 1), notes.by_motion.get(0, 1)) == (None, None), "the user decided it"


def test_a_later_command_replaces_notes_where_it_came_and_no_others(project, monkeypatch):
    trackers = [Noting(), StandStill()]
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: trackers.pop(0))
    assert run(propagate, project) == run(propagate, project, "--step", 3) == 0
    (opened,) = open_sequence(project)
    notes = KeptOfPasses(lambda: opened.annotation)
    notes.restore(opened.view)
    assert [t for t in range(LENGTH) if notes.doubts.get(t, 1) is None] == [0, 3, 6, 9]
    assert [t for t in range(LENGTH) if notes.by_motion.get(t, 1) is None] == [0, 3, 6, 9]


def test_ctrl_c_keeps_what_arrived(project, monkeypatch, capsys):
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: StandStill(stop_after=4))
    assert run(propagate, project) == 130
    assert f"stopped; {project} keeps 4 of {LENGTH} steps" in capsys.readouterr().err
    assert annotation_in(project).frames() == (0, 1, 2, 3)


def test_a_locked_object_keeps_its_masks(project, stand_still):
    run(propagate, project)
    (opened,) = open_sequence(project)
    opened.annotation.apply(edits.paint(opened.annotation, 0, square(30), 1))
    opened.annotation.apply(edits.set_locked(opened.annotation, 1, True))
    opened.store.save(opened.annotation, frozenset([0]), opened.view)
    assert run(propagate, project) == 0
    assert all(np.array_equal(annotation_in(project).mask(t), square()) for t in range(1, LENGTH))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--masks", "first.png"], "is a project: its references are in it"),
        (["--output", "results"], "is a project: its references are in it"),
        (["--overlay", "o.mp4", "--fps", "5"], "leave --overlay, --fps out, and write masks or a video"),
        (["--report", "page.txt"], "page.txt does not end in .html"),
    ],
)
def test_what_a_project_does_not_take_is_one_line_and_changes_nothing(
    project, stand_still, capsys, arguments, message
):
    before = files_in(project)
    assert run(propagate, project, *arguments) == 1
    assert message in capsys.readouterr().err
    assert files_in(project) == before


def test_a_video_needs_masks_and_a_place_for_results(clip, stand_still, capsys):
    assert run(propagate, clip) == 1
    assert "is no project: give --masks, --box or --point, and --output" in capsys.readouterr().err


def test_a_report_of_a_project_shows_its_objects_by_name(project, stand_still, tmp_path):
    page = tmp_path / "page.html"
    for _ in range(2):  # its own page is replaced
        assert run(propagate, project, "--report", page) == 0
    text = page.read_text(encoding="utf-8")
    assert ">cup</h3>" in text
    assert text.count("<figure>") == LENGTH + 1
    page.write_text("mine")
    assert run(propagate, project, "--report", page) == 1
    assert page.read_text() == "mine"


def test_a_report_of_a_video_has_curves_and_pictures(clip, stand_still, tmp_path):
    (tmp_path / "first.png").write_bytes(encode_mask(square()))
    arguments = ["--masks", tmp_path / "first.png", "--output", tmp_path / "results"]
    assert run(propagate, clip, *arguments, "--report", tmp_path / "page.html") == 0
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "mean 1.00, least 1.00, over 11 frames" in text
    assert text.count("<polyline") == 1


def test_the_formats_of_the_command_are_those_of_the_window():
    assert tuple(each.key for each in FORMATS) == export_masks.FORMATS


@pytest.mark.parametrize("key", export_masks.FORMATS)
def test_a_project_is_exported_in_every_format(project, stand_still, tmp_path, key, capsys):
    run(propagate, project)
    (chosen,) = (each for each in FORMATS if each.key == key)
    place = tmp_path / f"place{chosen.suffix}"
    capsys.readouterr()
    assert run(export_masks, project, place, "--format", key) == 0
    made = capsys.readouterr().out.splitlines()
    assert made
    assert all(str(place) in line for line in made)
    assert run(export_masks, project, place, "--format", key) == 0  # its own are replaced


def test_objects_keep_their_names_and_masks_of_a_folder_are_exported_too(
    project, stand_still, clip, tmp_path
):
    run(propagate, project)
    assert run(export_masks, clip, tmp_path / "set", "--format", "youtube-vos") == 0
    meta = json.loads((tmp_path / "set/train/meta.json").read_text())
    assert meta["videos"]["clip"]["objects"]["1"]["category"] == "cup"
    masks = tmp_path / "set/train/Annotations/clip"
    assert run(export_masks, clip, tmp_path / "again", "--masks", masks, "--format", "davis") == 0
    again = tmp_path / "again/Annotations/Full-Resolution/clip/00003.png"
    assert np.array_equal(read_mask(again), square())


def test_masks_that_are_read_are_not_replaced(clip, stand_still, tmp_path, capsys):
    (tmp_path / "first.png").write_bytes(encode_mask(square()))
    run(export_masks, clip, tmp_path / "set", "--masks", tmp_path / "first.png", "--format", "davis")
    masks = tmp_path / "set/Annotations/Full-Resolution/clip"
    before = files_in(tmp_path)
    arguments = ["--masks", masks, "--format", "davis", "--overwrite"]
    assert run(export_masks, clip, tmp_path / "set", *arguments) == 1
    assert "is read here, so it is never written to" in capsys.readouterr().err
    assert files_in(tmp_path) == before


def test_a_video_without_a_project_is_one_line(clip, capsys):
    assert run(export_masks, clip, "--format", "coco") == 1
    assert "has no project yet: make one in the window" in capsys.readouterr().err
