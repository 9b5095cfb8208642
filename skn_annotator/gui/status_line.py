"""StatusLine: the running task or the tool's hint, and brush, zoom and frame size, in one line."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from skn_annotator.app.language import message_text, tr
from skn_annotator.app.numbers import figures, number, percent
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.passes import Pass
from skn_annotator.app.tasks.task import Pace
from skn_annotator.gui.actions import Actions
from skn_annotator.gui.canvas import Canvas, CombinationSwitch, Toolbox
from skn_annotator.gui.look import Elided, row


class StatusLine(QWidget):
    """The tool's switch, the pass and its pace or the tool's hint on the left; brush, zoom and frame size on
    the right."""

    def __init__(self, session: Session, canvas: Canvas, toolbox: Toolbox, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("StatusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._canvas, self._toolbox = session, canvas, toolbox
        self.setFixedHeight(28)
        self.switch = CombinationSwitch(actions, toolbox)
        self.doing = Elided()
        self.machine, self.memory, self.pace = (QLabel() for _ in range(3))
        self.brush, self.zoom, self.picture = (QLabel() for _ in range(3))
        left = (self.switch, self.doing, self.machine, self.memory, self.pace)
        right = (self.brush, self.zoom, self.picture)
        row(*left, None, *right, spacing=24, margins=(16, 0, 16, 0), of=self)
        session.tasks.pass_changed.connect(self._on_pass)
        session.tasks.remaps.changed.connect(self.show_pass)
        session.tasks.remaps.done.connect(self._show_summary)
        session.document.history_changed.connect(self._forget_summary)
        session.project.opened.connect(self.show_all)
        canvas.view_changed.connect(self.show_view)
        toolbox.size_changed.connect(self.show_view)
        for signal in (toolbox.tool_changed, toolbox.shape_changed):
            signal.connect(self._forget_summary)
        # A tool's hint goes by what the active object has on the shown frame.
        document = session.document
        for signal in (session.viewer.frame_shown, document.frames_changed, document.objects_changed):
            signal.connect(self.show_pass)
        self._was_running = False
        self._summary = ""  # summary of the last pass or change of many masks, until the next action
        self._forecast = ""  # forecast of the pass that the user points at
        self.show_all()

    def show_all(self) -> None:
        """Read everything again."""
        self.show_pass()
        self.show_view()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_all()

    def show_view(self) -> None:
        """Brush, zoom, frame size."""
        sequence = self._session.project.sequence
        for piece in (self.brush, self.zoom, self.picture):
            piece.setVisible(sequence is not None)
        if sequence is not None:
            self.brush.setText(tr("brush {n:.0f} px").format(n=2 * self._toolbox.radius))
            self.zoom.setText(percent(self._canvas.view.scale))
            self.picture.setText(
                tr("{size}, {fps} frames/s").format(
                    size=f"{sequence.size[1]} \N{MULTIPLICATION SIGN} {sequence.size[0]}",
                    fps=figures(sequence.fps, 4),
                )
            )

    def _on_pass(self) -> None:
        latest, is_running = self._session.tasks.passes.latest, self._session.tasks.passes.current is not None
        if is_running or latest is None:
            self._summary = ""
        elif self._was_running and latest.summary:
            hint = tr(". Hold X to see the masks from before") if latest.replaces else ""
            self._summary = latest.summary + hint
        self._was_running = is_running
        self.show_pass()

    def _show_summary(self, text: str) -> None:
        self._summary = text
        self.show_pass()

    def _forget_summary(self) -> None:
        self._show_summary("")

    def show_forecast(self, text: str) -> None:
        """Show what a pass would change, in place of anything else; "": stop showing it."""
        self._forecast = text
        self.show_pass()

    def show_pass(self) -> None:
        """Show what is running, how fast, and how long it will take."""
        task, running = self._session.tasks.current, self._session.tasks.passes.current
        if task is None:
            is_open = self._session.project.sequence is not None
            idle = self._forecast or self._summary or self._toolbox.tool.hint or tr("Ready")
            self.doing.setText(idle if is_open else "")
            _put(self.pace, "")
        else:
            self.doing.setText(tr("Paused") if task.paused else message_text(task.stage) or task.name)
            pace = task.pace()
            if pace is not None or task.paused:
                _put(self.pace, as_text(None if task.paused else pace))
        _put(self.machine, "" if running is None else message_text(running.machine))
        _put(self.memory, "" if running is None else _memory(running))


def _put(place: QLabel, text: str) -> None:
    """Show `text`; an empty place takes no room."""
    place.setText(text)
    place.setVisible(bool(text))


def _memory(running: Pass) -> str:
    if not running.memory_frames:
        return ""
    mib = running.memory_bytes / 2**20
    one, more = tr("memory 1 frame, {mib:.0f} MB"), tr("memory {n} frames, {mib:.0f} MB")
    return (one if running.memory_frames == 1 else more).format(n=running.memory_frames, mib=mib)


def as_text(pace: Pace | None) -> str:
    """As in "7.9 frames/s, 21 s left"; empty where it is not known."""
    if pace is None:
        return ""
    return tr("{pace}, {time} left").format(
        pace=speed(pace.frames_per_second), time=duration(pace.seconds_left)
    )


def speed(frames_per_second: float) -> str:
    """As in "7.9 frames/s", or "1.4 s per frame" where that reads better."""
    if frames_per_second >= 1:
        return tr("{n} frames/s").format(n=number(frames_per_second, 1))
    return tr("{n} s per frame").format(n=number(1 / frames_per_second, 1))


def duration(seconds: float) -> str:
    """As in "21 s", "3 min 20 s", "1 h 05 min"."""
    whole = round(seconds)
    if whole < 60:
        return tr("{s} s").format(s=whole)
    if whole < 3600:
        return tr("{m} min {s:02d} s").format(m=whole // 60, s=whole % 60)
    return tr("{h} h {m:02d} min").format(h=whole // 3600, m=whole % 3600 // 60)
