"""The window's language: English texts in the code are looked up in Qt's translations.

`tr` translates now; `translatable` is put round a text of a table, which `tr` translates when it is shown.
Both take one literal, which pyside6-lupdate finds; what varies is put in afterwards:
``tr("{n} frames").format(n=3)``.
`message_text` translates the messages of the packages without Qt. docs/development.md says how a language is
added. Qt is imported only when a text is asked for, because commands import modules with texts, too.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from skn_annotator.errors import Message, SknError
from skn_annotator.resources import resource

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

_BEFORE_UNIT = re.compile(r"(?<=[\d}]) (?=(%|px|MB|GB|s|min|h|frames/s|Bilder/s)(?!\w))")
_BEFORE_NUMBER = re.compile(r"\b([Ff]rames?|Bild(?:ern?)?) (?=[\d{])")

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""What a user can choose, each called as it calls itself."""


def tr(text: str) -> str:
    """`text` in the language of the window; no line breaks between a number and its unit, or
    a frame and its number."""
    from PySide6.QtCore import QCoreApplication

    return _unbroken(QCoreApplication.translate("", text))


@lru_cache(maxsize=4096)
def _unbroken(text: str) -> str:
    return _BEFORE_NUMBER.sub("\\1\N{NO-BREAK SPACE}", _BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", text))


def message_text(message: str | SknError) -> str:
    """A message, or an error's message, in the language of the window; a plain text is in it already."""
    if isinstance(message, SknError):
        message = message.message
    if not isinstance(message, Message):
        return message
    values = {name: message_text(v) if isinstance(v, Message) else v for name, v in message.values.items()}
    if "reason" in values:  # mostly the system's word for it
        values["reason"] = tr(str(values["reason"]))
    return tr(message.text).format(**values) if values else tr(message.text)


def translatable(text: str) -> str:
    """`text` itself: lupdate finds it here, `tr` translates it when it is shown."""
    return text


REASONS = (
    translatable("File exists"),
    translatable("File name too long"),
    translatable("Input/output error"),
    translatable("Invalid data found when processing input"),
    translatable("Is a directory"),
    translatable("No such file or directory"),
    translatable("No space left on device"),
    translatable("Not a directory"),
    translatable("Permission denied"),
    translatable("Read-only file system"),
    translatable("Too many open files"),
)
"""The system's own words for why it refused something."""


def language_called(name: str) -> str:
    """The language for the setting `name`: that one, or for "" the system's if we have it, else English."""
    from PySide6.QtCore import QLocale

    if name in LANGUAGES:
        return name
    wanted = [QLocale(each).name().partition("_")[0] for each in QLocale.system().uiLanguages()]
    return next((each for each in wanted if each in LANGUAGES), "en")


def current_language() -> str:
    """The language of the window now."""
    from PySide6.QtCore import QCoreApplication

    app = QCoreApplication.instance()
    return "en" if app is None else str(app.property("language") or "en")


def use_language(app: "QCoreApplication", name: str = "") -> None:
    """Translate the window, and Qt's own dialogs, from now on.

    Open windows get a `QEvent.LanguageChange`.
    """
    from PySide6.QtCore import QLibraryInfo, QTranslator

    language = language_called(name)
    if language == current_language():
        return
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    app.setProperty("language", language)
    if language == "en":
        return
    places = {
        f"skn_{language}": str(resource("translations")),
        f"qtbase_{language}": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    }
    for file, folder in places.items():
        translator = QTranslator(app)
        if translator.load(file, folder):
            app.installTranslator(translator)
