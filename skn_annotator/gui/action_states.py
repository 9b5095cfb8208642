"""ActionStates: which of the window's actions can be used, and which are checked.

It asks the parts again whenever one of them says that something changed; it changes nothing itself.
"""

from PySide6.QtCore import QObject

from skn_annotator.app.session import Session
from skn_annotator.gui.actions import COMBINATIONS, Actions
from skn_annotator.gui.canvas import TOOLS, Toolbox
from skn_annotator.gui.lab import LabDoor
from skn_annotator.gui.look import Display, Mode, current_palette, current_scheme
from skn_annotator.gui.workspace import Panel, Workspace


class ActionStates(QObject):
    """Keeps `actions` enabled and checked as the parts of the window are."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        *,
        toolbox: Toolbox,
        display: Display,
        workspace: Workspace,
        lab: LabDoor,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._actions, self._session, self._toolbox = actions, session, toolbox
        self._display, self._workspace, self._lab = display, workspace, lab
        for signal in (
            session.project.opened,
            session.document.history_changed,
            session.document.objects_changed,
            session.tasks.pass_changed,
            session.tasks.remaps.changed,
            session.tasks.clipboard.changed,
            session.painter.switched,
            session.viewer.range_changed,
            session.viewer.playback.changed,
            toolbox.tool_changed,
            toolbox.shape_changed,
            display.changed,
            workspace.panels_changed,
            lab.moved,
        ):
            signal.connect(self.refresh)
        for signal in (session.viewer.position_changed, session.document.frames_changed):
            signal.connect(self._refresh_reference)
        self.refresh()

    def refresh(self) -> None:
        """Enable, name and check every action anew."""
        tool = self._toolbox.tool
        self._actions.refresh(self._session, tool.back_name, tool.forward_name)
        for name, on in self._checked().items():
            self._actions[name].setChecked(on)
        self._refresh_reference()

    def _checked(self) -> dict[str, bool]:
        """Action -> whether it is checked. Of a theme or palette only the one in use: its group unchecks the
        others."""
        look, tasks, painter = self._display.look, self._session.tasks, self._session.painter
        return {
            **{name: getattr(look, name) for name in ("masks", "kernel", "points", "before")},
            "lab": self._lab.is_open,
            "loop": self._session.viewer.playback.loops,
            "protect": painter.protects_others,
            **{name: painter.combining is how for name, how in COMBINATIONS.items()},
            "only_active": tasks.only_active,
            "follow": tasks.follow if tasks.passes.current is None else tasks.following,
            **{name: self._toolbox.tool.name == name for name in TOOLS},
            **{f"panel_{panel.value}": self._workspace.shows(panel) for panel in Panel},
            **{mode.value: look.mode is mode for mode in Mode},
            **{chosen.value: True for chosen in (current_scheme(), current_palette())},
        }

    def _refresh_reference(self) -> None:
        document, here = self._session.document, self._session.viewer.position
        self._actions["toggle_reference"].setChecked(document.is_right(here))
