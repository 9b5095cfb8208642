"""The rules of the code's shape that a short walk over its syntax trees can hold.

How long a module or a function may be; what has a docstring; where threads, broad excepts and mutable values
may live; which words name nothing. `test_imports` holds who may import whom.
"""

import ast
import re
from collections import Counter
from pathlib import Path

from trees import (
    MODULES,
    PACKAGE,
    TREES,
    Function,
    documented_by_bases,
    expect_none,
    functions,
    imports,
    name_of,
    public,
    words,
)

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
    # metaphors, and the words that `text`, `message`, `show` and `default` replace (docs/words.md)
    "intent",
    "settle",
    "settled",
    "settling",
    "speak",
    "spoken",
    "say",
    "said",
    "tell",
    "told",
    "usual",
    "complaint",
}


SHARED = {"__init__", "propagate", "evaluate", "train", "annotate"}
"""Names of commands, beside what they run."""


MAX_MODULE, MAX_FUNCTION, MAX_BY_POSITION = 400, 60, 6


def test_no_two_modules_and_no_two_classes_share_a_name():
    """A name leads to one place; `__init__` and what belongs to one module alone (_Private) do not count."""
    modules = Counter(path.stem for path in MODULES if path.stem not in SHARED)
    classes = Counter(
        node.name
        for path in MODULES
        for node in TREES[path].body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    expect_none([name for names in (modules, classes) for name, count in names.items() if count > 1])


def test_tests_are_short_and_mirror_the_packages():
    tests = Path(__file__).parent
    files = sorted(tests.rglob("*.py"))
    expect_none([str(f) for f in files if f.read_text(encoding="utf-8").count("\n") > MAX_MODULE])
    folders = {f.parent.relative_to(tests).as_posix() for f in files} - {".", "benchmarks", "robustness"}
    assert folders <= {path.parent.relative_to(PACKAGE).as_posix() for path in MODULES}


def test_modules_are_short_and_say_what_they_are():
    long = [name_of(p) for p in MODULES if p.read_text(encoding="utf-8").count("\n") > MAX_MODULE]
    expect_none(long)
    mute = [name_of(p) for p in MODULES if TREES[p].body and not ast.get_docstring(TREES[p])]
    expect_none(mute)


def test_functions_are_short():
    long = [
        f"{name_of(path)}: {node.name}"
        for path in MODULES
        for node in functions(TREES[path])
        if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
    ]
    expect_none(long)


def test_functions_take_few_arguments_by_position():
    """More are given by name: nobody knows what the seventh of ten values is."""
    many = [
        f"{name_of(path)}: {node.name}"
        for path in MODULES
        for node in functions(TREES[path])
        if len([each for each in node.args.args if each.arg not in ("self", "cls")]) > MAX_BY_POSITION
    ]
    expect_none(many)


def test_what_is_public_has_a_docstring_and_a_return_type():
    """Exempt: what Qt documents (camelCase, `event`), `forward`, what an interface or a base documents."""
    bare = []
    for path in MODULES:
        shown = list(public(TREES[path]))
        callables = [node for node in shown if isinstance(node, Function) and node.name == node.name.lower()]
        said = {"forward", "event"} | {node.name for node in callables if ast.get_docstring(node)}
        said |= documented_by_bases(TREES[path])
        classes = [node for node in shown if isinstance(node, ast.ClassDef)]
        bare += [f"{name_of(path)}: {node.name}" for node in classes if not ast.get_docstring(node)]
        bare += [f"{name_of(path)}: {n.name}" for n in callables if n.name not in said or n.returns is None]
    expect_none(bare)


def test_names_use_the_words_of_the_design():
    named = [(path, path.stem) for path in MODULES] + [
        (path, name) for path in MODULES for node in ast.walk(TREES[path]) if (name := _given_name(node))
    ]
    expect_none([f"{name_of(path)}: {name}" for path, name in named if words(name) & AVOIDED])


def _given_name(node: ast.AST) -> str:
    """The name that a definition, an argument or an assignment gives; "" for anything else."""
    if isinstance(node, Function | ast.ClassDef):
        return node.name
    if isinstance(node, ast.arg):
        return node.arg
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else ""


def test_values_are_frozen():
    loose = [
        f"{name_of(path)}: {node.name}"
        for path in MODULES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for decorator in node.decorator_list
        if "dataclass" in (text := ast.unparse(decorator)) and "frozen=True" not in text
    ]
    expect_none(loose)


NAMED = {"frame": "Frame", "rgb": "Frame", "mask": "Mask", "size": "Size", "xy": "Point", "color": "Color"}
"""Arguments and fields, and the names that `arrays` has for what they hold."""


def test_array_types_are_named_once():
    """In `arrays`; other modules use its names where they say the same."""
    wrong = []
    for path in MODULES:
        for node in ast.walk(TREES[path]):
            if isinstance(node, ast.Assign) and re.match(r"(npt\.)?NDArray\[", ast.unparse(node.value)):
                wrong.append(f"{name_of(path)}: {ast.unparse(node)}")
            elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
                name = ast.unparse(node if isinstance(node, ast.arg) else node.target).partition(":")[0]
                plain = re.search(r"NDArray\[|tuple\[(int|float), ", ast.unparse(node.annotation))
                if plain and (of := NAMED.get(name.rpartition(".")[2])):
                    wrong.append(f"{name_of(path)}: {name} is a {of}")
    expect_none([each for each in wrong if not each.startswith("arrays.py")])


def test_only_the_worker_catches_everything_and_makes_threads():
    """Errors of the user are `SknError`s; all else is a bug and must fly."""
    broad = {
        name_of(path)
        for path in MODULES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.ExceptHandler)
        if node.type is None
        or {"Exception", "BaseException"} & set(re.findall(r"\w+", ast.unparse(node.type)))
    }
    assert broad <= {"app/tasks/worker.py"}
    threads = {
        name_of(path)
        for path in MODULES
        for name, _ in imports(TREES[path])
        if name.rpartition(".")[2] in {"QThread", "QThreadPool", "QRunnable"} or name.startswith("concurrent")
    }
    assert threads <= {"app/tasks/worker.py"}


def test_only_the_runner_makes_workers():
    """Whatever runs in the background is a `Task` that a `TaskRunner` runs, stops and waits for."""
    makers = {
        name_of(path)
        for path in MODULES
        for name, _ in imports(TREES[path])
        if name.endswith("worker.Worker")
    }
    assert makers == {"app/tasks/runner.py"}


MAY_WRITE = {
    "files.py",
    "batch/video_run.py",  # what a process prints, as it prints it
    "cli/evaluate.py",
    "gui/crash.py",
    "training/run_folder.py",
}


def test_files_are_written_in_few_places():
    """Formats fill a fresh folder that `Format.write` made, all else goes through `replace_files`."""
    writing = re.compile(r"\.write_(bytes|text)\(|open\((\w+, )?\"[wxa]b?\"")
    wrong = [
        f"{name_of(path)}:{number} {line.strip()}"
        for path in MODULES
        if not name_of(path).startswith("annotation/formats/")
        if name_of(path) not in MAY_WRITE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if writing.search(line)
    ]
    expect_none(wrong)


def test_no_globals_no_reentrant_event_loop_no_stubs():
    found = [
        f"{name_of(path)}:{number} {line.strip()}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(
            r"^\s*global |processEvents\(|\bTODO\b|\bFIXME\b|NotImplementedError|import pickle", line
        )
    ]
    expect_none(found)
