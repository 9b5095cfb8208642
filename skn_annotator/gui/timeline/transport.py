"""Transport: the bar between canvas and timeline: stepping and playing, where we are, and propagation."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from skn_annotator.app.language import message_text, tr, translatable
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.task import Task
from skn_annotator.gui.actions import Actions
from skn_annotator.gui.look import Elided, action_button, caption, clock, icon, separator
from skn_annotator.gui.timeline.frame_field import FrameField
from skn_annotator.gui.timeline.pass_buttons import PassButtons

_BAR, _NARROW_BAR = 200, 80  # width of the progress bar


class Transport(QWidget):
    """Buttons of actions; while a task runs, its progress takes the place of the buttons on the right."""

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("Transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._session = session
        self._actions = actions
        self.where = FrameField(session)
        self._time = caption(role="Hint")
        self._right = QStackedWidget()
        self._progress = QProgressBar(textVisible=False)
        self._count = Elided()
        self._count.setObjectName("Hint")
        self._texts: list[QToolButton] = []  # buttons whose texts give way in a narrow window
        self.passes = PassButtons(session, actions)
        self._texts += self.passes.buttons.values()
        self._build()
        self._is_narrow = False
        self._set_narrow(True)
        self.setMinimumWidth(self.layout().minimumSize().width())
        self._set_narrow(False)
        session.project.opened.connect(self._show_position)
        session.viewer.position_changed.connect(self._show_position)
        session.viewer.playback.changed.connect(self._show_playing)
        session.tasks.pass_changed.connect(self._show_task)
        session.tasks.remaps.changed.connect(self._show_task)
        for signal in (
            session.project.opened,
            session.viewer.range_changed,
            session.document.frames_changed,
            session.document.objects_changed,
        ):
            signal.connect(self._fit)
        self._show_all()

    def _show_all(self) -> None:
        self._show_position()
        self._show_task()
        self.passes.refresh()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_all()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 16, 4)
        row.setSpacing(2)
        for name in (
            "first",
            "previous_reference",
            "previous",
            "play",
            "next",
            "next_reference",
            "last",
            "loop",
        ):
            row.addWidget(action_button(self._actions[name]))
        row.addSpacing(16)
        row.addWidget(self.where)
        row.addSpacing(16)
        row.addWidget(self._time)
        row.addStretch(1)
        self._right.addWidget(self.passes)
        self._right.addWidget(self._running_part())
        row.addWidget(self._right)

    def _running_part(self) -> QWidget:
        part, row = _row()
        self._progress.setFixedWidth(_BAR)
        row.addStretch(1)
        row.addWidget(self._count)
        row.addSpacing(8)
        row.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        follow, pause = self._actions["follow"], self._actions["pause"]
        stop = action_button(self._actions["stop"], text=translatable("Stop"))
        self._only_of_a_pass = (
            action_button(follow),
            separator(vertical=True),
            action_button(pause, text=translatable("Pause")),
        )
        for button in (*self._only_of_a_pass, stop):
            row.addWidget(button)
        for button in (self._only_of_a_pass[-1], stop):
            self._texts.append(button)
            button.setProperty("filled", True)
        return part

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        """Show texts as far as there is room for them."""
        self._set_narrow(False)
        self._right.updateGeometry()  # what changed inside it would reach the row with the next event only
        count = self._count.sizeHint().width() if self._right.currentIndex() else 0  # that can be cut
        self._set_narrow(self.layout().minimumSize().width() + count > self.width())

    def _set_narrow(self, is_narrow: bool) -> None:
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        style = Qt.ToolButtonStyle
        for button in self._texts:
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if is_narrow else style.ToolButtonTextBesideIcon
            )
        for text in (self._time, self.passes.what):
            text.setVisible(not is_narrow)
        self._progress.setFixedWidth(_NARROW_BAR if is_narrow else _BAR)

    def _show_position(self) -> None:
        sequence = self._session.project.sequence
        if sequence is None:
            self._time.setText("")
            return
        t = self._session.viewer.position
        speed = self._session.viewer.playback.speed
        self._time.setText(clock(t / sequence.fps) + (f"   {_speed(speed)}" if speed not in (0, 1) else ""))

    def _show_playing(self) -> None:
        self._actions["play"].setIcon(icon("pause" if self._session.viewer.playback.playing else "play"))
        self._show_position()

    def _show_task(self) -> None:
        task = self._session.tasks.current
        before = self._right.currentIndex(), len(self._count.text())
        self._show_part(0 if task is None else 1)
        if task is not None:
            self._show_progress(task)
        if (self._right.currentIndex(), len(self._count.text())) != before:
            self._fit()

    def _show_part(self, place: int) -> None:
        """Show the buttons or the progress; the other one takes no room."""
        self._right.setCurrentIndex(place)
        policy = QSizePolicy.Policy
        for each in range(self._right.count()):
            width = policy.Preferred if each == place else policy.Ignored
            self._right.widget(each).setSizePolicy(width, policy.Preferred)

    def _show_progress(self, task: Task) -> None:
        is_pass = task is self._session.tasks.passes.current
        for widget in self._only_of_a_pass:
            widget.setVisible(is_pass)
        self._progress.setAccessibleName(tr("Progress: {name}").format(name=task.name))
        self._progress.setRange(0, task.total)
        self._progress.setValue(task.done)
        self._count.setText(message_text(task.stage) or task.how_far)
        self._actions["pause"].setIcon(icon("play" if task.paused else "pause"))
        self._actions["pause"].setIconText(tr("Resume") if task.paused else tr("Pause"))


def _speed(speed: int) -> str:
    """The speed of playback as text: "2 x", backward "-2 x"."""
    return f"{speed} \N{MULTIPLICATION SIGN}".replace("-", "\N{MINUS SIGN}")


def _row() -> tuple[QWidget, QHBoxLayout]:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    return part, row
