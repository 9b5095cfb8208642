"""Session: what the window talks to: the parts of an open sequence, and the rules between them.

`document` is the annotation and its history, `painter` changes the mask of the shown frame, `preview` shows
what a click would select there, `viewer` says which frame that is, `tasks` runs in the background, `project`
opens and saves. Painter and tasks are given the document; no other part knows another one: they meet here.
Everything is called in the GUI thread.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.app.document import Document
from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice, Offer
from skn_annotator.app.painter import Painter, Shown
from skn_annotator.app.project.autosave import SaveState
from skn_annotator.app.project.open_project import OpenProject
from skn_annotator.app.project.opening import Opened
from skn_annotator.app.selection_preview import SelectionPreview
from skn_annotator.app.tasks.assistant import SelectionGround
from skn_annotator.app.tasks.pass_work import TrackerFactory
from skn_annotator.app.tasks.picture_selectors import SelectsOnPictures
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.tasks import Place, Tasks
from skn_annotator.app.verb_queue import in_turn
from skn_annotator.app.viewer import Viewer


class Session(QObject):
    """One open sequence, its annotation, and what is being done to it."""

    noticed = Signal(object)  # Notice, of any part

    def __init__(
        self,
        make_tracker: TrackerFactory | None = None,
        parent: QObject | None = None,
        selectors: SelectsOnPictures | None = None,
    ) -> None:
        """`make_tracker`: where passes get their network from; None is the bundled checkpoint. `selectors`:
        what clicks select with; None is the bundled network."""
        super().__init__(parent)
        self.document = Document(self)
        self.verbs = self.document.verbs
        self.tasks = Tasks(self.document, self._place, make_tracker, self, selectors)
        self.viewer = Viewer(
            lambda: self.document.draft is not None,
            self.verbs,
            lambda: self.tasks.passes.current is not None,
            self.tasks.comparison.changes,
            self.tasks.passes.notes.doubts.get,
            self,
        )
        self.painter = Painter(self.document, self._shown, self.tasks.selection_runner, self)
        self.preview = SelectionPreview(
            self._ground_to_preview,
            self._is_idle,
            self.tasks.selectors,
            self.tasks.selection_runner,
            self,
        )
        self.project = OpenProject(self.document.snapshot, self._state_to_save, self.verbs.run_last, self)
        for part in (self.document, self.painter, self.viewer, self.tasks, self.project):
            part.noticed.connect(self.noticed)
        self._connect_views()
        self._connect_changes()
        self._connect_project()

    def _connect_views(self) -> None:
        """An action on a frame ends when that is left; who goes his own way no longer follows a pass."""
        document, viewer, tasks = self.document, self.viewer, self.tasks
        viewer.leaving.connect(self._leave_frame)
        viewer.steered.connect(tasks.stop_following)
        viewer.doubted.connect(document.choose)  # or a click that is to mend it would go to another object
        document.draft_changed.connect(viewer.catch_up)
        tasks.pass_starting.connect(viewer.playback.stop)
        tasks.followed.connect(viewer.show_frame)
        self.verbs.is_at_work.append(lambda: tasks.remaps.current is not None)
        # Queued: the runner may go on with the next gesture of the selection.
        for signal in (tasks.selection_runner.busy_changed, tasks.remaps.changed, self.project.opened):
            signal.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        for signal in (viewer.frame_shown, document.draft_changed, tasks.pass_changed, tasks.remaps.changed):
            signal.connect(self.preview.load_when_idle)
        viewer.playback.changed.connect(self.preview.load_when_idle)

    def _connect_changes(self) -> None:
        """A change stops what plays, and a pass that has been on its frames; so does undo (docs/undo.md)."""
        document, painter, viewer, tasks = self.document, self.painter, self.viewer, self.tasks
        painter.starting.connect(viewer.stay_at_shown)
        painter.copied.connect(viewer.show_frame)
        document.changing.connect(lambda _: viewer.playback.stop())
        document.changing.connect(lambda _: tasks.stop_following())
        document.changing.connect(tasks.passes.stop_before_change)
        document.undoing.connect(tasks.remaps.end)
        document.stepping.connect(lambda _: viewer.playback.stop())
        document.stepping.connect(lambda _: tasks.stop_following())
        document.stepping.connect(tasks.passes.make_way)
        document.undone.connect(lambda edit: viewer.show_one_of(edit.masks))
        document.edited.connect(self.project.save_soon)
        document.outlined.connect(
            lambda object_id, frames: tasks.outlines.follow(object_id, frames, painter.protected(object_id))
        )
        painter.stroke_painted.connect(lambda _: self._save_draft())
        document.draft_dropped.connect(self._save_dropped)
        tasks.pass_starting.connect(self.project.save_now)

    def _connect_project(self) -> None:
        """What is unfinished is saved before closing; then every part gets another sequence, or none."""
        project = self.project
        project.closing.connect(self.document.end_draft)
        project.closing.connect(self.tasks.end)
        project.closed.connect(self._close)
        project.loaded.connect(self._open)

    def _go_on(self, *_: object) -> None:
        self.verbs.go_on()

    def _leave_frame(self) -> None:
        """Finish what is drawn on the frame; of a selection, which nobody kept yet, say that it was, if it is
        not said already what that did to another object."""
        document, t = self.document, self.viewer.shown
        was_open, before = self.painter.selection.is_open, document.history.latest
        document.end_draft()
        kept = document.history.latest
        is_new = kept is not before and kept is not document.announced
        if was_open and is_new and t is not None:
            text = tr("The selection on frame {t} was kept").format(t=t + 1)
            offer = Offer(tr("Undo"), self.undo)
            self.noticed.emit(Notice(text, offer=offer, holds=lambda: document.history.latest is kept))

    def _open(self, opened: Opened) -> None:
        self.document.use(opened.annotation, opened.view.get("active"))
        self.viewer.open(opened.sequence, opened.annotation, _whole(opened.view.get("position")))
        self.tasks.open(opened.sequence)
        self.tasks.passes.notes.restore(opened.view)

    def _close(self) -> None:
        self.document.cancel_draft()
        self.tasks.close()
        self.viewer.close()
        self.document.use(Annotation((1, 1), 1))

    def shut_down(self) -> None:
        """Close without saving and end every thread; the session is not used again."""
        self.project.shut_down()
        self.tasks.shut_down()

    @property
    def only_computes(self) -> bool:
        """True if threads are at work, and none of them changes a file: nothing is lost with them."""
        running = [runner for runner in self.findChildren(TaskRunner) if runner.is_running]
        return bool(running) and not any(runner.is_writing for runner in running)

    # ---- what the latest action is: one that is being made, or one that is done

    @property
    def undo_name(self) -> str | None:
        """What `undo` takes back: the unfinished action, the change being made, or the latest edit."""
        document, remaps = self.document, self.tasks.remaps
        if document.draft is None and remaps.current is not None and remaps.is_latest:
            return document.history.undo_name if remaps.current.change.follows else remaps.current.name
        return document.draft_name or document.history.undo_name

    @property
    def redo_name(self) -> str | None:
        """What `redo` makes again; None, too, while the running pass stands in its way."""
        edit = self.document.history.next
        in_way = edit is not None and self.tasks.passes.stands_in_way_of(edit)
        return None if in_way or self.tasks.remaps.current is not None else self.document.history.redo_name

    @in_turn
    def undo(self) -> None:
        """Take the latest action back, never a pass that runs; a change that is being made is stopped."""
        remaps = self.tasks.remaps
        if self.document.draft is None and remaps.current is not None and remaps.is_latest:
            belongs_to_latest = remaps.current.change.follows
            remaps.stop()
            if not belongs_to_latest:
                return
        self.document.undo()

    def _save_dropped(self, t: int) -> None:
        if self.project.save_state is not SaveState.NOTHING:
            self.project.save_soon([t])

    def _save_draft(self) -> None:
        if self.document.draft is not None:
            self.project.save_soon([self.document.draft.t])

    # ---- what the parts need of each other

    def _place(self) -> Place:
        return Place(self.viewer.position, self.viewer.chosen_range)

    def _ground_to_preview(self) -> SelectionGround | None:
        """None while a pass needs the processor, or the frame does not stand still."""
        running, playback = self.tasks.passes.current, self.viewer.playback
        if (running is not None and not running.paused) or playback.playing:
            return None
        return self.painter.selection_ground()

    def _is_idle(self) -> bool:
        """True if nothing is drawn, played or computed on an open sequence."""
        is_working = self.document.draft is not None or self.viewer.playback.playing
        return self.viewer.frame is not None and not is_working and self.tasks.current is None

    def _shown(self) -> Shown | None:
        return None if self.viewer.shown is None else (self.viewer.shown, self.viewer.frame)

    def _state_to_save(self) -> Mapping[str, Any]:
        return {
            "position": self.viewer.position,
            "active": self.document.active,
            **self.tasks.passes.notes.to_save(),
        }


def _whole(value: object) -> int:
    """A frame number from a project file; 0 if it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
