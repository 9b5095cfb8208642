"""PassButtons: two buttons that start a pass, and a menu of all passes that says what each would do now.

The first is the one to press next: what is stale is renewed, a chosen range is filled, else it goes forward.
Renewing leaves the frames before a correction as they are; both ways, the second button, takes them along.
"""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from skn_annotator.app.language import message_text, tr, translatable
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.forecast import Forecast
from skn_annotator.gui.actions import PASSES, Actions, name_of, shortcut_of
from skn_annotator.gui.look import action_button, caption, icon_button, number_field, row

_WIDEST = 120  # of an object's name
_STEP_WIDTH = 108
_TEXTS = {
    "renew": translatable("Renew"),
    "range": translatable("Range"),
    "forward": translatable("Forward"),
    "both": translatable("Both ways"),
}


class PassButtons(QWidget):
    """What a pass changes, two of the buttons, the step over a range, and the menu."""

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__()
        self._session, self._actions = session, actions
        self.what = caption(role="Hint")
        self.buttons = {name: _filled(actions, name, text) for name, text in _TEXTS.items()}
        self.step = number_field(1, 999, 1, width=_STEP_WIDTH)
        self.step.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.step.valueChanged.connect(session.tasks.use_range_step)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        more = icon_button("chevron-down", translatable("All passes, and what each would do"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self.menu)
        parts = (None, self.what, *self.buttons.values(), self.step, more)
        row(*parts, spacing=6, margins=(0, 0, 0, 0), of=self)
        tasks, document = session.tasks, session.document
        for signal in (
            session.project.opened,
            session.viewer.range_changed,
            tasks.pass_changed,
            document.frames_changed,
            document.objects_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Choose the two buttons, and write what they would do."""
        chosen_range, stale = self._session.viewer.chosen_range, len(self._session.tasks.stale())
        first = "renew" if stale else "forward" if chosen_range is None else "range"
        second = "both" if chosen_range is None else "range" if stale else "forward"
        for name, button in self.buttons.items():
            button.setVisible(name in (first, second))
            _make_primary(button, name == first)
        self.step.setVisible(chosen_range is not None)
        self.step.setPrefix(tr("step") + " ")
        self.step.setAccessibleName(tr("Step over the chosen range"))
        self.step.setToolTip(tr("Every n-th frame of the chosen range: those between stay as they are"))
        renew = tr("Renew 1 frame") if stale == 1 else tr("Renew {n} frames").format(n=stale)
        self._actions["renew"].setIconText(renew)
        if chosen_range is not None:
            text = tr("Frames {first}-{last}").format(first=chosen_range[0] + 1, last=chosen_range[1] + 1)
            self._actions["range"].setIconText(text)
        self._show_what()

    def _show_what(self) -> None:
        """Show which objects a pass changes."""
        only = self._session.document.active_object if self._session.tasks.only_active else None
        name = only and self.what.fontMetrics().elidedText(only.name, Qt.TextElideMode.ElideRight, _WIDEST)
        self.what.setText(tr("Propagate {name} only").format(name=name) if name else tr("Propagate"))

    # ---- the menu

    def _fill_menu(self) -> None:
        self.menu.clear()
        for spec in self._actions.specs:
            if spec.name not in PASSES or not self._is_worth_a_line(spec.name):
                continue
            found = self._session.tasks.forecast(PASSES[spec.name])
            name = name_of(spec)
            text = found.text(name) if isinstance(found, Forecast) else f"{name}: {message_text(found)}"
            action = self.menu.addAction(f"{text.replace('&', '&&')}\t{shortcut_of(spec)}")
            action.setObjectName(spec.name)
            action.setEnabled(isinstance(found, Forecast) and self._actions[spec.name].isEnabled())
            action.triggered.connect(partial(self._start, spec.name))
        self.menu.addSeparator()
        self.menu.addAction(self._actions["only_active"])

    def _is_worth_a_line(self, name: str) -> bool:
        """False for what cannot be meant now: no range is chosen, nothing is stale."""
        if name == "range":
            return self._session.viewer.chosen_range is not None
        return name != "renew" or bool(self._session.tasks.stale())

    def _start(self, name: str, _checked: bool = False) -> None:
        self._actions[name].trigger()


def _filled(actions: Actions, name: str, text: str) -> QToolButton:
    button = action_button(actions[name], text=text)
    button.setProperty("filled", True)
    return button


def _make_primary(button: QToolButton, primary: bool) -> None:
    if button.property("primary") != primary:
        button.setProperty("primary", primary)
        button.style().unpolish(button)
        button.style().polish(button)
