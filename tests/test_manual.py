"""The manual: what is made from the program is whole, and every page is in the navigation. CI builds it."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

from skn_annotator.annotation.formats import FORMATS
from skn_annotator.gui.actions import name_of
from skn_annotator.gui.actions.action_table import TABLE

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def pages():
    spec = importlib.util.spec_from_file_location("manual_pages", ROOT / ".ci" / "manual_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_action_is_in_the_table_of_keys(pages, qapp):
    page = pages.keys_page()
    assert [spec.name for spec in TABLE if not spec.hidden and f"| {name_of(spec)} |" not in page] == []
    assert "| Forward | `Ctrl+Enter` |" in page


def test_every_command_is_on_the_page_of_commands(pages):
    page = pages.commands_page()
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert [name for name in scripts if f"## {name}\n\n```text\nusage: {name} " not in page] == []


def test_every_format_is_on_the_page_of_formats():
    page = (ROOT / "manual" / "formats.md").read_text(encoding="utf-8")
    assert [each.key for each in FORMATS if f"`{each.key}`" not in page] == []


def test_every_page_is_in_the_navigation_and_every_entry_is_a_page(pages):
    listed = set(re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M))
    written = {path.name for path in (ROOT / "manual").glob("*.md")}
    documents = {f"docs/{path.name}" for path in pages.DOCS.glob("*.md")}
    assert listed == written | documents | {"keys.md", "commands.md"}
