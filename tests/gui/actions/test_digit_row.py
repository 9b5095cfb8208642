"""Objects are chosen by the row of digits where it gives other characters, such as on French keyboards."""

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from skn_annotator.gui.actions import digit_of
from skn_annotator.gui.actions import digit_row as digit_row_module

AZERTY = ("&", "é", '"', "'", "(", "-", "è", "_", "ç")
KEYS = [ord(text.upper()) for text in AZERTY]
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def pressed(number, key=None, modifiers=PLAIN, code=None, virtual=0, kind=QEvent.Type.KeyPress):
    code = number + 9 if code is None else code
    key = KEYS[number - 1] if key is None else key
    return QKeyEvent(kind, key, modifiers, code, virtual, 0, AZERTY[number - 1])


@pytest.fixture
def linux(monkeypatch):
    monkeypatch.setattr(digit_row_module.sys, "platform", "linux")


def test_each_key_of_the_french_row_is_its_digit(linux):
    assert [digit_of(pressed(n)) for n in range(1, 10)] == list(range(1, 10))


def test_digits_themselves_and_keys_with_others_are_left_to_shortcuts(linux):
    assert digit_of(pressed(1, Qt.Key.Key_1)) is None
    assert digit_of(pressed(1, modifiers=SHIFT)) is None
    assert digit_of(pressed(1, code=19)) is None  # the key of 0
    assert digit_of(pressed(1, code=0)) is None  # nothing known of the key


def test_windows_and_macs_count_their_keys_otherwise(monkeypatch):
    monkeypatch.setattr(digit_row_module.sys, "platform", "win32")
    assert digit_of(pressed(3, code=4)) == 3
    monkeypatch.setattr(digit_row_module.sys, "platform", "darwin")
    assert [digit_of(pressed(n, code=0, virtual=v)) for n, v in ((5, 23), (6, 22), (9, 25))] == [5, 6, 9]


@pytest.mark.skipif(sys.platform != "linux", reason="codes of X11")
def test_the_french_row_chooses_objects_in_the_window(window):
    document = window.session.document
    for _ in range(2):
        document.add_object()
    window.activateWindow()
    window.canvas.setFocus()
    for number in (1, 3, 2):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(window.canvas, pressed(number, kind=kind))
        assert document.active == number


@pytest.mark.skipif(sys.platform != "linux", reason="codes of X11")
def test_not_where_the_user_gave_the_digit_to_another_action(window):
    document = window.session.document
    document.add_object()
    document.choose(2)
    window.preferences.set(shortcuts={"choose_1": "Ctrl+1"})
    QApplication.sendEvent(window.canvas, pressed(1))
    assert document.active == 2
