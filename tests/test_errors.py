"""`errors`: what a message says is one line, whatever the files hold that it speaks of."""

from pathlib import Path

from skn_annotator.errors import FormatError, Message


def test_a_message_puts_its_values_into_its_text():
    message = Message("{path} has {n:.1f} frames", path=Path("a/b.mp4"), n=2)
    assert message == "a/b.mp4 has 2.0 frames"
    assert message.values == {"path": Path("a/b.mp4"), "n": 2}


def test_line_breaks_and_what_terminals_obey_are_shown_escaped():
    assert Message("{name} is no mask", name="a\nb\x1b[2J\u2028") == "a\\nb\\x1b[2J\\u2028 is no mask"
    assert Message("{path} is no mask", path=Path("a\r")) == "a\\r is no mask"
    assert str(FormatError("of size a\nb")) == "of size a\\nb"


def test_a_message_in_a_message_is_escaped_once():
    inner = Message("{name} is no mask", name="a\nb")
    assert Message("{path}: {reason}", path="c\td", reason=inner) == "c\\td: a\\nb is no mask"
