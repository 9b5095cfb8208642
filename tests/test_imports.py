"""Who may import whom, and what a module may know of another.

The first table is the design: change it only with the design.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from trees import MODULES, PACKAGE, TREES, Function, expect_none, imports, name_of, package_of

BASE = {
    "skn_annotator",
    "arrays",
    "counts",
    "errors",
    "files",
    "guided_filter",
    "hardware",
    "settings",
    "palette",
    "resources",
}
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
    "base": _rule(others="numpy platformdirs cv2", lazily="filelock"),
    "video": _rule("video", "numpy PIL cv2 av"),
    "annotation": _rule("annotation", "numpy PIL cv2 imageio_ffmpeg pycocotools"),
    "model": _rule("model", "torch numpy safetensors"),
    "inference": _rule("inference model", "torch numpy cv2"),
    "training": _rule("training model inference video annotation evaluation.metrics", "torch numpy cv2"),
    # the simulated annotator does what the window does: its plans, its passes, its tour of frames to check
    "evaluation": _rule(
        "evaluation model inference video annotation app.review app.tasks.pass_work app.tasks.planned_pass",
        "torch numpy cv2",
    ),
    "app": _rule(
        "app annotation video inference.directions inference.inspection inference.plans inference.prompts "
        "inference.step",
        "PySide6.QtCore numpy",
        "inference model torch",
    ),
    "gui": _rule("gui app annotation", "PySide6 pyqtgraph numpy"),
    "batch": _rule("batch annotation video", "", "cli distributed"),
    "api": _rule("api annotation evaluation inference model video", "numpy"),
    "cli": _rule(
        "cli",
        lazily="annotation api app batch evaluation gui inference model training video PySide6 numpy torch "
        "tqdm",
    ),
}


def _allowed(name: str, rule: Rule, lazy: bool) -> bool:
    ours = name.startswith("skn_annotator.")
    name = name.removeprefix("skn_annotator.")
    if not ours and name.partition(".")[0] in sys.stdlib_module_names:
        return True
    if ours and name.partition(".")[0].startswith("__"):
        return True  # __version__
    among = (rule.ours if ours else rule.others) | (rule.lazily if lazy else frozenset())
    return any(name == entry or name.startswith(f"{entry}.") for entry in among)


def test_every_package_has_a_rule():
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages == RULES.keys() - {"base"}
    assert {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"} <= BASE


WINGS = ("look", "actions", "canvas", "timeline", "side", "lab", "dialogs")
"""The wings of the window, in the order in which they may import each other: a later one an earlier one."""


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_imports_earlier_wings_by_their_public_names(wing):
    earlier = {f"skn_annotator.gui.{name}" for name in WINGS[: WINGS.index(wing)]}
    at_the_top = {"skn_annotator.gui.preferences"}
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        if name_of(path).startswith(f"gui/{wing}/")
        for name, _ in imports(TREES[path])
        if name.startswith("skn_annotator.gui.") and not name.startswith(f"skn_annotator.gui.{wing}.")
        if name.rpartition(".")[0] not in earlier | at_the_top
    ]
    expect_none(wrong)


def test_the_window_imports_wings_by_their_public_names():
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        if path.parent == PACKAGE / "gui"
        for name, _ in imports(TREES[path])
        if (parts := name.split("."))[:2] == ["skn_annotator", "gui"]
        if parts[2] in WINGS and len(parts) > 4
    ]
    expect_none(wrong)


PARTS = {
    "document": (),
    "painter": ("document", "selection", "corner_edits"),
    "selection": ("document",),
    "corner_edits": ("document",),
    "selection_preview": (),
    "viewer": (),
    "tasks": ("document",),
    "project": (),
}
"""The parts of a session, and which others each is given; `Session` joins them."""


SHARED_BY_PARTS = {
    "draft",
    "language",
    "notice",
    "numbers",
    "playback",
    "reasons",
    "review",
    "frames",
    "verb_queue",
}
"""What else is at the top of `app`: it knows no part."""


SERVICES = {
    "document": {"tasks.mask_encoding"},
    "painter": {"tasks.assistant", "tasks.magnetic_trace", "tasks.runner"},
    "selection": {"tasks.assistant", "tasks.assisted_selection", "tasks.runner"},
    "corner_edits": {"tasks.assistant"},
    "selection_preview": {
        "tasks.assistant",
        "tasks.click_assistant",
        "tasks.picture_selectors",
        "tasks.runner",
        "tasks.task",
    },
    "viewer": {"project.opening"},
    "tasks": {"project.opening"},
    "project": {"tasks.runner", "tasks.task"},
    "frames": {"tasks.runner", "tasks.task"},
}
"""Values and threads from the package of another part."""


@pytest.mark.parametrize("part", sorted({*PARTS, *SHARED_BY_PARTS}))
def test_a_part_of_a_session_knows_only_those_that_it_is_given(part):
    known = {part, *PARTS.get(part, ()), *SHARED_BY_PARTS}
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        if name_of(path).removesuffix(".py").split("/")[:2] == ["app", part]
        for name, _ in imports(TREES[path])
        if name.startswith("skn_annotator.app.")
        for used in [name.removeprefix("skn_annotator.app.")]
        if used.partition(".")[0] not in known
        if used.rpartition(".")[0] not in SERVICES.get(part, ())
    ]
    expect_none(wrong)


def test_every_module_of_app_is_a_part_or_shared_by_them():
    names = {name_of(path).removesuffix(".py").split("/")[1] for path in MODULES if package_of(path) == "app"}
    assert names == {*PARTS, *SHARED_BY_PARTS, "session", "__init__"}


PUBLIC_BY_CUSTOM = {"_replace", "_asdict", "_fields", "_make", "_exit"}
"""What a named tuple offers, and `os._exit`."""


def _own_names(tree: ast.Module) -> set[str]:
    """The attributes that the classes of a module define."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    defined = {node.name for each in classes for node in each.body if isinstance(node, Function)}
    fields = (node.target for each in classes for node in each.body if isinstance(node, ast.AnnAssign))
    defined |= {target.id for target in fields if isinstance(target, ast.Name)}
    stored = (node for each in classes for node in ast.walk(each) if isinstance(node, ast.Attribute))
    return defined | {
        n.attr for n in stored if ast.unparse(n.value) == "self" and isinstance(n.ctx, ast.Store)
    }


def _foreign_privates(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, expression) wherever the private name of another module is used."""
    own = _own_names(tree) | PUBLIC_BY_CUSTOM
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and re.match(r"_[^_]", node.attr) and node.attr not in own:
            if ast.unparse(node.value) not in ("self", "cls", "super()"):
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            names = (alias.name for alias in node.names)
            yield from ((node.lineno, name) for name in names if re.match(r"_[^_]", name))


def test_no_module_uses_the_private_names_of_another():
    expect_none(
        [f"{name_of(p)}:{line} {text}" for p in MODULES for line, text in _foreign_privates(TREES[p])]
    )


def test_the_walk_sees_a_foreign_private_name():
    tree = ast.parse("class A:\n    def f(self, other, b):\n        self._x = other._x + b._y\n")
    assert list(_foreign_privates(tree)) == [(3, "b._y")]


@pytest.mark.parametrize("package", RULES)
def test_imports_go_in_the_allowed_directions(package):
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        if package_of(path) == package
        for name, lazy in imports(TREES[path])
        if not _allowed(name, RULES[package], lazy)
    ]
    expect_none(wrong)


def test_the_walk_sees_a_forbidden_import():
    tree = ast.parse("import torch\nfrom skn_annotator.model import reader\ndef f():\n    import cv2\n")
    seen = list(imports(tree))
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
