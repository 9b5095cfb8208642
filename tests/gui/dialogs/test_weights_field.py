"""The weights in the preferences: a file that fits counts from the next pass on; another is named."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from steps import go, paint

from skn_annotator.app.tasks.pass_work import NetworkTracker
from skn_annotator.errors import WeightsError
from skn_annotator.gui.dialogs.preferences_dialog import Page, PreferencesDialog
from skn_annotator.gui.program import _leave_missing_weights
from skn_annotator.inference.directions import Direction
from skn_annotator.resources import click_weights, default_weights
from skn_annotator.settings import load_settings


@pytest.fixture
def weights(tmp_path):
    """A checkpoint beside the videos."""
    return shutil.copy(default_weights(), tmp_path / "mine.safetensors")


@pytest.fixture
def window(window):
    """A window with the real network, which sees the frames small."""
    window.session.tasks.passes.make_tracker = NetworkTracker(size=64, threads=1)
    return window


@pytest.fixture
def dialog(qtbot, window):
    dialog = PreferencesDialog(window.preferences, window.session.tasks.weights, window, Page.MACHINE)
    with qtbot.waitExposed(dialog):
        dialog.show()
    yield dialog
    dialog.reject()


def choose(qtbot, monkeypatch, dialog, path):
    """As the user does with the button and the file dialog; waits until the file was read."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(dialog.weights.other, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog._weights.is_reading)


def run_pass(qtbot, window):
    """To its end, however long the network takes."""
    window.session.tasks.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)


def used(window):
    return window.session.tasks.passes.make_tracker.weights


def test_a_checkpoint_is_used_by_the_next_pass_and_kept(qtbot, monkeypatch, window, dialog, weights):
    read = []
    monkeypatch.setattr(NetworkTracker, "_load", _listed(NetworkTracker._load, read))
    assert "next pass" in dialog.weights.hint.text()
    for chosen in (None, weights):
        if chosen is not None:
            choose(qtbot, monkeypatch, dialog, chosen)
        go(qtbot, window.session, 0)
        paint(window.session)
        run_pass(qtbot, window)
    assert read == [None, weights]
    assert dialog.weights.choice.currentText() == "mine.safetensors"
    assert load_settings().weights == str(weights)


def _listed(load, read):
    def listed(self):
        read.append(self.weights)
        return load(self)

    return listed


def test_the_bundled_weights_are_the_default_and_chosen_again_with_the_keyboard(
    qtbot, monkeypatch, window, dialog, weights
):
    assert dialog.weights.choice.currentText() == "Bundled with the program"
    choose(qtbot, monkeypatch, dialog, weights)
    dialog.weights.choice.setFocus()
    qtbot.keyClick(dialog.weights.choice, Qt.Key.Key_Up)
    assert used(window) is None
    assert load_settings().weights == ""
    assert dialog.weights.choice.count() == 1


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("clip/00000.png", "00000.png is no checkpoint: it is a picture"),
        ("clicks.safetensors", "clicks.safetensors is a network of clicks, which selects on one picture"),
    ],
)
def test_a_file_that_does_not_fit_is_called_what_it_is(
    qtbot, monkeypatch, window, dialog, tmp_path, weights, file, sentence
):
    shutil.copy(click_weights(), tmp_path / "clicks.safetensors")
    choose(qtbot, monkeypatch, dialog, weights)
    choose(qtbot, monkeypatch, dialog, tmp_path / file)
    assert sentence in dialog.weights.hint.text()
    assert dialog.weights.choice.currentText() == "mine.safetensors"
    assert used(window) == weights
    assert load_settings().weights == str(weights)
    texts = [text for text in dialog.findChildren(QLabel) if text.isVisible() and text.text()]
    qtbot.waitUntil(lambda: all(text.height() >= text.heightForWidth(text.width()) for text in texts))


def test_a_file_dialog_that_is_closed_changes_nothing(qtbot, monkeypatch, window, dialog):
    choose(qtbot, monkeypatch, dialog, "")
    assert used(window) is None
    assert "next pass" in dialog.weights.hint.text()


def test_preferences_that_are_closed_while_a_file_is_read_change_nothing(
    qtbot, monkeypatch, window, dialog, weights
):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(weights), ""))
    qtbot.mouseClick(dialog.weights.other, Qt.MouseButton.LeftButton)
    assert dialog.weights.hint.text() == "mine.safetensors is being read"
    dialog.reject()
    window.session.tasks.weights.close()  # waits for the thread
    assert used(window) is None
    assert load_settings().weights == ""


def test_what_the_command_line_named_is_shown_and_left_for_the_bundled(qtbot, window, weights):
    window.session.tasks.passes.make_tracker = NetworkTracker(weights)
    dialog = PreferencesDialog(window.preferences, window.session.tasks.weights, window, Page.MACHINE)
    qtbot.addWidget(dialog)
    assert dialog.weights.choice.currentText() == "mine.safetensors"
    assert load_settings().weights == ""
    dialog.show()
    dialog.weights.choice.setFocus()
    qtbot.keyClick(dialog.weights.choice, Qt.Key.Key_Up)
    assert used(window) is None


def test_weights_that_are_gone_are_told_of_before_a_pass_which_uses_the_bundled(
    qtbot, window, weights, tmp_path
):
    window.session.tasks.passes.make_tracker = NetworkTracker(weights, size=64, threads=1)
    weights.unlink()
    paint(window.session)
    run_pass(qtbot, window)
    assert window.message_bar.text.text() == (
        f"The weights {weights} are not there any more: the bundled ones are used"
    )
    assert window.session.tasks.passes.latest.latest == 11


def test_weights_that_were_read_stay_in_use_when_their_file_goes(qtbot, window, weights):
    network = window.session.tasks.passes.make_tracker = NetworkTracker(weights, "cpu", 64, 1)
    loaded = network()
    weights.unlink()
    window.session.tasks.weights.leave_missing_file()
    assert (network(), used(window)) == (loaded, weights)


def test_weights_that_could_not_be_read_are_read_again_by_the_next_pass(weights):
    network, whole = NetworkTracker(weights, "cpu", 64, 1), weights.read_bytes()
    first = network()
    for wrong in (whole[:1000], b""):
        weights.write_bytes(wrong)
        network.use(weights)
        for _ in range(2):
            with pytest.raises(WeightsError):
                network()
    weights.write_bytes(whole)
    assert network() is not first


def test_damaged_weights_end_a_pass_with_a_button_that_uses_the_bundled_ones(qtbot, window, clip, weights):
    weights.write_bytes(weights.read_bytes()[:1000])
    window.session.tasks.passes.make_tracker = NetworkTracker(weights, "cpu", 64, 1)
    paint(window.session)
    run_pass(qtbot, window)
    assert f"{weights} is not a safetensors checkpoint" in window.message_bar.text.text()
    qtbot.mouseClick(window.message_bar.offer, Qt.MouseButton.LeftButton)
    assert used(window) is None
    assert not window.message_bar.isVisible()
    run_pass(qtbot, window)
    assert window.session.tasks.passes.latest.latest == 11


@pytest.mark.parametrize("is_opening", [True, False])
def test_preferred_weights_that_are_gone_are_told_of_when_the_window_opens(
    qtbot, make_window, clip, tmp_path, is_opening
):
    window = make_window(NetworkTracker(tmp_path / "gone.safetensors"))
    _leave_missing_weights(window, is_opening)
    if is_opening:
        with qtbot.waitSignal(window.session.viewer.frame_shown):
            window.open(clip)
    assert "gone.safetensors are not there any more" in window.message_bar.text.text()
    assert window.message_bar.isVisible()
    assert used(window) is None
