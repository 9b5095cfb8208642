"""The card over the timeline: what it tells of an object's mark."""

import numpy as np
import pytest

from skn_annotator.annotation.annotation import Edit
from skn_annotator.annotation.edits import import_masks
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.reasons import SURE
from skn_annotator.gui.look import theme
from skn_annotator.gui.timeline.hover_card import describe_mark
from skn_annotator.gui.timeline.lanes import certainty_color
from skn_annotator.inference.step import Doubt


def masks(annotation, change):
    """A block of 20 x 20 pixels on each frame, with a handle of 20 x 4 that `change` may take."""
    found = {}
    for t in range(annotation.length):
        mask = np.zeros(annotation.size, np.uint8)
        mask[10:30, 10:30] = 1
        mask[18:22, 30:50] = 1
        found[t] = change(t, mask)
    return found


def text_of(window, change, t):
    """The card's text on the lane of object 1, once a pass brought these masks."""
    document = window.session.document
    annotation = document.annotation
    carried = masks(annotation, change)
    document.apply(
        Edit("Propagate", masks={r: (annotation.mask_bytes(r), encode_mask(m)) for r, m in carried.items()})
    )
    document.apply(import_masks(annotation, {0: carried[0]}))
    (first,) = (o for o in annotation.objects if o.id == 1)
    return describe_mark(window.session, t, first)


def test_a_part_that_is_gone_is_named_with_the_frame(window):
    def without_handle(t, mask):
        mask[:, 30:] *= t < 4
        return mask

    assert text_of(window, without_handle, 7).endswith(
        "a part of 15\u00a0% of the object is gone since frame\u00a05"
    )


def test_a_jump_of_the_area_is_named(window):
    def larger(t, mask):
        mask[30:44, 10:30] = int(t >= 4)
        return mask

    assert text_of(window, larger, 7).endswith("it grew by 58\u00a0% at frame\u00a05")


def test_without_a_change_nothing_is_added(window):
    assert "·" not in text_of(window, lambda t, mask: mask, 7)


@pytest.mark.parametrize("sure", [0.74, 0.76])
def test_what_the_network_doubts_is_named_where_it_is_not_sure(window, sure):
    text_of(window, lambda t, mask: mask, 7)
    document, passes = window.session.document, window.session.tasks.passes
    (first,) = (o for o in document.annotation.objects if o.id == 1)
    document.apply(Edit("Propagate", confidence={7: (None, {1: sure})}))
    passes.notes.doubts.put(7, {1: Doubt.NOT_RECALLED}, document.annotation.mask_bytes(7))
    text = describe_mark(window.session, 7, first)
    assert text.endswith(" · its references alone find something else here") == (sure < SURE)
    assert (certainty_color(sure) == theme.color("warning")) == (sure < SURE)
