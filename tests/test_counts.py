"""One of a thing is "1 frame", never "1 frames": in the window's two languages and in what commands print."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

import skn_annotator
from skn_annotator.app.language import message_text, use_language
from skn_annotator.app.tasks.task import Task, frames_done
from skn_annotator.counts import counted, frame_count, object_count
from skn_annotator.errors import Message

PLURAL = re.compile(r"^ (masks|frames|files|steps|objects|pictures|videos|corrections|clicks|pixels)\b(?!/)")


@pytest.fixture
def german(qapp):
    use_language(qapp, "de")
    yield
    use_language(qapp, "en")


def test_one_and_more():
    assert [counted(n, "mask") for n in (0, 1, 2)] == ["0 masks", "1 mask", "2 masks"]
    assert [frame_count(n) for n in (1, 2)] == ["1 frame", "2 frames"]
    assert [object_count(n) for n in (1, 2)] == ["1 object", "2 objects"]


def test_a_count_inside_of_a_message_is_shown_in_the_language_of_the_window(german):
    text = "{name} has {length}: DAVIS needs {least} or more, choose another format"
    message = Message(text, name="cups", length=frame_count(1), least=3)
    assert message_text(message).startswith("cups hat 1 Bild: DAVIS")
    assert message_text(object_count(3)) == "3 Objekte"


def test_a_task_of_one_frame_counts_it_as_one(qapp):
    assert Task(lambda: iter(()), lambda item: None, lambda error: None, total=1).how_far == "0 of 1 frame"
    assert frames_done(12, 40) == "12 of 40 frames"


def test_no_number_is_put_before_a_plural_as_it_is():
    """In f-strings, which only commands, reports and scripts' errors are made of."""
    found = []
    for path in Path(skn_annotator.__file__).parent.rglob("*.py"):
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for before, after in pairwise(text.values if isinstance(text, ast.JoinedStr) else []):
                if not isinstance(after, ast.Constant) or not PLURAL.match(after.value):
                    continue
                if not ast.unparse(before.value).isupper():  # a constant, which is no 1
                    found.append(f"{path.name}:{after.lineno}")
    assert found == []
