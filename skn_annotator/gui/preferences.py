"""Preferences: the user's settings, saved at each change, which takes effect at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from skn_annotator.app.language import message_text, tr, use_language
from skn_annotator.files import check_readable
from skn_annotator.gui.look import apply_theme, palette_called, scheme_called, use_palette
from skn_annotator.settings import Settings, save_settings, settings_file


class Preferences(QObject):
    """Holds the `Settings`, and is the only one that writes them."""

    changed = Signal(object)  # the settings before the change

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        use_palette(palette_called(settings.palette))

    def set(self, **changes: Any) -> None:
        """Change some of them: ``preferences.set(theme="light")``."""
        before, self.settings = self.settings, replace(self.settings, **changes)
        if self.settings == before:
            return
        save_settings(self.settings)
        app = QApplication.instance()
        assert isinstance(app, QApplication), "a window has an application"
        if self.settings.theme != before.theme:
            apply_theme(app, scheme_called(self.settings.theme))
        if self.settings.language != before.language:
            use_language(app, self.settings.language)
        use_palette(palette_called(self.settings.palette))
        self.changed.emit(before)


def unusable_text(unusable: Sequence[str]) -> str:
    """The message about the settings that `settings.read_settings` could not use."""
    if "*" in unusable:
        if barred := check_readable(settings_file()):
            return message_text(barred) + tr(". All preferences have their default values")
        return tr("{file} is damaged: all preferences have their default values").format(file=settings_file())
    return tr("{file} has no usable value for {names}: the default is used").format(
        file=settings_file(), names=", ".join(unusable)
    )
