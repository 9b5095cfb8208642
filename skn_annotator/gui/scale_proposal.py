"""The proposal of larger parts, while the program is new to the user and its parts are small."""

import sys

from PySide6.QtCore import QProcess

from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice, Offer
from skn_annotator.app.numbers import percent
from skn_annotator.gui.look import proposed_scale
from skn_annotator.gui.main_window import MainWindow


def scale_proposal(window: MainWindow) -> Notice | None:
    """The message with its button; None once a video was opened or a scale chosen, and on other screens."""
    size, settings = window.screen().size(), window.settings
    scale = None if settings.recent or settings.scale != 1.0 else proposed_scale(size)
    if scale is None:
        return None
    text = tr(
        "Are texts and buttons too small on this screen of {size} pixels? They can be shown larger now, or by"
        " the preferences at any time."
    )
    return Notice(
        text.format(size=f"{size.width()} \N{MULTIPLICATION SIGN} {size.height()}"),
        stays=True,
        offer=Offer(
            tr("Show at {scale}").format(scale=percent(scale)),
            lambda: _start_again(window, scale),
        ),
        holds=lambda: window.settings.scale == 1.0,
    )


def _start_again(window: MainWindow, scale: float) -> None:
    """Close the window and start the program anew, as it was started: Qt takes a scale at the start only."""
    window.preferences.set(scale=scale)
    if window.close():
        QProcess.startDetached(sys.executable, sys.orig_argv[1:])
