"""MasksToImport: masks that the user chose, dropped or opened, on their way to `ImportDialog`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from skn_annotator.annotation.mask_places import holds_masks, masks_beside, video_of_masks
from skn_annotator.app.language import tr, translatable
from skn_annotator.app.notice import Notice, Offer
from skn_annotator.app.session import Session
from skn_annotator.app.verb_queue import in_turn
from skn_annotator.gui.dialogs import ImportDialog, open_dialog

OPEN_VIDEO_FIRST = translatable("{name} holds masks: open their video first, then drop them on it")
_FILES = translatable("Masks (*.png *.json);;All files (*)")


@dataclass(frozen=True)
class MasksWay:
    """How masks get into the annotation: on what `is_open`, or on `video`, which is opened first; with
    neither, the user has to open their video."""

    is_open: bool = False
    video: Path | None = None


class MasksToImport(QObject):
    """Opens `ImportDialog`, at once or when the video is open that the masks are of."""

    def __init__(self, session: Session, open_video: Callable[[Path], None], window: QWidget) -> None:
        """`open_video`: opens a video in the window."""
        super().__init__(window)
        self._session, self._open_video, self._window = session, open_video, window
        self.verbs = session.verbs
        self._waiting: tuple[Path, Path] | None = None  # a video that is being opened, and its masks

    def ask_folder(self) -> None:
        """Ask for a folder of masks or a data set."""
        path = QFileDialog.getExistingDirectory(self._window, tr("Import masks"), self._folder())
        if path:
            self.show(Path(path))

    def ask_file(self) -> None:
        """Ask for one mask, or a COCO file."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, tr("Import a mask or a COCO file"), self._folder(), tr(_FILES)
        )
        if path:
            self.show(Path(path))

    def takes(self, path: Path, is_dropped: bool = False) -> bool:
        """True if masks lie at `path`, which was dropped or opened: they are shown in the dialog."""
        way = self.way_of(path, is_dropped)
        if way is None:
            return False
        if way.is_open:
            self.show(path)
        elif way.video is None:
            self._ask_for_video(path)
        else:
            self._waiting = way.video, path
            self._open_video(way.video)
        return True

    def way_of(self, path: Path, is_dropped: bool = False) -> MasksWay | None:
        """The way of the masks at `path`, which is opened or dropped; None if it is to be opened itself.

        What is dropped is taken for masks of the video that is open; other masks need a video beside them.
        Where there is none, masks that are dropped are no frames either, unless the user says so.
        """
        sequence, video = self._session.project.sequence, video_of_masks(path)
        is_mask = video is not None or (is_dropped and holds_masks(path))
        if sequence is not None and path.resolve() != sequence.path:
            is_of_it = video is not None and video.resolve() == sequence.path
            if is_of_it or (is_dropped and is_mask):
                return MasksWay(is_open=True)
        return MasksWay(video=video) if is_mask else None

    @in_turn
    def show(self, path: Path) -> None:
        """Show what is found at `path`, unless something else runs."""
        if self._session.tasks.is_free():
            open_dialog(ImportDialog(self._session, path, self._window))

    def after_opening(self) -> None:
        """Show the masks that wait for what is open now, or else offer those that lie beside it."""
        sequence = self._session.project.sequence
        if sequence is None:
            return  # what was open is closed first
        waiting, self._waiting = self._waiting, None
        if waiting is not None and sequence.path == waiting[0].resolve():
            self.show(waiting[1])
        elif not self._session.document.annotation.frames():
            self._offer(masks_beside(sequence.path))

    def _ask_for_video(self, masks: Path) -> None:
        text = tr(OPEN_VIDEO_FIRST).format(name=masks.name)
        offer = Offer(tr("Open as frames"), partial(self._open_video, masks)) if masks.is_dir() else None
        project = self._session.project
        self._session.noticed.emit(
            Notice(text, stays=True, offer=offer, holds=lambda: not project.is_opening)
        )

    def _offer(self, masks: Path | None) -> None:
        if masks is not None:
            text = tr("{folder} beside the video holds masks").format(folder=masks.name)
            offer = Offer(tr("Import…"), partial(self.show, masks))
            self._session.noticed.emit(Notice(text, stays=True, offer=offer, holds=self._has_no_masks))

    def _has_no_masks(self) -> bool:
        session = self._session
        return not session.document.annotation.frames() and session.tasks.remaps.current is None

    def _folder(self) -> str:
        sequence = self._session.project.sequence
        return str(Path.home() if sequence is None else sequence.path.parent)
