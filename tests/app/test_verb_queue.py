"""What waits for an answer is carried out, also after a verb that fails."""

import pytest

from skn_annotator.app.verb_queue import VerbQueue


def test_verbs_after_one_that_fails_are_carried_out(qtbot, owner):
    queue, done = VerbQueue(owner), []
    queue.is_held = lambda: True

    def fail():
        raise ValueError("no")

    queue.run(fail)
    queue.run(lambda: done.append("second"))
    queue.is_held = lambda: False
    with pytest.raises(ValueError, match="no"):
        queue.go_on()
    qtbot.waitUntil(lambda: done == ["second"])
    assert not queue.is_waiting
