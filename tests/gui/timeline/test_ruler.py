"""The number of the current frame stands alone: it covers no half of another one."""

import pytest
from PySide6.QtGui import QColor, QPainter, QPixmap

from skn_annotator.gui.look import theme
from skn_annotator.gui.timeline.axis import Axis
from skn_annotator.gui.timeline.lanes import ruler_numbers
from skn_annotator.gui.timeline.over_lanes import paint_playhead

INK = QColor("#ff00ff")
AXIS = Axis.whole(300, 100.0, 700.0)


def paint_far_hover(painter, axis, t, bottom):
    paint_playhead(painter, axis, 299, bottom, hover=t)


@pytest.mark.parametrize("paint", [paint_playhead, paint_far_hover])
@pytest.mark.parametrize("off", [-8, -4, 4, 8])
def test_a_number_that_the_current_one_touches_is_not_half_seen(themed, paint, off):
    number = ruler_numbers(AXIS)[4]
    picture = QPixmap(900, 60)
    picture.fill(INK)
    painter = QPainter(picture)
    paint(painter, AXIS, number - 1 + off, 60)
    half = painter.fontMetrics().horizontalAdvance(str(number)) // 2
    painter.end()
    x, image = round(AXIS.x_of(number - 1)), picture.toImage()
    assert all(image.pixelColor(each, 9) != INK for each in range(x - half, x + half + 1))


def test_a_number_that_is_not_touched_stays(themed):
    number, other = ruler_numbers(AXIS)[4:6]
    picture = QPixmap(900, 60)
    picture.fill(INK)
    painter = QPainter(picture)
    paint_playhead(painter, AXIS, number - 1, 60)
    painter.end()
    assert picture.toImage().pixelColor(round(AXIS.x_of(other - 1)), 9) == INK


NUMBER = ruler_numbers(AXIS)[4] - 1
BESIDE = [(NUMBER + far, NUMBER + far - off) for far in range(-3, 9) for off in (1, 2, 5)]


@pytest.mark.parametrize(("t", "current"), [(70, 75), (75, 70), (0, 2), (299, 298), *BESIDE])
def test_the_number_under_the_mouse_stands_whole_beside_the_current_one(themed, t, current):
    picture = QPixmap(900, 60)
    picture.fill(INK)
    painter = QPainter(picture)
    paint_playhead(painter, AXIS, current, 60, hover=t)
    width = painter.fontMetrics().horizontalAdvance(str(t + 1)) + 12
    painter.end()
    image, ground = picture.toImage(), theme.color("hover").rgb()
    seen = [x for x in range(900) if image.pixel(x, 4) == ground]
    assert len(seen) >= width - 6, "its corners are round"
    assert seen == [*range(seen[0], seen[-1] + 1)]
