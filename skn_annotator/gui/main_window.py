"""MainWindow: puts the parts together and keeps what only a window can: dialogs, drag and drop, geometry,
closing.
"""

import base64
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from skn_annotator.app.language import tr
from skn_annotator.app.notice import Offer, notice_of
from skn_annotator.app.session import Session
from skn_annotator.errors import MissingVideo, OtherVideo
from skn_annotator.gui import questions
from skn_annotator.gui.action_states import ActionStates
from skn_annotator.gui.actions import Actions, chosen_specs, digit_of
from skn_annotator.gui.canvas import Canvas, EarlierMasks, ToolBar, Toolbox, WaitingOutlines
from skn_annotator.gui.closing import Closing
from skn_annotator.gui.commands import make_commands
from skn_annotator.gui.context_menus import ContextMenus
from skn_annotator.gui.counting_page import CountingPage
from skn_annotator.gui.demo_hints import DemoHints
from skn_annotator.gui.dialogs import (
    CleanUpDialog,
    ExportDialog,
    Page,
    PreferencesDialog,
    ShortcutSheet,
    open_dialog,
)
from skn_annotator.gui.document_name import DocumentName
from skn_annotator.gui.drops import Drops
from skn_annotator.gui.lab import LabDoor
from skn_annotator.gui.look import Display, Look, Mode, opening_size, retranslate
from skn_annotator.gui.masks_to_import import MasksToImport
from skn_annotator.gui.message_bar import MessageBar
from skn_annotator.gui.message_sources import connect_messages
from skn_annotator.gui.preferences import Preferences
from skn_annotator.gui.recent_menu import RecentMenu
from skn_annotator.gui.side import SidePanel
from skn_annotator.gui.start_page import StartPage
from skn_annotator.gui.status_line import StatusLine
from skn_annotator.gui.timeline import PassPreview, Timeline, Transport
from skn_annotator.gui.workspace import Panel, Workspace
from skn_annotator.resources import demo_clip, demo_mask
from skn_annotator.settings import Settings

_TITLE_BAR = QSize(0, 40)  # about the size of the system's frame round the window


def _show_waiting(waits: bool) -> None:
    if waits:
        QApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
    else:
        QApplication.restoreOverrideCursor()


class MainWindow(QMainWindow):
    """The program's window on one `Session`."""

    closed = Signal()  # all is saved; threads may still compute, and are about to be waited for

    def __init__(self, session: Session, settings: Settings | None = None) -> None:
        super().__init__()
        self.session = session
        self._demo: TemporaryDirectory[str] | None = None  # the projects of the bundled clip
        self.preferences = Preferences(settings or Settings(), self)
        mode = {each.value: each for each in Mode}.get(self.settings.view_mode, Mode.OVERLAY)
        self.display = Display(Look(opacity=self.settings.opacity, mode=mode), self)
        self.toolbox = Toolbox(session, self.settings.brush_radius, self)
        self.canvas = Canvas(session, self.toolbox, self.display)
        session.tasks.follow = self.settings.follow
        session.painter.protects_others = self.settings.protect_others
        self._share_memory()
        self.imports = MasksToImport(session, self.open, self)
        self._drops = Drops(session, self.imports, self.open, self)
        self._closing = Closing(session, self)
        # The side panel makes the list of objects, which the actions rename in: the list comes first.
        self.side = SidePanel(session, self.toolbox, self.display)
        self.timeline = Timeline(session)
        self.lab = LabDoor(session, self.display, self)
        commands = make_commands(
            self,
            session,
            canvas=self.canvas,
            toolbox=self.toolbox,
            display=self.display,
            objects=self.side.objects,
            timeline=self.timeline,
            lab=self.lab,
            preferences=self.preferences,
            imports=self.imports,
        )
        self.actions_ = Actions(self, commands)
        self.actions_.use_shortcuts(chosen_specs(self.settings.shortcuts))
        self._build()
        self._action_states = ActionStates(
            self.actions_,
            session,
            toolbox=self.toolbox,
            display=self.display,
            workspace=self.workspace,
            lab=self.lab,
            parent=self,
        )
        self._connect()

    @property
    def settings(self) -> Settings:
        """The user's preferences."""
        return self.preferences.settings

    # ---- assembly

    def _build(self) -> None:
        self.side.add_actions(self.actions_)
        menus = self.actions_.fill(self.menuBar())
        self.recent_menu = RecentMenu(self.preferences, self)
        menus["File"].insertMenu(self.actions_["demo"], self.recent_menu)
        self._document = DocumentName(self.session, self.menuBar())
        self.start_page = StartPage(self.actions_)
        self.start_page.show_recent(self.settings.recent)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self._workspace())
        self._pages.addWidget(CountingPage(self.session))
        self.setCentralWidget(self._pages)
        self.message_bar = MessageBar(self._pages, self.canvas)
        ContextMenus(self.actions_, self.canvas, self.timeline, self)
        EarlierMasks(self.session, self.display, self.canvas, self)
        menus_of_passes = menus["Propagate"], self.transport.passes.menu
        preview = PassPreview(self.session, self.actions_, menus_of_passes, self._pages)
        preview.forecast_changed.connect(self.timeline.show_forecast)
        preview.text_changed.connect(self._status_line.show_forecast)
        self.resize(opening_size(self.screen().availableSize() - _TITLE_BAR))
        if self.settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(self.settings.geometry.encode()))

    def _workspace(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        below = QWidget()
        rows = QVBoxLayout(below)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.transport = Transport(self.session, self.actions_)
        rows.addWidget(self.transport)
        rows.addWidget(self.timeline, 1)
        panels = {
            Panel.TOOLS: ToolBar(self.actions_),
            Panel.OBJECTS: self.side.in_scroll_area(),
            Panel.TIMELINE: below,
        }
        self.workspace = Workspace(self.canvas, panels, stops=(self.timeline,))
        self.workspace.restore_layout(self.settings.layout)
        column.addWidget(self.workspace, 1)
        self._status_line = StatusLine(self.session, self.canvas, self.toolbox, self.actions_)
        column.addWidget(self._status_line)
        return page

    def _connect(self) -> None:
        session = self.session
        session.project.opened.connect(self._on_opened)
        # These two speak after the window hid what was said of another video.
        WaitingOutlines(session, self.toolbox)
        DemoHints(session, self)
        session.project.opening_changed.connect(self._on_opening)
        session.project.other_video.connect(self._ask_other_video)
        session.project.missing_video.connect(self._offer_to_find)
        connect_messages(self.message_bar, session, self.toolbox, self.preferences)
        session.verbs.changed.connect(_show_waiting)
        self.preferences.changed.connect(self._on_preferences)
        for recent in (self.start_page, self.recent_menu):
            recent.chosen.connect(lambda path: self.open(Path(path)))
        QApplication.instance().installEventFilter(self)

    # ---- what the window shows of the session

    def _on_preferences(self, before: Settings) -> None:
        now = self.settings
        if now.shortcuts != before.shortcuts:
            self.actions_.use_shortcuts(chosen_specs(now.shortcuts))
        if now.recent != before.recent:
            self.start_page.show_recent(now.recent)
        for name in ("size", "device", "threads"):
            if getattr(now, name) != getattr(before, name):
                self.session.tasks.compute(**{name: getattr(now, name)})
        self._share_memory()
        if now.palette != before.palette:
            self.session.document.objects_changed.emit()
        self._action_states.refresh()

    def _share_memory(self) -> None:
        self.session.painter.right_erases = self.settings.right_erases
        self.session.viewer.use_frame_memory(self.settings.frame_memory << 20)
        self.session.document.use_undo_memory(self.settings.undo_memory << 20)

    def _on_opened(self) -> None:
        sequence = self.session.project.sequence
        self._show_page()
        if sequence is not None:
            if sequence.path != demo_clip():
                self.preferences.set(recent=self.settings.with_recent(sequence.path).recent)
            self.canvas.setFocus()
        else:
            self.start_page.show_recent(self.settings.recent)
            self.start_page.setFocus()
        self.message_bar.forget()
        self.imports.after_opening()
        self._drops.after_opening()

    def _on_opening(self) -> None:
        if not self.session.project.is_opening:
            self.start_page.show_busy(None)
        self._show_page()

    def _show_page(self) -> None:
        is_open = self.session.project.sequence is not None
        self._pages.setCurrentIndex(2 if self.session.project.glimpse is not None else int(is_open))

    # ---- opening

    def open(self, path: Path, anyway: bool = False) -> None:
        """Open a video, a folder of frames or a project; or masks, if they are of a video beside them.

        `anyway`: a project opens though its video has another size or length.
        """
        if not self.imports.takes(path):
            self._begin_to_open(path.name, partial(self.session.project.open, path, anyway=anyway))

    def open_demo(self) -> None:
        """Open the bundled clip with the masks of its first frame, in a project that goes with the window."""
        if self._demo is None:
            self._demo = TemporaryDirectory(prefix="skn-demo-", ignore_cleanup_errors=True)
        place = Path(mkdtemp(dir=self._demo.name)) / "demo.skn"  # what is open may be a demo, too
        open_it = partial(self.session.project.open, demo_clip(), demo_mask(), place)
        self._begin_to_open(demo_clip().name, open_it)

    def _begin_to_open(self, name: str, begin: Callable[[], None]) -> None:
        def begin_in_turn() -> None:
            begin()
            self._closing.announce_opening(name)

        self.start_page.show_busy(name)
        self.session.verbs.run(begin_in_turn)

    def ask_video(self) -> None:
        """Ask for a video and open it."""
        questions.ask_video(self, self._last_folder(), self.open)

    def ask_folder(self) -> None:
        """Ask for a folder of frames, or a project folder, and open it."""
        questions.ask_folder(self, self._last_folder(), self.open)

    def _ask_other_video(self, error: OtherVideo) -> None:
        if questions.opens_anyway(error, self):
            self.session.project.open_anyway()

    def _offer_to_find(self, error: MissingVideo, folder: Path) -> None:
        ask = questions.ask_video if error.video.suffix else questions.ask_folder
        open_it = partial(self.session.project.open, place=folder)
        offer = Offer(tr("Find the video…"), partial(ask, self, folder.parent, open_it))
        project = self.session.project
        self.session.noticed.emit(
            replace(notice_of(error), offer=offer, holds=lambda: not project.is_opening)
        )

    def _last_folder(self) -> Path:
        return Path(self.settings.recent[0]).parent if self.settings.recent else Path.home()

    # ---- panels

    def toggle_panel(self, panel: Panel) -> None:
        """Hide or show a panel."""
        self.workspace.toggle(panel)

    def ask_frame(self) -> None:
        """Let the number of a frame be typed, to go there."""
        self.transport.where.start()

    def arrange_panels(self) -> None:
        """Put every panel back into its default place."""
        self.workspace.arrange()

    def go_round(self, way: int) -> None:
        """Move the keyboard's focus to the next part of the window (1), or the one before (-1)."""
        self.workspace.go_round(way)

    # ---- dialogs

    def ask_export(self) -> None:
        """Ask what to export, and where."""
        if self.session.tasks.is_free():
            open_dialog(ExportDialog(self.session, self.display.look.opacity, self))

    def ask_clean_up(self) -> None:
        """Ask what to clean up, and on which frames."""
        if self.session.tasks.is_free():
            open_dialog(CleanUpDialog(self.session, self))

    def show_preferences(self, page: Page = Page.GENERAL) -> None:
        """Open a page of the preferences."""
        open_dialog(PreferencesDialog(self.preferences, self.session.tasks.weights, self, page))

    def show_shortcuts(self) -> None:
        """Open the shortcut sheet; from there, the page of the preferences that changes shortcuts."""
        sheet = ShortcutSheet(self.actions_.specs, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if sheet.exec():
            self.show_preferences(Page.SHORTCUTS)

    def show_about(self) -> None:
        """Show what this program is."""
        questions.about(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            retranslate(self)
            self.actions_.retranslate()
            self._action_states.refresh()

    # ---- keys that are more than shortcuts, and closing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space: held and dragged it pans, tapped it plays."""
        pressed = event.type() == QEvent.Type.KeyPress
        if not (pressed or event.type() == QEvent.Type.KeyRelease) or watched is not self.canvas:
            return False
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Space or event.modifiers():
            return False
        if event.isAutoRepeat():
            return True
        self.canvas.hold_space(pressed)
        if not pressed and not self.canvas.panned_with_space:
            self.session.viewer.toggle_play()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        action = None if digit is None else self.actions_[f"choose_{digit}"]
        if action is None or not action.isEnabled() or QKeySequence(str(digit)) not in action.shortcuts():
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            action.trigger()

    def close_sequence(self) -> None:
        """Save, close the sequence, and show the start page."""
        self._closing.close(self.close_sequence)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closing.close(self.close):
            event.ignore()
            return
        QApplication.instance().removeEventFilter(self)
        self._remember()
        if self._demo is not None:
            self._demo.cleanup()
        self.hide()  # its threads may need a moment to end
        self.closed.emit()
        self.session.shut_down()
        event.accept()

    def _remember(self) -> None:
        self.preferences.set(
            opacity=self.display.look.opacity,
            view_mode=self.display.look.mode.value,
            brush_radius=self.toolbox.radius,
            follow=self.session.tasks.follow,
            protect_others=self.session.painter.protects_others,
            geometry=base64.b64encode(self.saveGeometry().data()).decode(),
            layout=self.workspace.layout_as_text(),
        )
