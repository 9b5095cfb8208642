"""Dialogs on a screen of 853 x 480 (1080 lines at 225 %): every control can be scrolled to."""

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QScrollArea, QSpinBox, QWidget

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.gui.dialogs import open_dialog
from skn_annotator.gui.dialogs.cleanup_dialog import CleanUpDialog
from skn_annotator.gui.dialogs.export_dialog import ExportDialog
from skn_annotator.gui.dialogs.import_dialog import ImportDialog
from skn_annotator.gui.dialogs.preferences_dialog import Page, PreferencesDialog
from skn_annotator.gui.look import small_screens

ROOM = 853, 440
CONTROLS = QAbstractButton | QComboBox | QLineEdit | QSpinBox


@pytest.fixture(autouse=True)
def small_screen(monkeypatch):
    monkeypatch.setattr(small_screens, "room_for", lambda dialog: QSize(*ROOM))
    monkeypatch.setattr("skn_annotator.gui.dialogs.preferences_dialog.room_for", lambda dialog: QSize(*ROOM))


def preferences(page):
    return lambda window, folder: PreferencesDialog(
        window.preferences, window.session.tasks.weights, window, page
    )


def masks(window, folder):
    mask = np.zeros(window.session.project.sequence.size, np.uint8)
    mask[4:9, 4:9] = 1
    (folder / "00000.png").write_bytes(encode_mask(mask))
    return ImportDialog(window.session, folder, window)


DIALOGS = {
    "general": preferences(Page.GENERAL),
    "performance": preferences(Page.MACHINE),
    "export": lambda window, folder: ExportDialog(window.session, 0.5, window),
    "clean up": lambda window, folder: CleanUpDialog(window.session, window),
    "import": masks,
}


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_can_be_scrolled_to(qtbot, window, hand, tmp_path, name):
    hand.drag((10.5, 20.5), (14.5, 20.5))
    folder = tmp_path / "masks"
    folder.mkdir()
    dialog = DIALOGS[name](window, folder)
    with qtbot.waitExposed(dialog):
        open_dialog(dialog)
    qtbot.wait(50)
    assert dialog.width() <= ROOM[0]
    assert dialog.height() <= ROOM[1]
    area = next((each for each in dialog.findChildren(QScrollArea) if each.parent() is dialog), None)
    controls = [each for each in dialog.findChildren(QWidget) if isinstance(each, CONTROLS)]
    for control in (each for each in controls if each.isVisible()):
        if area is not None:
            area.ensureWidgetVisible(control, 0, 0)
        place = QRect(control.mapTo(dialog, control.rect().topLeft()), control.size())
        assert dialog.rect().contains(place), f"{control} {place} of {dialog.rect()}"
    dialog.reject()
