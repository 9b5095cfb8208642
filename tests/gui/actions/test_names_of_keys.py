"""One key has one name: the hints of the window call it as its menus do."""

import sys

import pytest

from skn_annotator.app.language import tr, use_language
from skn_annotator.gui.actions.action_table import TABLE, keys_of, shortcut_of
from skn_annotator.gui.demo_hints import _STEPS

FORWARD = next(spec for spec in TABLE if spec.name == "forward")


@pytest.fixture(params=["en", "de"])
def language(qapp, request):
    use_language(qapp, request.param)
    yield
    use_language(qapp, "en")


def test_the_hint_of_the_demo_names_the_key_as_the_menu_does(language):
    assert shortcut_of(FORWARD).endswith("+Enter")
    assert shortcut_of(FORWARD) in tr(_STEPS[0])


def test_each_key_with_enter_works_with_return_too():
    for spec in TABLE:
        keys = keys_of(spec)
        assert {k.replace("Enter", "Return") for k in keys if k.endswith("Enter")} <= set(keys), spec.name


def test_on_a_mac_enter_is_the_number_pads_and_return_comes_first(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert keys_of(FORWARD) == ["Ctrl+Return", "Ctrl+Enter"]
