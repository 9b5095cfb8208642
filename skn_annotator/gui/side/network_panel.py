"""NetworkPanel: where the network searched on the shown frame, what it matched there, what it remembered.

Nobody needs it to annotate: its dock is closed until it is asked for.
"""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.app.session import Session
from skn_annotator.gui.actions import Actions
from skn_annotator.gui.look import Display, Switch, Tabs, caption, set_texts
from skn_annotator.gui.side.memory_panel import MemoryPanel, why_empty

_TAB_HEIGHT = 148
"""Room for two rows of memory frames; both tabs have this height, so that switching moves nothing."""


class NetworkPanel(QWidget):
    """Two tabs: the reader's explanation, and the memory."""

    def __init__(self, session: Session, display: Display, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("SideBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_texts(self, accessibleName=translatable("Network"))
        self.setMinimumWidth(240)
        self._session, self._display = session, display
        self._hint = caption(role="Hint", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setFixedHeight(2 * self._hint.fontMetrics().lineSpacing())
        tabs = Tabs()
        tabs.setContentsMargins(16, 8, 16, 0)
        tabs.add(
            translatable("Reader"),
            translatable("Where the network searched, and what it matched there"),
            self._reader(actions),
        )
        tabs.add(
            translatable("Memory"),
            translatable("The frames in the network's memory when it read this one"),
            self._memory(),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(tabs)
        for signal in (
            session.viewer.frame_shown,
            session.document.objects_changed,
            session.project.opened,
            session.tasks.pass_changed,
            display.changed,
        ):
            signal.connect(self._show_hint)
        self._show_hint()

    def _memory(self) -> QScrollArea:
        area = QScrollArea()
        panel = MemoryPanel(self._session, self._display)
        panel.reached.connect(lambda place: _show_in(area, place))
        area.setWidget(panel)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(_TAB_HEIGHT)
        return area

    def _reader(self, actions: Actions) -> QWidget:
        page = QWidget()
        page.setMinimumHeight(_TAB_HEIGHT)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Switch(actions["kernel"], translatable("Spatial-constrain kernel")))
        column.addWidget(Switch(actions["points"], translatable("Matched points")))
        column.addWidget(self._hint)
        column.addStretch(1)
        return page

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_hint()

    def _show_hint(self) -> None:
        look, session = self._display.look, self._session
        is_there = session.tasks.passes.matches.holds(session.viewer.shown, session.document.active)
        wanted = (look.kernel or look.points) and not is_there
        self._hint.setText(tr(why_empty(session)) if wanted else "")


def _show_in(area: QScrollArea, place: QRect) -> None:
    """Scroll just far enough to show `place` whole."""
    middle = place.center()
    area.ensureVisible(middle.x(), middle.y(), 0, place.height() // 2 + 1)
