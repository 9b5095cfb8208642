"""The dialogs: import, export, clean-up, preferences, shortcuts."""

from skn_annotator.gui.dialogs.cleanup_dialog import CleanUpDialog
from skn_annotator.gui.dialogs.export_dialog import ExportDialog
from skn_annotator.gui.dialogs.import_dialog import ImportDialog
from skn_annotator.gui.dialogs.open_dialog import open_dialog
from skn_annotator.gui.dialogs.preferences_dialog import Page, PreferencesDialog
from skn_annotator.gui.dialogs.shortcut_sheet import ShortcutSheet

__all__ = [
    "CleanUpDialog",
    "ExportDialog",
    "ImportDialog",
    "Page",
    "PreferencesDialog",
    "ShortcutSheet",
    "open_dialog",
]
