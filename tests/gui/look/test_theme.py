"""Dark and light."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon

from skn_annotator.gui.look import theme
from skn_annotator.gui.look.icons import icon, pixmap
from skn_annotator.gui.look.theme import DARK, LIGHT, Scheme, Theme, apply_theme, scheme_called
from skn_annotator.settings import load_settings


@pytest.fixture(autouse=True)
def dark_again(qapp, themed):
    yield
    if theme.current_scheme() is not Scheme.DARK:
        apply_theme(qapp)


def luminance(name):
    channels = [channel / 255 for channel in QColor(name).getRgb()[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("worn", [DARK, LIGHT])
def test_text_is_readable_on_every_surface(worn: Theme):
    """WCAG 2.2: 4.5 to 1 for text, 3 to 1 for what only has to be seen."""
    for back in ("well", "surface", "raised", "accent_soft"):
        assert contrast(worn.text, getattr(worn, back)) >= 7, back
        for said in ("dim", "accent"):
            assert contrast(getattr(worn, said), getattr(worn, back)) >= 3.5, (said, back)
    for back in ("well", "surface"):
        assert contrast(worn.dim, getattr(worn, back)) >= 4.5, back
        for sign in ("warning", "error", "good"):
            assert contrast(getattr(worn, sign), getattr(worn, back)) >= 3, (sign, back)
    assert contrast(worn.on_accent, worn.accent) >= 4.5


@pytest.mark.parametrize("worn", [DARK, LIGHT])
def test_icons_of_what_is_off_or_cannot_be_used_are_seen(worn: Theme):
    """WCAG 2.2, 1.4.11: 3 to 1. The icons of eye and lock lie on a row that may be hovered or active."""
    for back in ("well", "surface", "raised", "accent_soft", "sheet"):
        assert contrast(worn.quiet, getattr(worn, back)) >= 3, back


@pytest.mark.parametrize(("name", "worn"), [("light", LIGHT), ("dark", DARK)])
def test_the_theme_is_changed_at_once_and_remembered(window, name, worn):
    window.actions_[name].trigger()
    assert window.actions_[name].isChecked()
    assert theme.theme() is worn
    assert window.palette().window().color().name() == worn.surface
    assert load_settings().theme == name
    corner = window.canvas.grab().toImage().pixelColor(2, 2)
    assert corner.name() == worn.backdrop


def test_the_system_decides_where_it_is_asked_to(qapp, window):
    window.actions_["system"].trigger()
    system = qapp.styleHints().colorScheme()
    assert theme.theme() is (LIGHT if system == Qt.ColorScheme.Light else DARK)
    assert theme.current_scheme() is Scheme.SYSTEM


def test_icons_follow(qapp):
    def tint(mode=QIcon.Mode.Normal, state=QIcon.State.Off):
        image = icon("plus").pixmap(QSize(24, 24), mode, state).toImage()
        return image.pixelColor(12, 12).name()

    for scheme, worn in ((Scheme.LIGHT, LIGHT), (Scheme.DARK, DARK)):
        apply_theme(qapp, scheme)
        assert tint() == worn.text
        assert tint(QIcon.Mode.Disabled) == worn.quiet
        assert tint(state=QIcon.State.On) == worn.accent


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_icons_are_as_sharp_as_the_screen(qapp, ratio):
    assert pixmap("plus", size=16, ratio=ratio).width() == 16 * ratio
    assert icon("plus").pixmap(QSize(16, 16), ratio).width() == 16 * ratio


def test_a_theme_that_is_none_is_dark():
    assert scheme_called("violet") is Scheme.DARK
