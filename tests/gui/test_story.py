"""The whole job on the bundled clip with the bundled network: open, propagate, stop, correct, go on, undo,
close, open again, export. Small frames inside the network, and few of them: this is about the window.
"""

import numpy as np
import pytest
from hand import Hand
from PIL import Image
from PySide6.QtCore import Qt

from skn_annotator.app.tasks.pass_work import NetworkTracker
from skn_annotator.gui.dialogs.export_dialog import ExportDialog
from skn_annotator.resources import demo_clip, demo_mask


@pytest.fixture
def network():
    return NetworkTracker(device="cpu")


def seek(qtbot, window, t):
    window.session.viewer.seek(t)
    qtbot.waitUntil(lambda: window.session.viewer.shown == t)


def propagate_until(qtbot, window, t):
    """Return, and Escape when frame `t` has arrived."""
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    running = window.session.tasks.passes.current
    qtbot.waitUntil(lambda: running.latest is not None and running.latest >= t, timeout=120_000)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.session.tasks.passes.current is None


def test_the_story(qtbot, make_window, network, tmp_path):
    window = make_window(network)
    session, place = window.session, tmp_path / "demo.skn"
    with qtbot.waitSignal(session.viewer.frame_shown):
        session.project.open(demo_clip(), demo_mask(), place)
    first = session.document.annotation.mask_bytes(0)
    assert session.document.annotation.ids_at(0) == {1, 2}

    propagate_until(qtbot, window, 4)
    arrived = session.document.annotation.frames()
    assert arrived == tuple(range(arrived[-1] + 1))
    assert session.document.annotation.ids_at(4) == {1, 2}
    name = session.document.history.undo_name
    assert name == f"Propagate 2-{arrived[-1] + 1}"

    seek(qtbot, window, 3)
    assert session.tasks.passes.matches.holds(session.viewer.shown, session.document.active)
    Hand(qtbot, window.canvas).drag((60.5, 60.5), (90.5, 60.5))
    corrected = session.document.annotation.mask_bytes(3)
    assert set(session.document.annotation.references) == {0, 3}

    propagate_until(qtbot, window, 5)
    assert session.document.annotation.mask_bytes(3) == corrected
    assert session.document.annotation.mask_bytes(0) == first
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.document.annotation.mask_bytes(3) == corrected
    assert session.document.history.undo_name == "Brush"

    frames = session.document.annotation.frames()
    masks = {t: session.document.annotation.mask_bytes(t) for t in frames}
    position = session.viewer.position
    assert session.project.close() is None
    with qtbot.waitSignal(session.viewer.frame_shown):
        session.project.open(place)
    assert session.viewer.position == position
    assert set(session.document.annotation.references) == {0, 3}
    assert {
        t: session.document.annotation.mask_bytes(t) for t in session.document.annotation.frames()
    } == masks

    dialog = ExportDialog(session, 0.5, window)
    dialog.place.setText(str(tmp_path / "DAVIS"))
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.go.text() == "Close")
    written = tmp_path / "DAVIS" / "Annotations" / "480p" / session.project.sequence.name
    assert len(list(written.iterdir())) == session.project.sequence.length
    with Image.open(written / "00003.png") as image:
        assert set(np.unique(image)) == {0, 1, 2}
    dialog.reject()
