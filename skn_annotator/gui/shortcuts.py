"""The shortcuts that the user chose instead of those in the table of actions, and whom a key belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtGui import QKeySequence

from skn_annotator.gui.actions import TABLE, Spec, keys_of


def chosen_specs(chosen: Mapping[str, str]) -> tuple[Spec, ...]:
    """The table, with the keys that `chosen` gives by an action's name."""
    return tuple(replace(spec, keys=chosen.get(spec.name, spec.keys)) for spec in TABLE)


def owner(specs: Iterable[Spec], key: str, but: str = "") -> Spec | None:
    """The action, other than the one called `but`, that `key` starts."""
    wanted = QKeySequence(key)
    for spec in specs:
        keys = [QKeySequence(each) for each in (*keys_of(spec), spec.gesture) if each]
        if spec.name != but and wanted in keys:
            return spec
    return None


def choose(chosen: Mapping[str, str], name: str, key: str) -> dict[str, str]:
    """`chosen`, and `key` (or none: "") for the action called `name`; its own key is no choice."""
    usual = next(spec for spec in TABLE if spec.name == name)
    others = {each: keys for each, keys in chosen.items() if each != name}
    return others if [key] == keys_of(usual)[:1] else others | {name: key}
