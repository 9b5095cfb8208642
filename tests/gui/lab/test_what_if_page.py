"""What if the memory were read otherwise: asked with real events, taken only when the user says so."""

from math import inf

import numpy as np
import pytest
from fakes import FakeTracker
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from skn_annotator.inference.directions import Direction

Key = Qt.Key


@pytest.fixture
def page(qtbot, lab):
    """The tab of the lab, with the answer to how the frame was read."""
    tab = next(button for button in lab.findChildren(QToolButton) if button.text() == "What if")
    qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: lab.what_if.answer is not None)
    return lab.what_if


def stored(window):
    return window.session.document.mask(11).copy()


def widen(qtbot, page):
    """The Gaussian is one step wider, chosen with the keyboard."""
    reading = page._reading
    before = len(reading.choices)
    qtbot.keyClick(page.sigma.slider, Key.Key_Right)
    qtbot.waitUntil(lambda: len(reading.choices) > before and page.answer is not None)


def test_it_begins_as_the_frame_was_read(window, lab, page):
    assert page.choice == lab.state.reading.trained
    assert page.reader.currentText() == "SKN"


def test_a_mask_that_equals_the_stored_one_is_not_offered(window, lab, page):
    assert page.take.isEnabled()
    window.session.tasks.what_if.found.emit(stored(window))
    assert page.result.text() == "The same mask"
    assert not page.take.isEnabled()


def test_another_choice_is_computed_and_shown_beside_the_stored_mask(qtbot, window, lab, page):
    before = stored(window)
    widen(qtbot, page)
    assert page.choice.sigma_g > 3
    assert page.answer[0, 0] == 1
    np.testing.assert_array_equal(stored(window), before)
    left, right = (mask.image for mask in page.pair.masks)
    assert left[0, 0, 3] == 0
    assert tuple(right[0, 0, :3]) == (90, 230, 120)  # it would be added
    assert "pixels more" in page.result.text()


def test_it_is_taken_as_one_step_that_undo_takes_back(qtbot, window, lab, page):
    widen(qtbot, page)
    before, answer = stored(window), page.answer.copy()
    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.document.draft is None)
    np.testing.assert_array_equal(stored(window) == 1, answer == 1)
    assert window.session.document.history.undo_name == "Take another reading"
    assert 1 in window.session.document.annotation.references[11]
    window.session.undo()
    np.testing.assert_array_equal(stored(window), before)


def test_the_readers_of_others_are_choices_of_these_numbers(qtbot, lab, page):
    for key, name, sigma, prior in ((Key.Key_Down, "KMN", 3, False), (Key.Key_Up, "SKN", 3, True)):
        qtbot.keyClick(page.reader, key)
        assert (page.reader.currentText(), page.choice.sigma_g, page.choice.prior) == (name, sigma, prior)
    for _ in range(2):
        qtbot.keyClick(page.reader, Key.Key_Down)
    assert (page.reader.currentText(), page.choice.sigma_g, page.choice.prior) == ("STM", inf, False)
    assert not page.reach.isEnabled()  # nothing bounds it without a prior
    qtbot.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert page.choice == lab.state.reading.trained


def test_while_a_pass_runs_nothing_is_asked(qtbot, window, lab, page):
    session, gated = window.session, FakeTracker(steps=0)
    session.tasks.passes.make_tracker = gated
    session.tasks.propagate(Direction.EVERYWHERE)
    qtbot.waitUntil(lambda: not page.reader.isEnabled())
    assert page.result.text() == "A pass needs the processor: wait for it, or stop it."
    assert not page.take.isEnabled()
    gated.allow(20)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    session.viewer.seek(11)
    qtbot.waitUntil(lambda: page.reader.isEnabled() and page.answer is not None)


def test_on_a_frame_that_was_not_read_there_is_nothing_to_choose(qtbot, window, lab, page):
    window.session.viewer.seek(0)
    qtbot.waitUntil(lambda: not page.reader.isEnabled())
    assert not page.take.isEnabled()
    window.session.viewer.seek(8)
    qtbot.waitUntil(lambda: page.answer is not None)
    assert page.take.isEnabled()


def test_an_answer_of_two_lines_moves_no_slider(page):
    rows = (page.sigma, page.width_, page.reach, page.frames)
    page.result.setText("")
    places = [row.pos() for row in rows]
    page.result.setText("12345 pixels more, 12345 less; overlap (IoU) 0.75")
    page.sigma.parentWidget().layout().activate()
    assert [row.pos() for row in rows] == places
