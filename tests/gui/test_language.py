"""The window in another language: every text goes through Qt's translations, and German is complete."""

import ast
import errno
import re
import string
from pathlib import Path

import pytest
from fakes import FakeTracker
from hand import Hand
from PySide6.QtCore import SIGNAL, QEvent, QObject, Qt, QTranslator
from PySide6.QtWidgets import QMenu

import skn_annotator
from skn_annotator import errors
from skn_annotator.app.language import LANGUAGES, language_called, tr, use_language
from skn_annotator.app.language import message_text as say_message
from skn_annotator.files import cannot_write
from skn_annotator.gui.actions.action_table import INNER_MENUS, MENUS, TABLE
from skn_annotator.gui.actions.mouse_gestures import MOUSE
from skn_annotator.gui.canvas import TOOLS
from skn_annotator.gui.canvas.shape_tools import PolygonTool
from skn_annotator.gui.dialogs.preferences_dialog import PreferencesDialog
from skn_annotator.gui.look.style_sheet import SHEET
from skn_annotator.gui.status_line import StatusLine
from skn_annotator.gui.workspace import Panel
from skn_annotator.hardware import network_threads
from skn_annotator.inference.directions import Direction
from skn_annotator.resources import resource
from skn_annotator.settings import load_settings

PACKAGE = Path(skn_annotator.__file__).parent
MODULES = [path for folder in ("app", "gui") for path in sorted((PACKAGE / folder).rglob("*.py"))]
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
MARKS = {"tr", "translatable", "_", "Message"}
QTLESS = [PACKAGE / folder for folder in ("video", "annotation", "inference", "model")]
SINGLE = [PACKAGE / "counts.py", PACKAGE / "files.py"]
MESSAGES = {
    call
    for path in (
        PACKAGE / "counts.py",
        PACKAGE / "files.py",
        *(path for folder in QTLESS for path in folder.rglob("*.py")),
    )
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    if call.func.id == "Message" or issubclass(getattr(errors, call.func.id, object), errors.SknError)
}
"""What the packages without Qt say: errors and messages."""
ROLES = set(re.findall(r"#([A-Za-z]+)", SHEET)) | {
    "Fusion",
    "Where",
    "Transport",
    "Card",
    "Selection",
    "Snapshot",
    "Wanted",
    "Speaker",
    "Alt",
    "Ctrl",
    "Esc",
    "Shift",
    "Space",
    "Tab",
}
"""Names of widgets, styles, types and keys, and of the edit that nobody undoes: no text."""
LOOKS_LIKE_TEXT = re.compile(r"[a-z]{2,} [a-z]|[a-z]…$|^&[A-Za-z]|^[A-Z][a-z]{2,}$| [a-z]{3,}|[a-z]{3,} ")


def marked(tree):
    """The calls that hold a text to translate."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in MARKS]


def sources():
    """Every text of the window, from the code."""
    found = set()
    for tree in TREES.values():
        for call in marked(tree):
            if isinstance(call.args[0], ast.Constant):
                found.add(call.args[0].value)
    return found


@pytest.fixture(params=sorted(LANGUAGES.keys() - {"en"}))
def translator(request):
    translator = QTranslator()
    assert translator.load(f"skn_{request.param}", str(resource("translations")))
    return translator


def untouched(tree):
    """Literals that are no text of the window: docstrings, types, names, what an error tells a programmer."""
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            skipped.add(id(node.value))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Spec":  # a test below looks at each
            skipped |= {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.Assign) and re.match(r"__all__|.*TypeVar\(", ast.unparse(node)):
            skipped |= {id(child) for child in ast.walk(node)}
        parts = [node.msg] if isinstance(node, ast.Assert) and node.msg else []
        if isinstance(node, ast.AnnAssign):
            parts.append(node.annotation)
        if isinstance(node, ast.FunctionDef):
            parts += [node.args, *([node.returns] if node.returns else [])]
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Enum" for base in node.bases):
            parts.append(node)
        skipped |= {id(child) for part in parts for child in ast.walk(part)}
    return skipped


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_text_is_left_untranslated(path):
    if path.stem in ("style_sheet", "language"):
        return
    tree = TREES[path]
    skipped = untouched(tree) | {id(child) for call in marked(tree) for child in ast.walk(call)}
    plain = [
        f"{path.name}:{node.lineno} {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped
        if LOOKS_LIKE_TEXT.search(node.value) and node.value not in ROLES | {*MENUS}
        if not node.value.startswith("Object ") and "version" not in node.value
    ]
    assert not plain, "\n".join(plain)


def test_only_literals_are_marked():
    """Lupdate reads the code: it cannot see what a variable holds."""
    for tree in TREES.values():
        for call in marked(tree):
            if isinstance(call.args[0], ast.JoinedStr):
                raise AssertionError(f"{ast.unparse(call)}: use .format")


def test_every_text_has_a_translation(translator):
    """If this fails: bash .ci/translations, and translate what is unfinished."""
    missing = sorted(text for text in sources() if not translator.translate("", text))
    assert not missing, "\n".join(missing)


def test_every_action_has_a_translation(translator):
    shown = [spec for spec in TABLE if not spec.hidden]
    texts = {text for spec in shown for text in (spec.text, spec.tip, spec.gesture) if text}
    texts |= {text for pair in MOUSE for text in pair} | {*MENUS, *INNER_MENUS}
    assert {spec.menu.partition("/")[2] for spec in TABLE} - {""} <= set(INNER_MENUS)
    missing = sorted(text for text in texts if not translator.translate("", text))
    assert not missing, "\n".join(missing)


def test_translations_hold_the_same_figures_and_mnemonics(translator):
    for text in sources():
        translated = translator.translate("", text)
        fields = [sorted(re.findall(r"\{[^}]*\}", each)) for each in (text, translated)]
        assert fields[0] == fields[1], text
        assert ("&" in text) == ("&" in translated), text


def test_a_letter_opens_one_entry_of_a_menu(translator):
    for say in (str, lambda text: translator.translate("", text)):
        for menu in {spec.menu for spec in TABLE}:
            inner = {spec.menu.partition("/")[2] for spec in TABLE if spec.menu.startswith(f"{menu}/")}
            texts = [say(spec.text) for spec in TABLE if spec.menu == menu and not spec.hidden]
            texts += [say(title) for title in inner]
            letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
            assert len(letters) == len(set(letters)) == len(texts), texts


def test_the_window_speaks_german(qapp, make_window, tracker, clip):
    use_language(qapp, "de")
    window = make_window(tracker, clip)
    titles = [menu.title() for menu in window.menuBar().findChildren(QMenu)]
    assert "&Datei" in titles
    assert window.actions_["brush"].toolTip().startswith("Pinsel  (B)")
    assert tr("Ready") == "Bereit"
    use_language(qapp, "en")
    assert tr("Ready") == "Ready"


def test_messages_of_the_other_packages_are_literals_with_all_their_values(translator):
    """Raise VideoError("{path} is no video", path=path): an f-string could not be translated."""
    assert len(MESSAGES) > 40
    for call in MESSAGES:
        text = call.args[0]
        if ast.unparse(text).partition("(")[0] in ("cannot_read", "cannot_write", "barred"):
            continue  # a message of `files`, put together there
        assert isinstance(text, ast.Constant) and len(call.args) == 1, ast.unparse(call)
        fields = {name for _, name, _, _ in string.Formatter().parse(text.value) if name}
        assert fields == {keyword.arg for keyword in call.keywords}, ast.unparse(call)
        translated = translator.translate("", text.value)
        assert translated, f"bash .ci/translations, and translate {text.value!r}"
        assert fields == {name for _, name, _, _ in string.Formatter().parse(translated) if name}


def test_the_window_says_messages_in_its_language():
    """`str` of an error is English."""
    for path in MODULES:
        assert "str(error)" not in path.read_text(encoding="utf-8"), path


def test_an_error_is_english_by_itself_and_german_in_a_german_window(qapp, english_again):
    remedy = errors.Message("save it as a palette or 8-bit gray PNG whose values are object ids")
    inner = errors.FormatError("{path} is not an image: {remedy}", path=Path("a{b}.png"), remedy=remedy)
    full = errors.ProjectError(cannot_write("x", OSError(errno.ENOSPC, "No space left on device")))
    use_language(qapp, "de")
    assert say_message(inner).startswith("a{b}.png ist kein Bild: als PNG")
    assert say_message(full).startswith("x kann nicht geschrieben werden: der Datenträger ist voll; Platz")
    assert say_message("said already") == "said already"
    assert (
        str(inner)
        == "a{b}.png is not an image: save it as a palette or 8-bit gray PNG whose values are object ids"
    )
    use_language(qapp, "en")
    assert say_message(inner) == str(inner)


def test_a_damaged_video_and_new_objects_speak_german(qtbot, qapp, make_window, clip, tracker, english_again):
    use_language(qapp, "de")
    window = make_window(tracker, clip)
    window.session.document.add_object()
    assert [each.name for each in window.session.document.annotation.objects] == ["Objekt 1", "Objekt 2"]
    with qtbot.waitSignal(window.session.noticed) as heard:
        window.session.project.open(clip / "nothing.mp4")
    assert heard.args[0].text.endswith("gibt es nicht: den Namen prüfen")
    use_language(qapp, "en")
    window.session.document.add_object()
    assert window.session.document.annotation.objects[-1].name == "object 3"


def all_texts(root):
    """Everything that is said in a window, by what says it."""
    texts = []
    for each in (root, *root.findChildren(QObject)):
        if each.objectName().startswith("qt_dockwidget"):
            continue  # a title bar's, instead of which there is a grip
        kind = type(each).__name__
        for name in ("text", "title", "toolTip", "iconText", "accessibleName", "windowTitle"):
            text = each.property(name)
            if isinstance(text, str) and text:
                # A name is the user's from the beginning: it stays.
                texts.append((kind, name, text.replace("Objekt 1", "object 1")))
    return sorted(texts)


def settle(qtbot, app):
    """Hear of the change, and let go of what it replaced."""
    for _ in range(2):
        app.sendPostedEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def english_again(qapp):
    yield
    use_language(qapp, "en")


@pytest.mark.parametrize("is_open", [True, False])
def test_another_language_is_spoken_at_once_and_everywhere(
    qtbot, qapp, make_window, tracker, clip, is_open, english_again
):
    """A window that changes its language says what one that was opened in it says, and back again."""
    window = make_window(tracker, clip if is_open else None)
    english = all_texts(window)
    use_language(qapp, "de")
    settle(qtbot, qapp)
    german = all_texts(window)
    window.session.project.discard()
    window.close()
    window.hide()
    fresh = make_window(tracker, clip if is_open else None)
    assert all_texts(fresh) == german
    use_language(qapp, "en")
    settle(qtbot, qapp)
    assert all_texts(fresh) == english


def test_choosing_a_language_changes_the_window_and_the_dialog_and_loses_nothing(
    qtbot, qapp, window, hand, english_again
):
    hand.drag((20.5, 20.5), (24.5, 24.5))
    window.toolbox.choose("lasso")
    window.canvas.zoom_to(3.0)
    window.workspace.toggle(Panel.TOOLS)
    window.resize(1100, 700)
    history, view = window.session.document.history.undo_name, window.canvas.view
    settle(qtbot, qapp)
    parts = len(window.findChildren(QObject))
    heard = window.preferences.receivers(SIGNAL("changed(PyObject)"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(PreferencesDialog)
    dialog.language.setFocus()
    qtbot.keyClick(dialog.language, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Einstellungen")
    assert dialog.language.currentText() == "Deutsch"
    assert load_settings().language == "de"
    assert "&Datei" in [menu.title() for menu in window.menuBar().findChildren(QMenu)]
    assert window.session.document.history.undo_name == history
    assert window.canvas.view == view
    assert window.toolbox.tool.name == "lasso"
    assert not window.workspace.shows(Panel.TOOLS)
    assert window.size().toTuple() == (1100, 700)
    dialog.reject()
    settle(qtbot, qapp)
    assert len(window.findChildren(QObject)) == parts
    assert window.preferences.receivers(SIGNAL("changed(PyObject)")) == heard > 0


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_hint_of_a_tool_is_cut_in_a_small_window(
    qtbot, qapp, make_window, tracker, clip, english_again, language
):
    use_language(qapp, language)
    window = make_window(tracker, clip)
    window.resize(1280, 690)
    line = window.findChild(StatusLine)
    for piece, text in ((line.zoom, "100 %"), (line.picture, "1920 x 1080, 29,97 Bilder/s")):
        piece.setMinimumWidth(piece.fontMetrics().horizontalAdvance(text))  # as wide as a video makes it
    hand, doing, cut = Hand(qtbot, window.canvas), line.doing, set()

    def look():
        qtbot.wait(20)  # the row is laid out
        if doing.sizeHint().width() > doing.width():
            cut.add(doing.text())

    for name in TOOLS:
        window.actions_[name].trigger()
        look()
        if isinstance(window.toolbox.tool, PolygonTool):
            hand.drag((10.5, 10.5))
            look()
            window.toolbox.tool.cancel()
    assert not cut


def test_what_a_pass_and_a_message_say_changes_too(qtbot, qapp, make_window, clip, english_again):
    tracker = FakeTracker(steps=1)
    window = make_window(tracker, clip)
    Hand(qtbot, window.canvas).drag((20.5, 20.5))
    window.session.tasks.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current.latest == 0)
    window.session.tasks.passes.toggle_pause()
    machine = window.findChild(StatusLine).machine
    assert machine.text() == f"CPU, {network_threads()} thread{'s' * (network_threads() > 1)}"
    use_language(qapp, "de")
    settle(qtbot, qapp)
    assert window.actions_["pause"].iconText() == "Weiter"
    assert machine.text().startswith("CPU") and "Thread" in machine.text()
    tracker.allow(20)
    window.session.tasks.passes.stop()


def test_the_language_is_the_systems_unless_the_user_wants_another(monkeypatch):
    from PySide6.QtCore import QLocale

    class German:
        @staticmethod
        def uiLanguages():
            return ["fr-FR", "de-AT", "en"]

    monkeypatch.setattr(QLocale, "system", German)
    assert language_called("") == "de"
    assert language_called("en") == "en"
    assert language_called("tlh") == "de"
