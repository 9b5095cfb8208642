"""`import skn_annotator`: what it lists is there, typed, and loaded only when it is used."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import skn_annotator

PACKAGE = Path(skn_annotator.__file__).parent
NAMES = sorted(set(skn_annotator.__all__) - {"__version__"})


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_is_there_and_documented(name):
    value = getattr(skn_annotator, name)
    assert inspect.getdoc(value)
    assert name in dir(skn_annotator)


def test_type_checkers_see_what_is_loaded_when_used():
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    typed = {alias.name for each in block.body for alias in each.names}
    assert typed == set(NAMES)
    assert (PACKAGE / "py.typed").is_file()


def test_importing_it_loads_nothing_heavy():
    program = (
        "import sys, skn_annotator; skn_annotator.SknError; dir(skn_annotator); "
        "print(sorted({'torch', 'numpy', 'cv2', 'av', 'PySide6'} & sys.modules.keys()))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "[]\n"), result.stderr


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'track'"):
        skn_annotator.track  # noqa: B018


def test_the_version_is_semantic_and_has_an_entry_in_the_changelog():
    numbers = skn_annotator.__version__.split(".")
    assert len(numbers) == 3
    assert all(number.isdecimal() for number in numbers)
    changes = (PACKAGE.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {skn_annotator.__version__}" in changes
