"""The shortcuts that the user chose instead of those in the table of actions: whom a key belongs to, which
cannot be chosen, and what is chosen when a key goes from one action to another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtGui import QKeySequence

from skn_annotator.app.language import tr
from skn_annotator.gui.actions.table import MENUS, TABLE, Spec, keys_of

_HELD = ("Space", "X")
"""Keys that are more than shortcuts: they are held, and the canvas listens to them."""


def chosen_specs(chosen: Mapping[str, str]) -> tuple[Spec, ...]:
    """The table, with the keys that `chosen` gives by an action's name."""
    return tuple(replace(spec, keys=chosen.get(spec.name, spec.keys)) for spec in TABLE)


def owner(specs: Iterable[Spec], key: str, but: str = "") -> Spec | None:
    """The action, other than the one called `but`, that `key` starts."""
    wanted = QKeySequence(key)
    for spec in specs:
        if spec.name != but and wanted in [QKeySequence(each) for each in keys_of(spec)]:
            return spec
    return None


def reserved(key: str, specs: Iterable[Spec]) -> str:
    """Why no action can have `key`: a sentence, or "" where one can."""
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    taken = owner(specs, key)
    if key in _HELD:
        return tr("{key} is held for something else and cannot be chosen.").format(key=shown)
    if key in ("Tab", "Shift+Tab"):
        return tr("{key} takes the keyboard from place to place and cannot be chosen.").format(key=shown)
    if taken is not None and taken.hidden:
        return tr("{key} chooses an object and cannot be chosen.").format(key=shown)
    opened = [title for title in MENUS if key == f"Alt+{tr(title)[0].upper()}"]
    if opened:
        return tr("{key} opens the menu {menu} and cannot be chosen.").format(key=shown, menu=tr(opened[0]))
    return ""


def choose(chosen: Mapping[str, str], name: str, key: str) -> dict[str, str]:
    """`chosen`, and `key` (or none: "") for the action called `name`, taken from the one that has it."""
    taken = owner(chosen_specs(chosen), key, but=name) if key else None
    if taken is not None:
        left = [each for each in keys_of(taken) if QKeySequence(each) != QKeySequence(key)]
        chosen = _with_keys(chosen, taken.name, left)
    usual = default_keys(name)
    return _with_keys(chosen, name, usual if [key] == usual[:1] else [key] if key else [])


def default_keys(name: str) -> list[str]:
    """The keys that the action called `name` has in the table, the main one first."""
    return keys_of(next(spec for spec in TABLE if spec.name == name))


def _with_keys(chosen: Mapping[str, str], name: str, keys: list[str]) -> dict[str, str]:
    others = {each: said for each, said in chosen.items() if each != name}
    return others if keys == default_keys(name) else others | {name: "; ".join(keys)}
