"""How large the window opens, and what scale is proposed, on screens of many sizes."""

import pytest
from PySide6.QtCore import QSize

from skn_annotator.gui.look import SCALES, opening_size, proposed_scale


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ((1280, 680), (1280, 680)),
        ((1600, 1000), (1280, 800)),
        ((1920, 1040), (1536, 832)),
        ((3840, 2120), (3072, 1696)),
    ],
)
def test_the_window_opens_in_most_of_the_screen(room, size):
    assert opening_size(QSize(*room)) == QSize(*size)


@pytest.mark.parametrize(
    ("screen", "scale"),
    [
        ((1280, 720), None),
        ((1920, 1080), None),
        ((2560, 1440), None),
        ((2880, 1800), 1.5),
        ((3840, 2160), 2.0),
        ((2160, 3840), 2.0),
        ((5120, 2880), 2.5),
    ],
)
def test_larger_parts_are_proposed_where_the_screen_has_many_lines(screen, scale):
    assert proposed_scale(QSize(*screen)) == scale
    assert scale is None or scale in SCALES
