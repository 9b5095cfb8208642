"""The bundled network of clicks on the picture that was asked for last."""

import numpy as np
import pytest

from skn_annotator.app.tasks.picture_selectors import PictureSelectors
from skn_annotator.inference.prompts import Click, Prompt


@pytest.fixture(scope="module")
def selectors():
    return PictureSelectors(device="cpu", threads=1)


def picture(x):
    """A bright square on an even ground, 60 x 80."""
    pixels = np.full((60, 80, 3), 40, np.uint8)
    pixels[16:40, x : x + 24] = (200, 180, 90)
    return pixels


def test_a_click_selects_and_another_picture_is_looked_at_anew(selectors):
    for x in (10, 50):
        frame = picture(x)
        selectors.prepare(frame)
        mask, confidence = selectors.select(frame, Prompt((Click((x + 12.0, 28.0)),)))
        truth = (frame > 100).any(-1)
        assert (mask & truth).sum() / (mask | truth).sum() > 0.8
        assert 0.5 < confidence <= 1


def test_the_same_prompt_once_more_is_answered_from_memory(selectors):
    frame, none = picture(10), np.zeros((60, 80), bool)
    first = selectors.select(frame, Prompt((Click((22.0, 28.0)),), None, none))
    assert selectors.select(frame, Prompt((Click((22.0, 28.0)),), None, none.copy()))[0] is first[0]
    for other in (Prompt((Click((22.0, 28.0), False),), None, none), Prompt((Click((22.0, 28.0)),))):
        assert selectors.select(frame, other)[0] is not first[0]
