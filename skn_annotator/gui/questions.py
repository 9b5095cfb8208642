"""The window's questions: what to open, and what to do after an error; and what it is."""

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from skn_annotator import __version__
from skn_annotator.app.language import message_text, tr, translatable
from skn_annotator.errors import OtherVideo, SknError
from skn_annotator.gui.document_name import NAME
from skn_annotator.gui.look import pixmap

_VIDEOS = translatable("Videos (*.mp4 *.mov *.avi *.mkv *.webm *.m4v);;All files (*)")


def ask_video(window: QWidget, folder: Path, open_path: Callable[[Path], None]) -> None:
    """Ask for a video and open it; `folder` is shown first."""
    path, _ = QFileDialog.getOpenFileName(window, tr("Open video"), str(folder), tr(_VIDEOS))
    if path:
        open_path(Path(path))


def ask_folder(window: QWidget, folder: Path, open_path: Callable[[Path], None]) -> None:
    """Ask for a folder of frames, or a project folder, and open it."""
    path = QFileDialog.getExistingDirectory(window, tr("Open folder of frames"), str(folder))
    if path:
        open_path(Path(path))


def opens_anyway(error: OtherVideo, window: QWidget) -> bool:
    """Whether the user wants a project opened with a video of another size or length."""
    text = tr("Open it with this video all the same? Masks are scaled; those of missing frames stay aside.")
    return _is_answered(error, window, text, tr("Open all the same"), tr("Do not open"))


def closes_without_saving(error: SknError, window: QWidget) -> bool:
    """Whether the user gives up what could not be saved."""
    text = tr("Close without saving? What was saved before stays.")
    return _is_answered(error, window, text, tr("Close without saving"), tr("Keep open"))


class Unfinished(Enum):
    """What is to become of a change that is being made while the window is closed."""

    FINISH = auto()
    GIVE_UP = auto()
    KEEP_OPEN = auto()


def unfinished_change(name: str, window: QWidget) -> Unfinished:
    """Ask what is to become of the change called `name`."""
    question = _question(tr("“{name}” is not done yet").format(name=name), window)
    question.setInformativeText(tr("Closed now, it changes no mask."))
    finish = question.addButton(tr("Close when it is done"), QMessageBox.ButtonRole.AcceptRole)
    give_up = question.addButton(tr("Close without it"), QMessageBox.ButtonRole.DestructiveRole)
    question.addButton(tr("Keep open"), QMessageBox.ButtonRole.RejectRole)
    question.setDefaultButton(finish)
    question.exec()
    question.deleteLater()
    answer = question.clickedButton()
    if answer is finish:
        return Unfinished.FINISH
    return Unfinished.GIVE_UP if answer is give_up else Unfinished.KEEP_OPEN


def _question(text: str, window: QWidget) -> QMessageBox:
    question = QMessageBox(QMessageBox.Icon.NoIcon, NAME, text, parent=window)
    question.setIconPixmap(pixmap("warning", "warning", 40, window.devicePixelRatioF()))
    return question


def _is_answered(error: SknError, window: QWidget, text: str, yes: str, no: str) -> bool:
    """True if the user chose `yes`."""
    question = _question(message_text(error), window)
    question.setInformativeText(text)
    wanted = question.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    question.setDefaultButton(question.addButton(no, QMessageBox.ButtonRole.RejectRole))
    question.exec()
    question.deleteLater()
    return question.clickedButton() is wanted


def about(window: QWidget) -> None:
    """Show what this program is."""
    QMessageBox.about(
        window,
        tr("About SKN Annotator"),
        f"<h3>{NAME} {__version__}</h3><p>"
        + tr(
            "Paint objects on one frame of a video; a space-time-memory network with a spatial-constrain "
            "kernel carries the masks on."
        ),
    )
