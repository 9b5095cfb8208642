"""What the lab writes: pictures as it shows them, numbers as the reader computed them."""

import csv

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QToolButton

from skn_annotator.app.notice import Notice
from skn_annotator.app.project.autosave import SaveState
from skn_annotator.inference.directions import Direction

Key = Qt.Key


@pytest.fixture
def written(qtbot, window, lab, tmp_path, monkeypatch):
    """The folder that the button wrote into."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    qtbot.mouseClick(lab.export, Qt.MouseButton.LeftButton)
    return tmp_path


def rows_of(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_pictures_are_what_is_shown_twice_as_large(lab, written):
    with Image.open(written / "frame_00012_object_1_matches.png") as picture:
        assert picture.size == (2 * lab.matches.viewport().width(), 2 * lab.matches.viewport().height())
        assert np.count_nonzero(picture.convert("L").histogram()) > 20
    assert (written / "frame_00012_object_1_weights.png").is_file()


def test_the_weights_are_those_of_the_reader(lab, written):
    weights = lab.state.weights
    rows = rows_of(written / "frame_00012_object_1_weights.csv")
    for name, values in zip(("W", "SCK", "W1", "g", "W2"), weights.maps(), strict=True):
        found = np.array([float(row[name]) for row in rows]).reshape(values.shape)
        np.testing.assert_allclose(found, values, rtol=1e-6)


def test_each_matched_point_has_its_memory_cell(lab, written):
    explanation = lab.state.explanation
    rows = rows_of(written / "frame_00012_object_1_matches.csv")
    assert len(rows) == len(explanation.points)
    assert {row["memory_frame"] for row in rows} == {"1"}
    np.testing.assert_allclose([float(row["x"]) for row in rows], explanation.points[:, 0], rtol=1e-6)


def test_the_page_over_time_has_a_row_for_each_frame_and_object(qtbot, window, lab, tmp_path):
    tab = next(button for button in lab.findChildren(QToolButton) if button.text() == "Over time")
    qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    lab.write(tmp_path)
    rows = rows_of(tmp_path / "over_time.csv")
    annotation = window.session.document.annotation
    assert [row["frame"] for row in rows] == [str(t) for t in range(1, 13)]
    assert rows[0]["confidence"] == ""
    assert float(rows[5]["confidence"]) == pytest.approx(annotation.confidence(5)[1])
    assert not list(tmp_path.glob("*weights*"))


def test_a_folder_that_cannot_be_written_is_named(window, lab, tmp_path):
    heard = []
    window.session.noticed.connect(heard.append)
    lab.write(tmp_path / "gone")
    (notice,) = heard
    assert isinstance(notice, Notice)
    assert notice.is_error
    assert str(tmp_path / "gone") in notice.text


def test_nothing_that_is_there_is_replaced(window, lab, tmp_path):
    (tmp_path / "frame_00012_object_1_matches.csv").write_text("mine")
    lab.write(tmp_path)
    assert (tmp_path / "frame_00012_object_1_matches.csv").read_text() == "mine"
    assert rows_of(tmp_path / "frame_00012_object_1_matches_2.csv")


def test_nothing_is_written_into_a_project_or_among_the_frames(qtbot, window, lab):
    project = window.session.project
    qtbot.waitUntil(lambda: project.save_state is SaveState.SAVED)  # which writes beside its files
    for folder in (project.folder, project.folder / "masks", project.sequence.path):
        before = sorted(folder.iterdir())
        heard = []
        window.session.noticed.connect(heard.append)
        lab.write(folder)
        window.session.noticed.disconnect(heard.append)
        assert [notice.is_error for notice in heard] == [True]
        assert sorted(folder.iterdir()) == before


def test_a_blended_mask_is_named(qtbot, window, hand, lab):
    assert "lended" not in lab.hint.text()
    hand.drag((40.5, 40.5))  # the last frame is decided, too
    hand.move((60, 45))
    session = window.session
    session.tasks.propagate(Direction.EVERYWHERE)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    session.viewer.seek(6)
    qtbot.waitUntil(lambda: lab.state.t == 6)
    assert session.document.stale.origins(6, 1) == (0, 11)
    assert lab.hint.text().startswith("Blended from passes from frames\u00a01, 12;")
