"""Where the image lies: zoom at a point, pan, fit."""

import pytest

from skn_annotator.gui.canvas.view import LARGEST, SMALLEST, View, fit


def test_image_and_widget_coordinates_are_inverse():
    view = View(2.5, 10, -4)
    assert view.to_widget((3, 4)) == (17.5, 6)
    assert view.to_image(view.to_widget((3, 4))) == (3, 4)


def test_the_point_under_the_mouse_stays_when_zooming():
    view = View(1.0, 30, 40)
    before = view.to_image((200, 150))
    assert view.zoomed(1.7, (200, 150)).to_image((200, 150)) == pytest.approx(before)


@pytest.mark.parametrize(("factor", "scale"), [(1e-9, SMALLEST), (1e9, LARGEST)])
def test_zoom_has_limits_and_keeps_the_point_there_too(factor, scale):
    view = View(1.0, 30, 40).zoomed(factor, (100, 100))
    assert view.scale == scale
    assert view.to_image((100, 100)) == pytest.approx((70, 60))


def test_fitting_centres_and_shows_everything():
    view = fit((100, 400), (440, 300), margin=20)
    assert view.scale == 1.0
    assert view.to_widget((0, 0)) == (20, 100)
    assert view.to_widget((400, 100)) == (420, 200)
