"""The modules of the package as syntax trees, and what the tests of its shape ask of them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import skn_annotator

PACKAGE = Path(skn_annotator.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def package_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    if parts == ("__init__.py",):
        return "api"
    return parts[0] if len(parts) > 1 else "base"


def imports(tree: ast.Module) -> Iterator[tuple[str, bool]]:
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


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Public classes and functions at the top, and the public methods of public classes."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                methods = (m for m in node.body if isinstance(m, Function))
                yield from (m for m in methods if not m.name.startswith("_"))


def documented_by_bases(tree: ast.Module) -> set[str]:
    """The documented methods of the classes of ours that the classes at the top derive from, however far."""
    classes = {n.name: n for t in TREES.values() for n in t.body if isinstance(n, ast.ClassDef)}
    waiting = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    said: set[str] = set()
    for node in waiting:
        bases = [classes[b.id] for b in node.bases if isinstance(b, ast.Name) and b.id in classes]
        said |= {m.name for b in bases for m in b.body if isinstance(m, Function) and ast.get_docstring(m)}
        waiting += [base for base in bases if base not in waiting]
    return said


def words(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def expect_none(found: list[str]) -> None:
    assert not found, "\n" + "\n".join(found)
