"""Texts that stay on a widget: said once, in English, where it is made, and again in another language.

What depends on more than the language is not said here: views read it again when they hear of the change
(`QEvent.LanguageChange`, which Qt sends to a window and all that is in it).
"""

from typing import TypeVar

from PySide6.QtCore import QObject

from skn_annotator.app.language import tr

_SAID = "said"
Speaker = TypeVar("Speaker", bound=QObject)


def say(speaker: Speaker, **texts: str) -> Speaker:
    """Set texts by their Qt properties, now and when the language changes:
    ``say(button, text=mark("Close"), toolTip=mark("Escape"))``."""
    speaker.setProperty(_SAID, (speaker.property(_SAID) or {}) | texts)
    _speak(speaker)
    return speaker


def say_again(root: QObject) -> None:
    """Set the texts of `root` and of all that is in it, in the language that is spoken now."""
    for speaker in (root, *root.findChildren(QObject)):
        _speak(speaker)


def _speak(speaker: QObject) -> None:
    for name, text in (speaker.property(_SAID) or {}).items():
        speaker.setProperty(name, tr(text) if text else "")
