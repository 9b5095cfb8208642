"""An unexpected error is written down and told, once."""

import sys

from PySide6.QtWidgets import QWidget

from skn_annotator.gui.crash import ErrorDialog, hook, write_down


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return type(caught), caught, caught.__traceback__


def test_it_is_in_the_log_with_its_traceback_and_told(tmp_path, capsys):
    told = []
    log = tmp_path / "logs" / "errors.log"
    hook(log, told.append)(*raised(ZeroDivisionError("oops")))
    assert "ZeroDivisionError: oops" in log.read_text()
    assert "test_crash.py" in log.read_text()
    assert str(log) in told[0]
    assert "oops" in capsys.readouterr().err


def test_where_no_log_can_be_written_the_dialog_has_it_all(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    told = []
    hook(tmp_path / "file" / "errors.log", told.append)(*raised(ValueError("x")))
    assert "test_crash.py" in told[0]
    assert not write_down(tmp_path / "file" / "errors.log", "x")


def test_ctrl_c_is_no_error(tmp_path, monkeypatch):
    told, passed = [], []
    monkeypatch.setattr(sys, "__excepthook__", lambda *args: passed.append(args[0]))
    hook(tmp_path / "log", told.append)(*raised(KeyboardInterrupt()))
    assert passed == [KeyboardInterrupt]
    assert told == []


def test_one_dialog_at_a_time(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ErrorDialog(parent)
    dialog.show("first")
    box = dialog._box
    dialog.show("second")
    assert dialog._box is box
    qtbot.waitUntil(box.isVisible)
    assert "first" in box.informativeText()
    box.accept()
    dialog.show("third")
    third = dialog._box
    assert third is not box
    qtbot.waitUntil(third.isVisible)
    third.accept()


def test_without_a_console_it_is_told_all_the_same(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr("sys.stderr", None)
    hook(tmp_path / "errors.log", told.append)(ValueError, ValueError("odd"), None)
    assert "odd" in told[0]
