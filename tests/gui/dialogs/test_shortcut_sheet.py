"""The sheet of shortcuts on screens of several sizes: all of it, or whole lines of it."""

import pytest
from PySide6.QtCore import QSize

from skn_annotator.app.language import use_language
from skn_annotator.gui.actions.action_table import TABLE
from skn_annotator.gui.dialogs.shortcut_page import ShortcutPage
from skn_annotator.gui.dialogs.shortcut_sheet import ShortcutSheet

GROUPS = [
    ("File", [("Open video", "Ctrl+O"), ("Take its last corner back", "Backspace")]),
    ("Help", [("Keys", "F1")]),
]


@pytest.fixture(params=["en", "de"])
def language(request, qapp):
    use_language(qapp, request.param)
    yield
    use_language(qapp, "en")


@pytest.fixture
def opened(qtbot, window, monkeypatch, language):
    def on_screen(width, height):
        module = "skn_annotator.gui.dialogs.shortcut_sheet"
        monkeypatch.setattr(f"{module}.room_for", lambda dialog: QSize(width, height - 40))
        sheet = ShortcutSheet(TABLE, window)
        with qtbot.waitExposed(sheet):
            sheet.show()
        assert sheet.width() <= width
        assert sheet.height() <= height - 40
        return sheet

    return on_screen


@pytest.mark.parametrize("size", [(1600, 1000), (1920, 1080), (2560, 1440)])
def test_all_of_it_is_shown_where_there_is_room(opened, size):
    area = opened(*size).area
    assert (area.verticalScrollBar().maximum(), area.horizontalScrollBar().maximum()) == (0, 0)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (853, 480)])
def test_no_line_is_cut_where_it_has_to_scroll(opened, size):
    sheet = opened(*size)
    bar = sheet.area.verticalScrollBar()
    assert sheet.area.viewport().height() % sheet.page.line == 0
    assert bar.maximum() % sheet.page.line == bar.singleStep() % sheet.page.line == 0
    assert sheet.area.horizontalScrollBar().maximum() == 0


def test_folded_pages_are_narrower_and_longer(qapp):
    groups = [
        (title, [(f"{what}, and more words than fit" * 2, keys) for what, keys in rows])
        for title, rows in GROUPS
    ]
    straight, folded = (ShortcutPage([groups], folds) for folds in (False, True))
    assert folded.sizeHint().width() < straight.sizeHint().width()
    assert (straight.lines, folded.lines) == (6, 9)  # two titles and an empty line between the groups


def test_a_screen_reader_reads_every_line(qapp):
    assert ShortcutPage([GROUPS], False).accessibleName().splitlines()[::2] == [
        "Open video: Ctrl+O",
        "Keys: F1",
    ]
