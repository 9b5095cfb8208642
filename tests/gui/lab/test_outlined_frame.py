"""Outlines lie where their objects are, on thumbnails of whatever width."""

import numpy as np
import pytest

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.app.frames.thumbnails import small, step_of
from skn_annotator.gui.lab.outlined_frame import outlined


@pytest.mark.parametrize("width", [854, 856, 1280, 300])
def test_the_outline_of_a_thumbnail_is_on_its_object(make_session, tracker, width):
    frame = np.zeros((100, width, 3), np.uint8)
    mask = np.zeros((100, width), np.uint8)
    mask[20:80, width - 120 : width - 20] = 1
    session = make_session(tracker)
    session.document.use(Annotation(mask.shape, 1))
    session.document.do(edits.import_masks(session.document.annotation, {0: mask}))
    picture = outlined(session, small(frame), 0)
    drawn = [
        x for x in range(picture.width()) if picture.pixelColor(x, picture.height() // 2).lightness() > 0
    ]
    first, last = ((x / step_of(width)) for x in (width - 120, width - 20))
    assert (drawn[0], drawn[-1]) == (pytest.approx(first, abs=1.5), pytest.approx(last, abs=1.5))
