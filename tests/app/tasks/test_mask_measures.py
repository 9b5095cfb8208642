"""How large objects are, and where."""

import numpy as np
import pytest
from steps import paint, propagate

from skn_annotator.app.tasks.mask_measures import Measure, measures_of


def test_area_and_middle_of_each_object():
    mask = np.zeros((20, 30), np.uint8)
    mask[2:6, 10:20] = 7
    mask[10, 3] = 200
    mask[0, 0] = 255  # void is no object
    assert measures_of(mask) == {7: Measure(40, (14.5, 3.5)), 200: Measure(1, (3.0, 10.0))}


def test_masks_are_measured_in_the_background_and_again_when_they_change(qtbot, session):
    paint(session)
    propagate(qtbot, session)
    measures = session.tasks.measures
    assert measures.of(5) == {}
    with qtbot.waitSignal(measures.changed):
        measures.measure()
    assert measures.of(5)[1].area == (session.document.mask(5) == 1).sum()
    paint(session, xy=(50.0, 40.0))
    session.document.end_draft()
    t = session.viewer.shown
    assert measures.of(t) == {}
    with qtbot.waitSignal(measures.changed):
        measures.measure()
    assert measures.of(t)[1].area == (session.document.mask(t) == 1).sum()


@pytest.mark.parametrize("size", [(1, 1), (3, 500)])
def test_a_mask_without_objects_has_no_measures(size):
    assert measures_of(np.zeros(size, np.uint8)) == {}
