"""RecentMenu: the videos and projects that were opened lately and still exist, numbered for the keyboard."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.files import exists
from skn_annotator.gui.look import set_texts
from skn_annotator.gui.preferences import Preferences


class RecentMenu(QMenu):
    """Filled when it is opened."""

    chosen = Signal(str)

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        set_texts(self, title=translatable("Open &recent"))
        self._preferences = preferences
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        existing = [path for path in self._preferences.settings.recent if exists(Path(path))]
        for number, path in enumerate(existing, 1):
            name = Path(path).name.replace("&", "&&")
            action = self.addAction(f"&{number}  {name}", partial(self.chosen.emit, path))
            action.setToolTip(path)
        if existing:
            self.addSeparator()
            self.addAction(tr("&Forget them"), partial(self._preferences.set, recent=()))
        else:
            self.addAction(tr("Nothing yet")).setEnabled(False)
