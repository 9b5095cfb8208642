"""The rules of the code's shape that a short walk over its syntax trees can hold.

Who may import whom; how long a module or a function may be; what has a docstring; where threads, broad
excepts and mutable values may live; which words name nothing. The first table is the design: change it only
with the design.
"""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import skn_annotator

PACKAGE = Path(skn_annotator.__file__).parent
BASE = {"skn_annotator", "arrays", "errors", "hardware", "settings", "palette", "resources"}
"""The modules at the top of the package; the first is `skn_annotator/__init__.py` itself."""


@dataclass(frozen=True)
class Rule:
    """What a package may import: of ours, of others, and what more inside functions only."""

    ours: frozenset[str]
    others: frozenset[str]
    lazily: frozenset[str] = frozenset()


def _rule(ours: str = "", others: str = "", lazily: str = "") -> Rule:
    return Rule(frozenset(ours.split()) | BASE, frozenset(others.split()), frozenset(lazily.split()))


RULES = {
    "base": _rule(others="numpy platformdirs"),
    "video": _rule("video", "numpy PIL cv2 av"),
    "annotation": _rule("annotation", "numpy PIL cv2 imageio_ffmpeg", "pycocotools"),
    "model": _rule("model", "torch numpy safetensors"),
    "inference": _rule("inference model video.frames", "torch numpy cv2"),
    "training": _rule(
        "training model inference video annotation evaluation.metrics", "torch numpy cv2", "pycocotools"
    ),
    "evaluation": _rule("evaluation model inference video annotation", "torch numpy cv2"),
    "app": _rule(
        "app annotation video inference.plans inference.step", "PySide6.QtCore numpy", "inference model torch"
    ),
    "gui": _rule("gui app annotation", "PySide6 numpy"),
    "cli": _rule(
        "cli",
        lazily="annotation app evaluation gui inference model training video PySide6 numpy torch tqdm",
    ),
}

AVOIDED = {
    "label",
    "layer",
    "track",
    "processor",
    "manager",
    "controller",
    "helper",
    "helpers",
    "util",
    "utils",
}
SHARED = {"__init__", "propagate", "evaluate", "train", "annotate"}
"""Names of commands, beside what they run."""
MAX_MODULE, MAX_FUNCTION = 400, 60

MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _package(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else "base"


def _imports(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """(dotted name, whether it is imported inside a function or for type checking only)."""

    def visit(node: ast.AST, lazy: bool) -> Iterator[tuple[str, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from ((alias.name, lazy) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, "imports are absolute"
                yield from ((f"{child.module}.{alias.name}", lazy) for alias in child.names)
            else:
                for_types = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
                yield from visit(child, lazy or for_types or isinstance(child, Function))

    return visit(tree, False)


def _allowed(name: str, rule: Rule, lazy: bool) -> bool:
    ours = name.startswith("skn_annotator.")
    name = name.removeprefix("skn_annotator.")
    if not ours and name.partition(".")[0] in sys.stdlib_module_names:
        return True
    if ours and name.partition(".")[0].startswith("__"):
        return True  # __version__
    among = (rule.ours if ours else rule.others) | (rule.lazily if lazy else frozenset())
    return any(name == entry or name.startswith(f"{entry}.") for entry in among)


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Public classes and functions at the top, and the public methods of public classes."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                methods = (m for m in node.body if isinstance(m, Function))
                yield from (m for m in methods if not m.name.startswith("_"))


def _documented_by_bases(tree: ast.Module) -> set[str]:
    """The documented methods of the classes of ours that the classes at the top derive from, however far."""
    classes = {n.name: n for t in TREES.values() for n in t.body if isinstance(n, ast.ClassDef)}
    waiting = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    said: set[str] = set()
    for node in waiting:
        bases = [classes[b.id] for b in node.bases if isinstance(b, ast.Name) and b.id in classes]
        said |= {m.name for b in bases for m in b.body if isinstance(m, Function) and ast.get_docstring(m)}
        waiting += [base for base in bases if base not in waiting]
    return said


def _words(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def _expect_none(found: list[str]) -> None:
    assert not found, "\n" + "\n".join(found)


def test_every_package_has_a_rule():
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages == RULES.keys() - {"base"}
    assert {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"} <= BASE


WINGS = ("look", "actions", "canvas", "timeline", "side", "dialogs")
"""The wings of the window, in the order in which they may import each other: a later one an earlier one."""


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_imports_earlier_wings_by_their_public_names(wing):
    earlier = {f"skn_annotator.gui.{name}" for name in WINGS[: WINGS.index(wing)]}
    at_the_top = {"skn_annotator.gui.preferences"}
    wrong = [
        f"{_name(path)} imports {name}"
        for path in MODULES
        if _name(path).startswith(f"gui/{wing}/")
        for name, _ in _imports(TREES[path])
        if name.startswith("skn_annotator.gui.") and not name.startswith(f"skn_annotator.gui.{wing}.")
        if name.rpartition(".")[0] not in earlier | at_the_top
    ]
    _expect_none(wrong)


def test_the_window_imports_wings_by_their_public_names():
    wrong = [
        f"{_name(path)} imports {name}"
        for path in MODULES
        if path.parent == PACKAGE / "gui"
        for name, _ in _imports(TREES[path])
        if (parts := name.split("."))[:2] == ["skn_annotator", "gui"]
        if parts[2] in WINGS and len(parts) > 4
    ]
    _expect_none(wrong)


def test_no_two_modules_and_no_two_classes_share_a_name():
    """A name leads to one place; `__init__` and what belongs to one module alone (_Private) do not count."""
    modules = Counter(path.stem for path in MODULES if path.stem not in SHARED)
    classes = Counter(
        node.name
        for path in MODULES
        for node in TREES[path].body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    _expect_none([name for names in (modules, classes) for name, count in names.items() if count > 1])


@pytest.mark.parametrize("package", RULES)
def test_imports_go_in_the_allowed_directions(package):
    wrong = [
        f"{_name(path)} imports {name}"
        for path in MODULES
        if _package(path) == package
        for name, lazy in _imports(TREES[path])
        if not _allowed(name, RULES[package], lazy)
    ]
    _expect_none(wrong)


def test_the_walk_sees_a_forbidden_import():
    tree = ast.parse("import torch\nfrom skn_annotator.model import reader\ndef f():\n    import cv2\n")
    seen = list(_imports(tree))
    assert seen == [("torch", False), ("skn_annotator.model.reader", False), ("cv2", True)]
    assert [_allowed(name, RULES["gui"], lazy) for name, lazy in seen] == [False, False, False]
    assert [_allowed(name, RULES["training"], lazy) for name, lazy in seen] == [True, True, True]


def test_commands_and_the_window_start_without_torch():
    """The window is open before the network's library is; ``--help`` needs neither."""
    program = (
        "import sys, pkgutil, importlib, skn_annotator.cli as cli, skn_annotator.gui as gui\n"
        "def load(package):\n"
        "    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        importlib.import_module(module.name)\n"
        "load(cli)\n"
        "print(sorted({'torch', 'PySide6', 'numpy', 'cv2'} & sys.modules.keys()))\n"
        "load(gui)\n"
        "print(sorted({'torch'} & sys.modules.keys()))\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == ["[]", "[]"]


def test_modules_are_short_and_say_what_they_are():
    long = [_name(p) for p in MODULES if p.read_text(encoding="utf-8").count("\n") > MAX_MODULE]
    _expect_none(long)
    mute = [_name(p) for p in MODULES if TREES[p].body and not ast.get_docstring(TREES[p])]
    _expect_none(mute)


def test_functions_are_short():
    long = [
        f"{_name(path)}: {node.name}"
        for path in MODULES
        for node in _functions(TREES[path])
        if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
    ]
    _expect_none(long)


def test_what_is_public_has_a_docstring_and_a_return_type():
    """Exempt: what Qt documents (camelCase, `event`), `forward`, what an interface or a base documents."""
    bare = []
    for path in MODULES:
        public = list(_public(TREES[path]))
        functions = [node for node in public if isinstance(node, Function) and node.name == node.name.lower()]
        said = {"forward", "event"} | {node.name for node in functions if ast.get_docstring(node)}
        said |= _documented_by_bases(TREES[path])
        classes = [node for node in public if isinstance(node, ast.ClassDef)]
        bare += [f"{_name(path)}: {node.name}" for node in classes if not ast.get_docstring(node)]
        bare += [f"{_name(path)}: {n.name}" for n in functions if n.name not in said or n.returns is None]
    _expect_none(bare)


def test_names_use_the_words_of_the_design():
    named = [(path, path.stem) for path in MODULES] + [
        (path, node.name)
        for path in MODULES
        for node in ast.walk(TREES[path])
        if isinstance(node, Function | ast.ClassDef)
    ]
    _expect_none([f"{_name(path)}: {name}" for path, name in named if _words(name) & AVOIDED])


def test_values_are_frozen():
    loose = [
        f"{_name(path)}: {node.name}"
        for path in MODULES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for decorator in node.decorator_list
        if "dataclass" in (text := ast.unparse(decorator)) and "frozen=True" not in text
    ]
    _expect_none(loose)


def test_only_the_worker_catches_everything_and_makes_threads():
    """Errors of the user are `SknError`s; all else is a bug and must fly."""
    broad = {
        _name(path)
        for path in MODULES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.ExceptHandler)
        if node.type is None
        or {"Exception", "BaseException"} & set(re.findall(r"\w+", ast.unparse(node.type)))
    }
    assert broad <= {"app/tasks/worker.py"}
    threads = {
        _name(path)
        for path in MODULES
        for name, _ in _imports(TREES[path])
        if name.rpartition(".")[2] in {"QThread", "QThreadPool", "QRunnable"} or name.startswith("concurrent")
    }
    assert threads <= {"app/tasks/worker.py"}


def test_no_globals_no_reentrant_event_loop_no_stubs():
    found = [
        f"{_name(path)}:{number} {line.strip()}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(
            r"^\s*global |processEvents\(|\bTODO\b|\bFIXME\b|NotImplementedError|import pickle", line
        )
    ]
    _expect_none(found)
