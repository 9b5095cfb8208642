"""The dialogs: import, export, preferences, shortcuts."""

from skn_annotator.gui.dialogs.export_dialog import ExportDialog
from skn_annotator.gui.dialogs.import_dialog import ImportDialog
from skn_annotator.gui.dialogs.preferences_dialog import Page, PreferencesDialog
from skn_annotator.gui.dialogs.shortcut_sheet import ShortcutSheet

__all__ = ["ExportDialog", "ImportDialog", "Page", "PreferencesDialog", "ShortcutSheet"]
