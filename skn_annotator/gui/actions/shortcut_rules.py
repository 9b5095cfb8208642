"""The user's own shortcuts, in place of those in the action table: which action a key starts, which keys
cannot be chosen, and what changes when a key is taken from another action.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtGui import QKeySequence

from skn_annotator.app.language import tr
from skn_annotator.gui.actions.action_table import MENUS, TABLE, Spec, keys_of

_HELD = ("Space", "X")
"""Keys that no action can have: the canvas reacts to holding them."""


def chosen_specs(chosen: Mapping[str, str]) -> tuple[Spec, ...]:
    """The action table with the user's keys; `chosen`: action name -> keys."""
    return tuple(replace(spec, keys=chosen.get(spec.name, spec.keys)) for spec in TABLE)


def owner(specs: Iterable[Spec], key: str, but: str = "") -> Spec | None:
    """The action that `key` starts, the one called `but` left out; None if there is none."""
    wanted = QKeySequence(key)
    for spec in specs:
        if spec.name != but and wanted in [QKeySequence(each) for each in keys_of(spec)]:
            return spec
    return None


def reserved(key: str, specs: Iterable[Spec]) -> str:
    """Why no action can have `key`, as a sentence; "" if one can."""
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    taken = owner(specs, key)
    if key in _HELD:
        return tr("{key} has another use while it is held and cannot be chosen.").format(key=shown)
    if key in ("Tab", "Shift+Tab"):
        return tr("{key} moves the focus and cannot be chosen.").format(key=shown)
    if taken is not None and taken.hidden:
        return tr("{key} chooses an object and cannot be chosen.").format(key=shown)
    opened = [title for title in MENUS if key == f"Alt+{tr(title)[0].upper()}"]
    if opened:
        return tr("{key} opens the menu {menu} and cannot be chosen.").format(key=shown, menu=tr(opened[0]))
    return ""


def choose(chosen: Mapping[str, str], name: str, key: str) -> dict[str, str]:
    """`chosen` with `key` for the action called `name` ("": no key); an action that had the key loses it."""
    taken = owner(chosen_specs(chosen), key, but=name) if key else None
    if taken is not None:
        left = [each for each in keys_of(taken) if QKeySequence(each) != QKeySequence(key)]
        chosen = _with_keys(chosen, taken.name, left)
    default = default_keys(name)
    return _with_keys(chosen, name, default if [key] == default[:1] else [key] if key else [])


def default_keys(name: str) -> list[str]:
    """The default keys of the action called `name`, the main one first."""
    return keys_of(next(spec for spec in TABLE if spec.name == name))


def _with_keys(chosen: Mapping[str, str], name: str, keys: list[str]) -> dict[str, str]:
    others = {each: keys for each, keys in chosen.items() if each != name}
    return others if keys == default_keys(name) else others | {name: "; ".join(keys)}
