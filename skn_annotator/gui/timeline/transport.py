"""Transport: the bar between canvas and timeline: stepping and playing, where we are, and propagation."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QStackedWidget, QWidget

from skn_annotator.app.language import mark, message_text, tr
from skn_annotator.app.session import Session
from skn_annotator.gui.actions import Actions
from skn_annotator.gui.look import action_button, caption, clock, icon, separator, set_texts

_WIDEST = 120  # of an object's name


class Transport(QWidget):
    """Buttons of actions; the right part shows what is on its way instead while something is."""

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("Transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._session = session
        self._actions = actions
        self._where = caption(role="Where")
        self._time = caption(role="Hint")
        self._right = QStackedWidget()
        self._progress = QProgressBar(textVisible=False)
        self._count = caption(role="Hint")
        self._remap_progress = QProgressBar(textVisible=False)
        self._remap_count = caption(role="Hint")
        self._what = caption(role="Hint")
        self._build()
        for show in (self._show_position, self._show_range):
            session.project.opened.connect(show)
        session.viewer.position_changed.connect(self._show_position)
        session.viewer.playback.changed.connect(self._show_playing)
        session.tasks.pass_changed.connect(self._show_pass)
        session.tasks.remaps.changed.connect(self._show_pass)
        session.viewer.selection_changed.connect(self._show_range)
        for signal in (session.tasks.pass_changed, session.document.objects_changed, session.project.opened):
            signal.connect(self._show_what)
        self._show_all()

    def _show_all(self) -> None:
        self._show_position()
        self._show_pass()
        self._show_range()
        self._show_what()

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
        row.addWidget(self._where)
        row.addSpacing(16)
        row.addWidget(self._time)
        row.addStretch(1)
        self._right.addWidget(self._idle_part())
        self._right.addWidget(self._running_part())
        self._right.addWidget(self._remap_part())
        row.addWidget(self._right)

    def _idle_part(self) -> QWidget:
        part, row = _row()
        row.addStretch(1)
        row.addWidget(self._what)
        row.addSpacing(8)
        for name, text in (
            ("backward", mark("Backward")),
            ("both", mark("Both ways")),
            ("forward", mark("Forward")),
        ):
            button = action_button(self._actions[name], text=text)
            button.setProperty("filled", True)
            if name == "forward":
                button.setProperty("primary", True)
            row.addWidget(button)
        self._range = action_button(self._actions["range"], text="Selection")
        self._range.setProperty("filled", True)
        row.addWidget(self._range)
        return part

    def _running_part(self) -> QWidget:
        part, row = _progress_row(self._count, self._progress)
        set_texts(self._progress, accessibleName=mark("Progress of the pass"))
        row.addWidget(action_button(self._actions["follow"]))
        row.addWidget(separator(vertical=True))
        for name, text in (("pause", mark("Pause")), ("stop", mark("Stop"))):
            button = action_button(self._actions[name], text=text)
            button.setProperty("filled", True)
            row.addWidget(button)
        return part

    def _remap_part(self) -> QWidget:
        part, row = _progress_row(self._remap_count, self._remap_progress)
        set_texts(self._remap_progress, accessibleName=mark("Progress of the change"))
        button = action_button(self._actions["stop"], text=mark("Stop"))
        button.setProperty("filled", True)
        row.addWidget(button)
        return part

    def _show_position(self) -> None:
        sequence = self._session.project.sequence
        if sequence is None:
            self._where.setText("")
            self._time.setText("")
            return
        t = self._session.viewer.position
        self._where.setText(tr("frame {t} / {length}").format(t=t + 1, length=sequence.length))
        speed = self._session.viewer.playback.speed
        self._time.setText(clock(t / sequence.fps) + (f"   {_speed(speed)}" if speed not in (0, 1) else ""))

    def _show_what(self) -> None:
        """Which objects a pass changes."""
        only = self._session.document.active_object if self._session.tasks.only_active else None
        name = only and self._what.fontMetrics().elidedText(only.name, Qt.TextElideMode.ElideRight, _WIDEST)
        self._what.setText(tr("Propagate {name} only").format(name=name) if name else tr("Propagate"))

    def _show_range(self) -> None:
        """There is a button for the chosen range while there is one."""
        selection = self._session.viewer.selection
        self._range.setVisible(selection is not None)
        if selection is not None:
            self._actions["range"].setIconText(
                tr("Frames {first}-{last}").format(first=selection[0] + 1, last=selection[1] + 1)
            )

    def _show_playing(self) -> None:
        self._actions["play"].setIcon(icon("pause" if self._session.viewer.playback.playing else "play"))
        self._show_position()

    def _show_pass(self) -> None:
        running = self._session.tasks.passes.current
        remap = self._session.tasks.remaps.current
        self._right.setCurrentIndex(1 if running is not None else 2 if remap is not None else 0)
        if remap is not None:
            self._remap_progress.setRange(0, remap.total)
            self._remap_progress.setValue(remap.done)
            self._remap_count.setText(
                tr("{done} of {total} frames").format(done=remap.done, total=remap.total)
            )
        if running is None:
            return
        self._progress.setRange(0, running.total)
        self._progress.setValue(running.done)
        self._count.setText(
            message_text(running.stage)
            or tr("{done} of {total} frames").format(done=running.done, total=running.total)
        )
        self._actions["pause"].setIcon(icon("play" if running.paused else "pause"))
        self._actions["pause"].setIconText(tr("Resume") if running.paused else tr("Pause"))


def _speed(speed: int) -> str:
    """As in "2 x"; backward with a minus."""
    return f"{speed} \N{MULTIPLICATION SIGN}".replace("-", "\N{MINUS SIGN}")


def _row() -> tuple[QWidget, QHBoxLayout]:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    return part, row


def _progress_row(count: QWidget, progress: QProgressBar) -> tuple[QWidget, QHBoxLayout]:
    part, row = _row()
    progress.setFixedWidth(200)
    row.addStretch(1)
    row.addWidget(count)
    row.addSpacing(8)
    row.addWidget(progress, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addSpacing(8)
    return part, row
