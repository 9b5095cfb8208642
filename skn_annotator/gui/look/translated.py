"""Texts that stay on a widget: set once, in English, where it is made, and again in another language.

What depends on more than the language is not set here: views read it again when they hear of the change
(`QEvent.LanguageChange`, which Qt sends to a window and all that is in it).
"""

from typing import TypeVar

from PySide6.QtCore import QObject

from skn_annotator.app.language import tr

_TEXTS = "texts"
Owner = TypeVar("Owner", bound=QObject)


def set_texts(owner: Owner, **texts: str) -> Owner:
    """Set texts by their Qt properties, now and when the language changes:
    ``set_texts(button, text=translatable("Close"), toolTip=translatable("Escape"))``."""
    owner.setProperty(_TEXTS, (owner.property(_TEXTS) or {}) | texts)
    _translate(owner)
    return owner


def retranslate(root: QObject) -> None:
    """Set the texts of `root` and of all that is in it, in the current language."""
    for owner in (root, *root.findChildren(QObject)):
        _translate(owner)


def _translate(owner: QObject) -> None:
    for name, text in (owner.property(_TEXTS) or {}).items():
        owner.setProperty(name, tr(text) if text else "")
