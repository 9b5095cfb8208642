"""Pages of the manual that are made when it is built: keys, commands, and the documents of ``docs/``.

A hook of MkDocs. Tools and keys come from the program's table of actions, commands from their ``--help``;
links of the documents to files outside of the manual become plain text.
"""

import io
import os
import re
import tomllib
from contextlib import redirect_stdout, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def on_files(files: Any, config: Any) -> Any:
    """Add what is made here to the pages in ``manual/``."""
    from mkdocs.structure.files import File

    made = {"keys.md": keys_page(), "commands.md": commands_page()}
    made |= {f"docs/{path.name}": document(path) for path in sorted(DOCS.glob("*.md"))}
    for name, text in made.items():
        files.append(File.generated(config, name, content=text))
    for path in sorted(DOCS.iterdir()):
        if path.suffix in (".png", ".jpg", ".webp"):
            files.append(File.generated(config, f"docs/{path.name}", abs_src_path=str(path)))
    return files


def keys_page() -> str:
    """Every action: its name, its keys, what it does; then the mouse, the timeline, the reader lab."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from skn_annotator.gui.actions import MENUS, MOUSE, Spec, menu_of, name_of, shortcut_of
    from skn_annotator.gui.actions.action_table import TABLE
    from skn_annotator.gui.lab import LAB_KEYS
    from skn_annotator.gui.timeline import TIMELINE_KEYS

    application = QGuiApplication.instance() or QGuiApplication([])  # knows the system's keys

    def line(spec: Spec) -> str:
        return f"| {_cell(name_of(spec))} | {_key(shortcut_of(spec))} | {_cell(spec.tip)} |"

    parts = [
        "# Tools and keys\n",
        "F1 shows this table in the program, where every key can be changed. On a Mac, Ctrl is ⌘.\n",
    ]
    for menu in MENUS:
        parts += [f"## {menu}\n", "| action | key | |\n|---|---|---|"]
        parts += [line(spec) for spec in TABLE if menu_of(spec) == menu and not spec.hidden]
        if menu == "Object":
            parts.append("| Choose an object | `1` to `9` | |")
        parts.append("")
    for title, keys in (("Mouse", MOUSE), ("Timeline", TIMELINE_KEYS), ("Reader lab", LAB_KEYS)):
        parts += [f"## {title}\n", "| action | key or gesture |\n|---|---|"]
        parts += [f"| {_cell(what)} | {_cell(how)} |" for what, how in keys]
        parts.append("")
    del application
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _key(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`" if text else ""


def commands_page() -> str:
    """The ``--help`` of each command."""
    os.environ["COLUMNS"] = "110"
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    parts = ["# Commands\n"]
    for name, place in scripts.items():
        module = import_module(place.partition(":")[0])
        printed = io.StringIO()
        with redirect_stdout(printed), suppress(SystemExit):
            module.main(["--help"])
        parts.append(f"## {name}\n\n```text\n{printed.getvalue()}```\n")
    return "\n".join(parts)


def document(path: Path) -> str:
    """A document, its links out of ``docs/`` as plain text."""
    return re.sub(r"\[([^\]]*)\]\(\.\./[^)]*\)", r"\1", path.read_text(encoding="utf-8"))
