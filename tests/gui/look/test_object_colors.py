"""Colours of objects, for eyes of every kind."""

from itertools import combinations

import cv2
import numpy as np
import pytest

from skn_annotator.gui.look.object_colors import (
    Palette,
    current_palette,
    line_color,
    shown_color,
    use_palette,
)
from skn_annotator.gui.look.theme import Scheme, apply_theme
from skn_annotator.palette import display_color, safe_color
from skn_annotator.settings import load_settings

# Machado, Oliveira and Fernandes (2009), severity 1.0; of linear RGB.
SEEN = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


@pytest.fixture(autouse=True)
def vivid_again(qapp):
    yield
    use_palette(Palette.VIVID)


def least_difference(colors, kind):
    """CIE 1976, between any two of `colors` as they are seen."""
    rgb = np.array(colors, np.float32) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(linear @ np.array(SEEN[kind], np.float32).T, 0, 1).astype(np.float32)
    seen = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    lab = cv2.cvtColor(seen.astype(np.float32)[None], cv2.COLOR_RGB2Lab)[0]
    return min(float(np.linalg.norm(a - b)) for a, b in combinations(lab, 2))


@pytest.mark.parametrize("kind", SEEN)
def test_seven_safe_colours_are_told_apart(kind):
    assert least_difference([safe_color(i) for i in range(1, 8)], kind) > 15


def test_safe_is_safer_than_vivid_for_the_red_and_green_blind():
    for kind in ("protanopia", "deuteranopia"):
        vivid, safe = (
            least_difference([color(i) for i in range(1, 8)], kind) for color in (display_color, safe_color)
        )
        assert safe > 1.4 * vivid, kind


def test_all_ids_have_a_colour_and_the_first_21_differ():
    assert len({safe_color(i) for i in range(1, 22)}) == 21
    assert all(0 <= channel <= 255 for i in range(1, 256) for channel in safe_color(i))


def test_the_palette_is_for_the_screen_alone(window, hand, qtbot):
    hand.drag((20.5, 20.5), (30.5, 20.5))
    before = window.session.document.annotation.mask_bytes(0)
    stored = window.session.document.annotation.objects[0]
    window.actions_["safe"].trigger()
    assert shown_color(stored) == safe_color(1)
    assert window.side.objects.row(1).swatch.color == safe_color(1)
    assert window.session.document.annotation.objects[0] == stored
    assert window.session.document.annotation.mask_bytes(0) == before
    assert load_settings().palette == "safe"
    assert window.actions_["safe"].isChecked()


def test_a_colour_that_was_given_is_kept(window):
    window.session.document.recolor(1, (1, 2, 3))
    use_palette(Palette.SAFE)
    assert shown_color(window.session.document.annotation.objects[0]) == (1, 2, 3)
    assert current_palette() is Palette.SAFE


def test_a_yellow_mark_is_seen_on_paper(qapp, window):
    window.session.document.recolor(1, (255, 255, 0))
    yellow = window.session.document.annotation.objects[0]
    assert line_color(yellow).getRgb()[:3] == (255, 255, 0)
    apply_theme(qapp, Scheme.LIGHT)
    try:
        red, green, blue = line_color(yellow).getRgb()[:3]
        assert red == green < 200
        assert blue == 0
    finally:
        apply_theme(qapp)
